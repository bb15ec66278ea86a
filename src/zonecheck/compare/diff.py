"""All that differs between two designs."""

from dataclasses import dataclass
from datetime import date

from zonecheck.compare.baseline import answers_of
from zonecheck.compare.causes import Cause, Causes
from zonecheck.compare.designs import Designs, designs
from zonecheck.compare.elements import ElementChange, element_changes
from zonecheck.compare.packets import PacketChange, packet_changes
from zonecheck.compare.profiles import Judges, policy_pairs, profile_changes
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

    @property
    def waivers_untold(self) -> bool:
        """Return whether waivers may cover other things, for a name maybe, and nobody asked."""
        both = self.designs
        differ = bool(both.names) or both.old != both.new
        return self.verification is None and differ and bool(both.old.waivers or both.new.waivers)


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
    turned: tuple[VerdictChange, ...] = ()
    if verdicts:
        given = answers_of(both, pairs, elements)
        earlier = verify(both.old, profile, proofs=proofs, today=today, progress=progress)
        verification = verify(
            both.new, profile, proofs=proofs, today=today, progress=progress, given=given
        )
        if both.names and old.waivers:
            given_names = verify(old, profile, checks=waived_checks(old), today=today)
            earlier = as_waived(earlier, given_names, verification, _kept(old, new))
        if judges and old.waivers and old != new:
            turned = _under_own_policies(old, both, judges[1], proofs, today)
        turned = (*verdict_changes(earlier, verification), *turned)
    return Diff(
        both,
        profile,
        (*profile_changes(old, both, *judges), *elements) if judges else elements,
        packets,
        found,
        turned,
        verification,
        earlier,
        len(both.undeclared),
        forged,
    )


def _kept(old: Topology, new: Topology) -> frozenset[str]:
    """Return the findings that waivers of both designs name; other waivers differ themselves."""
    was, now = (frozenset(waiver.finding for waiver in each.waivers) for each in (old, new))
    return was & now


def _under_own_policies(
    old: Topology, both: Designs, now: Judges, proofs: Proofs, today: date | None
) -> tuple[VerdictChange, ...]:
    """Return the verdicts under policies of segments that turn because a waiver fits no more.

    Whatever else turns one shows as packets or elements; waivers name findings by names, too.
    """
    checks, new = waived_checks(old), both.new
    found: list[VerdictChange] = []
    for pair in policy_pairs(old, both):
        profile, own = now.policies[pair.new.id], pair.new.id
        given = verify(old, profile, checks=checks, segments=pair.old.segments, today=today)
        inner, after = (
            verify(design, profile, checks=checks, segments=segments, proofs=proofs, today=today)
            for design, segments in (
                (both.old, pair.inner.segments),
                (new, pair.new.segments),
            )
        )
        before = as_waived(inner, given, after, _kept(old, new))
        found += verdict_changes(before, after, own)
    return tuple(found)
