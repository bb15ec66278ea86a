"""Transparent firewalls: which domains hear each other's frames, and through which filters.

docs/semantics.md, section 1.
"""

from collections.abc import Iterator

from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.dataplane.places import FilterStep
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device
from zonecheck.model.topology import Topology

Heard = tuple[int, tuple[FilterStep, ...]]


class FrameFilters:
    """For each domain the domains its frames are heard in, each with the filters on the way."""

    def __init__(self, topology: Topology, domains: BroadcastDomains) -> None:
        self._bridges: dict[int, list[tuple[Device, str, str, int]]] = {}
        self._heard: dict[int, tuple[Heard, ...]] = {}
        for device in topology.devices:
            if not device.kind.filters_frames:
                continue
            sides = [
                (interface.id, domain)
                for interface in device.interfaces
                if not interface.addresses
                for domain in domains.domains_of(device.id, interface)
            ]
            for near, domain in sides:
                for far, other in sides:
                    if near != far and domain != other:
                        entry = (device, near, far, other)
                        self._bridges.setdefault(domain, []).append(entry)

    def heard_in(self, domain: int) -> tuple[Heard, ...]:
        """Return the domain itself and those behind transparent firewalls, each crossed once."""
        if domain not in self._heard:
            self._heard[domain] = tuple(self._walk(domain, (), frozenset()))
        return self._heard[domain]

    def next_to(self, domain: int) -> set[int]:
        """Return the domains a single transparent firewall hands on the frames of one to."""
        return {other for _, _, _, other in self._bridges.get(domain, ())}

    def common(self, domain: int, closure: Closure) -> int:
        """Return one domain that stands for all that share frames which are not IP with this one.

        A firewall that does not say whether it hands them on does in the upper closure.
        """
        seen, waiting = {domain}, [domain]
        while waiting:
            for device, _, _, other in self._bridges.get(waiting.pop(), ()):
                passes = closure is Closure.UPPER if device.non_ip is None else device.non_ip
                if passes and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return min(seen)

    def _walk(
        self, domain: int, steps: tuple[FilterStep, ...], crossed: frozenset[str]
    ) -> Iterator[Heard]:
        yield domain, steps
        for device, near, far, other in self._bridges.get(domain, ()):
            if device.id in crossed:
                continue
            passed = steps
            if device.policy is not None:
                passed = (*steps, FilterStep(device.id, device.policy, near, far))
            yield from self._walk(other, passed, crossed | {device.id})
