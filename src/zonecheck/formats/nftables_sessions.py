"""Sessions of stateful filters in the connections of the kernel (semantics, section 4).

The kernel keeps one table of connections for a whole device, the model one for each filter. A bit
of the connection's mark says which filters admitted it, and the upper half of the mark between
which two interfaces its policy did, since ICMP errors pass between these only.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement

from zonecheck.formats.nftables_ruleset import Draft
from zonecheck.formats.nftables_terms import TCP_ANSWERING, TCP_OPENING
from zonecheck.formats.problems import Problems
from zonecheck.model.device import Device
from zonecheck.model.filter import ALG_PORTS, Filter

MOST_STATEFUL = 15
_HELPERS = frozenset({"ftp", "tftp", "sip", "pptp", "irc"})
"""Those of conntrack that open ports between the two ends only; that of H.323 forwards calls."""

_PROTOCOLS = {6: "tcp", 17: "udp"}
_ERRORS = "icmp type { 3, 4, 5, 11, 12 }", "icmpv6 type { 1, 2, 3, 4 }"
_ECHOES = "icmp type { 0, 8 }", "icmpv6 type { 128, 129 }"


class SessionWriter:
    """Writes what the stateful filters of one device remember and let pass for it."""

    def __init__(
        self, draft: Draft, device: Device, names: Mapping[str, str], problems: Problems
    ) -> None:
        self._draft = draft
        self._device = device
        self._names = names
        self._problems = problems
        self._bits: dict[str, int] = {}

    def bit(self, item: Filter, *, policy: bool) -> int:
        """Return the bit of a filter in the marks of connections."""
        key = "" if policy else item.id
        if key not in self._bits and len(self._bits) >= MOST_STATEFUL:
            self._problems.add(
                item.source, "nftables.too-many-states", device=self._device.id, most=MOST_STATEFUL
            )
        return self._bits.setdefault(key, 1 << len(self._bits))

    def lines(self, item: Filter, chain: str, bit: int, *, policy: bool) -> Iterator[str]:
        """Yield what belongs to sessions, and what may not be new."""
        self._draft.differs("nftables.conntrack")
        known = f"ct mark & {bit:#x} == {bit:#x}"
        # Not `new`: the first packet has to be permitted at every place it comes to.
        session = f"ct state established {known}"
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

    def admits(self, chain: str, bit: int, *, policy: bool) -> None:
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
                word = f"{name}_{protocol}"
                proto = _PROTOCOLS[protocol]
                text = f'ct helper {word} {{\n\ttype "{name}" protocol {proto}\n}}'
                if text not in self._draft.objects:
                    self._draft.objects.append(text)
                    lines.append(f'{proto} dport {port} ct helper set "{word}"')
        self._draft.differs("nftables.helpers", filter=item.id, place=item.source.short)
        head = "type filter hook prerouting priority -145; policy accept;"
        self._draft.chain("helped", head).extend(lines)


def _between(a: str, b: str, verdict: str) -> list[str]:
    ways = dict.fromkeys([(a, b), (b, a)])
    return [f'"{x}" . "{y}" : {verdict}' for x, y in ways]
