"""The nat table as translations of the model; what cannot be said there exactly is a problem.

A translation decides where a packet goes, so there is no wider reading to fall back on: the
author then writes the device's `nat` by hand, in place of the file's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_address, ip_network

from zonecheck.formats.iptables.chains import ChainWalk, Step, TooLargeError, Verdict
from zonecheck.formats.iptables.conditions import Conditions
from zonecheck.formats.iptables.interfaces import Interfaces
from zonecheck.formats.iptables.model_rules import RuleMaker
from zonecheck.formats.iptables.options import Target
from zonecheck.formats.iptables.product import State, Universe, everything
from zonecheck.formats.iptables.save_text import Tables
from zonecheck.formats.problems import Problems
from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.device import L3Interface
from zonecheck.model.filter import Rule
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule

_HOOKS = (("PREROUTING", DESTINATION_NAT), ("POSTROUTING", SOURCE_NAT))


# What translating targets take, whatever it does to ports (assumption nat-ports).
_OPTIONS = frozenset(
    [
        "--to-destination",
        "--to-source",
        "--to-ports",
        "--to",
        "--random",
        "--random-fully",
        "--persistent",
    ]
)


class UnclearError(Exception):
    """A line translates in a way the model has no words for."""


def read_translations(
    tables: Tables,
    version: int,
    names: Interfaces,
    interfaces: Mapping[str, L3Interface],
    problems: Problems,
) -> tuple[NatRule, ...]:
    """Return the translations of forwarded packets, in the order in which the first decides."""
    chains = tables.get("nat", {})
    universe = Universe(names.universe, names.universe)
    maker = RuleMaker(universe)
    found: list[NatRule] = []
    for chain, kind in _HOOKS:
        if chain not in chains:
            continue
        walk = ChainWalk(chains, Conditions(version, names, problems), universe, problems)
        try:
            walk.run(chain, [everything(version)])
        except TooLargeError as error:
            problems.add(error.source, "iptables.too-large")
            continue
        for step in walk.steps:
            if State.NEW not in step.match.states or step.target is None:
                continue
            try:
                found += _translations(step, kind, maker, interfaces)
            except (UnclearError, ValueError):
                problems.add(step.source, "iptables.nat-unclear")
    return tuple(found)


def _translations(
    step: Step, kind: str, maker: RuleMaker, interfaces: Mapping[str, L3Interface]
) -> Iterator[NatRule]:
    """Yield the rules of a step.

    Raises:
        UnclearError: some of it has no words.
        ValueError: likewise, for a value.
    """
    target = step.target
    if step.verdict is Verdict.DROP or (
        target is not None
        and step.verdict is not Verdict.ACCEPT
        and any(item.name not in _OPTIONS for item in target.options)
    ):
        raise UnclearError
    rules = maker.new_only([replace(step, verdict=Verdict.ACCEPT)])
    if step.match.macs or any(rule.uncertain for rule in rules) or step.match.partial:
        raise UnclearError
    for rule in rules:
        line = _line(rule, kind)
        if step.verdict is Verdict.ACCEPT:
            yield line
        elif step.target is not None:
            yield from _TARGETS[kind](line, step.target, step.match.version, interfaces)


def _line(rule: Rule, kind: str) -> NatRule:
    if kind == DESTINATION_NAT and rule.out_interfaces:
        raise UnclearError
    return NatRule(
        name=rule.name,
        kind=kind,
        sources=rule.sources,
        destinations=rule.destinations,
        services=rule.services,
        in_interfaces=rule.in_interfaces,
        out_interfaces=rule.out_interfaces,
        source=rule.source,
    )


def _destination(
    line: NatRule, target: Target, version: int, interfaces: Mapping[str, L3Interface]
) -> Iterator[NatRule]:
    if target.name == "DNAT":
        text = _value(target, "--to-destination")
        address, port = _with_port(text, version)
        yield replace(line, destination_to=_range(address, version), port_to=port)
    elif target.name == "REDIRECT":
        option = target.option("--to-ports")
        port = None if option is None else int(option.value)
        for name in line.in_interfaces or tuple(interfaces):
            own = _own(interfaces[name], version)
            yield replace(line, in_interfaces=(name,), destination_to=own, port_to=port)
    elif target.name == "NETMAP":
        yield replace(line, destination_to=_netmap(line, target, source=False), one_to_one=True)
    else:
        raise UnclearError


def _source(
    line: NatRule, target: Target, version: int, interfaces: Mapping[str, L3Interface]
) -> Iterator[NatRule]:
    if target.name == "SNAT":
        address, _ = _with_port(_value(target, "--to-source"), version, ranged=True)
        yield replace(line, source_to=(_range(address, version),))
    elif target.name == "MASQUERADE":
        for name in line.out_interfaces or tuple(interfaces):
            own = _own(interfaces[name], version)
            yield replace(line, out_interfaces=(name,), source_to=(own,))
    elif target.name == "NETMAP":
        yield replace(line, source_to=(_netmap(line, target, source=True),), one_to_one=True)
    else:
        raise UnclearError


_TARGETS = {DESTINATION_NAT: _destination, SOURCE_NAT: _source}


def _value(target: Target, name: str) -> str:
    options = [item for item in target.options if item.name == name]
    if len(options) != 1 or not options[0].value:
        raise UnclearError
    return options[0].value


def _with_port(text: str, version: int, *, ranged: bool = False) -> tuple[str, int | None]:
    """Return the addresses and the port of `address:port`; of a source the port does not matter."""
    if version == 6:
        address, bracket, rest = text.removeprefix("[").partition("]")
        port = rest.removeprefix(":") if bracket else ""
    else:
        address, _, port = text.partition(":")
    if ranged or not port:
        return address, None
    if not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise UnclearError
    return address, int(port)


def _range(text: str, version: int) -> AddressRange:
    first, dash, last = text.partition("-")
    found = AddressRange(ip_address(first), ip_address(last if dash else first))
    if found.version != version:
        raise UnclearError
    return found


def _own(interface: L3Interface, version: int) -> AddressRange:
    """Return the address an interface is known by, if there is just one to choose."""
    own: list[IPAddress] = [item.ip for item in interface.addresses if item.version == version]
    if len(own) != 1:
        raise UnclearError
    return AddressRange.of_address(own[0])


def _netmap(line: NatRule, target: Target, *, source: bool) -> AddressRange:
    network = ip_network(_value(target, "--to"), strict=False)
    match = line.sources if source else line.destinations
    if match.ranges is None or match.negated or len(match.ranges) != 1:
        raise UnclearError
    low, high = match.ranges[0].interval
    if high - low + 1 != network.num_addresses:
        raise UnclearError
    return AddressRange.of_network(network)
