"""A small design and a verification of it that shows every kind of finding, made by hand."""

from dataclasses import replace
from datetime import date
from ipaddress import ip_address, ip_interface, ip_network

from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Channel, Leg
from zonecheck.model.device import Device, DeviceKind, L3Interface
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, ExternalEdge, Openness, Peer
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.message import Message
from zonecheck.model.profile import CheckPolicy, Citation, Profile
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.model.zone import Zone
from zonecheck.packets import PacketSpace
from zonecheck.policy.verdict import (
    Assumption,
    ChainStep,
    CheckResult,
    Fall,
    Finding,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    RelayChain,
    RuleConflict,
    ServiceStep,
    SharedDomain,
    Status,
    Trust,
    Verification,
    Withdrawal,
)
from zonecheck.policy.waiver_standing import Standing, WaiverUse
from zonecheck.simulate import Decision, Hop, Packet

FILE = "sample.zones.yaml"

ZONES = (
    Zone("mynumber", "マイナンバー利用事務系"),
    Zone("lgwan", "LGWAN接続系"),
    Zone("internet", "インターネット接続系"),
)


def at(line: int) -> Source:
    """Return a line of the sample file."""
    return Source(FILE, line, 3)


def one(text: str) -> tuple[AddressRange, ...]:
    """Return the range of one address."""
    return (AddressRange.of_address(ip_address(text)),)


def host_at(node: str, port: str = "eth0") -> AttachmentPoint:
    """Return the attachment point of a host."""
    return AttachmentPoint(AttachmentKind.HOST, node, port)


SERVER_RULE = Rule(Action.PERMIT, "規則12", note="保守のため", source=at(52))
WEB_RULE = Rule(
    Action.PERMIT,
    "web",
    services=(Service(6, (PortRange(443, 443),)),),
    in_interfaces=("l",),
    out_interfaces=("edge",),
    source=at(53),
)


def topology() -> Topology:
    """Return the design."""
    firewall = Device(
        "fw",
        DeviceKind.FIREWALL,
        interfaces=(
            L3Interface("m", "M-SRV", (ip_interface("10.10.10.1/24"),), source=at(41)),
            L3Interface("l", "L-TERM", (ip_interface("10.20.20.1/24"),), source=at(42)),
            L3Interface("edge", "I-EDGE", (ip_interface("10.30.60.1/28"),), source=at(43)),
        ),
        policy=Filter("policy", (SERVER_RULE, WEB_RULE), Action.DENY, stateful=True, source=at(50)),
        zones=("mynumber", "lgwan", "internet"),
        source=at(40),
    )
    return Topology(
        "見本の庁内ネットワーク",
        "sample-1",
        ZONES,
        segments=(
            Segment("M-SRV", "mynumber", 110, (ip_network("10.10.10.0/24"),), source=at(11)),
            Segment(
                "L-TERM",
                "lgwan",
                220,
                (ip_network("10.20.20.0/24"), ip_network("2001:db8:20::/64")),
                source=at(12),
            ),
            Segment("I-EDGE", "internet", None, (ip_network("10.30.60.0/28"),), source=at(13)),
        ),
        hosts=(
            Host("m-srv", (HostInterface("eth0", "M-SRV", one("10.10.10.21")),), source=at(21)),
            Host("l-term", (HostInterface("eth0", "L-TERM", one("10.20.20.15")),), source=at(22)),
            Host("l-any", (HostInterface("eth0", "L-TERM"),), role="terminal", source=at(23)),
        ),
        devices=(firewall,),
        externals=(
            External(
                "internet",
                (ExternalEdge("isp", "I-EDGE", one("10.30.60.2")),),
                Openness.OPEN,
                peers=(Peer("relay", one("192.0.2.25")),),
                source=at(61),
            ),
        ),
        channels=(
            Channel(
                "web",
                "necessary",
                (
                    Leg(
                        EndpointRef(EndpointKind.SEGMENT, "L-TERM"),
                        EndpointRef(EndpointKind.EXTERNAL, "internet"),
                        (Service(6, (PortRange(443, 443),)),),
                    ),
                ),
                source=at(71),
            ),
        ),
        source=Source(FILE, 1, 1),
    )


def profile() -> Profile:
    """Return the profile; `undeclared-permit` counts as a warning only."""
    quote = "他の領域と通信できないようにしなければならない"
    return Profile(
        "sample-1",
        "見本市情報セキュリティ対策基準",
        "見本市情報セキュリティポリシー",
        "第1版",
        ZONES,
        (
            CheckPolicy("zone-assignment", (Citation("第22条"),)),
            CheckPolicy("shared-l2-domain", (Citation("第23条第1項", quote),), severity="critical"),
            CheckPolicy(
                "mynumber-isolation", (Citation("第23条第1項", quote),), severity="critical"
            ),
            CheckPolicy("lgwan-internet-separation", (Citation("第24条柱書"),)),
            CheckPolicy("undeclared-permit", (Citation("第24条柱書"),), "warning", "medium"),
            CheckPolicy("rule-anomaly", (Citation("第67条第1項"),)),
            CheckPolicy("sanitise-mail-text", (Citation("第24条(1)"),)),
        ),
        methods=("mail-text",),
        note="見本。\n実在の文書ではない。",
    )


def opening(path: PacketPath) -> OpeningPacket:
    """A path as the packet that opens a session."""
    return OpeningPacket(path.packet, path.origin, path.destination, path.hops, path.forged)


def packet_path(*, forged: bool = False, after: tuple[OpeningPacket, ...] = ()) -> PacketPath:
    """Return a packet from l-term to m-srv past the firewall."""
    decision = Decision("policy", "permit", SERVER_RULE, SERVER_RULE.source)
    if after:
        decision = Decision("policy", "session", None, at(50))
    packet = Packet(
        source=ip_address("10.20.20.15"),
        destination=ip_address("10.10.10.21"),
        protocol=6,
        source_port=49152,
        destination_port=445,
        established=bool(after),
    )
    hops = (Hop("fw", "l", "m", (decision,)),)
    return PacketPath(packet, host_at("l-term"), host_at("m-srv"), hops, forged, after)


def _crossing(check: str) -> Message:
    codes = {
        "mynumber-isolation": "mynumber-isolation.packet",
        "undeclared-permit": "undeclared-permit.packet",
    }
    return Message.of(
        codes[check],
        origin="l-term/eth0",
        destination="m-srv/eth0",
        packet="tcp",
        from_zone="lgwan",
        to_zone="mynumber",
    )


def _boxes(limit: int | None = None) -> tuple[object, ...]:
    space = PacketSpace()
    l_term = ip_network("10.20.20.0/24")
    sources = [(int(l_term.network_address), int(l_term.broadcast_address))]
    server = int(ip_address("10.10.10.21"))
    boxes = space.box(4, [(server, server)], sources, [(6, 6)], [(445, 445)])
    boxes |= space.box(4, [(server, server)], sources, [(1, 1)], [(8, 8)])
    many = space.box(6, protocols=[(17, 17)], dst_ports=[(p, p) for p in range(1, 90, 2)])
    return tuple((boxes | many).boxes(limit))


def _shared() -> SharedDomain:
    return SharedDomain(
        host_at("l-term"),
        AttachmentPoint(AttachmentKind.ACCESS, "M-SRV"),
        (("sw-1:1/1 vlan 220", "sw-2:1/1 vlan 110", at(81)), ("sw-2:1/2", "sw-3:1/1", at(82))),
    )


def _results() -> tuple[CheckResult, ...]:
    policies = profile()
    chain = RelayChain(
        ("l-term", "san-mail/outer", "san-mail/inner", "m-srv"),
        (
            ChainStep("l-term", "san-mail/outer", packet_path(forged=True)),
            ChainStep(
                "san-mail/outer",
                "san-mail/inner",
                ServiceStep("san-mail", "mail-text", reverse=True, source=at(31)),
            ),
            ChainStep("san-mail/inner", "m-srv", _shared()),
        ),
    )
    relay = Message.of("mynumber-isolation.relay", origin="l-term", destination="m-srv")
    both = ("lgwan", "mynumber")
    packets = Finding(
        _crossing("mynumber-isolation"),
        both,
        packet_path(),
        SERVER_RULE.source,
        _boxes(),  # type: ignore[arg-type]
    )
    l2 = Message.of(
        "shared-l2-domain.zones",
        a="l-term/eth0",
        b="M-SRV/*",
        from_zone="lgwan",
        to_zone="mynumber",
    )
    answered = packet_path(after=(opening(packet_path()),))
    missing = MissingDeclaration(Message.of("missing.openness", subject="internet"), at(61))
    return (
        CheckResult(
            "zone-assignment",
            Status.HOLDS,
            policies.policy_for("zone-assignment"),
            assumptions=LEDGER[:1],
            examined=7,
        ),
        CheckResult(
            "mynumber-isolation",
            Status.VIOLATED,
            policies.policy_for("mynumber-isolation"),
            (packets, Finding(relay, both, chain, at(22), state="fw-b")),
            examined=4,
            consequence_of=("shared-l2-domain",),
        ),
        CheckResult(
            "shared-l2-domain",
            Status.VIOLATED,
            policies.policy_for("shared-l2-domain"),
            (Finding(l2, both, _shared(), at(81)),),
            examined=3,
        ),
        CheckResult(
            "undeclared-permit",
            Status.VIOLATED,
            policies.policy_for("undeclared-permit"),
            (
                Finding(
                    _crossing("undeclared-permit"),
                    both,
                    answered,
                    at(52),
                    _boxes(2),  # type: ignore[arg-type]
                    more_boxes=True,
                ),
                Finding(
                    _crossing("undeclared-permit"),
                    both,
                    MissingControl("fw policy", at(50), packet_path()),
                    at(50),
                ),
            ),
            examined=6,
            consequence_of=("mynumber-isolation",),
        ),
        CheckResult(
            "rule-anomaly",
            Status.VIOLATED,
            policies.policy_for("rule-anomaly"),
            (
                Finding(
                    Message.of(
                        "rule-anomaly.shadowed", place="fw/rules", rule="規則13", causes="規則12"
                    ),
                    both,
                    RuleConflict(
                        "fw/rules", ((SERVER_RULE.name, SERVER_RULE.source),), packet_path().packet
                    ),
                    at(54),
                ),
                Finding(
                    Message.of("rule-anomaly.any-any", place="fw/rules", rule="web", causes=""),
                    both,
                    RuleConflict("fw/rules", ()),
                    at(53),
                ),
            ),
            examined=3,
        ),
        CheckResult(
            "lgwan-internet-separation",
            Status.UNKNOWN,
            policies.policy_for("lgwan-internet-separation"),
            (Finding(_crossing("undeclared-permit"), both, missing, at(61)),),
            (missing,),
            examined=2,
        ),
        CheckResult(
            "sanitise-mail-text",
            Status.HOLDS,
            policies.policy_for("sanitise-mail-text"),
            assumptions=LEDGER,
            vacuous=True,
        ),
        CheckResult("sanitise-file", Status.NOT_IN_PROFILE, None),
    )


LEDGER = (
    Assumption("routing-declared", "fw", at(40)),
    *(Assumption("source-guard", f"S-{n}", at(100 + n), "スイッチ設計書 4.1") for n in range(1, 7)),
    Assumption("stateful-strict", "fw/policy", at(50)),
    Assumption("attribute-capabilities", "fw", at(51), declared=("ids", "sandbox")),
    Assumption("attribute-capabilities", "isp", at(52), declared=()),
    Assumption("attribute-cloud", "isp/peers/relay", at(53), declared=("false",)),
)


def verification() -> Verification:
    """Return a verification that shows every kind of counterexample."""
    undeclared = (
        MissingDeclaration(Message.of("missing.openness", subject="internet"), at(61)),
        MissingDeclaration(Message.of("missing.ip-forward", subject="l-term"), at(22)),
    )
    states = ("", "fw-b")
    return Verification(
        "見本の庁内ネットワーク", FILE, "sample-1", _results(), LEDGER, undeclared, states, "any"
    )


def holding() -> Verification:
    """Return a verification in which everything holds."""
    results = tuple(r for r in _results() if r.status is Status.HOLDS)
    mail = (Fall("sanitise-mail-text", Status.VIOLATED),)
    together = (*mail, Fall("zone-assignment", Status.UNKNOWN))
    needed = (Withdrawal(LEDGER[:1], mail), Withdrawal(LEDGER[1:7], together))
    trust = Trust(LEDGER[:7], needed, together)
    return Verification(
        "見本の庁内ネットワーク", FILE, "sample-1", results, LEDGER, (), trust=trust
    )


def waived() -> Verification:
    """Return a verification with a waived check, one half waived, and a waiver of every kind."""
    waiver = Waiver(
        "w-1",
        "mynumber-isolation",
        "f-abcdefghij234567",
        "第120条第1項",
        "統括情報セキュリティ責任者",
        "更改までの間",
        date(2027, 3, 31),
        source=at(70),
    )
    _, isolation, _, permit = _results()[:4]
    named = replace(isolation.findings[0], id=waiver.finding, waiver=waiver)
    emergency = replace(waiver, id="w-2", emergency=True, expires=None, reported=date(2026, 11, 30))
    left = replace(permit.findings[0], id="f-234567abcdefghij", waiver=emergency)
    results = (
        replace(isolation, status=Status.WAIVED, findings=(named,), consequence_of=()),
        replace(permit, findings=(left, *permit.findings[1:]), consequence_of=()),
    )
    others = (
        WaiverUse(replace(waiver, id=f"w-{number}", expires=None, approver=None), standing)
        for number, standing in enumerate(Standing, 3)
    )
    return Verification(
        "見本の庁内ネットワーク",
        FILE,
        "sample-1",
        results,
        (),
        (),
        today=date(2026, 12, 1),
        waivers=(
            WaiverUse(waiver, Standing.COUNTS),
            WaiverUse(emergency, Standing.COUNTS),
            *others,
        ),
    )


def empty() -> Verification:
    """Return a verification of no check at all."""
    return Verification("見本の庁内ネットワーク", FILE, "sample-1", (), (), ())
