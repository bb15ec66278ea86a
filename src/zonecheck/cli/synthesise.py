"""`zonecheck synthesise`: a capture made of a design."""

from pathlib import Path

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, lang_option, quiet_option, topology_argument
from zonecheck.cli.result_file import replace_file
from zonecheck.cli.streams import note, write_out
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.replay.scapy_presence import NoScapyError, need_scapy
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned
from zonecheck.report.words import phrase


@click.command(
    help=said(
        "構成が宣言する通信と、回線にいつも流れているもの（STP、LLDP、ARP、DHCP、VRRP、IPv6 ND）"
        "を、ある場所で見えるとおりのキャプチャに書く。"
        "--violation で違反を混ぜる。同じ --seed なら"
        "同じバイト列になる。scapy（pip install scapy）が必要。",
        "Write a capture of what a design declares and of what is always on a wire (STP, LLDP, "
        "ARP, DHCP, VRRP, IPv6 ND) as it is seen at a place. --violation adds what must not be "
        "there. The same --seed gives the same bytes. Needs scapy (pip install scapy).",
    )
)
@topology_argument
@click.option(
    "--at",
    metavar="PLACE",
    help=said(
        "見る場所: セグメント、「ノード/インターフェイス」、または配線の端「機器/ポート」"
        "（トランクではタグつき）。",
        "Where: a segment, node/interface, or the end of a cable, device/port (tagged on trunks).",
    ),
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=said(
        "書き先。名前が .pcap で終われば pcap、ほかは pcapng（なぜあるかをコメントに書く）。",
        "Where to write: pcap if the name ends in .pcap, else pcapng with a comment a frame.",
    ),
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    metavar="N",
    help=said("乱数の種。", "The seed of everything chosen."),
)
@click.option(
    "--violation",
    "violations",
    multiple=True,
    metavar="NAME",
    help=said(
        "混ぜる事例の名前（--list を参照）。何度でも指定できる。",
        "A case to add (see --list); may be given several times.",
    ),
)
@click.option(
    "--flow",
    "flows",
    multiple=True,
    metavar="ID",
    help=said(
        "この宣言の通信だけ。何度でも指定できる。なければすべて。",
        "Only sessions of this channel, specific flow or maintenance; else of all.",
    ),
)
@click.option(
    "--background/--no-background",
    default=True,
    show_default=True,
    help=said("回線にいつも流れているもの。", "What is always on a wire."),
)
@click.option(
    "--tagged",
    is_flag=True,
    help=said(
        "セグメントやインターフェイスでも VLAN タグをつける。",
        "With VLAN tags at segments and interfaces too.",
    ),
)
@click.option(
    "--list",
    "listing",
    is_flag=True,
    help=said(
        "事例の一覧。--at があれば、そこで作れるかどうかも。",
        "List the cases; with --at, whether each can be there.",
    ),
)
@quiet_option
@lang_option
@debug_option
def synthesise(
    *,
    topology: str,
    at: str | None,
    output: str | None,
    seed: int,
    violations: tuple[str, ...],
    flows: tuple[str, ...],
    background: bool,
    tagged: bool,
    listing: bool,
    quiet: bool,
    lang: Lang,
) -> int:
    """Write a capture, or list what it can be made to hold."""
    design = read_topology(topology)
    try:
        need_scapy()
    except NoScapyError as error:
        raise Failure(error.reason) from error
    from zonecheck.replay.capture_file import capture_bytes
    from zonecheck.replay.synthesise import CannotSynthesiseError, synthesised_frames
    from zonecheck.replay.watched_place import NoSuchPlaceError

    try:
        if listing:
            write_out("\n".join(_listing(design, at, seed, lang, tagged=tagged)) + "\n")
            return 0
        if at is None or output is None:
            raise Failure(Message.of("synthesise.incomplete"))
        frames = synthesised_frames(
            design,
            at,
            seed=seed,
            flows=flows or None,
            background=background,
            violations=violations,
            tagged=tagged,
        )
    except (CannotSynthesiseError, NoSuchPlaceError) as error:
        raise Failure(error.reason) from error
    if not frames:
        raise Failure(Message.of("synthesise.nothing", place=at))
    replace_file(Path(output), capture_bytes(frames, output, at))
    if not quiet:
        note(phrase(lang, "synthesise.written", path=output, number=len(frames)))
    return 0


def _listing(design: Topology, at: str | None, seed: int, lang: Lang, *, tagged: bool) -> list[str]:
    """Return a line for each case: its name, whether it can be at the place, what it is."""
    from zonecheck.replay.synthesise_cases import CASES, cases_here
    from zonecheck.replay.synthesise_scene import Scene

    here = None if at is None else cases_here(Scene(design, at, seed, tagged=tagged))
    rows = []
    for name, case in CASES.items():
        told = phrase(lang, f"synthesise.case-{name}")
        kind = phrase(lang, "synthesise.tolerated" if case.tolerated else "synthesise.violation")
        possible = [] if here is None else [phrase(lang, f"synthesise.{_possible(name, here)}")]
        rows.append([name, kind, *possible, told])
    return aligned(rows)


def _possible(name: str, here: tuple[str, ...]) -> str:
    return "can-be" if name in here else "cannot-be"
