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
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.facts import FACTS, reverse_blocked
from zonecheck.policy.repairs.lists import with_device
from zonecheck.policy.repairs.repair import Repair, Size
from zonecheck.policy.repairs.sanitisers import SANITISERS
from zonecheck.policy.repairs.settings import with_host, with_segment
from zonecheck.policy.repairs.tags import TAGS
from zonecheck.policy.repairs.waiving import without_waiver
from zonecheck.policy.repairs.written import BASIS, Answer, Given, Written
from zonecheck.policy.verdict import (
    CheckResult,
    MissingControl,
    MissingDeclaration,
    RelayChain,
    ServiceStep,
)

MAC = "02:00:00:00:00:01"
"""What stands for a MAC address nobody has written down yet."""


def claims(topology: Topology, result: CheckResult) -> Iterator[tuple[Repair, ...]]:
    """Yield for each thing the evidence of a check asks for, or contradicts, what may be declared.

    Of several declarations about one thing the likeliest is first.
    """
    asked: dict[tuple[Message, Source], None] = {}
    for missing in result.missing:
        asked[missing.item, missing.source] = None
    for finding in result.findings:
        evidence = finding.counterexample
        if isinstance(evidence, MissingDeclaration):
            asked[evidence.item, evidence.source] = None
        asked |= {(lacking.item, lacking.source): None for lacking in finding.lacking}
        if finding.lacking:
            continue
        if isinstance(evidence, MissingControl | MissingDeclaration):
            asked[finding.message, evidence.source] = None
        if isinstance(evidence, RelayChain):
            steps = (step.by for step in evidence.steps)
            asked |= {
                (Message.of(_REVERSE, subject=by.host, method=by.method), by.source): None
                for by in steps
                if isinstance(by, ServiceStep) and by.reverse
            }
    for message, source in asked:
        about = _subject(message)
        if message.code in _STALE:
            yield tuple(without_waiver(topology, message.named["waiver"]))
            continue
        found = tuple(
            Repair(
                Size.CLAIM,
                Message.of("repair.declared", subject=about, declaration=text),
                source,
                edit,
                (about,),
            )
            for text, edit in _answers(topology, message)
        )
        if found:
            yield found


def following(topology: Topology, result: CheckResult) -> tuple[Repair, ...]:
    """Return what a change makes wrong that was right, as a check finds it.

    Zone tags of links and hosts that say something else, and waivers that name nothing any more.
    """
    stale = (
        repair
        for missing in result.missing
        if missing.item.code in _STALE
        for repair in without_waiver(topology, missing.item.named["waiver"])
    )
    return (*_tags_anew(topology, result), *stale)


def _tags_anew(topology: Topology, result: CheckResult) -> tuple[Repair, ...]:
    return tuple(
        Repair(
            Size.CLAIM,
            Message.of("repair.tag-follows", node=finding.message.named["node"], declaration=text),
            finding.source,
            edit,
            (finding.message.named["node"],),
        )
        for finding in result.findings
        if finding.message.code in _ZONE_TAGS
        for text, edit in _tags(topology, finding.message.named)
    )


def _subject(message: Message) -> str:
    named = message.named
    keys = ("subject", "segment", "attachment", "peer", "external", "node", "host", "link", "port")
    return next((named[key] for key in keys if key in named), message.code)


def _answers(topology: Topology, message: Message) -> Iterable[Written]:
    answer = _ANSWERS.get(message.code)
    return () if answer is None else answer(topology, message.named)


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
    yield f"{given['interface']}.mac: {BASIS}", edit


def _side(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    for side in Side:
        values = {"side": side}
        edit = partial(_card, host=given["subject"], card=given["interface"], values=values)
        yield f"{given['interface']}.side: {side.value}", edit


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

    yield f"{given['interface']}.listens.basis: {BASIS}", edit


def _zone(topology: Topology, given: Given) -> Iterator[Written]:
    name = given.get("subject") or given["segment"]
    for zone in topology.zones:
        text = f"zone: {zone.ja or zone.id}"
        yield text, partial(with_segment, name=name, values={"zone": zone.id})


# --- devices and links ----------------------------------------------------------------------------


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
    yield f"openness: closed, basis: {BASIS}", partial(_external, name=name, edit=closed)
    yield (
        "openness: open",
        partial(_external, name=name, edit=partial(replace, openness=Openness.OPEN)),
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
    yield f"{setting}: {BASIS}", partial(_with_peer, end=given["subject"], values={setting: BASIS})


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

        edited = _external(design, node, lambda e: replace(e, edges=tuple(map(entered, e.edges))))
        paths = tuple(
            replace(path, **values) if path.id == name else path for path in design.out_of_band
        )
        return replace(edited, out_of_band=paths)

    yield ", ".join(f"{field}: {BASIS}" for field in fields), edit


def _safeguard(topology: Topology, given: Given) -> Iterator[Written]:
    del topology

    def edit(entry: Maintenance) -> Maintenance:
        if entry.id != given["subject"]:
            return entry
        said: dict[str, Any] = {given["setting"]: BASIS}
        return replace(entry, **said)

    yield (
        f"{given['setting']}: {BASIS}",
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

    yield f"isolation: {BASIS}", edit


_STALE = (
    "missing.waived-finding",
    "missing.waived-elsewhere",
    "missing.waived-not-in-profile",
    "missing.waived-check",
)


def _platform_management(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    name = given["subject"]

    def edit(design: Topology) -> Topology:
        return replace(
            design,
            hypervisors=tuple(
                replace(h, unmanaged=True) if h.id == name else h for h in design.hypervisors
            ),
        )

    yield "management: none", edit


_ZONE_TAGS = ("zone-assignment.link", "zone-assignment.host")
_OFF = _peer_says(
    f"internet_connected: false, basis: {BASIS}", internet_connected=False, basis=BASIS
)
_REVERSE = "missing.reverse-blocked"
_ANSWERS: dict[str, Answer] = {
    **FACTS,
    **SANITISERS,
    **TAGS,
    _REVERSE: reverse_blocked,
    "missing.relay-basis": _of_host("relay_basis", f"relay.basis: {BASIS}", BASIS),
    "missing.basis": _of_host("basis", f"basis: {BASIS}", BASIS),
    "missing.mac": _mac,
    "missing.side": _side,
    "missing.listens-basis": _listens_basis,
    "missing.zone": _zone,
    "zone-assignment.no-zone": _zone,
    "missing.rules": _filter_says("rules: []", rules=(), default=Action.DENY),
    "missing.routes": _routes,
    "zone-assignment.link": _tags,
    "zone-assignment.host": _tags,
    "zone-assignment.link-untagged": _tags,
    "multi-zone-host.device": _tags,
    "missing.device-zones": _tags,
    "missing.host-zones": _tags,
    "missing.openness": _openness,
    "missing.external-basis": _external_says(f"basis: {BASIS}", basis=BASIS),
    "missing.scope": _external_says(f"scope: {BASIS}", scope=BASIS),
    "missing.role": _role,
    "missing.internet-connected": _OFF,
    "missing.peer-basis": _peer_says(f"basis: {BASIS}", basis=BASIS),
    "peer-not-internet-connected.connected": _OFF,
    "missing.public-body": _public_body,
    "missing.register": _register,
    "external-attachment-registered.absent": _register,
    "missing.safeguard": _safeguard,
    "missing.isolation": _isolation,
    "missing.platform-management": _platform_management,
}
