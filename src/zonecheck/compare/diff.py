"""All that differs between two designs."""

from dataclasses import dataclass
from datetime import date

from zonecheck.compare.baseline import answers_of
from zonecheck.compare.causes import Cause, Causes
from zonecheck.compare.designs import Designs, designs
from zonecheck.compare.elements import ElementChange, element_changes
from zonecheck.compare.packets import PacketChange, packet_changes
from zonecheck.compare.verdicts import VerdictChange, verdict_changes
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Progress, Proofs, Verification, verify


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between an older and a newer design.

    `packets` come each with their `causes`, in the same order. `verification` is that of the newer
    design with the older as its baseline, `earlier` that of the older; None where nobody asked for
    verdicts. `undeclared` counts what is not declared in either: then packets are compared twice,
    by what leaks most and by what leaks least.
    """

    designs: Designs
    profile: Profile
    elements: tuple[ElementChange, ...]
    packets: tuple[PacketChange, ...]
    causes: tuple[tuple[Cause, ...], ...]
    verdicts: tuple[VerdictChange, ...]
    verification: Verification | None
    earlier: Verification | None
    undeclared: int
    forged: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing differs."""
        return not (self.elements or self.packets or self.verdicts)


def compare(
    old: Topology,
    new: Topology,
    profile: Profile,
    *,
    verdicts: bool = True,
    forged: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> Diff:
    """Return what differs between two designs; both are judged under one profile.

    Packets are those of honest senders; with `forged`, what can be forged counts as well.

    Raises:
        DisagreementError: if engine and simulator do not agree on a packet that differs.
        WayTooLongError: if translations without end keep a design from being proved.
    """
    both = designs(old, new)
    proofs = Proofs()
    elements = element_changes(both.old, both.new)
    pairs = list(both.analyses(profile, proofs.space))
    packets = packet_changes(pairs, forged=forged)
    causes = Causes(both, elements)
    found = tuple(causes.of(change) for change in packets)
    earlier = verification = None
    if verdicts:
        given = answers_of(both, pairs, elements)
        earlier = verify(both.old, profile, proofs=proofs, today=today, progress=progress)
        verification = verify(
            both.new, profile, proofs=proofs, today=today, progress=progress, given=given
        )
    return Diff(
        both,
        profile,
        elements,
        packets,
        found,
        () if earlier is None or verification is None else verdict_changes(earlier, verification),
        verification,
        earlier,
        len(both.undeclared),
        forged,
    )
