"""Laws of single changes: they edit what they name, once, and leave a design that can be proved."""

from collections import Counter
from functools import cache

import pytest

from tests.leaks.case_file import MODELLED
from zonecheck.dataplane import DataPlane
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.policy import Proofs, RoutingAssumption, load_profile
from zonecheck.policy.explaining.kept_flows import KeptFlows
from zonecheck.policy.repairs import Size, repairs
from zonecheck.policy.repairs.narrowing import narrowed

FILES = [file.path for file in MODELLED[::12]]
PROFILE = load_profile("fuefuki-10")
UPPER = Closure.UPPER


@cache
def design(path: object) -> Topology:
    """Return a design, read once."""
    return read_topology(str(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_change_is_made_once(path: object) -> None:
    """Each changes the design, and made twice changes it no further."""
    for repair in repairs(design(path)):
        edited = repair.edit(design(path))
        assert edited != design(path), repair.message
        assert repair.edit(edited) == edited, repair.message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_changed_design_can_be_proved(path: object) -> None:
    """No change leaves a reference to what it took out."""
    for repair in repairs(design(path)):
        assert DataPlane(repair.edit(design(path)), PacketSpace(), UPPER).origins is not None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_two_changes_are_called_the_same(path: object) -> None:
    """What it says and where tells a change from all others."""
    keys = Counter(repair.key for repair in repairs(design(path)))
    assert [key for key, number in keys.items() if number > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_design_loses_none_of_its_own_flows(path: object) -> None:
    """Nothing changed, nothing lost; without any host all is lost that was delivered."""
    proofs = Proofs()
    flows = KeptFlows(design(path), PROFILE, proofs, RoutingAssumption.DECLARED)
    assert flows.lost(design(path), proofs.fork()) == ()
    bare = design(path)
    for repair in repairs(bare):
        if repair.size is Size.NODE and repair.message.code == "repair.host-removed":
            bare = repair.edit(bare)
    lost = flows.lost(bare, proofs.fork())
    assert len(lost) <= flows.number
    assert all(each.wholly for each in lost)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_narrowed_rule_is_a_part_of_the_rule(path: object) -> None:
    """It permits, on the same interfaces, no address or service the rule did not."""
    for device in design(path).devices:
        item = device.policy or Filter("none", ())
        for rule in item.rules or ():
            for part in narrowed(design(path), item, rule) or ():
                assert part.action is Action.PERMIT
                assert part.in_interfaces == rule.in_interfaces
                assert part.out_interfaces == rule.out_interfaces
                for mine, theirs in (
                    (part.sources, rule.sources),
                    (part.destinations, rule.destinations),
                ):
                    for one in mine.ranges or ():
                        assert theirs.ranges is None or any(
                            one.low in other and one.high in other for other in theirs.ranges
                        )
                protocols = {service.protocol for service in rule.services}
                assert not protocols or {s.protocol for s in part.services} <= protocols | {
                    s.protocol for s in part.services if None in protocols
                }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_taken_out_joins_nothing(path: object) -> None:
    """No two places share a broadcast domain that did not with the element between them."""
    before = _joined(design(path))
    for repair in repairs(design(path)):
        if repair.removes and Size.VLAN <= repair.size <= Size.NODE:
            assert _joined(repair.edit(design(path))) <= before, repair.message


def _joined(topology: Topology) -> set[frozenset[str]]:
    """Return the pairs of attachment points, each in the normal state, that share a domain."""
    domains = DataPlane(topology, PacketSpace(), UPPER).domains_of
    at = {str(point): set(found) for point, found in domains.items()}
    return {frozenset({a, b}) for a in at for b in at if a < b and at[a] & at[b]}
