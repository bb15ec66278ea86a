"""Services as rules, legs and listeners name them: written out, or by a name under services."""

from collections.abc import Mapping
from dataclasses import replace

from zonecheck.formats.fold import fold
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.scalars import written_instead
from zonecheck.formats.service_text import service
from zonecheck.formats.shape import Items, Table
from zonecheck.formats.written import ServiceItems
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.service import PORT_PROTOCOLS, PROTOCOL_NUMBERS, PortRange, Service

_LITERAL_WORDS = frozenset({*PROTOCOL_NUMBERS, "proto", "any"})
WELL_KNOWN = {
    "dns": "udp/53",
    "ftp": "tcp/21",
    "http": "tcp/80",
    "https": "tcp/443",
    "imap": "tcp/143",
    "imaps": "tcp/993",
    "ldap": "tcp/389",
    "ldaps": "tcp/636",
    "ntp": "udp/123",
    "ping": "icmp/8",
    "pop3": "tcp/110",
    "radius": "udp/1812",
    "rdp": "tcp/3389",
    "smb": "tcp/445",
    "smtp": "tcp/25",
    "snmp": "udp/161",
    "ssh": "tcp/22",
    "syslog": "udp/514",
    "telnet": "tcp/23",
}
_TCP = PROTOCOL_NUMBERS["tcp"]


class ServiceNames:
    """The services a design names, resolved when first asked for."""

    def __init__(self, section: Table[str, ServiceItems] | None, problems: Problems) -> None:
        self._problems = problems
        self._section: Mapping[str, ServiceItems] = section or {}
        self._resolved: dict[str, tuple[Service, ...]] = {}
        self._open: list[str] = []
        for name, source in section.sources.items() if section is not None else ():
            if name in _LITERAL_WORDS:
                problems.add(source, "name.reserved", name=name)
        for name in self._section:
            self._named(name)

    def services(self, items: ServiceItems | ScalarNode | None) -> tuple[Service, ...]:
        """Return the services of a list or of one entry, each once; none for None."""
        if items is None:
            return ()
        found: list[Service] = []
        for item in (items,) if isinstance(items, ScalarNode) else items:
            if isinstance(item, ScalarNode):
                found += self._entry(item)
            elif item["service"] is not None:
                found += (s for s in self._detailed(item))
        return tuple(dict.fromkeys(found))

    def _named(self, name: str) -> tuple[Service, ...]:
        if name not in self._resolved:
            self._open.append(name)
            self._resolved[name] = self.services(self._section[name])
            self._open.pop()
        return self._resolved[name]

    def _entry(self, node: ScalarNode) -> tuple[Service, ...]:
        name = fold(node.text)
        if name in self._open:
            chain = " -> ".join((*self._open[self._open.index(name) :], name))
            self._problems.add(node.source, "reference.cycle", section="services", chain=chain)
            return ()
        if name in self._section:
            return self._named(name)
        word = name.partition("/")[0].partition(" ")[0]
        if word != name or word in _LITERAL_WORDS or word.lower() in _LITERAL_WORDS:
            found = service(node, self._problems)
            return () if found is None else (found,)
        if name.replace("-", "").replace(",", "").isdigit():
            service(node, self._problems)
            return ()
        known = (*self._section, *sorted(_LITERAL_WORDS))
        usual = WELL_KNOWN.get(name.casefold())
        hint = did_you_mean(name, known) if usual is None else written_instead(usual)
        if self._section:
            names = listed(self._section)
            self._problems.add(
                node.source, "reference.unknown-service", text=node.text, known=names, hint=hint
            )
        else:
            self._problems.add(node.source, "reference.no-service", text=node.text, hint=hint)
        return ()

    def _detailed(self, item: Element) -> tuple[Service, ...]:
        """Return the services of an entry with source ports or `established`."""
        node: ScalarNode = item["service"]
        sources: Items[PortRange] | None = item["source"]
        result: list[Service] = []
        for found in self._entry(node):
            if sources and found.protocol not in PORT_PROTOCOLS:
                self._problems.add(
                    item.source_of("source"), "service.source-without-ports", text=node.text
                )
            elif item["established"] and found.protocol != _TCP:
                self._problems.add(
                    item.source_of("established"),
                    "scalar.service-established",
                    text=node.text,
                    protocol=node.text.partition("/")[0],
                )
            else:
                result.append(
                    replace(
                        found,
                        source_ports=tuple(sources) if sources else found.source_ports,
                        established=item["established"] or found.established,
                    )
                )
        return tuple(result)
