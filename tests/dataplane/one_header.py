"""What the engine does with one header alone, with just what a plain walk remembers.

Of many headers at once the engine does not keep apart those that a translation made one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import reject

from tests.dataplane.plain_headers import Opened, Plain, Session
from zonecheck.dataplane import DataPlane, Origin, Place, Translation
from zonecheck.dataplane.canonical_translation import translations
from zonecheck.packets import Header, PacketSet
from zonecheck.prove import WayTooLongError
from zonecheck.prove.propagation import Held, Memory, Propagation


@contextmanager
def leaving_out_long_ways() -> Iterator[None]:
    """Leave out a network in which the engine gives up on how often a packet is translated."""
    try:
        yield
    except WayTooLongError:
        reject()


def engine_header(header: Plain) -> Header:
    """Return a plain header as one of the engine."""
    return Header(*header[:6], int(header.established))


def sessions_of(plane: DataPlane, remembered: Opened) -> dict[Memory, PacketSet]:
    """Return what a walk remembers as the engine's sessions."""
    found: dict[Memory, PacketSet] = {}
    for entry in remembered:
        device = plane.topology.device_by_id[entry.node]
        headers = plane.space.header(engine_header(entry.header))
        if isinstance(entry, Session):
            is_policy = entry.filter == "*" and device.policy is not None
            name = device.policy.id if is_policy and device.policy is not None else entry.filter
            key: Memory = (entry.node, name, is_policy, entry.between or frozenset({""}))
        else:
            rule, _ = translations(device, entry.kind)[entry.rule]
            key = Translation(entry.node, rule, plane.space.everything)
            headers = headers.with_any_flag()
        found[key] = found.get(key, plane.space.empty) | headers
    return found


def alone(
    plane: DataPlane, origin: Origin, header: Header, known: dict[Memory, PacketSet] | None = None
) -> set[str]:
    """Return the points a header from an origin is delivered to if nobody sends another."""
    found: set[str] = set()
    held = Held()
    for domain in origin.domains:
        run = Propagation(plane, known or {}, held, closed=None)
        run.enter(domain, plane.space.header(header) & origin.may_send)
        run.settle()
        found |= set(map(str, run.delivered))
    return found


def from_place(plane: DataPlane, place: Place, header: Header) -> tuple[set[str], set[str]]:
    """Return where a header handed to a place is delivered, and the places it comes to."""
    run = Propagation(plane, {}, Held(), closed=None)
    run._hand_on(place, (), plane.space.header(header))
    run.settle()
    places = {f"{place.node}/{place.interface}" for place in run.places}
    return set(map(str, run.delivered)), places
