"""The two checks that take an older design: what a change permits, and whether it is approved.

`change-impact-diff` finds every set of packets that is newly permitted between two zones, forged
ones too, and `topology-change-approved` every element that differs. A waiver that names a finding
acknowledges it: its id is the number of the change, and it covers nothing that changes later.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zonecheck.compare.designs import AnalysisPair, Designs, designs
from zonecheck.compare.elements import DESIGN, WAIVERS, ElementChange, element_changes
from zonecheck.compare.packets import newly
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.source import NOWHERE
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.policy.answer import Answer
from zonecheck.policy.crossing import finding_of
from zonecheck.policy.extent import extent_of
from zonecheck.policy.pending import CHANGE_APPROVED, CHANGE_IMPACT
from zonecheck.policy.verdict import Finding, MissingDeclaration, Status

Given = Mapping[str, tuple[Answer, ...]]


def baseline_answers(
    old: Topology, new: Topology, profile: Profile, space: PacketSpace | None = None
) -> Given:
    """Return what the checks that take an older design say of the newer one, for `verify`.

    Raises:
        DisagreementError: if engine and simulator do not agree on a packet that differs.
    """
    both = designs(old, new)
    pairs = list(both.analyses(profile, space))
    return answers_of(both, pairs, element_changes(both.old, both.new))


def answers_of(
    both: Designs, pairs: Sequence[AnalysisPair], changes: Sequence[ElementChange]
) -> Given:
    """Return the same from comparisons that were made."""
    return {
        CHANGE_IMPACT: _impact(pairs, both.undeclared),
        CHANGE_APPROVED: (_approval(changes),),
    }


def _impact(
    pairs: Sequence[AnalysisPair], undeclared: tuple[MissingDeclaration, ...]
) -> tuple[Answer, ...]:
    """Return an answer for each state: violated by what is newly permitted under every closure."""
    by_state: dict[str, list[tuple[Finding, ...]]] = {}
    for pair in pairs:
        by_state.setdefault(pair.state, []).append(tuple(_permitted(pair)))
    return tuple(_answer(state, found, undeclared) for state, found in by_state.items())


def _answer(
    state: str, found: list[tuple[Finding, ...]], undeclared: tuple[MissingDeclaration, ...]
) -> Answer:
    """Return what a state comes to; `found` is by closures, the one that leaks most first.

    What one closure finds and the other does not is a doubt, either way.
    """
    upper, lower = found[0], found[-1]
    certain = tuple(f for f in lower if f.zones in {other.zones for other in upper})
    doubts = tuple(dict.fromkeys((*upper, *lower)))
    lacking = undeclared if upper != lower else ()
    if certain:
        return Answer(
            state, Status.VIOLATED, 1, certain, undeclared=lacking, doubts=doubts, lacking=lacking
        )
    if doubts:
        return Answer(state, Status.UNKNOWN, 1, doubts, lacking, lacking)
    return Answer(state, Status.HOLDS, 1)


def _permitted(pair: AnalysisPair) -> Iterator[Finding]:
    for crossing in newly(pair.new, pair.old, forged=True):
        if crossing.zones[0] != crossing.zones[1]:
            yield finding_of(pair.new, crossing, "change-impact-diff.permitted")


def _approval(changes: Iterable[ElementChange]) -> Answer:
    """Return one finding for each element that differs, whatever of it does.

    Waivers are left out: they are what approves.
    """
    by_element: dict[str, list[ElementChange]] = {}
    for change in changes:
        if change.section != WAIVERS:
            by_element.setdefault(change.element, []).append(change)
    findings = tuple(_differs(name, found) for name, found in by_element.items())
    status = Status.VIOLATED if findings else Status.HOLDS
    return Answer("", status, 1, findings, doubts=findings)


def _differs(name: str, changes: Sequence[ElementChange]) -> Finding:
    first = changes[0]
    whole = first.path == name and name != DESIGN
    kind = first.kind.value if whole else "changed"
    told = [
        [c.kind.value, c.path, [[f.name, f.before or "-", f.after or "-"] for f in c.fields]]
        for c in changes
    ]
    paths = ", ".join(dict.fromkeys(c.path.removeprefix(f"{name}.") for c in changes))
    message = Message.of(f"topology-change-approved.{kind}", element=name, paths=paths)
    return Finding(
        message, (), None, first.after or first.before or NOWHERE, extent=extent_of("change", told)
    )
