"""Laws of the flow table: it is what counting the plain decoder's layers one by one gives."""

import pickle
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_

from hypothesis import given
from hypothesis import strategies as st

from tests.captures.frame_strategies import captured
from tests.captures.made_chunks import ETHERNET, chunk_of
from tests.captures.made_frames import ethernet, ipv4, tcp, udp
from zonecheck.capture.read.flow_table import FlowLookup, FlowTable
from zonecheck.capture.read.fragments import FragmentMemory
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.layers import decode
from zonecheck.capture.read.record import Chunk, Interface

Packet = tuple[bytes, int, int]
LINKS = [
    ETHERNET,
    Interface(0, 0, 1, 1, "eth1", 0, 4),
    Interface(0, 0, 2, 101, None, 0, 0),
    Interface(0, 0, 3, 113, None, 0, 0),
    Interface(0, 0, 4, 276, None, 0, 0),
    Interface(0, 0, 5, 228, None, 0, 0),
    Interface(0, 0, 6, 229, None, 0, 0),
    Interface(0, 0, 7, 0, None, 0, 0),
]
COLUMNS = (
    *("packets", "octets", "payload", "cut", "syn_ack", "first_number", "last_number"),
    *("first_time", "last_time", "first_file", "last_file", "tcp_flags"),
)


@st.composite
def packets(draw: st.DrawFn) -> tuple[Packet, int]:
    """Return a packet and its interface, with a link header as its link type has it."""
    interface = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7]))
    if interface < 2:
        return draw(captured()), interface
    header = {
        3: st.sampled_from([COOKED + b"\x08\0", COOKED + b"\x86\xdd", b"\0\1" + COOKED + bytes(6)]),
        4: st.sampled_from([b"\x08\0" + COOKED_2, b"\x08\6" + COOKED_2, bytes(22)]),
        7: st.sampled_from([b"\2\0\0\0", b"\0\0\0\x1e", b"\7\0\0\0"]),
    }.get(interface, st.just(b""))
    frame, original, time = draw(captured())
    begin = 14 if draw(st.booleans()) else 0
    shown = draw(header)
    return (shown + frame[begin:], max(0, original - begin + len(shown)), time), interface


COOKED = bytes.fromhex("0000 0001 0006 0200000000010000")
COOKED_2 = bytes.fromhex("0000 00000003 0001 00 06 0200000000010000")
PACKETS = st.lists(packets(), max_size=12)


def chunks_of(
    packets: Sequence[tuple[Packet, int]], size: int, tail: bytes = bytes(80)
) -> list[Chunk]:
    """Return packets, each with its interface, as chunks of at most `size`."""
    return [
        chunk_of(
            [frame for (frame, _, _), _ in part],
            [original for (_, original, _), _ in part],
            [time for (_, _, time), _ in part],
            [interface for _, interface in part],
            first_number=begin + 1,
            tail=tail,
        )
        for begin in range(0, len(packets), size)
        if (part := packets[begin : begin + size])
    ]


def counted(table: FlowTable) -> dict[Layer, tuple[int, ...]]:
    """Return all a table says, by layer."""
    counts = table.counts
    columns = [getattr(counts, name).tolist() for name in COLUMNS]
    rows = zip(*columns, strict=True)
    result = {table.layer(flow): row for flow, row in enumerate(rows)}
    assert len(result) == len(table), "two flows have one key"
    return result


def by_hand(
    packets: Sequence[tuple[Packet, int]],
) -> tuple[dict[Layer, tuple[int, ...]], Counter[str], list[list[Layer]]]:
    """Return the counts of each flow, weird codes, and the layers of each packet, plainly."""
    memory = FragmentMemory()
    rows: dict[Layer, list[tuple[int, ...]]] = defaultdict(list)
    weird: Counter[str] = Counter()
    layers: list[list[Layer]] = []
    for number, ((frame, original, time), interface) in enumerate(packets, 1):
        link = LINKS[interface]
        decoded = decode(frame, link.link_type, original, link.fcs_octets, interface)
        weird.update(decoded.weird)
        layers.append([])
        for layer, share in zip(decoded.layers, decoded.shares, strict=True):
            completed = memory.complete(layer, share, time)
            layers[-1].append(completed)
            cut, flags = len(frame) < original, share.tcp_flags
            syn_ack = flags & 0x12 == 0x12
            rows[completed].append((original, share.payload, cut, syn_ack, number, time, flags))
    result: dict[Layer, tuple[int, ...]] = {}
    for layer, seen in rows.items():
        octets, payload, cuts, answers, numbers, times, all_flags = zip(*seen, strict=True)
        result[layer] = (
            *(len(seen), sum(octets), sum(payload), sum(cuts), sum(answers)),
            *(min(numbers), max(numbers), min(times), max(times), 0, 0, reduce(or_, all_flags)),
        )
    return result, weird, layers


@given(PACKETS, st.integers(1, 12), st.sampled_from([b"", bytes(30), bytes(80)]))
def test_the_table_is_what_counting_layers_one_by_one_gives(
    packets: list[tuple[Packet, int]], size: int, tail: bytes
) -> None:
    """However packets fall into chunks, fast columns and plain decoding are one answer."""
    table = FlowTable(LINKS)
    for chunk in chunks_of(packets, size, tail):
        table.add(chunk)
    expected, weird, _ = by_hand(packets)
    assert counted(table) == expected
    assert table.weird == weird
    assert table.packets == len(packets)


@given(PACKETS, st.integers(1, 12), st.integers(1, 12))
def test_a_second_pass_finds_the_flows_of_every_packet(
    packets: list[tuple[Packet, int]], size: int, other_size: int
) -> None:
    """So packets of a flow can be written out unkept; the table stays as it is."""
    table = FlowTable(LINKS)
    for chunk in chunks_of(packets, size):
        table.add(chunk)
    flows, lookup = len(table), FlowLookup(table)
    found: list[list[Layer]] = []
    for chunk in chunks_of(packets, other_size):
        pairs = lookup.flows_of(chunk)
        of_packet: list[list[Layer]] = [[] for _ in chunk.starts]
        for packet, flow in zip(pairs.packets.tolist(), pairs.flows.tolist(), strict=True):
            of_packet[packet].append(table.layer(flow))
        found.extend(of_packet)
    assert found == by_hand(packets)[2]
    assert len(table) == flows


@given(PACKETS, PACKETS)
def test_merged_tables_are_the_table_of_both(
    one: list[tuple[Packet, int]], other: list[tuple[Packet, int]]
) -> None:
    """Two processes that read a file each know what one process that reads both knows."""
    both, first, second = FlowTable(LINKS), FlowTable(LINKS), FlowTable(LINKS)
    for packets, file, table in ((one, 0, first), (other, 1, second)):
        # One interface a file, so that no fragment's ports come from the other file.
        for chunk in chunks_of(packets, 5):
            chunk.interface[:] = file
            chunk.file = file
            both.add(chunk)
            table.add(chunk)
    numbers = first.merge(second)
    assert counted(first) == counted(both)
    assert first.weird == both.weird
    for flow, number in enumerate(numbers.tolist()):
        assert first.layer(number) == second.layer(flow)


@given(PACKETS)
def test_a_table_crosses_from_process_to_process(sent: list[tuple[Packet, int]]) -> None:
    """Pickled and read again it says the same, and goes on counting."""
    table = FlowTable(LINKS)
    for chunk in chunks_of(sent, 12):
        table.add(chunk)
    copy = pickle.loads(pickle.dumps(table))
    assert counted(copy) == counted(table)
    for each in (copy, table):
        for chunk in chunks_of(sent, 12):
            each.add(chunk)
    assert counted(copy) == counted(table)


def test_merging_moves_files_and_interfaces() -> None:
    """Each process counts files and interfaces from 0; what lies in a tunnel moves with it."""
    table, other = FlowTable(LINKS), FlowTable(LINKS)
    other.add(chunk_of([ethernet(0x0800, ipv4(4, ipv4(6, tcp((1, 2), 2))))]))
    table.merge(other, interfaces=[1, 0], files=[5])
    assert {table.layer(flow).interface for flow in range(len(table))} == {1}
    assert table.counts.first_file.tolist() == table.counts.last_file.tolist() == [5, 5]
    (use,) = table.tunnels
    inner = table.layer(use.flow)
    assert use.encapsulation == "ipip"
    assert inner.tunnel is not None
    assert inner.tunnel.outer == table.layer(use.outer)


def test_later_fragments_have_the_ports_of_their_first_for_thirty_seconds() -> None:
    """An identification comes back later on another packet; then nothing is inherited."""
    second = 1_000_000_000
    datagram = udp((1025, 53), bytes(24))
    first = ethernet(0x0800, ipv4(17, datagram[:16], place=0x2000))
    later = ethernet(0x0800, ipv4(17, datagram[16:], place=2))
    stranger = ethernet(0x0800, ipv4(17, datagram[16:], place=2, identification=8))
    times = [0, second, 30 * second, 31 * second, 1]
    table = FlowTable(LINKS)
    table.add(chunk_of([first, later, later, later, stranger], times=times))
    ports = {
        (layer.fragment, layer.destination_port, layer.undecided): int(count)
        for layer, count in zip(
            map(table.layer, range(len(table))), table.counts.packets, strict=True
        )
    }
    assert ports == {("first", 53, None): 1, ("later", 53, None): 2, ("later", None, "ports"): 2}


def test_a_layer_that_was_not_seen_has_no_flow() -> None:
    """A layer finds its own flow, inside a tunnel too, and no other."""
    table = FlowTable(LINKS)
    frame = ethernet(0x0800, ipv4(4, ipv4(6, tcp((1, 2), 2))))
    table.add(chunk_of([frame]))
    for layer in decode(frame, 1, len(frame)).layers:
        flow = table.flow_of(layer)
        assert flow is not None
        assert table.layer(flow) == layer
    for layer in decode(frame, 1, len(frame), interface=1).layers:
        assert table.flow_of(layer) is None
