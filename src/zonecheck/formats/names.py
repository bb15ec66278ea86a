"""The names a design declares, and looking up those it refers to."""

import re
from collections.abc import Collection, Iterable, Mapping

from zonecheck.formats.fold import fold
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER, Zone, external_zone

BUILT_IN_ZONES = (
    Zone(MYNUMBER, "マイナンバー利用事務系"),
    Zone(LGWAN, "LGWAN接続系"),
    Zone(INTERNET, "インターネット接続系"),
)
SECTION_OF = {
    EndpointKind.SEGMENT: "segments",
    EndpointKind.HOST: "hosts",
    EndpointKind.DEVICE: "devices",
    EndpointKind.EXTERNAL: "externals",
}
_ALSO_SEGMENTS = "ssids"
_MEMBERS = "devices.ha"
_OTHERS = ("hypervisors", "datastores")
_RESERVED = frozenset({"any", "none"})
_ADDRESS_LIKE = re.compile(r"[0-9]+(\.[0-9]+)+(-[0-9.]+)?")
_MOST_LISTED = 8
_LEAST_START = 4
"""With how many letters a text may stand for a zone whose word it begins."""
Elements = Mapping[str, Element]


def _means_something_else(name: str) -> bool:
    """Return whether a rule would read a name as a word or an address of its own."""
    return name in _RESERVED or _ADDRESS_LIKE.fullmatch(name) is not None


def listed(names: Iterable[str]) -> str:
    """Return the first few names, and how many more there are."""
    known = list(names)
    shown = ", ".join(known[:_MOST_LISTED]) or "-"
    more = len(known) - _MOST_LISTED
    return f"{shown}, ... (+{more})" if more > 0 else shown


class Names:
    """What every id and zone name of a design stands for."""

    def __init__(self, root: Element, problems: Problems) -> None:
        self._problems = problems
        self._kind: dict[str, EndpointKind] = {}
        self._section: dict[str, str] = {}
        self._sources: dict[str, Source] = {}
        self._devices: dict[str, str] = {}
        for kind, section in SECTION_OF.items():
            self._take_all(kind, section, root)
        self._take_all(EndpointKind.SEGMENT, _ALSO_SEGMENTS, root)
        self._take_members(root["devices"] or {})
        for section in _OTHERS:
            self._take_all(None, section, root)
        self._peers: dict[str, Collection[str]] = {
            name: element["peers"] or () for name, element in (root["externals"] or {}).items()
        }
        self._check_objects(root["objects"])
        self.zones = self._zones(root["zones"])
        self._zone_ids = {fold(word): zone.id for zone in self.zones for word in (zone.ja, zone.id)}
        for external in root["externals"] or ():
            self._zone_ids[external_zone(external)] = external_zone(external)

    def _take_all(self, kind: EndpointKind | None, section: str, root: Element) -> None:
        table: Table[str, Element] | None = root[section]
        for name, source in table.sources.items() if table is not None else ():
            self._take(kind, section, name, source)

    def _take_members(self, devices: Elements) -> None:
        for device, element in devices.items():
            for part in element["ha"] or ():
                member, source = part["member"], part.source_of("member")
                if member is not None and self._take(None, _MEMBERS, member, source):
                    self._devices[member] = device

    def _take(self, kind: EndpointKind | None, section: str, name: str, source: Source) -> bool:
        if _means_something_else(name):
            self._problems.add(source, "name.reserved", name=name)
        elif name in self._section:
            first = self._sources[name].short
            self._problems.add(source, "shape.duplicate-id", key=name, first=first)
        else:
            self._section[name] = section
            self._sources[name] = source
            if kind is not None:
                self._kind[name] = kind
            return True
        return False

    def _check_objects(self, objects: Table[str, object] | None) -> None:
        """Report objects that a rule could not tell from an element."""
        for name, source in objects.sources.items() if objects is not None else ():
            if _means_something_else(name):
                self._problems.add(source, "name.reserved", name=name)
            elif name in self._section:
                first = self._sources[name].short
                self._problems.add(source, "shape.duplicate-id", key=name, first=first)

    def _zones(self, section: Table[str, Element] | None) -> tuple[Zone, ...]:
        built_in = {word for zone in BUILT_IN_ZONES for word in (zone.id, fold(zone.ja))}
        taken: dict[str, Source] = {}
        added: list[Zone] = []
        for name, element in (section or {}).items():
            zone = Zone(name, element["ja"] or name, element.source)
            places = {fold(zone.ja): element.source_of("ja"), name: element.source}
            for word, source in places.items():
                if word in built_in:
                    self._problems.add(source, "zone.built-in", zone=word)
                elif word in taken:
                    self._problems.add(source, "zone.taken", zone=word, first=taken[word].short)
            taken |= places
            added.append(zone)
        return (*BUILT_IN_ZONES, *added)

    def zone(self, node: ScalarNode | None) -> str | None:
        """Return the id of a zone written by its id or by the policy's word."""
        if node is None:
            return None
        found = self._zone_ids.get(fold(node.text))
        if found is None:
            known = [
                zone.id if zone.ja == zone.id else f"{zone.id} ({zone.ja})" for zone in self.zones
            ]
            known += [name for name in self._zone_ids if name.startswith("ext:")]
            self._problems.add(
                node.source,
                "reference.unknown-zone",
                text=node.text,
                known=", ".join(known),
                hint=did_you_mean(node.text, self._zone_ids) or Message.of("hint.declare-zone"),
            )
        return found

    def zone_list(self, nodes: Items[ScalarNode] | None) -> tuple[str, ...]:
        """Return the ids of several zones, each once."""
        found = [self.zone(node) for node in nodes or ()]
        return tuple(dict.fromkeys(zone for zone in found if zone is not None))

    def declares(self, name: str) -> bool:
        """Return whether an id names anything."""
        return name in self._section

    def ids(self, *kinds: EndpointKind) -> list[str]:
        """Return the ids of elements of some kinds."""
        return [name for name, kind in self._kind.items() if kind in kinds]

    @property
    def members(self) -> Mapping[str, str]:
        """Return the device each standby member belongs to."""
        return self._devices

    def peers(self, external: str) -> Collection[str]:
        """Return the ids of the peers of an external network."""
        return self._peers.get(external, ())

    def element(self, node: ScalarNode | None, *kinds: EndpointKind) -> str | None:
        """Return the id of an element that must be of one of the kinds."""
        if node is None:
            return None
        name = fold(node.text)
        if self._kind.get(name) in kinds:
            return name
        if name not in self._section:
            self.report_unknown(node, kinds)
        else:
            self._problems.add(
                node.source,
                "reference.other-kind",
                text=node.text,
                section=self._section[name],
                place=self._sources[name].short,
                expected=", ".join(SECTION_OF[kind] for kind in kinds),
            )
        return None

    def report_unknown(
        self, node: ScalarNode, kinds: Iterable[EndpointKind], objects: Iterable[str] | None = None
    ) -> None:
        """Report a name that nothing of some kinds, or no object, has."""
        wanted = tuple(kinds)
        sections = [SECTION_OF[kind] for kind in wanted]
        known = self.ids(*wanted)
        if objects is not None:
            sections.append("objects")
            known += objects
        zone = self._zone_like(node.text, known)
        hint = did_you_mean(node.text, known)
        self._problems.add(
            node.source,
            "reference.unknown",
            text=node.text,
            sections=", ".join(sections),
            known=listed(known),
            hint=hint if zone is None else Message.of("hint.zone-is-no-place", zone=node.text),
        )

    def _zone_like(self, text: str, known: Iterable[str]) -> str | None:
        """Return the zone a text names, or else begins to, if no element is called so."""
        name = fold(text)
        if name in self._zone_ids:
            return self._zone_ids[name]
        start = name.casefold()
        if any(each.casefold().startswith(start) for each in known):
            return None
        for word, zone in self._zone_ids.items():
            whole = word.casefold()
            if whole == start or (len(start) >= _LEAST_START and whole.startswith(start)):
                return zone
        return None

    def endpoint(self, node: ScalarNode) -> EndpointRef | None:
        """Return what a host, segment, device, external or `external/peer` names."""
        name, slash, peer = fold(node.text).partition("/")
        if not slash:
            found = self.element(node, *SECTION_OF)
            kind = found and self._kind[found]
            return EndpointRef(kind, found) if found and kind else None
        if self._kind.get(name, EndpointKind.EXTERNAL) is not EndpointKind.EXTERNAL:
            message = Message.of("reference.end-is-whole", text=node.text, owner=name)
            self._problems.report(node.source, message)
            return None
        if self.element(ScalarNode(name, node.plain, node.source), EndpointKind.EXTERNAL) is None:
            return None
        known = self.peers(name)
        if peer not in known:
            message = Message.of(
                "reference.unknown-peer", text=peer, owner=name, known=listed(known)
            )
            self._problems.report(node.source, message, did_you_mean(peer, known))
            return None
        return EndpointRef(EndpointKind.PEER, name, peer)

    def interface(self, node: ScalarNode | None, known: Collection[str], owner: str) -> str | None:
        """Return the name of an interface, which must be one `owner` has."""
        if node is None:
            return None
        name = fold(node.text)
        if name in known:
            return name
        self._problems.add(
            node.source,
            "reference.unknown-interface",
            text=name,
            owner=owner,
            known=listed(known),
            hint=did_you_mean(name, known),
        )
        return None
