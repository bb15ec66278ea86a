"""Declarations of what no packet can show: attributes, systems of the ledger, listening hosts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from zonecheck.model.attribute import CAPABILITIES, LINE_KINDS, Attribute, attribute
from zonecheck.model.device import Device
from zonecheck.model.external import External
from zonecheck.model.host import Host, HostInterface, Listens, RelayService
from zonecheck.model.system import IMPORTANCE, System
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.written import BASIS, Answer, Given, Written

_APPROVAL = (("{id: ?, by: ?, date: ?}", (BASIS, BASIS, BASIS)),)
_FREE = ((BASIS, (BASIS,)),)
_Choices = tuple[tuple[str, tuple[str, ...]], ...]
_CHOICES: dict[str, _Choices] = {
    "mfa": (("[knowledge, possession]", ("knowledge", "possession")),),
    "media_export": (("blocked", ("blocked",)),),
    "ownership": (("body", ("body",)),),
    "support_until": (("? (>= today)", (date.max.isoformat(),)),),
    "unused_ports": (("shut", ("shut",)),),
    "internet_required": (("true", ("true",)), ("false", ("false",))),
    "exposure": (("internal", ("internal",)), ("public", ("public",))),
    "cloud": (("false", ("false",)), ("true", ("true",))),
    "redundant": (("true", ("true",)),),
    "approval": _APPROVAL,
    "importance": tuple((each, (each,)) for each in reversed(IMPORTANCE)),
    "config_snapshot": _FREE,
    "internal_control": _FREE,
    "encryption": _FREE,
    "exception": _FREE,
    "region": _FREE,
    "mail_size_limit": _FREE,
    "dos_protection": _FREE,
}
"""The values an attribute may have, as a file says them and as the model knows them."""


def _attribute(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield values of an attribute with which a check may hold."""
    name, subject = given["attribute"], given["subject"]
    choices = _CHOICES.get(name, ())
    if name == "line_kind":
        choices = tuple((kind, (kind,)) for kind in _line_kinds(topology, subject))
    if name == "disconnect":
        choices = tuple(_cuts(topology, subject))
    for text, values in choices:
        yield f"attributes.{name}: {text}", partial(_with, subject=subject, made={name: values})


def _line_kinds(topology: Topology, subject: str) -> list[str]:
    """Return the kinds of a line, that of its network first."""
    external = topology.external_by_id.get(subject.partition("/")[0])
    role = None if external is None else external.role
    return sorted(LINE_KINDS, key=lambda kind: kind != role)


def _cuts(topology: Topology, subject: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what may be cut to leave a network: the interfaces, or the devices, at its edges."""
    external = topology.external_by_id.get(subject)
    segments = {edge.segment for edge in external.edges} if external is not None else set()
    beside = [
        (device.id, face.port or face.id)
        for device in topology.devices
        for face in device.interfaces
        if face.segment in segments
    ]
    ports = {f"{d.id}/{port.id}" for d in topology.devices for port in d.ports}
    at = tuple(dict.fromkeys(f"{node}/{port}" for node, port in beside))
    whole = tuple(dict.fromkeys(node for node, _ in beside))
    for values in (at if set(at) <= ports else (), whole):
        if values:
            yield f"[{', '.join(values)}]", values


def _capabilities(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield what an element may do with traffic, with somebody who reads what it reports."""
    subject = given["subject"]
    elements: list[Device | Host | External] = [
        *topology.devices,
        *topology.hosts,
        *topology.externals,
    ]
    said = [item for each in elements if each.id == subject for item in each.attributes]
    answered = attribute(said, "responsible") is not None
    for capability in CAPABILITIES:
        made: dict[str, tuple[str, ...]] = {"capabilities": (capability,)}
        text = f"attributes.capabilities: [{capability}]"
        if not answered:
            made["responsible"] = (BASIS,)
            text += f", attributes.responsible: {BASIS}"
        yield text, partial(_with, subject=subject, made=made)


def _responsible(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    made: dict[str, tuple[str, ...]] = {"responsible": (BASIS,)}
    yield f"attributes.responsible: {BASIS}", partial(_with, subject=given["subject"], made=made)


def _with(topology: Topology, subject: str, made: dict[str, tuple[str, ...]]) -> Topology:
    """Return the topology with attributes of whatever has them under a name."""
    owner, _, part = subject.partition("/")

    def said(element: Any) -> Any:
        kept = tuple(each for each in element.attributes if each.name not in made)
        new = tuple(Attribute(name, values) for name, values in made.items())
        return replace(element, attributes=(*kept, *new))

    def of(elements: tuple[Any, ...], name: str) -> tuple[Any, ...]:
        return tuple(said(each) if each.id == name else each for each in elements)

    def of_external(external: External) -> External:
        if external.id != owner or not part:
            return external
        return replace(external, edges=of(external.edges, part), peers=of(external.peers, part))

    return replace(
        topology,
        hosts=of(topology.hosts, subject),
        devices=of(topology.devices, subject),
        segments=of(topology.segments, subject),
        maintenance=of(topology.maintenance, subject),
        out_of_band=of(topology.out_of_band, subject),
        externals=tuple(map(of_external, of(topology.externals, subject))),
    )


def _system(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield a system a server may belong to, which says ever more."""
    host = given["subject"]
    name = f"{BASIS}-{host}"
    plain = System(name, (host,), ledger=name, source=topology.host_by_id[host].source)
    texts = [
        (f"hosts: [{host}], ledger: {BASIS}", plain),
        (
            f"hosts: [{host}], ledger: {BASIS}, importance: A",
            replace(plain, importance=IMPORTANCE[0]),
        ),
        (
            f"hosts: [{host}], ledger: {BASIS}, business: {BASIS}",
            replace(plain, business=name),
        ),
    ]
    for text, system in texts:
        yield f"systems.{BASIS}: {{{text}}}", partial(_with_system, system=system)


def _with_system(topology: Topology, system: System) -> Topology:
    if any(each.id == system.id for each in topology.systems):
        return topology
    return replace(topology, systems=(*topology.systems, system))


def _of_system(field: str, *choices: tuple[str, object]) -> Answer:
    def answer(topology: Topology, given: Given) -> Iterator[Written]:
        del topology
        subject = given["subject"]
        for text, value in choices:
            # What is not known yet is another thing for every system.
            own = f"{BASIS}-{subject}" if value == BASIS else value
            edit = partial(_changed_system, name=subject, values={field: own})
            yield f"{field}: {text}", edit

    return answer


def _changed_system(topology: Topology, name: str, values: dict[str, Any]) -> Topology:
    return replace(
        topology,
        systems=tuple(replace(s, **values) if s.id == name else s for s in topology.systems),
    )


def _system_key(topology: Topology, given: Given) -> Iterator[Written]:
    key = given["key"]
    if key == "business":
        yield from _of_system(key, (BASIS, BASIS))(topology, given)
    elif key in ("clients", "admins"):
        yield from _of_system(key, ("[]", ()))(topology, given)


def _listens(topology: Topology, given: Given) -> Iterator[Written]:
    del topology
    closed = Listens((), BASIS)

    def of_card(card: HostInterface) -> HostInterface:
        return replace(card, listens=closed) if card.id == given["interface"] else card

    yield (
        f"{given['interface']}.listens: {{services: [], basis: {BASIS}}}",
        partial(_with_cards, host=given["subject"], edit=of_card),
    )


def _with_cards(topology: Topology, host: str, edit: Any) -> Topology:
    def of_host(each: Host) -> Host:
        if each.id != host:
            return each
        return replace(each, interfaces=tuple(map(edit, each.interfaces)))

    return replace(topology, hosts=tuple(map(of_host, topology.hosts)))


def reverse_blocked(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield that the way back through a service of a two-sided host is enforced shut."""
    del topology
    method = given["method"]

    def of_service(service: RelayService) -> RelayService:
        if service.method.value != method or service.reverse_blocked is not None:
            return service
        return replace(service, reverse_blocked=BASIS)

    def of_host(each: Host) -> Host:
        if each.id != given["subject"]:
            return each
        return replace(each, services=tuple(map(of_service, each.services)))

    yield (
        f"services.{method}.reverse_blocked: {BASIS}",
        lambda design: replace(design, hosts=tuple(map(of_host, design.hosts))),
    )


FACTS: dict[str, Answer] = {
    "missing.attribute": _attribute,
    "missing.capabilities": _capabilities,
    "missing.responsible": _responsible,
    "missing.system": _system,
    "missing.system-key": _system_key,
    "missing.ledger": _of_system("ledger", (BASIS, BASIS)),
    "missing.importance": _of_system("importance", *((each, each) for each in IMPORTANCE)),
    "missing.listens": _listens,
}
