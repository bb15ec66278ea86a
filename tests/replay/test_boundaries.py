from collections.abc import Iterator

from tests.replay.namespaces import SMALL, design
from zonecheck.dataplane import DataPlane, Origin
from zonecheck.model.closure import Closure
from zonecheck.packets import FLAG_ESTABLISHED, Box, Field, Header, PacketSpace
from zonecheck.prove import Reachability
from zonecheck.replay.kernel_boundaries import boundary_packets
from zonecheck.replay.kernel_box_headers import is_ordinary
from zonecheck.simulate import Packet


def _reach() -> Reachability:
    return Reachability(DataPlane(design(SMALL), PacketSpace(), Closure.UPPER))


def _header(packet: Packet) -> Header:
    return Header(
        packet.version,
        int(packet.destination),
        int(packet.source),
        packet.protocol,
        packet.destination_port,
        packet.source_port,
        FLAG_ESTABLISHED if packet.established else 0,
    )


def _beside(box: Box, header: Header) -> list[Field]:
    """Return the fields in which a header leaves a box."""
    values = header.values()
    return [
        field
        for field in Field
        if not any(low <= values[field] <= high for low, high in box.fields[field])
    ]


def test_each_service_that_is_proved_to_pass_is_met_inside_and_beside_every_bound() -> None:
    """Some header is inside each box, some leaves it by the port only.

    Nearly each is also left by the protocol, with the same addresses: without ports there are
    only so many packets that are of no common connection.
    """
    reach = _reach()
    found, _ = boundary_packets(reach, 100_000)
    by_domain: dict[tuple[int, ...], list[Header]] = {}
    for each in found:
        by_domain.setdefault(each.origin.domains, []).append(_header(each.packet))
    met = other = 0
    for origin, box in _services(reach):
        beside = [_beside(box, header) for header in by_domain[origin.domains]]
        assert [] in beside, box
        assert [Field.DST_PORT] in beside, box
        met += 1
        other += any(
            Field.PROTOCOL in fields and not {Field.DST, Field.SRC} & set(fields)
            for fields in beside
        )
    assert met > 20
    assert other > 0.9 * met


def _services(reach: Reachability) -> Iterator[tuple[Origin, Box]]:
    """Yield the boxes of who may send anything, that name a port of one protocol."""
    everything = reach.plane.space.everything
    for origin in reach.plane.origins:
        for end in reach.destinations(origin) if origin.may_send == everything else ():
            for box in reach.flow(origin, end).everything.without_own_fragments().boxes(12):
                ported = box.protocols[0][0] == box.protocols[-1][1] in (6, 17, 132)
                ends = box.dst[0][0], box.src[0][0]
                if (
                    ported
                    and not box.is_free(Field.DST_PORT)
                    and all(is_ordinary(end, box.version) for end in ends)
                ):
                    yield origin, box


def test_no_two_packets_are_of_one_connection() -> None:
    """What the kernel remembers of one decides about no other."""
    found, _ = boundary_packets(_reach(), 3000)
    keys = [
        (p.protocol, frozenset({(p.source, p.source_port), (p.destination, p.destination_port)}))
        for p in (each.packet for each in found)
        if not p.has_type
    ]
    assert len(keys) == len(set(keys)) > 1000


def test_nothing_is_sent_that_its_origin_may_not_send_or_the_kernel_treats_in_its_own_way() -> None:
    """Guards are kept, and addresses are ordinary ones."""
    for each in boundary_packets(_reach(), 3000)[0]:
        assert each.origin.may_send.contains(_header(each.packet))
        for end in (each.packet.source, each.packet.destination):
            special = end.is_multicast or end.is_loopback or end.is_link_local
            assert not special


def test_the_same_packets_are_chosen_each_time() -> None:
    """A comparison can be repeated."""
    assert [e.packet for e in boundary_packets(_reach(), 500)[0]] == [
        e.packet for e in boundary_packets(_reach(), 500)[0]
    ]
