"""What a line asks of a packet, as products.

A condition that is not understood, or that depends on more than one packet, makes the match a
doubt: the line may match all that its other conditions leave. No value of it is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from zonecheck.formats.iptables import values
from zonecheck.formats.iptables.interfaces import DOUBT, Interfaces
from zonecheck.formats.iptables.options import MODULE, Option
from zonecheck.formats.iptables.product import (
    ALL_PORTS,
    ALL_PROTOCOLS,
    ALL_STATES,
    Flags,
    Product,
    everything,
)
from zonecheck.formats.problems import Problems
from zonecheck.packets import ICMP_OF, MAXIMA, TCP, Field, Intervals, complement

PORT_PROTOCOLS = frozenset({6, 17, 132})
# Modules that say nothing by themselves: their options are read, or they only remark.
_KNOWN_MODULES = frozenset(
    [
        "tcp",
        "udp",
        "sctp",
        "dccp",
        "udplite",
        "icmp",
        "icmp6",
        "icmpv6",
        "multiport",
        "iprange",
        "mac",
        "state",
        "conntrack",
        "comment",
    ]
)
_COUNTERS = ("-c", "--set-counters")
_COMMENT = "--comment"
_FAMILY = {"-4": 4, "--ipv4": 4, "-6": 6, "--ipv6": 6}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for: any one of the products."""

    products: tuple[Product, ...]


class Conditions:
    """Reads the conditions of lines of one IP version."""

    def __init__(self, version: int, interfaces: Interfaces, problems: Problems) -> None:
        self._version = version
        self._interfaces = interfaces
        self._problems = problems

    def asked(self, options: Iterable[Option]) -> Asked:
        """Return what the options of a line ask for together; bad values are problems."""
        found: tuple[Product, ...] = (everything(self._version),)
        for option in options:
            parts = self._read(option)
            found = tuple(one & part for one in found for part in parts)
        return Asked(tuple(map(_tidied, found)))

    def _read(self, option: Option) -> tuple[Product, ...]:
        whole = everything(self._version)
        if option.name in MODULE:
            known = option.value in _KNOWN_MODULES and not option.negated
            return (whole if known else replace(whole, doubts=(f"-m {_plain(option.value)}",)),)
        if option.name in (*_COUNTERS, _COMMENT):
            return (whole,)
        if option.name in _FAMILY:
            fits = _FAMILY[option.name] == self._version
            return (whole,) if fits else ()
        if option.module not in _KNOWN_MODULES and option.module and option.name[:2] == "--":
            # An option of a module that is not understood, whatever its name means elsewhere.
            return (whole,)
        reader = _READERS.get(option.name)
        if reader is None:
            return (replace(whole, doubts=(_plain(option.name),)),)
        count = 2 if option.name == "--tcp-flags" else 0 if option.name in ("--syn", "-f") else 1
        if len(option.values) != count:
            self._problems.add(
                option.source,
                "iptables.values",
                option=_plain(option.name),
                count=count,
                found=len(option.values),
            )
            return (whole,)
        try:
            return reader(self, option)
        except (ValueError, KeyError):
            source = option.values[0].source if option.values else option.source
            self._problems.add(source, "iptables.value", option=_plain(option.name))
            return (whole,)

    def _addresses(self, option: Option) -> tuple[Product, ...]:
        name = "src" if option.name in _SOURCES else "dst"
        found = values.networks(option.value, self._version)
        if found is None:
            return (replace(everything(self._version), doubts=(option.name,)),)
        return (self._addressed(name, found, option),)

    def _ranges(self, option: Option) -> tuple[Product, ...]:
        name = "src" if option.name == "--src-range" else "dst"
        return (self._addressed(name, values.address_range(option.value, self._version), option),)

    def _addressed(self, name: str, found: Intervals, option: Option) -> Product:
        highest = MAXIMA[self._version][Field.SRC]
        chosen = _outside(found, highest) if option.negated else found
        return everything(self._version).having(name, chosen)

    def _protocol(self, option: Option) -> tuple[Product, ...]:
        number = values.protocol(option.value)
        chosen = ALL_PROTOCOLS if number is None else ((number, number),)
        if option.negated:
            chosen = _outside(chosen, 255)
        return (replace(everything(self._version), protocols=chosen),)

    def _interface(self, option: Option) -> tuple[Product, ...]:
        inward = option.name in ("-i", "--in-interface")
        found = self._interfaces.find(option.value, negated=option.negated, version=self._version)
        whole = everything(self._version)
        if found.sources is not None and inward:
            highest = MAXIMA[self._version][Field.SRC]
            sources = _outside(found.sources, highest) if option.negated else found.sources
            return (replace(whole, src=sources),)
        if found.sources is not None or found.doubted:
            return (replace(whole, doubts=(DOUBT,)),)
        return (replace(whole, inward=found.ids) if inward else replace(whole, outward=found.ids),)

    def _ports(self, option: Option) -> tuple[Product, ...]:
        found = values.ports(option.value)
        outside = _outside(found, ALL_PORTS[0][1])
        whole = everything(self._version)
        if option.name in _EITHER_PORTS:
            if option.negated:
                return (replace(whole, dst_ports=outside, src_ports=outside),)
            return (
                replace(whole, dst_ports=found),
                replace(whole, dst_ports=outside, src_ports=found),
            )
        chosen = outside if option.negated else found
        if option.name in _SOURCE_PORTS:
            return (replace(whole, src_ports=chosen),)
        return (replace(whole, dst_ports=chosen),)

    def _type(self, option: Option) -> tuple[Product, ...]:
        whole = replace(everything(self._version), protocols=((ICMP_OF[self._version],) * 2,))
        found = values.icmp_type(option.value, self._version)
        if found is None:
            return () if option.negated else (whole,)
        number, coded = found
        kind = ((number, number),)
        if not coded:
            return (replace(whole, types=_outside(kind, 255) if option.negated else kind),)
        only = replace(whole, types=kind, doubts=("icmp code",))
        if option.negated:
            return (replace(whole, types=_outside(kind, 255)), only)
        return (only,)

    def _flags(self, option: Option) -> tuple[Product, ...]:
        if option.name == "--syn":
            found = values.tcp_flags("FIN,SYN,RST,ACK", "SYN")
        else:
            found = values.tcp_flags(option.values[0].text, option.values[1].text)
        tcp = replace(everything(self._version), protocols=((TCP, TCP),))
        result: list[Product] = []
        for kind, (some, every, first) in found.items():
            if option.negated:
                some, every = not every, not some
                first = not first if kind is Flags.OPENING else every
            if not some:
                continue
            one = replace(tcp, flags=frozenset({kind}))
            if not every:
                one = one.having("partial" if first else "doubts", (option.name,))
            result.append(one)
        return tuple(result)

    def _states(self, option: Option) -> tuple[Product, ...]:
        found, translated = values.states(option.value)
        whole = everything(self._version)
        if translated:
            return (replace(whole, doubts=(option.name,)),)
        chosen = ALL_STATES - found if option.negated else found
        return (replace(whole, states=chosen),)

    def _mac(self, option: Option) -> tuple[Product, ...]:
        whole = everything(self._version)
        if option.negated:
            return (replace(whole, doubts=(option.name,)),)
        parts = option.value.lower().split(":")
        if len(parts) != 6 or any(len(part) != 2 for part in parts):
            raise ValueError(option.value)
        for part in parts:
            int(part, 16)
        return (replace(whole, macs=(":".join(parts),)),)

    def _fragment(self, option: Option) -> tuple[Product, ...]:
        return (replace(everything(self._version), doubts=(option.name,)),)


_SOURCES = ("-s", "--source", "--src")
_SOURCE_PORTS = ("--sport", "--source-port", "--sports", "--source-ports")
_EITHER_PORTS = ("--ports", "--port")
_Reader = Callable[[Conditions, Option], tuple[Product, ...]]
# Access to the class's own readers, in one place.
# ruff: noqa: SLF001
_BY_READER: dict[_Reader, tuple[str, ...]] = {
    Conditions._addresses: (*_SOURCES, "-d", "--destination", "--dst"),
    Conditions._ranges: ("--src-range", "--dst-range"),
    Conditions._protocol: ("-p", "--protocol", "--proto"),
    Conditions._interface: ("-i", "--in-interface", "-o", "--out-interface"),
    Conditions._ports: (
        *_SOURCE_PORTS,
        *_EITHER_PORTS,
        "--dport",
        "--destination-port",
        "--dports",
        "--destination-ports",
    ),
    Conditions._type: ("--icmp-type", "--icmpv6-type"),
    Conditions._flags: ("--tcp-flags", "--syn"),
    Conditions._states: ("--state", "--ctstate"),
    Conditions._mac: ("--mac-source",),
    Conditions._fragment: ("-f", "--fragment"),
}
_READERS: dict[str, _Reader] = {
    name: reader for reader, names in _BY_READER.items() for name in names
}
CONDITION_NAMES = frozenset({*_READERS, *_FAMILY, *_COUNTERS, _COMMENT})


def _tidied(product: Product) -> Product:
    """Return a product whose ports and types ask for a protocol that the model knows to have them.

    A condition on the ports of other protocols is a doubt.
    """
    numbered = product.dst_ports != ALL_PORTS or product.src_ports != ALL_PORTS
    single = product.protocols[0][0] if _is_one(product.protocols) else None
    if numbered and single not in PORT_PROTOCOLS:
        doubts = (*product.doubts, "ports")
        product = replace(product, dst_ports=ALL_PORTS, src_ports=ALL_PORTS, doubts=doubts)
    return product


def _is_one(intervals: Intervals) -> bool:
    return len(intervals) == 1 and intervals[0][0] == intervals[0][1]


def _outside(intervals: Intervals, highest: int) -> Intervals:
    return tuple(item for item in complement(intervals, highest) if item[0] <= item[1])


def _plain(text: str) -> str:
    """Return the name of an option or module, cut short and without anything but its letters."""
    kept = "".join(letter for letter in text if letter.isalnum() or letter in "-_")
    return kept[:40] or "?"
