"""All that differs between two designs."""

from dataclasses import dataclass
from datetime import date

from zonecheck.compare.baseline import answers_of
from zonecheck.compare.causes import Cause, Causes
from zonecheck.compare.designs import Designs, designs
from zonecheck.compare.elements import ElementChange, element_changes
from zonecheck.compare.packets import PacketChange, packet_changes
from zonecheck.compare.profiles import Judges, profile_changes
from zonecheck.compare.verdicts import VerdictChange, as_waived, verdict_changes, waived_checks
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
    judges: tuple[Judges, Judges] | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Diff:
    """Return what differs between two designs; both are judged under one profile.

    Packets are those of honest senders; with `forged`, what can be forged counts as well. `judges`
    are the profiles that the older and the newer design name: what they say is compared too.

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
        if both.names and old.waivers:
            earlier = as_waived(
                earlier, verify(old, profile, checks=waived_checks(old), today=today)
            )
        verification = verify(
            both.new, profile, proofs=proofs, today=today, progress=progress, given=given
        )
    return Diff(
        both,
        profile,
        (*profile_changes(old, new, *judges), *elements) if judges else elements,
        packets,
        found,
        () if earlier is None or verification is None else verdict_changes(earlier, verification),
        verification,
        earlier,
        len(both.undeclared),
        forged,
    )
