"""Declared traffic: channels and specific flows over what exists."""

from zonecheck.model.channel import CHANNEL_KINDS, Channel, Leg, SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.strategies.draft import Draft
from zonecheck.strategies.services import draw_services

BOUND = ("mac", "ip", "port")


def endpoints(draft: Draft) -> list[EndpointRef]:
    """Return everything a flow can run between, hosts first."""
    found = [EndpointRef(EndpointKind.HOST, host.id) for host in draft.hosts]
    found += [EndpointRef(EndpointKind.SEGMENT, segment.id) for segment in draft.segments]
    for external in draft.externals:
        found.append(EndpointRef(EndpointKind.EXTERNAL, external.id))
        for peer in external.peers:
            found.append(EndpointRef(EndpointKind.PEER, external.id, peer.id))
    found += [
        EndpointRef(EndpointKind.DEVICE, device.id)
        for device in draft.devices
        if any(interface.addresses for interface in device.interfaces)
    ]
    return found


def draw_channels(draft: Draft) -> tuple[Channel, ...]:
    """Draw channels of one or two legs."""
    choose = draft.choose
    return tuple(_channel(draft, number) for number in range(choose.pick((0, 0, 1, 2))))


def draw_specific_flows(draft: Draft) -> tuple[SpecificFlow, ...]:
    """Draw specific flows."""
    choose = draft.choose
    return tuple(
        SpecificFlow(
            f"f{number}", leg.origin, leg.destination, leg.services, bind=choose.some(BOUND)
        )
        for number in range(choose.pick((0, 0, 0, 1)))
        for leg in (_leg(draft),)
    )


def _channel(draft: Draft, number: int) -> Channel:
    choose, zones = draft.choose, draft.options.zones
    data = (choose.pick(zones), choose.pick(zones)) if choose.usually() else None
    return Channel(
        id=f"c{number}",
        kind=choose.pick(tuple(reversed(CHANNEL_KINDS))),
        legs=tuple(_leg(draft) for _ in range(choose.pick((1, 1, 2)))),
        data=data,
        initiator=data[0] if data is not None and choose.usually() else None,
        basis=choose.pick((None, "policy")),
    )


def _leg(draft: Draft) -> Leg:
    choose, ends = draft.choose, endpoints(draft)
    origin = choose.pick(ends)
    destination = choose.pick([end for end in ends if end != origin] or ends)
    return Leg(origin, destination, draw_services(choose, least=1))
