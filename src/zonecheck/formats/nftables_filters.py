"""Filters as nft chains, with the sessions of each kept apart (semantics, section 4).

The kernel keeps one table of connections for a whole device, the model one for each filter. A bit
of the connection's mark says which filters admitted it, and the upper half of the mark between
which two interfaces its policy did, since ICMP errors pass between these only.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement

from zonecheck.formats.nftables_ruleset import Draft, remark
from zonecheck.formats.nftables_terms import (
    TCP_ANSWERING,
    TCP_OPENING,
    conditions,
    interfaces_term,
    joined,
)
from zonecheck.formats.problems import Problems
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.filter import ALG_PORTS, Action, Filter, Rule

MOST_STATEFUL = 15
MOST_INTERFACES = 96
_HELPERS = frozenset({"ftp", "tftp", "sip", "h323", "pptp", "irc"})
_HELPER_NAMES = {("h323", 6): "Q.931", ("h323", 17): "RAS"}
_PROTOCOLS = {6: "tcp", 17: "udp"}
_ERRORS = "icmp type { 3, 4, 5, 11, 12 }", "icmpv6 type { 1, 2, 3, 4 }"
_ECHOES = "icmp type { 0, 8 }", "icmpv6 type { 128, 129 }"


class FilterWriter:
    """Writes the filters of one device; what nft cannot say becomes a problem."""

    def __init__(
        self, draft: Draft, device: Device, names: Mapping[str, str], problems: Problems
    ) -> None:
        self._draft = draft
        self._device = device
        self._names = names
        self._problems = problems
        self._bits: dict[str, int] = {}
        self._helped = False

    def write(self) -> None:
        """Write the policy and every filter that an interface names."""
        device = self._device
        used = [f.filter_in for f in device.interfaces] + [f.filter_out for f in device.interfaces]
        chains = {
            item.id: f"filter_{number}"
            for number, item in enumerate(device.filters, 1)
            if item.id in used
        }
        for item in device.filters:
            if item.id in chains:
                self._filter(item, chains[item.id], policy=False)
        self._hook("from_link", "prerouting", -150, "iifname", chains, inward=True)
        self._forward()
        self._hook("to_link", "postrouting", 150, "oifname", chains, inward=False)

    def _forward(self) -> None:
        device, policy = self._device, self._device.policy
        forwards = device.kind.forwards
        default = "accept" if forwards and policy is None else "drop"
        head = f"type filter hook forward priority filter; policy {default};"
        if forwards and policy is not None:
            self._filter(policy, "rules", policy=True)
            # Written after what it jumps to, as nft wants it.
            self._draft.chain("forwarded", head, "jump rules")
        else:
            self._draft.chain("forwarded", head)

    def _hook(
        self,
        name: str,
        hook: str,
        priority: int,
        word: str,
        chains: dict[str, str],
        *,
        inward: bool,
    ) -> None:
        lines = []
        for face in self._device.interfaces:
            wanted = face.filter_in if inward else face.filter_out
            if wanted is not None:
                lines.append(f'{word} "{self._names[face.id]}" jump {chains[wanted]}')
        if lines:
            head = f"type filter hook {hook} priority {priority}; policy accept;"
            self._draft.chain(name, head, *lines)

    def _filter(self, item: Filter, chain: str, *, policy: bool) -> None:
        if item.rules is None or item.default is None:
            self._problems.add(
                item.source, "nftables.undeclared-filter", device=self._device.id, filter=item.id
            )
            return
        permit = "accept"
        body: list[str] = []
        if item.stateful:
            bit = self._bit(item, policy=policy)
            permit = f"goto {chain}_admits"
            self._admits(f"{chain}_admits", bit, policy=policy)
            body += self._sessions(item, chain, bit, policy=policy)
        for rule in item.rules:
            body += self._rule(rule, permit, policy=policy)
        if item.default is Action.PERMIT:
            body.append(f"counter {permit}{remark('default', item.source)}")
        else:
            body.append(self._draft.drop("drop.denied", item.source, "default"))
        self._draft.chain(chain, *body)

    def _rule(self, rule: Rule, permit: str, *, policy: bool) -> Iterator[str]:
        if rule.uncertain is not None:
            self._problems.add(
                rule.source,
                "nftables.uncertain-rule",
                device=self._device.id,
                rule=rule.name,
                reason=rule.uncertain,
            )
            return
        ways = self._ways(rule) if policy else ""
        if ways is None:
            return
        macs = ""
        if rule.macs:
            self._draft.differs("nftables.mac", rule=rule.name, place=rule.source.short)
            macs = f"ether saddr {{ {', '.join(rule.macs)} }}"
        for condition in conditions(rule.sources, rule.destinations, rule.services):
            if rule.action is Action.PERMIT:
                verdict = f"counter {permit}{remark(rule.name, rule.source)}"
            else:
                verdict = self._draft.drop("drop.denied", rule.source, rule.name)
            yield joined(ways, macs, condition, verdict)

    def _ways(self, rule: Rule) -> str | None:
        """Return the interface conditions of a rule, None if no interface here is meant."""
        parts = []
        for word, wanted in (("iifname", rule.in_interfaces), ("oifname", rule.out_interfaces)):
            if wanted:
                found = [self._names[f.id] for f in self._device.interfaces if is_named(f, wanted)]
                if not found:
                    return None
                parts.append(interfaces_term(word, found))
        return joined(*parts)

    def _bit(self, item: Filter, *, policy: bool) -> int:
        key = "" if policy else item.id
        if key not in self._bits and len(self._bits) >= MOST_STATEFUL:
            self._problems.add(
                item.source, "nftables.too-many-states", device=self._device.id, most=MOST_STATEFUL
            )
        return self._bits.setdefault(key, 1 << len(self._bits))

    def _sessions(self, item: Filter, chain: str, bit: int, *, policy: bool) -> Iterator[str]:
        """Yield what belongs to sessions, and what may not be new."""
        self._draft.differs("nftables.conntrack")
        known = f"ct mark & {bit:#x} == {bit:#x}"
        session = f"ct state {{ established, new }} {known}"
        yield f"{session} meta l4proto != {{ 1, 6, 58 }} counter accept"
        yield f"{session} {TCP_ANSWERING} counter accept"
        yield f"{session} ct direction original meta l4proto {{ 1, 58 }} counter accept"
        for echo in _ECHOES:
            yield f"{session} ct direction reply {echo} counter accept"
        for error in _ERRORS:
            passes = f"jump {chain}_errors" if policy else "counter accept"
            yield f"ct state related {known} {error} {passes}"
        if policy:
            self._errors(chain)
        if item.alg:
            self._helpers(item)
            yield f"ct state related {known} meta l4proto {{ 6, 17 }} counter accept"
        if not item.loose:
            drop = self._draft.drop("drop.no-session", item.source, "no session")
            opening = TCP_OPENING.replace("== syn", "!= syn")
            yield f"{opening} {drop}"

    def _pairs(self) -> list[tuple[int, str, str]]:
        faces = [self._names[face.id] for face in self._device.interfaces]
        return [(n, a, b) for n, (a, b) in enumerate(combinations_with_replacement(faces, 2), 1)]

    def _admits(self, chain: str, bit: int, *, policy: bool) -> None:
        """Write the chain that lets a packet pass and remembers who admitted it.

        A packet that is of no connection has no mark; it passes all the same.
        """
        if not policy:
            self._draft.chain(chain, f"ct mark set ct mark | {bit:#x} accept", "accept")
            return
        lines = []
        for number, a, b in self._pairs():
            self._draft.chain(
                f"{chain}_{number}",
                f"ct mark set ct mark & 0xffff | {number << 16 | bit:#x} accept",
                "accept",
            )
            lines += _between(a, b, f"goto {chain}_{number}")
        self._draft.chain(chain, f"iifname . oifname vmap {{ {', '.join(lines)} }}")

    def _errors(self, chain: str) -> None:
        """Write the chain that lets ICMP errors pass between the interfaces of their session."""
        lines = []
        for number, a, b in self._pairs():
            self._draft.chain(
                f"{chain}_errors_{number}",
                f"ct mark & 0xffff0000 == {number << 16:#x} counter accept",
            )
            lines += _between(a, b, f"goto {chain}_errors_{number}")
        self._draft.chain(f"{chain}_errors", f"iifname . oifname vmap {{ {', '.join(lines)} }}")

    def _helpers(self, item: Filter) -> None:
        """Set the helpers of conntrack on the control sessions of application gateways."""
        lines = []
        for name in item.alg:
            if name not in _HELPERS:
                self._problems.add(
                    item.source, "nftables.no-helper", device=self._device.id, gateway=name
                )
                continue
            for protocol, port in ALG_PORTS[name]:
                word, kind = f"{name}_{protocol}", _HELPER_NAMES.get((name, protocol), name)
                proto = _PROTOCOLS[protocol]
                text = f'ct helper {word} {{\n\ttype "{kind}" protocol {proto}\n}}'
                if text not in self._draft.objects:
                    self._draft.objects.append(text)
                    lines.append(f'{proto} dport {port} ct helper set "{word}"')
        self._draft.differs("nftables.helpers", filter=item.id, place=item.source.short)
        head = "type filter hook prerouting priority -145; policy accept;"
        self._draft.chain("helped", head).extend(lines)


def _between(a: str, b: str, verdict: str) -> list[str]:
    ways = dict.fromkeys([(a, b), (b, a)])
    return [f'"{x}" . "{y}" : {verdict}' for x, y in ways]


def is_named(face: L3Interface, wanted: tuple[str, ...]) -> bool:
    """Return whether a list of interfaces names one, by its id or its zone label."""
    return face.id in wanted or (face.zone_label is not None and face.zone_label in wanted)
