"""What platforms and paths beside the network do to payload (docs/semantics.md, section 6)."""

from dataclasses import replace

import pytest

from tests.prove.flows import L_PC, M_PC, apart, flow, host, joined, leads, sanitiser, segment
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, ExternalEdge, Openness, Peer
from zonecheck.model.platform import Datastore, Hypervisor, OutOfBand
from zonecheck.model.topology import Topology
from zonecheck.prove import FlowNode

BOTH = pytest.mark.parametrize("closure", list(Closure))
GUESTS = ("m-pc", "l-pc")


def a_host(name: str) -> EndpointRef:
    """Return a reference to a host."""
    return EndpointRef(EndpointKind.HOST, name)


def a_segment(name: str) -> EndpointRef:
    """Return a reference to a segment."""
    return EndpointRef(EndpointKind.SEGMENT, name)


def with_line(*ends: EndpointRef, medium: str = "bmc", enabled: bool = True) -> Topology:
    """Return the two areas with one line beside the network."""
    return replace(apart(), out_of_band=(OutOfBand("line", medium, ends, enabled),))


@BOTH
def test_areas_that_nothing_joins_exchange_nothing(closure: Closure) -> None:
    """The network the other laws start from leaks nothing by itself."""
    found = flow(apart(), closure)
    assert not leads(found, M_PC, L_PC)
    assert not leads(found, L_PC, M_PC)


@BOTH
def test_guests_without_declared_isolation_are_joined_in_the_upper_closure_only(
    closure: Closure,
) -> None:
    """An undeclared isolation leaks as much as it can above and nothing below."""
    hypervisor = Hypervisor("hv", GUESTS, unmanaged=True)
    found = flow(replace(apart(), hypervisors=(hypervisor,)), closure)
    assert leads(found, M_PC, L_PC) is (closure is Closure.UPPER)
    assert leads(found, L_PC, M_PC) is (closure is Closure.UPPER)


@BOTH
def test_isolation_with_a_basis_keeps_guests_apart(closure: Closure) -> None:
    """Guests get neither to one another nor to who manages them."""
    hypervisor = Hypervisor("hv", GUESTS, unmanaged=True, isolation="certified")
    found = flow(replace(apart(), hypervisors=(hypervisor,)), closure)
    assert not leads(found, M_PC, L_PC)
    assert not leads(found, L_PC, M_PC)
    managed = Hypervisor("hv", ("m-pc",), management="l-pc", isolation="certified")
    assert not leads(flow(replace(apart(), hypervisors=(managed,)), closure), M_PC, L_PC)


@BOTH
@pytest.mark.parametrize("isolation", [None, "certified"])
def test_who_manages_a_hypervisor_commands_its_guests_whatever_keeps_these_apart(
    isolation: str | None, closure: Closure
) -> None:
    """The management plane writes the disks of all guests: no isolation is from it."""
    hypervisor = Hypervisor("hv", ("m-pc",), management="l-pc", isolation=isolation)
    found = flow(replace(apart(), hypervisors=(hypervisor,)), closure)
    assert (L_PC, M_PC) in joined(found, "hypervisor")


@BOTH
def test_a_hypervisor_that_does_not_say_who_commands_it_may_be_commanded_by_anyone(
    closure: Closure,
) -> None:
    """Above it lies where no zone of ours is; managed by nobody, nowhere."""
    bare = Hypervisor("hv", ("m-pc",), isolation="certified")
    node = FlowNode("hypervisor", "hv")
    found = flow(replace(apart(), hypervisors=(bare,)), closure)
    assert found.zones_of(node) == ({"ext:hv"} if closure is Closure.UPPER else set())
    assert leads(found, node, M_PC)
    nobody = replace(apart(), hypervisors=(replace(bare, unmanaged=True),))
    assert flow(nobody, closure).zones_of(node) == set()


def test_who_manages_a_hypervisor_is_one_with_it_and_relays() -> None:
    """A management host that is said not to relay commands the guests all the same."""
    bare = apart()
    console = host("console", "L", "10.2.0.20", relays=False, relay_basis="hardened")
    hypervisor = Hypervisor("hv", ("m-pc",), management="console")
    found = flow(replace(bare, hosts=(*bare.hosts, console), hypervisors=(hypervisor,)))
    assert joined(found, "hypervisor") == {
        (M_PC, FlowNode("host", "console")),
        (FlowNode("host", "console"), M_PC),
    }
    assert leads(found, M_PC, L_PC)


def test_a_guest_with_two_sides_is_joined_in_all_its_nodes() -> None:
    """Nothing of a sanitiser is out of reach of the hypervisor it runs on."""
    bare = apart()
    outside = segment("I", "internet", "10.3.0.0/24")
    topology = replace(
        bare,
        segments=(*bare.segments, outside),
        hosts=(*bare.hosts, sanitiser("san", "I", "L")),
        hypervisors=(Hypervisor("hv", ("san", "m-pc")),),
    )
    targets = {target.part for source, target in joined(flow(topology), "hypervisor")}
    assert {"outer", "inner", "core"} <= targets


@BOTH
def test_a_datastore_joins_its_users_unless_a_basis_keeps_their_shares_apart(
    closure: Closure,
) -> None:
    """Who stores on one array meets there under both closures."""
    shared = replace(apart(), datastores=(Datastore("array", GUESTS),))
    assert leads(flow(shared, closure), M_PC, L_PC)
    isolated = replace(apart(), datastores=(Datastore("array", GUESTS, "LUN masking"),))
    assert joined(flow(isolated, closure), "datastore") == set()


@BOTH
def test_a_line_joins_its_ends_both_ways_while_it_is_enabled(closure: Closure) -> None:
    """A line that is switched off joins nothing."""
    on = flow(with_line(a_host("m-pc"), a_host("l-pc")), closure)
    assert joined(on, "out-of-band") == {(M_PC, L_PC), (L_PC, M_PC)}
    off = flow(with_line(a_host("m-pc"), a_host("l-pc"), enabled=False), closure)
    assert joined(off, "out-of-band") == set()


def test_a_line_into_a_segment_joins_everything_attached_to_it() -> None:
    """Hosts and access ports alike, even where the segment is guarded."""
    found = flow(with_line(a_host("m-pc"), a_segment("L")))
    reached = {target for source, target in joined(found, "out-of-band") if source == M_PC}
    assert reached == {L_PC, FlowNode("access", "L")}


def test_a_line_into_an_external_network_joins_all_its_members() -> None:
    """Nobody says which member is at the far end."""
    network = External(
        "carrier",
        (ExternalEdge("edge", "L"),),
        Openness.CLOSED,
        peers=(Peer("asp", ()),),
        basis="contract",
    )
    far = EndpointRef(EndpointKind.EXTERNAL, "carrier")
    found = flow(replace(with_line(a_host("m-pc"), far), externals=(network,)))
    reached = {target for source, target in joined(found, "out-of-band") if source == M_PC}
    assert reached == {FlowNode("external", "carrier"), FlowNode("peer", "carrier", "asp")}


@pytest.mark.parametrize(
    ("at", "parts"), [("L", {"core"}), ("I", {"core", "inner", "outer"})], ids=["inner", "outer"]
)
def test_a_two_sided_host_is_managed_in_its_core_from_inside_and_taken_over_from_outside(
    at: str, parts: set[str]
) -> None:
    """A controller beside the inner side is administration; one beside the outer side is not."""
    bare = with_line(a_host("san"), a_segment(at))
    topology = replace(
        bare,
        segments=(*bare.segments, segment("I", "internet", "10.3.0.0/24")),
        hosts=(*bare.hosts, sanitiser("san", "I", "L")),
    )
    edges = joined(flow(topology), "out-of-band")
    assert {target.part for _, target in edges if target.id == "san"} == parts


@pytest.mark.parametrize("medium", ["lte", "modem", "fax-modem", "usb-tether"])
@BOTH
def test_a_line_that_leads_outside_and_does_not_say_where_may_lead_to_the_internet(
    medium: str, closure: Closure
) -> None:
    """Its far end is an open network of its own above, and nothing below."""
    found = flow(with_line(a_host("m-pc"), a_segment("M"), medium=medium), closure)
    far = FlowNode("out-of-band", "line")
    assert (far in found.edges) is (closure is Closure.UPPER)
    if closure is Closure.UPPER:
        assert found.zones_of(far) == {"ext:line"}
        assert leads(found, far, M_PC)


def test_what_is_dead_in_a_state_is_joined_with_nothing() -> None:
    """A line to an external network that is gone joins the rest."""
    gone = EndpointRef(EndpointKind.EXTERNAL, "gone")
    found = flow(with_line(a_host("m-pc"), gone, medium="lte"))
    assert joined(found, "out-of-band") == set()
