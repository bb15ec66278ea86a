"""A device's policy, translations and management from files its own system wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path as FilePath

from zonecheck.formats.build_filters import POLICY
from zonecheck.formats.context import Context
from zonecheck.formats.file_text import beside
from zonecheck.formats.filter_schema import FILTER_FIELDS
from zonecheck.formats.fold import fold
from zonecheck.formats.iptables.interfaces import Interfaces
from zonecheck.formats.iptables.own_plane import management_of
from zonecheck.formats.iptables.read_save import FILTER, FORMATS, Imported, Path, read_path
from zonecheck.formats.iptables.save_text import Tables, read_save
from zonecheck.formats.iptables.translation import read_translations
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange
from zonecheck.model.device import UNTRANSLATED, DeviceKind, L3Interface, ManagementAccess
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.nat import NatRule
from zonecheck.model.source import Source

VERSIONS = (4, 6)
UNREAD = {4: "iptables-save", 6: "ip6tables-save"}


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """What files say of a device; `management` None where it is not one answer.

    `also_forwards` is what the device forwards by these files that no proof covers; `digests` are
    those of the files (SHA-256, hexadecimal).
    """

    policy: Filter | None
    nat: tuple[NatRule, ...] = ()
    management: tuple[ManagementAccess, ...] | None = None
    also_forwards: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """What was read so far, by IP version."""

    forwarded: dict[int, Imported] = field(default_factory=dict)
    own: dict[int, Imported] = field(default_factory=dict)
    nat: list[NatRule] = field(default_factory=list)
    translating: set[int] = field(default_factory=set)
    digests: list[str] = field(default_factory=list)


def read_config(
    device: str,
    kind: DeviceKind,
    element: Element,
    interfaces: tuple[L3Interface, ...],
    context: Context,
) -> ReadConfig:
    """Return what the files under `config` say; what is wrong with them are problems."""
    entries: Items[Element] = element["config"]
    for key in FILTER_FIELDS:
        if element.given(key):
            context.problems.add(element.source_of(key), "config.and-rules", key=key)
    if not kind.has_rules:
        context.problems.add(entries[0].source, "device.rules-on-switch", device=device)
        return ReadConfig(None)
    by_id = {item.id: item for item in interfaces}
    by_hand = any(part.given("nat") for part in (element, *(element["ha"] or ())))
    parts = _Parts()
    for entry in entries:
        if entry["format"] is None or not entry["file"]:
            continue
        version = FORMATS[entry["format"]]
        if version in parts.forwarded:
            context.problems.add(entry.source, "config.twice", format=entry["format"])
            continue
        tables = _tables(entry, context)
        if tables is None:
            continue
        parts.digests.append(_digest(entry))
        names = _names(device, entry, by_id, context)
        for path, found in ((Path.FORWARD, parts.forwarded), (Path.INPUT, parts.own)):
            read = read_path(
                tables,
                path,
                version,
                names,
                context.problems,
                translated=by_hand,
            )
            if read is not None:
                found[version] = read
        if not element.given("nat"):
            translations = read_translations(tables, version, names, by_id, context.problems)
            parts.nat += translations
            if translations:
                parts.translating.add(version)
    source = entries[0].source
    policy = policy_of(parts.forwarded, source)
    untranslated = any(
        read.passes_untranslated
        for version, read in parts.forwarded.items()
        if by_hand or version in parts.translating
    )
    return ReadConfig(
        policy,
        tuple(parts.nat),
        _management(parts.own, by_id),
        (UNTRANSLATED,) if untranslated else (),
        tuple(parts.digests),
    )


def _digest(entry: Element) -> str:
    path = beside(entry.source_of("file").file, entry["file"])
    return sha256(FilePath(path).read_bytes()).hexdigest()


def _tables(entry: Element, context: Context) -> Tables | None:
    source = entry.source_of("file")
    if FilePath(entry["file"]).is_absolute():
        context.problems.add(source, "include.absolute", path=entry["file"])
        return None
    before = len(context.problems)
    path = beside(source.file, entry["file"])
    tables = read_save(path, context.problems, at=source)
    complete = tables is None or Path.FORWARD.name in tables.get(FILTER, {})
    if not complete and len(context.problems) == before:
        chain = Path.FORWARD.name
        context.problems.add(source, "iptables.no-filter-chain", chain=chain)
    return tables


def _names(
    device: str, entry: Element, interfaces: Mapping[str, L3Interface], context: Context
) -> Interfaces:
    """Return the interfaces by the names of the file: given ones, else their own ids."""
    given: Table[str, ScalarNode] | None = entry["interfaces"]
    known: dict[str, str] = {}
    for name, node in given.items() if given is not None else ():
        interface = fold(node.text)
        if interface in interfaces:
            known[name] = interface
        else:
            context.problems.add(
                node.source,
                "reference.unknown-interface",
                text=interface,
                owner=device,
                known=listed(interfaces),
                hint=did_you_mean(interface, interfaces),
            )
    taken = set(known.values())
    known |= {name: name for name in interfaces if name not in taken and name not in known}
    return Interfaces(known, closed=True)


def policy_of(read: Mapping[int, Imported], source: Source) -> Filter:
    """Return one filter of what was read of both IP versions.

    What of an IP version nothing says may pass or not. Connection tracking takes up sessions in
    the middle unless a setting outside these files forbids it, hence `loose`.
    """
    rules: list[Rule] = []
    sessions: list[Rule] = []
    free = True
    for version in VERSIONS:
        imported = read.get(version)
        if imported is None:
            unread = UNREAD[version]
            whole = _whole(version, source, name=unread)
            rules.append(replace(whole, uncertain=unread))
            sessions.append(replace(whole, uncertain=unread))
            continue
        rules += imported.new
        kept = imported.sessions if _keeps_sessions(imported) else None
        free = free and kept is None
        sessions += [_whole(version, source, name="session")] if kept is None else kept
    stateful = any(item.is_stateful for item in read.values())
    return Filter(
        POLICY,
        tuple(rules),
        Action.DENY,
        stateful=stateful,
        loose=stateful,
        alg=tuple(dict.fromkeys(name for item in read.values() for name in item.alg))
        if stateful
        else (),
        session_rules=tuple(sessions) if stateful and not free else None,
        source=source,
    )


def _keeps_sessions(imported: Imported) -> bool:
    """Return whether there can be a session: without a permit none is ever admitted."""
    return any(rule.action is Action.PERMIT for rule in imported.new)


def _whole(version: int, source: Source, *, name: str) -> Rule:
    everything = AddressRange.of_network(ip_network("0.0.0.0/0" if version == 4 else "::/0"))
    match = AddressMatch((everything,), text=f"IPv{version}")
    return Rule(Action.PERMIT, name, destinations=match, source=source)


def _management(
    own: Mapping[int, Imported], interfaces: Mapping[str, L3Interface]
) -> tuple[ManagementAccess, ...] | None:
    """Return who may reach the device itself; None where some address has no one answer."""
    found: list[ManagementAccess] = []
    for version in VERSIONS:
        addressed = any(
            item.version == version for one in interfaces.values() for item in one.addresses
        )
        if not addressed:
            continue
        if version not in own:
            return None
        entries = management_of(own[version].new, version, interfaces)
        if entries is None:
            return None
        found += entries
    return tuple(found)
