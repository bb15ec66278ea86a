"""Steps as rules of the model, for new packets, for packets of sessions, and for one question.

Connection tracking gives every packet a state; the model knows new packets and those of sessions.
So one list of steps is read twice. What cannot be told apart is widened: a permit that may hold is
uncertain, and so is a deny that may not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address, summarize_address_range
from typing import Final

from zonecheck.formats.iptables.chains import Step, Verdict
from zonecheck.formats.iptables.interfaces import DOUBT, OTHER
from zonecheck.formats.iptables.product import (
    ALL_PORTS,
    ALL_PROTOCOLS,
    ALL_TYPES,
    Flags,
    Product,
    State,
    Universe,
)
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.filter import ANY_ADDRESS, Action, AddressMatch, Rule
from zonecheck.model.service import PORT_PROTOCOLS, PortRange, Service
from zonecheck.packets import ICMP_OF, MAXIMA, TCP, Field, Intervals

ERROR_TYPES: Final = {4: (3, 4, 5, 11, 12), 6: (1, 2, 3, 4)}
"""The ICMP errors of the model (docs/semantics.md, section 4): tracked as related or invalid."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RuleMaker:
    """Makes rules of steps; `universe` are the interfaces that conditions may leave."""

    universe: Universe

    def new(self, steps: Iterable[Step], *, untracked: bool) -> tuple[Rule, ...]:
        """Return the rules for packets of no session.

        They may be tracked as new or as invalid, and where something is `untracked` as that; of
        IPv6, neighbour discovery never is tracked. A permit is certain if it holds for all that an
        honest opener may be tracked as, a deny if it holds for every state the packet may have and
        that no line before it denied altogether.
        """
        honest = {State.NEW} | ({State.UNTRACKED} if untracked else set())
        listed = list(steps)
        possible = honest | {State.INVALID}
        if any(step.match.version == 6 for step in listed):
            possible.add(State.UNTRACKED)
        found: list[Rule] = []
        for step in listed:
            states = step.match.states & possible
            if not states:
                continue
            permits = step.verdict is Verdict.ACCEPT
            certain = honest <= states if permits else possible <= states
            if step.verdict is Verdict.DROP and not states & honest:
                # No honest opener is in these states, so this neither permits nor surely denies.
                if step.match.is_unconditional:
                    possible -= states
                continue
            doubts = () if certain else ("state",)
            found += self._rules(step, step.match.doubting(*doubts) if doubts else step.match)
        return _shortened(found)

    def of_sessions(
        self, steps: Iterable[Step], *, untracked: bool, helped: bool = False
    ) -> tuple[Rule, ...]:
        """Return the rules for packets of sessions: ICMP errors are related, others established.

        Where a connection is `helped`, what the helper expects is related first and established
        then, so that what either permits may pass.
        """
        listed = list(steps)
        related = self._of_state(listed, State.RELATED, untracked=untracked)
        established = self._of_state(listed, State.ESTABLISHED, untracked=untracked)
        if related == established:
            return established
        errors = [
            replace(rule, services=services)
            for rule in related
            if (services := _only_errors(rule)) is not None
        ]
        expected = [
            replace(rule, uncertain=rule.uncertain or "helper")
            for rule in related
            if helped and rule.action is Action.PERMIT
        ]
        return (*errors, *expected, *established)

    def new_only(self, steps: Iterable[Step]) -> tuple[Rule, ...]:
        """Return the rules for openers that are tracked as new, however they are asked for."""
        found: list[Rule] = []
        for step in steps:
            if State.NEW in step.match.states:
                found += self._rules(step, replace(step.match, partial=()))
        return _shortened(found)

    def _of_state(
        self, steps: Iterable[Step], state: State, *, untracked: bool
    ) -> tuple[Rule, ...]:
        found: list[Rule] = []
        for step in steps:
            if state not in step.match.states:
                continue
            match = step.match
            if untracked and step.verdict is Verdict.ACCEPT:
                match = match.doubting("untracked")
            found += self._rules(step, match)
        return _shortened(found)

    def _rules(self, step: Step, match: Product) -> Iterator[Rule]:
        for action in _ACTIONS[step.verdict]:
            rule = self._rule(step, match, action)
            if rule is not None:
                yield rule

    def _rule(self, step: Step, match: Product, action: Action) -> Rule | None:
        doubts = list(match.doubts)
        if action is Action.DENY:
            doubts += match.partial
        inward = self._interfaces(match.inward, self.universe.inward, doubts)
        outward = self._interfaces(match.outward, self.universe.outward, doubts)
        services = _services(match)
        if services is None:
            return None
        if step.verdict is Verdict.UNKNOWN:
            doubts.append("target")
        return Rule(
            action=action,
            name=step.name,
            sources=_match(match.src, match.version, bind=False),
            destinations=_match(match.dst, match.version, bind=_is_any(match.src, match.version)),
            services=services,
            in_interfaces=inward,
            out_interfaces=outward,
            uncertain=", ".join(dict.fromkeys(doubts)) or None,
            macs=match.macs,
            source=step.source,
        )

    def _interfaces(
        self, ids: frozenset[str] | None, known: frozenset[str], doubts: list[str]
    ) -> tuple[str, ...]:
        """Return the interfaces of a rule; what the model cannot name makes it a doubt."""
        if ids is None or ids == known:
            return ()
        if OTHER in ids:
            doubts.append(DOUBT)
            return ()
        return tuple(sorted(ids))


_ACTIONS: Final = {
    Verdict.ACCEPT: (Action.PERMIT,),
    Verdict.DROP: (Action.DENY,),
    # In the upper closure the permit holds, in the lower one the deny.
    Verdict.UNKNOWN: (Action.PERMIT, Action.DENY),
}


def passes_everything(rules: tuple[Rule, ...], version: int) -> bool:
    """Return whether rules of an IP version permit every packet, which the first then does."""
    if not rules:
        return False
    first = rules[0]
    whole = _match(((0, MAXIMA[version][Field.DST]),), version, bind=True)
    plain = Rule(Action.PERMIT, first.name, destinations=whole)
    return first == plain


def _services(match: Product) -> tuple[Service, ...] | None:
    """Return the services of a match, none for any; None if no packet of the model has them."""
    icmp = ICMP_OF[match.version]
    bound = (
        match.flags != frozenset(Flags)
        or match.dst_ports != ALL_PORTS
        or match.src_ports != ALL_PORTS
        or match.types != ALL_TYPES
    )
    if match.protocols == ALL_PROTOCOLS and not bound:
        return ()
    found: list[Service] = []
    for low, high in match.protocols:
        for number in range(low, high + 1):
            ports, sources = match.dst_ports, match.src_ports
            asks_ports = ports != ALL_PORTS or sources != ALL_PORTS
            if asks_ports and number not in PORT_PROTOCOLS:
                continue
            if match.types != ALL_TYPES and number != icmp:
                continue
            found.append(
                Service(
                    number,
                    ports=() if ports == ALL_PORTS else _port_ranges(ports),
                    source_ports=() if sources == ALL_PORTS else _port_ranges(sources),
                    icmp_types=() if match.types == ALL_TYPES else _port_ranges(match.types),
                    established=number == TCP and match.flags == {Flags.ANSWERING},
                    opening=number == TCP and match.flags == {Flags.OPENING},
                )
            )
    return tuple(found) or None


def _only_errors(rule: Rule) -> tuple[Service, ...] | None:
    """Return the ICMP errors among the services of a rule, None if there are none."""
    found: list[Service] = []
    for version in sorted(rule.destinations.versions & rule.sources.versions):
        protocol, types = ICMP_OF[version], ERROR_TYPES[version]
        for service in rule.services or (Service(),):
            if service.protocol not in (None, protocol):
                continue
            kept = [t for t in types if not service.icmp_types or _holds(service.icmp_types, t)]
            if kept:
                numbers = tuple(PortRange(number, number) for number in kept)
                found.append(Service(protocol, icmp_types=numbers))
    return tuple(dict.fromkeys(found)) or None


def _holds(ranges: Iterable[PortRange], number: int) -> bool:
    return any(number in item for item in ranges)


def _port_ranges(intervals: Intervals) -> tuple[PortRange, ...]:
    return tuple(PortRange(low, high) for low, high in intervals)


def _is_any(intervals: Intervals, version: int) -> bool:
    return intervals == ((0, MAXIMA[version][Field.DST]),)


def _match(intervals: Intervals, version: int, *, bind: bool) -> AddressMatch:
    """Return the addresses as a match; all of them only `bind` it to their IP version."""
    if _is_any(intervals, version) and not bind:
        return ANY_ADDRESS
    ranges = tuple(
        AddressRange(_address(low, version), _address(high, version)) for low, high in intervals
    )
    return AddressMatch(ranges, text=", ".join(address_terms(ranges, most=_SHOWN)))


def address_terms(ranges: Iterable[AddressRange], *, most: int | None = None) -> list[str]:
    """Return ranges as prefixes or `first-last`; beyond `most` only that there are more."""
    found: list[str] = []
    for number, item in enumerate(ranges):
        if most is not None and number == most:
            found.append("...")
            break
        networks = list(_networks(item))
        if item.low == item.high or len(networks) != 1:
            found.append(str(item))
        else:
            found.append(str(networks[0]))
    return found


def _networks(item: AddressRange) -> Iterator[object]:
    low: IPAddress = item.low
    high: IPAddress = item.high
    yield from summarize_address_range(low, high)


def _address(number: int, version: int) -> IPAddress:
    return ip_address(number.to_bytes(4 if version == 4 else 16, "big"))


def _shortened(rules: list[Rule]) -> tuple[Rule, ...]:
    """Return the rules up to the first that decides everything, each once."""
    found: dict[Rule, None] = {}
    for rule in rules:
        found.setdefault(rule, None)
        version = next(iter(rule.destinations.versions & rule.sources.versions), 4)
        plain = replace(rule, action=Action.PERMIT)
        if passes_everything((plain,), version):
            break
    return tuple(found)
