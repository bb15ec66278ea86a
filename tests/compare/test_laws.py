"""Laws of what differs between two random designs."""

from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

from tests.compare.changed import PROFILE, designs_apart, edited
from tests.laws.agreement import header_of, packet_of
from zonecheck.compare import Direction, compare, designs, element_changes
from zonecheck.compare.ends import inside
from zonecheck.compare.packets import PacketChange, cells, newly
from zonecheck.compare.parts import Part, parts_of, with_parts
from zonecheck.model.closure import Closure
from zonecheck.model.edit import with_extra_deny
from zonecheck.model.rename import renamed
from zonecheck.model.topology import Topology
from zonecheck.packets import Header, PacketSpace
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED
from zonecheck.prove import WayTooLongError
from zonecheck.simulate import Packet, Sessions
from zonecheck.strategies import headers, rules, topologies

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Told = dict[tuple[str, tuple[str, str], tuple[Closure, ...]], tuple[str, str]]


def told(changes: tuple[PacketChange, ...], *, reverse: bool = False) -> Told:
    """Return what differs, by digests, so that it can be compared between packet spaces."""
    found: Told = {}
    for change in changes:
        permitted = (change.direction is Direction.PERMITTED) is not reverse
        for closure in change.closures:
            key = "permitted" if permitted else "blocked", change.zones, (closure,)
            found[key] = change.headers.digest, change.replies.digest
    return found


@SLOW
@given(topologies(undeclared=True, wide=True))
def test_a_design_does_not_differ_from_itself(topology: Topology) -> None:
    """Neither in packets nor in elements."""
    try:
        assert compare(topology, topology, PROFILE, verdicts=False).is_empty
    except WayTooLongError:
        reject()


@SLOW
@given(st.data())
def test_a_design_does_not_differ_from_itself_under_other_names(data: st.DataObject) -> None:
    """Whatever is renamed, nothing else is said to have happened."""
    topology = data.draw(topologies(undeclared=True))
    named = [s.id for s in topology.segments]
    named += [h.id for h in topology.hosts] + [d.id for d in topology.devices]
    some = data.draw(st.lists(st.sampled_from(named), unique=True)) if named else []
    other = renamed(topology, {name: f"{name}-2" for name in some})
    parts = sorted({p for d in other.devices for p in parts_of(d, d.id)}, key=str)
    parts = [part for part in parts if part.name != "default" and not _is_label(other, part)]
    which = data.draw(st.lists(st.sampled_from(parts), unique=True)) if parts else []
    other = with_parts(other, {part: f"{part.name}-2" for part in which})
    found = compare(topology, other, PROFILE, verdicts=False)
    assert not found.packets
    assert not found.elements


def _is_label(topology: Topology, part: Part) -> bool:
    faces = topology.device_by_id[part.node].interfaces
    return part.name in {face.zone_label for face in faces}


@SLOW
@given(designs_apart())
def test_what_one_direction_permits_the_other_blocks(both: tuple[Topology, Topology]) -> None:
    """The difference is antisymmetric: packets, and elements added and removed."""
    old, new = both
    there = compare(old, new, PROFILE, verdicts=False)
    back = compare(new, old, PROFILE, verdicts=False)
    assert told(there.packets) == told(back.packets, reverse=True)
    kinds = {"added": "removed", "removed": "added"}
    mirrored = sorted((kinds.get(c.kind.value, c.kind.value), c.element) for c in back.elements)
    assert sorted((c.kind.value, c.element) for c in there.elements) == mirrored


@SLOW
@given(st.data(), st.sampled_from(Closure))
def test_a_packet_differs_where_the_simulator_says(data: st.DataObject, closure: Closure) -> None:
    """One that needs no session is newly permitted if it is delivered now and was not before."""
    old, new = data.draw(designs_apart())
    pairs = [p for p in designs(old, new).analyses(PROFILE) if p.closure is closure]
    for pair in pairs[:1]:
        rises = {c.zones: c.headers for c in newly(pair.new, pair.old)}
        for _ in range(4):
            values = data.draw(headers(new))
            header = header_of(values)
            note(str(packet_of(values)))
            now = _delivered(pair.new, header, packet_of(values))
            was = _delivered(pair.old, header, packet_of(values))
            for zones in now - was:
                assert rises[zones].contains(header)
            for zones in now & was:
                assert zones not in rises or not rises[zones].contains(header)
            for zones, rise in rises.items():
                cell = cells(pair.new)[zones]
                if rise.contains(header) and cell.fresh.contains(header):
                    assert zones in now - was


def _delivered(analysis: Analysis, header: Header, packet: Packet) -> set[tuple[str, str]]:
    """Return the pairs of zones between which an honest sender has a packet delivered."""
    found = set()
    for origin in analysis.plane.origins:
        if not (origin.honest & origin.may_send).contains(header):
            continue
        for delivery in analysis.simulator.send(packet, origin.point, Sessions.NONE).deliveries:
            if not inside(origin.point, delivery.at):
                a, b = analysis.zone_of(origin.point), analysis.zone_of(delivery.at)
                found.add((a or UNZONED, b or UNZONED))
    return found


@SLOW
@given(st.data())
def test_a_deny_more_permits_nothing(data: st.DataObject) -> None:
    """Wherever it is put into a policy, forged packets included."""
    topology = data.draw(
        topologies(stateful=True, undeclared=True).filter(
            lambda t: any(d.policy and d.policy.rules for d in t.devices)
        )
    )
    device = data.draw(
        st.sampled_from([d for d in topology.devices if d.policy and d.policy.rules])
    )
    assert device.policy is not None
    at = data.draw(st.integers(0, len(device.policy.rules or ())))
    deny = data.draw(rules(actions=st.just("deny")))
    edit = with_extra_deny(topology, device.id, at, deny)
    found = compare(topology, edit, PROFILE, verdicts=False, forged=True)
    assert not [c for c in found.packets if c.direction is Direction.PERMITTED]


@SLOW
@given(designs_apart(wide=True))
def test_every_packet_shown_is_delivered_in_one_design_only(
    both: tuple[Topology, Topology],
) -> None:
    """As its path says in the one; from no honest sender of its zone in the other."""
    try:
        found = compare(both[0], both[1], PROFILE, verdicts=False)
    except WayTooLongError:
        reject()
    for change in found.packets:
        assert not change.path.forged
        assert not change.headers.is_empty
        assert change.replies <= change.headers
        if change.elsewhere is not None:
            assert change.elsewhere.drop or change.elsewhere.delivery


@SLOW
@given(st.data())
def test_a_single_change_taken_back_leaves_no_difference(data: st.DataObject) -> None:
    """Where one thing differs, its edit gives the older design again."""
    old = data.draw(topologies(undeclared=True, stateful=True))
    new = data.draw(edited(old))
    both = designs(old, new)
    changes = element_changes(both.old, both.new)
    if len(changes) == 1:
        assert element_changes(both.old, changes[0].revert(both.new)) == ()


@SLOW
@given(designs_apart(edits=3))
def test_every_change_taken_back_is_a_difference_less(both: tuple[Topology, Topology]) -> None:
    """Whatever else differs stays as it is; a line that is put back may let others stand."""
    found = designs(*both)
    changes = element_changes(found.old, found.new)
    for change in changes:
        assert len(element_changes(found.old, change.revert(found.new))) < len(changes)


@SLOW
@given(designs_apart())
def test_packets_are_compared_as_if_nothing_were_shared(both: tuple[Topology, Topology]) -> None:
    """Each design proved by itself in a packet space gives the same sets."""
    together = designs(*both)
    space = PacketSpace()
    for pair in together.analyses(PROFILE, space):
        old = Analysis(pair.old.topology, PROFILE, pair.closure, space)
        new = Analysis(pair.new.topology, PROFILE, pair.closure, space)
        alone = {c.zones: c.headers for c in newly(new, old)}
        assert {c.zones: c.headers for c in newly(pair.new, pair.old)} == alone
