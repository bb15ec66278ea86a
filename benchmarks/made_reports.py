"""Reports on designs of many devices, made by rule: a router at the core, one for each site.

Sites are in turn in the three areas, each with a subnet and a group of terminals. Every router
stands in the subnet of the core, so that all sites reach each other and many findings can be shown.
What is shown was sent through the simulator; which checks would find it is not asked, since this
measures what a page of such a report costs a browser, not what a proof costs.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from typing import Final

from zonecheck.formats import read_topology
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy import load_profile, verify
from zonecheck.policy.verdict import CheckResult, Finding, PacketPath, Status, Verification
from zonecheck.policy.weight import weight
from zonecheck.report.whole import Part, WholeReport
from zonecheck.simulate import Packet, Simulator

AREAS: Final = ("マイナンバー利用事務系", "LGWAN接続系", "インターネット接続系")
PROFILE: Final = "fuefuki-10"
CHECK: Final = "mynumber-isolation"
TCP: Final = 6


def made_report(devices: int, findings: int, *, alike: bool) -> WholeReport:
    """Return a report on so many devices, with so many findings that show a path.

    If names are `alike` they differ in numbers only, and a drawing shows them as one.
    """
    names = _names(devices - 1, alike=alike)
    design = _design(names)
    profile = load_profile(PROFILE)
    made = verify(design, profile, checks=["multi-zone-host"])
    found = tuple(islice(_findings(design, names), findings))
    shown = CheckResult(CHECK, Status.VIOLATED, profile.policy_for(CHECK), found)
    verdicts = Verification(
        made.topology, made.topology_file, made.profile, (shown, *made.results), (), ()
    )
    return WholeReport(design, (Part(profile, verdicts, weight),), 1)


def _names(count: int, *, alike: bool) -> list[str]:
    if alike:
        return [f"{number:04}" for number in range(count)]
    return ["".join(letters) for letters in islice(product(ascii_lowercase, repeat=3), count)]


def _design(names: list[str]) -> Topology:
    segments = ["  BACKBONE: {zone: LGWAN接続系, prefix: 10.255.0.0/20}"]
    hosts, devices, routes = [], [], []
    for at, name in enumerate(names):
        area, up, net = AREAS[at % len(AREAS)], _uplink(at), _subnet(at)
        segments.append(f"  LAN-{name}: {{zone: {area}, prefix: {net}.0/24}}")
        hosts.append(f"  term-{name}: {{segment: LAN-{name}, count: 10, role: terminal}}")
        faces = f"up: {{segment: BACKBONE, ip: {up}}}, lan: {{segment: LAN-{name}, ip: {net}.254}}"
        devices.append(
            f"  rt-{name}: {{kind: router, interfaces: {{{faces}}}, "
            "routes: [{to: 10.0.0.0/8, via: 10.255.0.1}]}"
        )
        routes.append(f"{{to: {net}.0/24, via: {up}}}")
    devices.append(
        "  core: {kind: router, interfaces: {down: {segment: BACKBONE, ip: 10.255.0.1}}, "
        f"routes: [{', '.join(routes)}]}}"
    )
    lines = ["zonecheck: 1", "name: 多数の拠点", f"profile: {PROFILE}"]
    lines += ["segments:", *segments, "hosts:", *hosts, "devices:", *devices]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sites.zones.yaml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_topology(file)


def _uplink(at: int) -> str:
    return f"10.255.{(at + 2) // 256}.{(at + 2) % 256}"


def _subnet(at: int) -> str:
    return f"10.{at // 256}.{at % 256}"


def _findings(design: Topology, names: list[str]) -> Iterator[Finding]:
    network = Simulator(design)
    for at in range(0, len(names) - 1, len(AREAS)):
        origin, target = (_terminals(name) for name in names[at : at + 2])
        source, destination = (ip_address(f"{_subnet(each)}.1") for each in (at, at + 1))
        packet = Packet(source, destination, TCP, 49152, 443)
        delivery = network.send(packet, origin).delivered_at(target)
        if delivery is None:
            raise RuntimeError(f"{packet} does not arrive")
        path = PacketPath(packet, origin, target, delivery.hops, forged=False)
        zones = ("mynumber", "lgwan")
        told = Message.of(
            f"{CHECK}.packet",
            origin=str(origin),
            destination=str(target),
            from_zone=zones[0],
            to_zone=zones[1],
        )
        yield Finding(told, zones, path, design.host_by_id[origin.node].source)


def _terminals(site: str) -> AttachmentPoint:
    return AttachmentPoint(AttachmentKind.HOST, f"term-{site}", "eth0")
