"""The members of a pair or cluster that take a device's place."""

from zonecheck.formats.build_filters import FilterBuilder
from zonecheck.formats.build_nat import NatBuilder
from zonecheck.formats.build_routes import RouteBuilder
from zonecheck.formats.filter_schema import FILTER_FIELDS
from zonecheck.formats.record import Element
from zonecheck.model.device import DeviceKind, Standby
from zonecheck.model.filter import Filter


class StandbyBuilder:
    """Builds the standby members of one device with the builders of its own parts."""

    def __init__(
        self, device: Element, filters: FilterBuilder, routes: RouteBuilder, nat: NatBuilder
    ) -> None:
        self._device = device
        self._filters = filters
        self._routes = routes
        self._nat = nat

    def members(self) -> tuple[Standby, ...]:
        """Return the members; what one does not say is None, as on the device."""
        parts: tuple[Element, ...] = tuple(self._device["ha"] or ())
        return tuple(self._member(part) for part in parts if part["member"] is not None)

    def _member(self, part: Element) -> Standby:
        return Standby(
            id=part["member"],
            routes=self._routes.routes(part["routes"]),
            policy=self._policy(part),
            filters=self._named(part),
            nat=None if part["nat"] is None else self._nat.rules(part["nat"]),
            source=part.source,
        )

    def _policy(self, part: Element) -> Filter | None:
        """Return the member's policy; of its rules, default and so on each is as on the device."""
        kind: DeviceKind | None = self._device["kind"]
        given = [key for key in FILTER_FIELDS if part.given(key)]
        if not given or kind is None:
            return None
        inherited = [key for key in FILTER_FIELDS if key not in given and self._device.given(key)]
        if part["stateful"] is False:
            # Without state there are no sessions for the device's rules to be about.
            inherited = [key for key in inherited if key != "session_rules"]
        own = Element(
            part.record,
            {**part.values, **{key: self._device[key] for key in inherited}},
            part.source,
            {**part.sources, **{key: self._device.source_of(key) for key in inherited}},
        )
        return self._filters.policy(own, kind)

    def _named(self, part: Element) -> tuple[Filter, ...] | None:
        """Return the member's filters; one it does not name is as on the device."""
        if part["filters"] is None:
            return None
        own = {item.id: item for item in self._filters.named(part)}
        there = {item.id: item for item in self._filters.named(self._device)}
        return tuple((there | own).values())
