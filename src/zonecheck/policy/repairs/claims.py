"""Declarations that would answer what a finding lacks: true first, then written.

The only repairs that go by the code of a message, since what is to be declared is what it names.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from zonecheck.model.channel import Maintenance
from zonecheck.model.device import Device
from zonecheck.model.external import EXTERNAL_ROLES, External, ExternalEdge, Openness, Peer
from zonecheck.model.filter import Action, Filter
from zonecheck.model.host import Host, HostInterface, Side
from zonecheck.model.message import Message
from zonecheck.model.segment import Wireless
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import with_device
from zonecheck.policy.repairs.repair import Edit, Repair, Size
from zonecheck.policy.repairs.settings import AUTH, FILE_MODE, with_host, with_segment
from zonecheck.policy.sanitising import BLOCK, TEXT_ONLY
from zonecheck.policy.verdict import CheckResult, MissingControl, MissingDeclaration

BASIS = "?"
"""What stands for a basis, an operator or an entry of a register nobody has given yet."""
MAC = "02:00:00:00:00:01"
"""What stands for a MAC address nobody has written down yet."""
Written = tuple[str, Edit]
"""A declaration as a file says it, and the topology with it."""


def claims(topology: Topology, result: CheckResult) -> Iterator[Repair]:
    """Yield the declarations that the evidence of a check asks for, or that it contradicts."""
    asked: dict[tuple[Message, Source], None] = {}
    for missing in result.missing:
        asked[missing.item, missing.source] = None
    for finding in result.findings:
        evidence = finding.counterexample
        if isinstance(evidence, MissingDeclaration):
            asked[evidence.item, evidence.source] = None
        if isinstance(evidence, MissingControl | MissingDeclaration):
            asked[finding.message, evidence.source] = None
    for message, source in asked:
        for text, edit in _answers(topology, message):
            said = Message.of("repair.declared", subject=_subject(message), declaration=text)
            yield Repair(Size.CLAIM, said, source, edit, (_subject(message),))


def _subject(message: Message) -> str:
    named = message.named
    keys = ("subject", "segment", "attachment", "peer", "external", "node", "host", "link", "port")
    return next((named[key] for key in keys if key in named), message.code)


def _answers(topology: Topology, message: Message) -> Iterable[Written]:
    answer = _ANSWERS.get(message.code)
    return () if answer is None else answer(topology, message.named)


Given = dict[str, str]
Answer = Callable[[Topology, Given], Iterable[Written]]


# --- hosts and segments ---------------------------------------------------------------------------


def _of_host(field: str, text: str, value: object) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology
        name = given.get("subject") or given["node"]
        yield text, partial(with_host, name=name, values={field: value})

    return answer


def _card(topology: Topology, host: str, card: str, values: dict[str, Any]) -> Topology:
    def edit(each: Host) -> Host:
        cards = tuple(replace(c, **values) if c.id == card else c for c in each.interfaces)
        return replace(each, interfaces=cards)

    return replace(topology, hosts=tuple(edit(h) if h.id == host else h for h in topology.hosts))


def _mac(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    edit = partial(_card, host=given["subject"], card=given["interface"], values={"mac": MAC})
    yield f"{given['interface']}.mac", edit


def _side(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    for side in Side:
        values = {"side": side}
        edit = partial(_card, host=given["subject"], card=given["interface"], values=values)
        yield f"{given['interface']}: {side.value}", edit


def _listens_basis(topology: Topology, given: Given) -> Iterator[Written]:
    del topology

    def based(card: HostInterface) -> HostInterface:
        if card.id != given["interface"] or card.listens is None:
            return card
        return replace(card, listens=replace(card.listens, basis=BASIS))

    def edit(design: Topology) -> Topology:
        hosts = tuple(
            replace(h, interfaces=tuple(map(based, h.interfaces)))
            if h.id == given["subject"]
            else h
            for h in design.hosts
        )
        return replace(design, hosts=hosts)

    yield f"{given['interface']}.listens.basis", edit


def _service_setting(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield one setting of the services of a host, off where it is a redirection."""
    del topology
    name = given["setting"].removesuffix("=?")
    values: dict[str, Any] = {
        "mail_mode": TEXT_ONLY,
        "file_mode": FILE_MODE,
        "unsanitisable": BLOCK,
    }
    field, _, part = name.partition(".")
    host = given.get("subject") or given["host"]

    def edit(design: Topology) -> Topology:
        said: dict[str, Any] = {field: values.get(field)}

        def of_host(each: Host) -> Host:
            services = []
            for service in each.services:
                if field == "redirection":
                    kept = tuple(item for item in service.redirection if item[0] != part)
                    services.append(replace(service, redirection=(*kept, (part, False))))
                else:
                    services.append(replace(service, **said))
            return replace(each, services=tuple(services))

        hosts = tuple(of_host(h) if h.id == host else h for h in design.hosts)
        return replace(design, hosts=hosts)

    if field == "redirection" or field in values:
        yield f"{name}: {values.get(field, 'off')}", edit


def _zone(topology: Topology, given: Given) -> Iterator[Written]:
    name = given.get("subject") or given["segment"]
    for zone in topology.zones:
        text = f"zone: {zone.ja or zone.id}"
        yield text, partial(with_segment, name=name, values={"zone": zone.id})


def _wireless(topology: Topology, given: Given) -> Iterator[Written]:
    name = given.get("subject") or given["segment"]
    segment = topology.segment_by_id.get(name)
    if segment is not None:
        radio = replace(segment.wireless or Wireless(), auth=AUTH)
        edit = partial(with_segment, name=name, values={"wireless": radio})
        yield f"wireless.auth: {AUTH}", edit


# --- devices and links ----------------------------------------------------------------------------


def _of_device(text: str, **values: Any) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology
        yield text, partial(with_device, name=given["subject"], edit=partial(replace, **values))

    return answer


def _filter_says(text: str, **values: Any) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology

        def said(item: Filter) -> Filter:
            return replace(item, **values) if item.id == given["filter"] else item

        def edit(device: Device) -> Device:
            policy = None if device.policy is None else said(device.policy)
            return replace(device, policy=policy, filters=tuple(map(said, device.filters)))

        yield text, partial(with_device, name=given["subject"], edit=edit)

    return answer


def _routes(topology: Topology, given: Given) -> Iterator[Written]:
    del topology

    def edit(design: Topology) -> Topology:
        edited = with_device(design, given["subject"], partial(replace, routes=()))
        return with_host(edited, given["subject"], {"routes": ()})

    yield "routes: []", edit


def _tags(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield the tag of a link, host or device that says the zones it is in."""
    del topology
    zones = tuple(zone for zone in given["zones"].split(", ") if zone != "-")
    name = given.get("node") or given["link"]

    def edit(design: Topology) -> Topology:
        return replace(
            design,
            links=tuple(
                replace(link, zones=zones) if str(link) == name else link for link in design.links
            ),
            hosts=tuple(replace(h, zones=zones) if h.id == name else h for h in design.hosts),
            devices=tuple(replace(d, zones=zones) if d.id == name else d for d in design.devices),
        )

    yield f"zones: [{', '.join(zones)}]", edit


# --- networks of others, flows, platforms ---------------------------------------------------------


def _external(topology: Topology, name: str, edit: Callable[[External], External]) -> Topology:
    return replace(
        topology, externals=tuple(edit(e) if e.id == name else e for e in topology.externals)
    )


def _openness(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    closed = partial(replace, openness=Openness.CLOSED, basis=BASIS)
    name = given["subject"]
    yield "openness: closed, basis", partial(_external, name=name, edit=closed)
    yield "openness: open", partial(
        _external, name=name, edit=partial(replace, openness=Openness.OPEN)
    )


def _external_says(text: str, **values: Any) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology
        yield text, partial(_external, name=given["subject"], edit=partial(replace, **values))

    return answer


def _role(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    for role in EXTERNAL_ROLES:
        edit = partial(_external, name=given["subject"], edit=partial(replace, role=role))
        yield f"role: {role}", edit


def _peer_says(text: str, **values: Any) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology
        yield text, partial(_with_peer, end=given.get("subject") or given["peer"], values=values)

    return answer


def _public_body(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    setting = given["setting"]
    yield setting, partial(_with_peer, end=given["subject"], values={setting: BASIS})


def _with_peer(topology: Topology, end: str, values: dict[str, Any]) -> Topology:
    name, _, peer = end.partition("/")

    def edit(each: Peer) -> Peer:
        return replace(each, **values) if each.id == peer else each

    return _external(topology, name, lambda e: replace(e, peers=tuple(map(edit, e.peers))))


def _register(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    name = given.get("subject") or given["attachment"]
    fields = [given["field"]] if "field" in given else ["purpose", "line", "owner"]
    values: dict[str, Any] = dict.fromkeys(fields, BASIS)

    def edit(design: Topology) -> Topology:
        node, _, port = name.partition("/")

        def entered(edge: ExternalEdge) -> ExternalEdge:
            return replace(edge, **values) if edge.id == port else edge

        edited = _external(
            design, node, lambda e: replace(e, edges=tuple(map(entered, e.edges)))
        )
        paths = tuple(
            replace(path, **values) if path.id == name else path for path in design.out_of_band
        )
        return replace(edited, out_of_band=paths)

    yield ", ".join(fields), edit


def _safeguard(topology: Topology, given: Given) -> Iterator[Written]:
    del topology

    def edit(entry: Maintenance) -> Maintenance:
        if entry.id != given["subject"]:
            return entry
        said: dict[str, Any] = {given["setting"]: BASIS}
        return replace(entry, **said)

    yield (
        given["setting"],
        lambda design: replace(design, maintenance=tuple(map(edit, design.maintenance))),
    )


def _isolation(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    name = given["subject"]

    def edit(design: Topology) -> Topology:
        return replace(
            design,
            hypervisors=tuple(
                replace(h, isolation=BASIS) if h.id == name else h for h in design.hypervisors
            ),
            datastores=tuple(
                replace(d, isolation=BASIS) if d.id == name else d for d in design.datastores
            ),
        )

    yield "isolation", edit


_OFF = _peer_says("internet_connected: false, basis", internet_connected=False, basis=BASIS)
_ANSWERS: dict[str, Answer] = {
    "missing.ip-forward": _of_host("ip_forward", "ip_forward: false", value=False),
    "missing.relay-basis": _of_host("relay_basis", "relay.basis", BASIS),
    "missing.basis": _of_host("basis", "basis", BASIS),
    "missing.fax": _of_host("fax", "fax: none", "none"),
    "missing.mac": _mac,
    "missing.side": _side,
    "missing.listens-basis": _listens_basis,
    "missing.setting": _service_setting,
    "missing.zone": _zone,
    "zone-assignment.no-zone": _zone,
    "missing.wireless-auth": _wireless,
    "missing.wlan-auth": _wireless,
    "nac-enforced.undeclared": _wireless,
    "missing.management": _of_device("management: none", management=()),
    "missing.non-ip": _of_device("non_ip: drop", non_ip=False),
    "missing.rules": _filter_says("rules: []", rules=(), default=Action.DENY),
    "missing.default": _filter_says("default: deny", default=Action.DENY),
    "missing.routes": _routes,
    "zone-assignment.link": _tags,
    "zone-assignment.host": _tags,
    "zone-assignment.link-untagged": _tags,
    "multi-zone-host.device": _tags,
    "missing.openness": _openness,
    "missing.external-basis": _external_says("basis", basis=BASIS),
    "missing.scope": _external_says("scope", scope=BASIS),
    "missing.role": _role,
    "missing.internet-connected": _OFF,
    "missing.peer-basis": _peer_says("basis", basis=BASIS),
    "peer-not-internet-connected.connected": _OFF,
    "missing.public-body": _public_body,
    "missing.register": _register,
    "external-attachment-registered.absent": _register,
    "missing.safeguard": _safeguard,
    "missing.isolation": _isolation,
}
