"""What of a design the canonical form has words for.

A certificate about a form that left something out would prove another network. So each field of
the model is named here once it is lowered, or known to matter to no packet (docs/dataplane.md says
why); a design that uses any other field has no form.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Final

from zonecheck.model.address import AddressRange
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    ManagementAccess,
    Opening,
    PolicyRoute,
    Route,
    SwitchPort,
)
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import External, ExternalEdge, Peer
from zonecheck.model.filter import AddressMatch, Filter, Rule
from zonecheck.model.host import Host, HostInterface, HostRoute
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.nat import NatRule
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.model.tunnel import Tunnel

_LOWERED: Final[Mapping[type, str]] = {
    Topology: "segments hosts devices links externals tunnels state detached",
    Segment: "id zone vlan prefixes switches ip_source_guard port_security laid_on",
    Host: "id interfaces ip_forward routes",
    HostInterface: "id segment addresses",
    HostRoute: "prefix next_hop interface",
    Device: "id kind interfaces ports routes policy filters management opens nat "
    "policy_sees_original policy_routes",
    L3Interface: "id segment addresses vrf vlan port sources reverse_path filter_in filter_out",
    SwitchPort: "id mode vlan allowed native shutdown other_vlans dtp",
    Route: "prefix next_hops interface discard vrf",
    PolicyRoute: "sources destinations services in_interfaces next_hop interface",
    ManagementAccess: "sources services interfaces",
    Opening: "to services",
    NatRule: "kind sources destinations services in_interfaces out_interfaces source_to "
    "destination_to port_to one_to_one",
    Filter: "id rules default stateful loose alg session_rules",
    Rule: "action sources destinations services in_interfaces out_interfaces uncertain macs",
    AddressMatch: "ranges negated",
    Service: "protocol ports source_ports icmp_types established opening",
    External: "id edges openness zone_tag prefixes peers basis",
    ExternalEdge: "id segment addresses",
    Peer: "id addresses",
    Link: "a b",
    LinkEnd: "node port",
    PortRange: "low high",
    AddressRange: "low high",
    EndpointRef: "kind id peer",
    Tunnel: "kind ends",
}

_NO_PACKETS: Final[Mapping[type, str]] = {
    Topology: "name profile profile_source zones channels specific_flows maintenance systems "
    "hypervisors datastores out_of_band policies waivers",
    Segment: "nac mac_acl arp_inspection wireless in_scope attributes note",
    Host: "role count zones relays relay_basis basis services fax attributes note",
    HostInterface: "mac side listens",
    Device: "spans non_ip also_forwards config_digests zones attributes note",
    L3Interface: "zone_label virtual macs",
    Route: "distance",
    PolicyRoute: "name",
    NatRule: "name",
    Rule: "name note",
    AddressMatch: "text",
    External: "role gateways scope attributes note",
    ExternalEdge: "purpose line owner macs attributes",
    Peer: "internet_connected basis public_body operator legal_basis attributes",
    Link: "zones note",
    Tunnel: "id carries",
}

_KINDS: Final = (
    DeviceKind.L2_SWITCH,
    DeviceKind.L3_SWITCH,
    DeviceKind.ROUTER,
    DeviceKind.FIREWALL,
    DeviceKind.TRANSPARENT_FIREWALL,
)


class NoWordsError(ValueError):
    """A design says something that the canonical form has no words for; `reason` says what."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def require_words(element: object) -> None:
    """Check an element of the model and all it holds.

    Raises:
        NoWordsError: It says something that the canonical form has no words for.
    """
    if isinstance(element, tuple):
        for item in element:
            require_words(item)
        return
    if not is_dataclass(element) or isinstance(element, type):
        return
    kind = type(element)
    if isinstance(element, Device) and element.kind not in _KINDS:
        raise _no_words(element, "kind")
    lowered = _LOWERED.get(kind, "").split()
    aside = ("source", "default_source", *_NO_PACKETS.get(kind, "").split())
    for field in fields(element):
        value = getattr(element, field.name)
        if field.name in lowered:
            require_words(value)
        elif field.name not in aside and not _says_nothing(field, value):
            raise _no_words(element, field.name)


def _no_words(element: object, field: str) -> NoWordsError:
    name = getattr(element, "id", "-")
    kind = type(element).__name__
    return NoWordsError(
        Message.of("error.no-canonical-words", field=field, kind=kind, element=name)
    )


def _says_nothing(field: Field[Any], value: object) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and bool(value == field.default)
