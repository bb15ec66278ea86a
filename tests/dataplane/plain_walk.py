"""A reader of canonical data planes that knows docs/dataplane.md and the standard library only.

It follows one header at a time, by brute force. What it finds shows that the form is sufficient.
"""

from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

PORTS = (6, 17, 132)
ECHO = {(4, 1): (8, 0), (6, 58): (128, 129)}
TCP = 6


class Plain(NamedTuple):
    """One header, in numbers."""

    version: int
    dst: int
    src: int
    protocol: int
    dst_port: int
    src_port: int
    established: bool


Opened = frozenset[tuple[str, str, Plain]]
"""Node, filter (`*` is the policy) and the header it admitted."""


def questions(header: Plain) -> list[Plain]:
    """Return the headers whose reply a header is."""
    dst_port, src_port, flags = header.dst_port, header.src_port, [False]
    if header.protocol in PORTS:
        dst_port, src_port = src_port, dst_port
        if header.protocol == TCP:
            flags = [False, True] if header.established else []
    elif (echo := ECHO.get((header.version, header.protocol))) is not None:
        if dst_port not in echo:
            return []
        dst_port = echo[1 - echo.index(dst_port)]
    version, dst, src, protocol = header[:4]
    return [Plain(version, src, dst, protocol, dst_port, src_port, flag) for flag in flags]


def holds(pairs: list[list[str]], version: int, value: int) -> bool:
    """Return whether an address lies in one of the intervals."""
    bounds = [(_number(low), _number(high)) for low, high in pairs]
    return any(a[0] == version and a <= (version, value) <= b for a, b in bounds)


@cache
def _number(text: str) -> tuple[int, int]:
    address = ip_address(text)
    return address.version, int(address)


def matches(match: dict[str, Any], header: Plain) -> bool:
    """Return whether a header is in a match; what is absent is any."""
    if "src" in match and not holds(match["src"], header.version, header.src):
        return False
    if "dst" in match and not holds(match["dst"], header.version, header.dst):
        return False
    return "services" not in match or any(_serves(each, header) for each in match["services"])


def _serves(service: dict[str, Any], header: Plain) -> bool:
    if service.get("version", header.version) != header.version:
        return False
    if service.get("established", False) and not header.established:
        return False
    fields = ("protocols", header.protocol), ("dst_ports", header.dst_port)
    return all(
        any(low <= value <= high for low, high in service[key])
        for key, value in (*fields, ("src_ports", header.src_port))
        if key in service
    )


class PlainWalk:
    """Follows headers through one canonical form."""

    def __init__(self, form: dict[str, Any]) -> None:
        self.form = form
        self.opened: set[tuple[str, str, Plain]] = set()
        self._sessions: Opened = frozenset()

    def send(self, origin: str, header: Plain, sessions: Opened = frozenset()) -> set[str]:
        """Return the points a header from an origin is delivered to; `opened` grows on the way."""
        if not any(matches(match, header) for match in self.form["origins"][origin]["may_send"]):
            return set()
        members = self._neighbours(origin)
        found = {member for member in members if self._taken_from_sender(member, header)}
        waiting, seen = self._places(members), set[str]()
        while waiting:
            place = waiting.pop()
            seen.add(place)
            delivered, further = self.step(place, header, sessions)
            found |= delivered
            waiting |= further - seen
        return found

    def step(
        self, place: str, header: Plain, sessions: Opened = frozenset()
    ) -> tuple[set[str], set[str]]:
        """Return where a header at a place is delivered, and the places it goes on to."""
        self._sessions, self._found, self._further = sessions, set[str](), set[str]()
        self._arrive(place, header)
        return self._found, self._further

    def sessions_of(self, header: Plain) -> Opened:
        """Return every session the conversation of a header can open anywhere."""
        openers = [each._replace(established=False) for each in (header, *questions(header))]
        sessions: Opened = frozenset()
        while True:
            self.opened = set()
            for opener in openers:
                for origin in self.form["origins"]:
                    self.send(origin, opener, sessions)
            if self.opened == sessions:
                return sessions
            sessions = frozenset(self.opened)

    def _neighbours(self, point: str) -> set[str]:
        domains = self.form["domains"]
        return {member for members in domains if point in members for member in members}

    def _places(self, members: set[str]) -> set[str]:
        split = {member: member.partition("/") for member in members}
        nodes = self.form["nodes"]
        return {m for m, (n, _, i) in split.items() if n in nodes and i in nodes[n]["places"]}

    def _taken_from_sender(self, member: str, header: Plain) -> bool:
        point = self.form["points"][member]
        mine = holds(point["owns"], header.version, header.dst)
        return point["kind"] == "edge" or (point["kind"] != "stack" and mine)

    def _arrive(self, member: str, header: Plain) -> None:
        node, _, interface = member.partition("/")
        form = self.form["nodes"][node]
        place = form["places"][interface]
        if "accepts" in place and not holds(place["accepts"], header.version, header.src):
            return
        if "filter_in" in place and not self.permits(node, place["filter_in"], header):
            return
        if holds(self.form["points"][member]["owns"], header.version, header.dst):
            own = self.form["origins"][member]["may_send"]
            answer = any(matches(m, question) for m in own for question in questions(header))
            if answer or any(matches(match, header) for match in place["admits"]):
                self._found.add(member)
        if not form["forwards"] or holds(place["keeps"], header.version, header.dst):
            return
        for way in self._ways(form, place["vrf"], header):
            self._leave(node, interface, way, header)

    def _ways(self, node: dict[str, Any], vrf: str, header: Plain) -> list[dict[str, Any]]:
        table = node["tables"][vrf]
        if table is None:
            return [{"interface": name, "anywhere": True} for name in node["places"]]
        prefixes = {text: ip_network(text) for text in table}
        address = ip_address(header.dst.to_bytes(4 if header.version == 4 else 16))
        holding = [text for text, prefix in prefixes.items() if address in prefix]
        best = max(holding, key=lambda text: prefixes[text].prefixlen, default=None)
        return [] if best is None else table[best]

    def _leave(self, node: str, incoming: str, way: dict[str, Any], header: Plain) -> None:
        form, out = self.form["nodes"][node], way["interface"]
        if "policy" in form and not self.permits(node, "*", header, incoming, out):
            return
        place = form["places"][out]
        if "filter_out" in place and not self.permits(node, place["filter_out"], header):
            return
        if "next_hop" in way:
            for hop in form["next_hops"]:
                if (hop["interface"], hop["address"]) == (out, way["next_hop"]):
                    self._hand_over(hop["owners"])
            return
        members = self._neighbours(f"{node}/{out}")
        taking = {m for m in members if self._takes(self.form["points"][m], header)}
        stacks = {m for m in members if self.form["points"][m]["kind"] == "stack"}
        self._further |= taking & stacks
        self._found |= taking - stacks
        if "anywhere" in way:
            self._further |= self._places(members)
            points = {member: self.form["points"][member] for member in members}
            self._found |= {
                m for m, p in points.items() if p["kind"] == "edge" or p.get("answers", False)
            }

    def _takes(self, point: dict[str, Any], header: Plain) -> bool:
        if holds(point["owns"], header.version, header.dst):
            return True
        claimed = holds(self.form["claimed"], header.version, header.dst)
        return point.get("answers", False) and not claimed

    def _hand_over(self, owners: list[str]) -> None:
        kinds = {owner: self.form["points"][owner]["kind"] for owner in owners}
        self._found |= {owner for owner in owners if kinds[owner] in ("edge", "access")}
        self._further |= self._places(set(owners))

    def permits(self, node: str, name: str, header: Plain, *pair: str) -> bool:
        """Return whether a filter (`*`: the policy, between two interfaces) lets a header pass."""
        form = self.form["nodes"][node]
        item = form["policy"] if name == "*" else form["filters"][name]
        action = item["default"]
        for rule in item["rules"]:
            ends = zip(("in", "out"), pair, strict=bool(pair))
            here = all(end in rule.get(key, [end]) for key, end in ends)
            if here and matches(rule["match"], header):
                action = rule["action"]
                break
        if not item["stateful"]:
            return bool(action == "permit")
        if action == "permit" and not header.established:
            self.opened.add((node, name, header))
            return True
        same = header._replace(established=False)
        first_tcp = header.protocol == TCP and not header.established
        known = {opened for at, of, opened in self._sessions if (at, of) == (node, name)}
        return (same in known and not first_tcp) or any(q in known for q in questions(header))
