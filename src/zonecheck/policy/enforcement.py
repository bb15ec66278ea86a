"""What enforces MAC addresses on the access ports of a segment (docs/semantics.md, section 9)."""

from zonecheck.model.segment import Segment

DEVICE_AUTHENTICATION = ("dot1x", "mac-auth")


def binds_mac(segment: Segment) -> bool:
    """Return whether a segment's access ports drop frames with a bound address and a foreign MAC.

    An SSID has no ports: its stations are bound only by what guards them.
    """
    if segment.laid_on is not None:
        return segment.guarded
    if segment.port_security or segment.mac_acl or segment.nac in DEVICE_AUTHENTICATION:
        return True
    return segment.arp_inspection and segment.ip_source_guard
