"""`zonecheck trace` and `reach`: looking into one design."""

import click

from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import common_options, deliver, topology_argument
from zonecheck.cli.packet_choice import asked_service, chosen_packet, destination_of
from zonecheck.cli.places import find_place, single_point
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.questions.reach import reach_view
from zonecheck.policy.questions.trace import trace_view
from zonecheck.report.lang import Lang
from zonecheck.report.machine.reach_json import render_reach_json
from zonecheck.report.machine.trace_json import render_trace_json
from zonecheck.report.text.reach import render_reach_text
from zonecheck.report.text.trace import render_trace_text

_PORT = click.IntRange(0, 65535)

_from_option = click.option(
    "--from",
    "origin",
    required=True,
    metavar="X",
    help=said(
        "送信元: ホスト、ホスト/インターフェイス、セグメント（アクセスポート）、外部、"
        "外部/エッジ、機器/インターフェイス。",
        "Origin: host, host/interface, segment (its access ports), external, external/edge, "
        "device/interface.",
    ),
)


@click.command(
    help=said(
        "一つのパケットを送り、どこに届き、どこで破棄されるかを規則とともに示す。アドレスは"
        "自然なものを選ぶ。届かなくても、実行できれば終了コードは 0。",
        "Send one packet and show where it is delivered and dropped, with the rules. Addresses "
        "are chosen naturally. The exit code is 0 whenever it could run, delivered or not.",
    )
)
@topology_argument
@_from_option
@click.option(
    "--to",
    "destination",
    required=True,
    metavar="Y",
    help=said("宛先: X と同じ書き方、外部/相手、またはIPアドレス。", "Destination, or an address."),
)
@click.option("--tcp", type=_PORT, metavar="PORT", help=said("TCPの宛先ポート。", "TCP port."))
@click.option("--udp", type=_PORT, metavar="PORT", help=said("UDPの宛先ポート。", "UDP port."))
@click.option(
    "--icmp",
    is_flag=False,
    flag_value="echo",
    metavar="[TYPE]",
    help=said("ICMP。タイプを省くとエコー要求。", "ICMP; an echo request unless a type is given."),
)
@click.option(
    "--fragment",
    type=click.Choice(["tcp", "udp", "sctp", "icmp"]),
    help=said("2 個目以降のフラグメント。", "A non-first fragment of this protocol."),
)
@click.option("--sport", type=_PORT, metavar="PORT", help=said("送信元ポート。", "Source port."))
@click.option("--src-ip", metavar="ADDRESS", help=said("送信元アドレス。", "Source address."))
@click.option("--dst-ip", metavar="ADDRESS", help=said("宛先アドレス。", "Destination address."))
@click.option(
    "--established",
    is_flag=True,
    help=said("ACKかRSTを持つTCPパケットにする。", "A TCP packet with ACK or RST."),
)
@state_option
@common_options
def trace(
    *,
    topology: str,
    origin: str,
    destination: str,
    tcp: int | None,
    udp: int | None,
    icmp: str | None,
    fragment: str | None,
    sport: int | None,
    src_ip: str | None,
    dst_ip: str | None,
    established: bool,
    state: str,
    form: str,
    lang: Lang,
    output: str | None,
) -> None:
    """Show the way of one packet."""
    service = asked_service(tcp, udp, icmp, sport, established=established, fragment=fragment)
    design = in_state(read_topology(topology), state)
    start = find_place(design, origin)
    point = single_point(start)
    end = destination_of(design, destination)
    packet = chosen_packet(design, service, start, end, (src_ip, dst_ip))
    wanted = end[0].points if end[0] is not None else None
    view = trace_view(design, packet, point, (destination, wanted))
    text = render_trace_json(view) if form == JSON else render_trace_text(view, lang)
    deliver(text, output)


@click.command(
    help=said(
        "X から Y へ届くパケットの集合を正確に示す。セッションなしで届くものと、セッションに"
        "よってのみ届くものを分ける。",
        "Show the exact set of packets that get from X to Y, those that need no session and those "
        "that only a session lets through.",
    )
)
@topology_argument
@_from_option
@click.option(
    "--to", "destination", required=True, metavar="Y", help=said("宛先。", "Destination.")
)
@state_option
@common_options
def reach(
    *,
    topology: str,
    origin: str,
    destination: str,
    state: str,
    form: str,
    lang: Lang,
    output: str | None,
) -> None:
    """Show everything that gets from one place to another."""
    design = in_state(read_topology(topology), state)
    start, end = find_place(design, origin), find_place(design, destination)
    view = reach_view(
        _analysis(design),
        (start.name, start.points),
        (end.name, end.points),
        undeclared=len(undeclared_items(design)),
    )
    text = render_reach_json(view) if form == JSON else render_reach_text(view, design, lang)
    deliver(text, output)


def _analysis(design: Topology) -> Analysis:
    nobody = Profile("", "", "", "", (), ())
    return Analysis(design, nobody, Closure.UPPER)
