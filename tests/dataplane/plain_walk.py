"""A reader of canonical data planes that knows docs/dataplane.md and the standard library only.

It follows one header at a time, by brute force. What it finds shows that the form is sufficient.
"""

from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network
from typing import Any

from tests.dataplane.plain_headers import (
    TCP,
    UDP,
    Opened,
    Plain,
    Session,
    Turned,
    holds,
    matches,
    questions,
    serves,
    swapped,
)
from tests.dataplane.plain_translation import Classes, becomes, restored, translates

__all__ = ["Arrival", "Opened", "Plain", "PlainWalk", "Session", "Turned"]

Frame = tuple[str, str, str]
"""A transparent firewall and the sides a frame goes between."""
Arrival = tuple[str, Plain]
"""A point or place, and the header there."""


NEW, RESTORED, OWED = "new", "restored", "owed"
"""As what a header leaves: for the rules, given something back, or with its source to restore."""


class PlainWalk:
    """Follows headers through one canonical form.

    `opened` collects what filters admit and translations turn on the way.
    """

    def __init__(self, form: dict[str, Any]) -> None:
        self.form = form
        self.opened: set[Session | Turned] = set()
        self._domains = [frozenset(members) for members in form["domains"]]
        self._sessions: Opened = frozenset()
        self._classes = Classes(form, frozenset())
        self._classes_for: Opened = frozenset()
        self.visited: set[str] = set()

    def send(self, origin: str, header: Plain, sessions: Opened = frozenset()) -> set[str]:
        """Return the points a header from an origin is delivered to."""
        return {point for point, _ in self.delivered(origin, header, sessions)}

    def delivered(self, origin: str, header: Plain, sessions: Opened = frozenset()) -> set[Arrival]:
        """Return the points a header from an origin is delivered to, with what it is there."""
        self._know(sessions)
        if not any(matches(match, header) for match in self.form["origins"][origin]["may_send"]):
            return set()
        for domain in self._domains_of(origin):
            for heard in self._heard(domain, header):
                members = self._domains[heard]
                taken = {m for m in members if self._taken_from_sender(m, header)}
                self._found |= {(member, header) for member in taken}
                self._further |= {(place, header) for place in self._places(members)}
        self._go_on()
        return self._found

    def follow(self, place: str, header: Plain, sessions: Opened = frozenset()) -> set[str]:
        """Return the points a header that is handed to a place is delivered to."""
        self._know(sessions)
        self._further = {(place, header)}
        self._go_on()
        return {point for point, _ in self._found}

    def sessions_of(self, header: Plain) -> Opened:
        """Return every session the conversation of a header can open anywhere."""
        openers = [each.opening for each in (header, *questions(header))]
        sessions: Opened = frozenset()
        while True:
            self.opened = set()
            for opener in openers:
                for origin in self.form["origins"]:
                    self.send(origin, opener, sessions)
            if self.opened == sessions:
                return sessions
            sessions = frozenset(self.opened)

    def _know(self, sessions: Opened) -> None:
        self._sessions, self._found, self._further = sessions, set[Arrival](), set[Arrival]()
        self.visited = set()
        if sessions != self._classes_for:
            self._classes, self._classes_for = Classes(self.form, sessions), sessions

    def _go_on(self) -> None:
        seen = set[Arrival]()
        while self._further:
            place, header = self._further.pop()
            if (place, header) not in seen:
                seen.add((place, header))
                self.visited.add(place)
                self._arrive(place, header)

    # --- domains ---------------------------------------------------------------------------

    def _domains_of(self, point: str) -> list[int]:
        return [number for number, members in enumerate(self._domains) if point in members]

    def _heard(self, domain: int, header: Plain) -> set[int]:
        """Return the domains a header put into one is in: it, and behind frame filters."""
        found, waiting = {domain}, [(domain, frozenset[str]())]
        while waiting:
            near, crossed = waiting.pop()
            for node, one, other in self._bridges(near):
                beyond = [far for far in self._domains_of(f"{node}/{other}") if far != near]
                if node in crossed or not beyond:
                    continue
                filtered = "policy" in self.form["nodes"][node]
                if not filtered or self.permits(node, "*", header, one, other):
                    found |= set(beyond)
                    waiting += [(far, crossed | {node}) for far in beyond]
        return found

    def _bridges(self, domain: int) -> Iterator[Frame]:
        for node, form in self.form["nodes"].items():
            sides = form.get("sides", [])
            for one in sides:
                if f"{node}/{one}" in self._domains[domain]:
                    yield from ((node, one, other) for other in sides if other != one)

    def _places(self, members: Iterable[str]) -> set[str]:
        split = {member: member.partition("/") for member in members}
        nodes = self.form["nodes"]
        return {m for m, (n, _, i) in split.items() if n in nodes and i in nodes[n]["places"]}

    def _taken_from_sender(self, member: str, header: Plain) -> bool:
        point = self.form["points"][member]
        mine = holds(point["owns"], header.version, header.dst)
        return point["kind"] == "edge" or (point["kind"] != "stack" and mine)

    # --- nodes -----------------------------------------------------------------------------

    def _arrive(self, member: str, header: Plain) -> None:
        node, _, interface = member.partition("/")
        place = self.form["nodes"][node]["places"][interface]
        if "accepts" in place and not holds(place["accepts"], header.version, header.src):
            return
        if "filter_in" in place and not self.permits(node, place["filter_in"], header):
            return
        for now, before, mode in self._translated(node, "destination", header, (interface,)):
            if mode != OWED:
                self._take(member, now)
            if self.form["nodes"][node]["forwards"] and not holds(
                place["keeps"], now.version, now.dst
            ):
                for way in self._ways(node, place, now):
                    self._leave(node, interface, way, now, before, mode)

    def _take(self, member: str, header: Plain) -> None:
        if not holds(self.form["points"][member]["owns"], header.version, header.dst):
            return
        node, _, interface = member.partition("/")
        place = self.form["nodes"][node]["places"][interface]
        stacks = [f"{node}/{name}" for name in self.form["nodes"][node]["places"]]
        own = [match for name in stacks for match in self.form["origins"][name]["may_send"]]
        answer = any(matches(m, question) for m in own for question in questions(header))
        if answer or any(matches(match, header) for match in place["admits"]):
            self._found.add((member, header))

    def _ways(self, node: str, place: dict[str, Any], header: Plain) -> list[dict[str, Any]]:
        for entry in place.get("policy_routes", []):
            if matches(entry["match"], header):
                exits: list[dict[str, Any]] = entry["exits"]
                return exits
        table = self.form["nodes"][node]["tables"][place["vrf"]]
        if table is None:
            places = self.form["nodes"][node]["places"]
            return [{"interface": name, "anywhere": True} for name in places]
        prefixes = {text: ip_network(text) for text in table}
        address = ip_address(header.dst.to_bytes(4 if header.version == 4 else 16))
        holding = [text for text, prefix in prefixes.items() if address in prefix]
        best = max(holding, key=lambda text: prefixes[text].prefixlen, default=None)
        return [] if best is None else table[best]

    def _leave(
        self,
        node: str,
        incoming: str,
        way: dict[str, Any],
        header: Plain,
        before: Plain,
        mode: str,
    ) -> None:
        form, out = self.form["nodes"][node], way["interface"]
        judged = before if form.get("policy_sees_original", False) else header
        if "policy" in form and not self.permits(node, "*", judged, incoming, out):
            return
        place = form["places"][out]
        for now, _, _ in self._translated(node, "source", header, (incoming, out), mode):
            if "filter_out" in place and not self.permits(node, place["filter_out"], now):
                continue
            for domain in self._domains_of(f"{node}/{out}"):
                for heard in self._heard(domain, now):
                    self._emit(node, way, now, self._domains[heard])

    def _emit(self, node: str, way: dict[str, Any], header: Plain, members: frozenset[str]) -> None:
        points = {member: self.form["points"][member] for member in members}
        if "next_hop" in way:
            for hop in self.form["nodes"][node]["next_hops"]:
                if (hop["interface"], hop["address"]) == (way["interface"], way["next_hop"]):
                    self._hand_over(set(hop["owners"]) & members, header)
            return
        taking = {m for m, point in points.items() if self._takes(point, header)}
        stacks = {m for m, point in points.items() if point["kind"] == "stack"}
        self._further |= {(place, header) for place in taking & stacks}
        self._found |= {(member, header) for member in taking - stacks}
        if "anywhere" in way:
            self._further |= {(place, header) for place in self._places(members)}
            self._found |= {
                (m, header)
                for m, p in points.items()
                if p["kind"] == "edge" or p.get("answers", False)
            }

    def _takes(self, point: dict[str, Any], header: Plain) -> bool:
        if holds(point["owns"], header.version, header.dst):
            return True
        claimed = holds(self.form["claimed"], header.version, header.dst)
        return point.get("answers", False) and not claimed

    def _hand_over(self, owners: set[str], header: Plain) -> None:
        kinds = {owner: self.form["points"][owner]["kind"] for owner in owners}
        self._found |= {(o, header) for o in owners if kinds[o] in ("edge", "access")}
        self._further |= {(place, header) for place in self._places(owners)}

    # --- translation -----------------------------------------------------------------------

    def _translated(
        self,
        node: str,
        kind: str,
        header: Plain,
        interfaces: tuple[str, ...],
        mode: str = NEW,
    ) -> Iterator[tuple[Plain, Plain, str]]:
        """Yield what a header becomes, what a policy that sees the original judges, and as what.

        `mode` is as what it leaves, where its source is asked about.
        """
        tables = self.form["nodes"][node].get("nat")
        if tables is None or header.is_error:
            yield header, header, NEW
            return
        if kind == "destination":
            backs = self._restored(node, "source", header)
            yield from ((back, back, RESTORED) for back in backs)
            if self._restored(node, "destination", header):
                yield header, header, OWED
        elif mode != NEW:
            backs = self._restored(node, "destination", header)
            yield from ((back, back, RESTORED) for back in backs)
            if mode == RESTORED:
                yield header, header, RESTORED
            return
        for index, rule in enumerate(tables[kind]):
            ends = zip(("in", "out"), interfaces, strict=False)
            here = all(end in rule.get(key, [end]) for key, end in ends)
            if not (here and translates(rule, header) and matches(rule["match"], header)):
                continue
            if "to" in rule:
                self.opened.add(Turned(node, kind, index, header.opening))
                for changed in becomes(rule, kind, header, self._classes):
                    yield changed, header, NEW
                return
            break
        yield header, header, NEW

    def _restored(self, node: str, kind: str, header: Plain) -> list[Plain]:
        """Return a header with what rules of one kind replaced given back, if it answers any."""
        tables = self.form["nodes"][node]["nat"]
        answered = swapped(header.opening)
        if answered is None:
            return []
        turned = (entry for entry in self._sessions if isinstance(entry, Turned))
        backs = (
            restored(tables[kind], kind, header, answered, entry)
            for entry in turned
            if (entry.node, entry.kind) == (node, kind)
        )
        return [back for back in backs if back is not None]

    # --- filters ---------------------------------------------------------------------------

    def permits(self, node: str, name: str, header: Plain, *pair: str) -> bool:
        """Return whether a filter (`*`: the policy, between two interfaces) lets a header pass."""
        form = self.form["nodes"][node]
        item = form["policy"] if name == "*" else form["filters"][name]
        action = _first(item, "rules", header, pair)
        if not item["stateful"]:
            return bool(action == "permit")
        if action == "permit" and (item.get("loose", False) or not header.established):
            self.opened.add(Session(node, name, frozenset(pair), header))
            return True
        if "session_rules" in item and _first(item, "session_rules", header, pair) == "deny":
            return False
        return any(
            _belongs(item, entry, header, frozenset(pair))
            for entry in self._sessions
            if isinstance(entry, Session) and (entry.node, entry.filter) == (node, name)
        )


def _first(item: dict[str, Any], rules: str, header: Plain, pair: tuple[str, ...]) -> str:
    """Return what the first rule that matches does, else the default."""
    for rule in item[rules]:
        ends = zip(("in", "out"), pair, strict=bool(pair))
        here = all(end in rule.get(key, [end]) for key, end in ends)
        if here and matches(rule["match"], header):
            return str(rule["action"])
    return str(item["default"])


def _belongs(item: dict[str, Any], entry: Session, header: Plain, pair: frozenset[str]) -> bool:
    """Return whether a header belongs to a session of a stateful filter."""
    opened = entry.header
    first_tcp = header.protocol == TCP and not header.established
    if (header.opening == opened.opening and not first_tcp) or opened in questions(header):
        return True
    if opened.version != header.version:
        return False
    both = {opened.src, opened.dst}
    if header.is_error and entry.between == pair and header.dst in both:
        return True
    if header.protocol not in (TCP, UDP):
        return False
    control = any(serves(service, opened) for service in item.get("control", []))
    ends = (opened.src, opened.dst)
    return control and (header.src, header.dst) in (ends, ends[::-1])
