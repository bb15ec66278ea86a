"""Declarations an author may be wrong about, and topologies without them.

A declaration is an entry of the ledger that something written in the file makes. To withdraw it
is to read the file as if that had not been written. docs/semantics.md, section 7 says what
follows: `unknown` where its absence has an upper and a lower closure (LEAVES_UNKNOWN), else the
worst case. Filter rules, routes that are there, addresses and cables are configuration and not
withdrawn, except that routes as a whole may be distrusted.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from typing import TypeVar

from zonecheck.model.device import Device, L3Interface
from zonecheck.model.external import External, Peer
from zonecheck.model.host import Host, HostInterface, RelayService
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.policy.check import KINDS, attribute
from zonecheck.policy.ledger.assumptions import assumptions_of
from zonecheck.policy.ledger.declared import (
    attribute_named,
    attribute_names,
    without_attribute,
    without_system,
)
from zonecheck.policy.observation import silent
from zonecheck.policy.verdict import Assumption

Edit = Callable[[Topology, str], Topology]
Element = TypeVar("Element", Segment, Host, Device, External)

_LEAVES_UNKNOWN = frozenset(
    {
        "carrier-isolation",
        "external-closed",
        "external-role",
        "fax-line",
        "maintenance-safeguards",
        "management",
        "no-forwarding",
        "one-way",
        "out-of-scope",
        "peer-offline",
        "platform-management",
        "service-settings",
        "side-isolation",
        "wlan-auth",
    }
)

_AT_WORST = frozenset({"dos_protection", "exception", "redundant"})
"""Attributes without which something is as bad as can be."""
_BURDENS = {
    "cloud": "true",
    "exposure": "public",
    "internet_required": "false",
    "location": "offsite",
    "media_export": "allowed",
    "ownership": "private",
}
"""Values of attributes that only ask for more: nothing is owed to them."""


def leaves_unknown(topology: Topology, declaration: Assumption, check: str) -> bool:
    """Return whether a check is unknown without a declaration, not taken at the worst case.

    Guests of a hypervisor may be isolated although nothing says so, shares of a storage are not
    (docs/semantics.md, section 6); an SSID may authenticate, an access port does not.
    """
    if declaration.id == "platform-isolation":
        guests = any(item.id == declaration.subject for item in topology.hypervisors)
        return guests or check == "shared-platform"
    if declaration.id == "device-admission":
        segment = topology.segment_by_id[declaration.subject]
        radio = segment.laid_on is not None or segment.wireless is not None
        return radio and check in ("nac-enforced", "wlan-strong-auth")
    if declaration.id == "system":
        return check not in ("iot-isolated", "unused-service-open")
    if declaration.id == "listens":
        return check == "unused-service-open"
    name = attribute_named(declaration.id)
    if name == "capabilities":
        return silent(withdraw(topology, declaration)) != silent(topology)
    if name is not None:
        return name not in _AT_WORST
    return declaration.id in _LEAVES_UNKNOWN


def declarations(topology: Topology) -> tuple[Assumption, ...]:
    """Return what can be withdrawn from a topology, each id and subject once.

    That of a host with several services is one: their settings are declared together.
    """
    found: dict[tuple[str, str], Assumption] = {}
    for kind in (*KINDS, *map(attribute, attribute_names(topology))):
        for entry in assumptions_of(topology, kind):
            if can_be_withdrawn(entry):
                found.setdefault((entry.id, entry.subject), entry)
    return tuple(found.values())


def can_be_withdrawn(assumption: Assumption) -> bool:
    """Return whether an entry of the ledger is a declaration the file could do without."""
    name = attribute_named(assumption.id)
    if name is not None:
        return assumption.declared != (_BURDENS.get(name),)
    return assumption.id in _EDITS


def withdraw(topology: Topology, declaration: Assumption) -> Topology:
    """Return the topology without a declaration.

    Closedness and the isolation of members of an external network share one basis: without the
    latter the network may be open too.

    Raises:
        KeyError: if entries of that id cannot be withdrawn.
    """
    name = attribute_named(declaration.id)
    if name is not None:
        return without_attribute(topology, declaration.subject, name)
    return _EDITS[declaration.id](topology, declaration.subject)


def withdraw_all(topology: Topology, withdrawn: Iterable[Assumption]) -> Topology:
    """Return the topology without any of the declarations."""
    return reduce(withdraw, withdrawn, topology)


# --- hosts --------------------------------------------------------------------------------------


def _hosts(topology: Topology, name: str, edit: Callable[[Host], Host]) -> Topology:
    return replace(topology, hosts=_edited(topology.hosts, name, edit))


def _listens(topology: Topology, subject: str) -> Topology:
    name, _, card = subject.partition("/")

    def open_card(interface: HostInterface) -> HostInterface:
        return replace(interface, listens=None) if interface.id == card else interface

    return _hosts(
        topology, name, lambda h: replace(h, interfaces=tuple(map(open_card, h.interfaces)))
    )


def _relay_none(topology: Topology, subject: str) -> Topology:
    return _hosts(topology, subject, lambda h: replace(h, relays=True, relay_basis=None))


def _no_forwarding(topology: Topology, subject: str) -> Topology:
    return _hosts(topology, subject, lambda h: replace(h, ip_forward=None))


def _sides(topology: Topology, subject: str) -> Topology:
    """Take the basis of a two-sided host away and leave it to the lists of what it accepts."""

    def founded(interface: HostInterface, basis: str | None) -> HostInterface:
        listens = interface.listens
        if listens is None or listens.basis is not None:
            return interface
        return replace(interface, listens=replace(listens, basis=basis))

    def unfounded(host: Host) -> Host:
        cards = tuple(founded(interface, host.basis) for interface in host.interfaces)
        return replace(host, basis=None, interfaces=cards)

    return _hosts(topology, subject, unfounded)


def _services(
    topology: Topology, subject: str, edit: Callable[[RelayService], RelayService]
) -> Topology:
    return _hosts(topology, subject, lambda h: replace(h, services=tuple(map(edit, h.services))))


def _fax_line(topology: Topology, subject: str) -> Topology:
    return _hosts(topology, subject, lambda h: replace(h, fax=None))


def _reverse_blocked(topology: Topology, subject: str) -> Topology:
    return _services(topology, subject, lambda s: replace(s, reverse_blocked=None))


def _service_settings(topology: Topology, subject: str) -> Topology:
    return _services(
        topology,
        subject,
        lambda s: replace(s, mail_mode=None, file_mode=None, unsanitisable=None, redirection=()),
    )


# --- segments and devices -----------------------------------------------------------------------


def _segments(topology: Topology, name: str, edit: Callable[[Segment], Segment]) -> Topology:
    return replace(topology, segments=_edited(topology.segments, name, edit))


def _source_guard(topology: Topology, subject: str) -> Topology:
    return _segments(
        topology, subject, lambda s: replace(s, ip_source_guard=False, port_security=False)
    )


def _mac_enforced(topology: Topology, subject: str) -> Topology:
    return _segments(
        topology,
        subject,
        lambda s: replace(s, port_security=False, mac_acl=False, nac=None, arp_inspection=False),
    )


def _device_admission(topology: Topology, subject: str) -> Topology:
    edited = _wlan_auth(topology, subject)
    return _segments(edited, subject, lambda s: replace(s, nac=None, port_security=False))


def _wlan_auth(topology: Topology, subject: str) -> Topology:
    def unsaid(segment: Segment) -> Segment:
        if segment.wireless is None:
            return segment
        return replace(segment, wireless=replace(segment.wireless, auth=None, guest=False))

    return _segments(topology, subject, unsaid)


def _devices(topology: Topology, name: str, edit: Callable[[Device], Device]) -> Topology:
    return replace(topology, devices=_edited(topology.devices, name, edit))


def _source_check(topology: Topology, subject: str) -> Topology:
    name, _, face = subject.partition("/")

    def unchecked(interface: L3Interface) -> L3Interface:
        if interface.id != face:
            return interface
        return replace(interface, sources=None, reverse_path=None)

    return _devices(
        topology, name, lambda d: replace(d, interfaces=tuple(map(unchecked, d.interfaces)))
    )


def _management(topology: Topology, subject: str) -> Topology:
    return _devices(topology, subject, lambda d: replace(d, management=None))


def _routing(topology: Topology, subject: str) -> Topology:
    """Take the routes of a device and its standby members away, or those of a host."""

    def unrouted(device: Device) -> Device:
        members = tuple(replace(member, routes=None) for member in device.standby)
        return replace(device, routes=None, policy_routes=(), standby=members)

    edited = _devices(topology, subject, unrouted)
    return _hosts(edited, subject, lambda h: replace(h, routes=None))


# --- external networks and platforms ------------------------------------------------------------


def _externals(topology: Topology, name: str, edit: Callable[[External], External]) -> Topology:
    return replace(topology, externals=_edited(topology.externals, name, edit))


def _external_closed(topology: Topology, subject: str) -> Topology:
    return _externals(topology, subject, lambda e: replace(e, openness=None))


def _carrier_isolation(topology: Topology, subject: str) -> Topology:
    return _externals(topology, subject, lambda e: replace(e, basis=None))


def _external_role(topology: Topology, subject: str) -> Topology:
    return _externals(topology, subject, lambda e: replace(e, role=None))


def _peers(topology: Topology, subject: str, edit: Callable[[Peer], Peer]) -> Topology:
    name, _, peer = subject.partition("/")
    return _externals(
        topology,
        name,
        lambda e: replace(e, peers=tuple(edit(p) if p.id == peer else p for p in e.peers)),
    )


def _peer_offline(topology: Topology, subject: str) -> Topology:
    return _peers(topology, subject, lambda p: replace(p, internet_connected=None))


def _public_body(topology: Topology, subject: str) -> Topology:
    return _peers(
        topology,
        subject,
        lambda p: replace(p, public_body=False, operator=None, legal_basis=None),
    )


def _out_of_scope(topology: Topology, subject: str) -> Topology:
    return _externals(topology, subject, lambda e: replace(e, scope=None))


def _register(topology: Topology, subject: str) -> Topology:
    """Take an edge of a network or a path beside the network out of the register."""
    name, _, edge = subject.partition("/")
    edited = _externals(
        topology,
        name,
        lambda e: replace(
            e,
            edges=tuple(
                replace(each, purpose=None, line=None, owner=None) if each.id == edge else each
                for each in e.edges
            ),
        ),
    )
    return replace(
        edited,
        out_of_band=tuple(
            replace(item, purpose=None, line=None, owner=None) if item.id == subject else item
            for item in topology.out_of_band
        ),
    )


def _out_of_band_off(topology: Topology, subject: str) -> Topology:
    return replace(
        topology,
        out_of_band=tuple(
            replace(item, enabled=True) if item.id == subject else item
            for item in topology.out_of_band
        ),
    )


def _platform_isolation(topology: Topology, subject: str) -> Topology:
    return replace(
        topology,
        hypervisors=tuple(
            replace(item, isolation=None) if item.id == subject else item
            for item in topology.hypervisors
        ),
        datastores=tuple(
            replace(item, isolation=None) if item.id == subject else item
            for item in topology.datastores
        ),
    )


def _platform_management(topology: Topology, subject: str) -> Topology:
    return replace(
        topology,
        hypervisors=tuple(
            replace(item, unmanaged=False) if item.id == subject else item
            for item in topology.hypervisors
        ),
    )


def _maintenance(topology: Topology, subject: str) -> Topology:
    return replace(
        topology,
        maintenance=tuple(
            replace(item, authentication=None, encryption=None, window=None)
            if item.id == subject
            else item
            for item in topology.maintenance
        ),
    )


def _local_breakout(topology: Topology, subject: str) -> Topology:
    return replace(
        topology,
        channels=tuple(
            replace(item, basis=None) if item.id == subject else item for item in topology.channels
        ),
    )


def _edited(
    elements: tuple[Element, ...], name: str, edit: Callable[[Element], Element]
) -> tuple[Element, ...]:
    return tuple(edit(element) if element.id == name else element for element in elements)


_EDITS: dict[str, Edit] = {
    "carrier-isolation": _carrier_isolation,
    "device-admission": _device_admission,
    "external-closed": _external_closed,
    "external-role": _external_role,
    "fax-line": _fax_line,
    "listens": _listens,
    "local-breakout": _local_breakout,
    "mac-enforced": _mac_enforced,
    "maintenance-safeguards": _maintenance,
    "management": _management,
    "no-forwarding": _no_forwarding,
    "one-way": _sides,
    "out-of-band-off": _out_of_band_off,
    "out-of-scope": _out_of_scope,
    "peer-offline": _peer_offline,
    "platform-isolation": _platform_isolation,
    "platform-management": _platform_management,
    "public-body": _public_body,
    "register": _register,
    "relay-none": _relay_none,
    "reverse-blocked": _reverse_blocked,
    "routing-declared": _routing,
    "service-settings": _service_settings,
    "side-isolation": _sides,
    "source-check": _source_check,
    "source-guard": _source_guard,
    "system": without_system,
    "wlan-auth": _wlan_auth,
}
