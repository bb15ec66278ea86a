"""Chains drawn at random, as the text of iptables-save, and what the kernel does with a packet.

The interpreter follows one packet line by line with a stack of return addresses, and shares nothing
with the reader but the meaning of the words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address

from hypothesis import strategies as st

from zonecheck.packets import Interval

STATES = ("NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED")
INTERFACES = ("eth0", "eth1")
PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "gre": 47}
PREFIXES = {
    4: ((0x0A000000, 8), (0x0A010000, 16), (0x0A010203, 32), (0xC0A80000, 16), (0, 1)),
    6: ((0x2001 << 112, 16), (0x20010DB8 << 96, 32), (1, 128), ((0x20010DB8 << 96) + 7, 128)),
}
WIDTH = {4: 32, 6: 128}


@dataclass(frozen=True)
class Ask:
    """One condition on addresses, ports or states, with its negation."""

    values: tuple[Interval, ...]
    negated: bool = False
    text: str = ""

    def holds(self, value: int) -> bool:
        """Return whether a value fulfils it."""
        return any(low <= value <= high for low, high in self.values) is not self.negated


@dataclass(frozen=True)
class DrawnLine:
    """A line: the conditions it has, whether it asks what nobody can know, and its target."""

    src: Ask | None = None
    dst: Ask | None = None
    protocol: str | None = None
    protocol_negated: bool = False
    dports: Ask | None = None
    sports: Ask | None = None
    type: Ask | None = None
    states: tuple[str, ...] | None = None
    states_negated: bool = False
    inward: str | None = None
    inward_negated: bool = False
    syn: str | None = None
    unknown: bool = False
    target: str | None = None
    goto: bool = False


@dataclass(frozen=True)
class Drawn:
    """The chains of a filter table; the first is the base chain, which has a policy."""

    version: int
    policy: str
    chains: dict[str, tuple[DrawnLine, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the table as iptables-save writes it."""
        lines = ["# by a program", "*filter", f":FORWARD {self.policy} [0:0]"]
        lines += [f":{name} - [0:0]" for name in self.chains if name != "FORWARD"]
        for name, listed in self.chains.items():
            lines += [" ".join(["-A", name, *_words(line, self.version)]) for line in listed]
        return "\n".join([*lines, "COMMIT", ""])


@dataclass(frozen=True)
class Packet:
    """A packet as the kernel sees it: TCP flags in full, and the state tracking gives it."""

    src: int
    dst: int
    protocol: int
    dport: int
    sport: int
    flags: frozenset[str]
    state: str
    inward: str


def _words(line: DrawnLine, version: int) -> Iterator[str]:
    for option, ask in (("-s", line.src), ("-d", line.dst)):
        if ask is not None:
            yield from (["!"] if ask.negated else [])
            yield from (option, ask.text)
    if line.inward is not None:
        yield from (["!"] if line.inward_negated else [])
        yield from ("-i", line.inward)
    if line.protocol is not None:
        name = "ipv6-icmp" if line.protocol == "icmp" and version == 6 else line.protocol
        yield from (["!"] if line.protocol_negated else [])
        yield from ("-p", name)
    if line.dports is not None or line.sports is not None:
        yield from ("-m", "multiport")
    for option, ask in (("--dports", line.dports), ("--sports", line.sports)):
        if ask is not None:
            yield from (["!"] if ask.negated else [])
            yield from (option, ask.text)
    if line.type is not None:
        yield from (["!"] if line.type.negated else [])
        yield from ("--icmp-type" if version == 4 else "--icmpv6-type", line.type.text)
    if line.syn is not None:
        yield from ("-m", "tcp", *line.syn.split())
    if line.states is not None:
        yield from ("-m", "conntrack")
        yield from (["!"] if line.states_negated else [])
        yield from ("--ctstate", ",".join(line.states))
    if line.unknown:
        yield from ("-m", "recent", "--update", "--name", "-x")
    if line.target is not None:
        yield from ("-g" if line.goto else "-j", line.target)


SYN: dict[str, Callable[[frozenset[str]], bool]] = {
    "--tcp-flags FIN,SYN,RST,ACK SYN": lambda f: f & {"FIN", "SYN", "RST", "ACK"} == {"SYN"},
    "! --syn": lambda f: f & {"FIN", "SYN", "RST", "ACK"} != {"SYN"},
    "--tcp-flags ACK ACK": lambda f: "ACK" in f,
    "--tcp-flags ALL NONE": lambda f: not f,
}


@st.composite
def lines(draw: st.DrawFn, version: int, chains: tuple[str, ...], *, rich: bool) -> DrawnLine:
    """Draw a line that may go to one of the chains; a rich one may ask what nobody can know."""

    def perhaps(strategy: st.SearchStrategy[Ask], chance: int = 3) -> Ask | None:
        return draw(strategy) if draw(st.integers(1, chance)) == 1 else None

    protocol = draw(st.sampled_from((None, None, "tcp", "tcp", "udp", "icmp", "gre")))
    negated = protocol is not None and draw(st.integers(0, 5)) == 5
    numbered = protocol in ("tcp", "udp") and not negated
    syn = None
    if rich and protocol == "tcp" and not negated and draw(st.booleans()):
        syn = draw(st.sampled_from(sorted(SYN)))
    goto = bool(chains) and draw(st.integers(0, 5)) == 0
    ends = ("ACCEPT", "DROP", "REJECT", "RETURN", "RETURN", "LOG", None)
    target = draw(st.sampled_from(chains if goto else (*ends, *chains)))
    unknown = rich and draw(st.integers(0, 3)) == 0
    if (unknown or syn is not None) and draw(st.booleans()):
        target, goto = "RETURN", False
    states = None
    if draw(st.integers(0, 2)) == 0:
        states = tuple(draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=2, unique=True)))
    return DrawnLine(
        src=perhaps(addresses(version)),
        dst=perhaps(addresses(version)),
        protocol=protocol,
        protocol_negated=negated,
        dports=perhaps(ports(), 2) if numbered else None,
        sports=perhaps(ports(), 4) if numbered else None,
        type=perhaps(types()) if protocol == "icmp" and not negated else None,
        states=states,
        states_negated=states is not None and draw(st.integers(0, 3)) == 0,
        inward=draw(st.sampled_from((None, None, None, *INTERFACES))),
        inward_negated=draw(st.booleans()),
        syn=syn,
        unknown=unknown,
        target=target,
        goto=goto,
    )


@st.composite
def addresses(draw: st.DrawFn, version: int) -> Ask:
    """Draw a prefix."""
    low, length = draw(st.sampled_from(PREFIXES[version]))
    high = low | ((1 << (WIDTH[version] - length)) - 1)
    text = f"{ip_address(low.to_bytes(WIDTH[version] // 8, 'big'))}/{length}"
    return Ask(((low, high),), draw(st.integers(0, 3)) == 0, text)


@st.composite
def ports(draw: st.DrawFn) -> Ask:
    """Draw one or two ranges of ports."""
    found = draw(
        st.lists(
            st.sampled_from(((22, 22), (80, 90), (85, 443), (0, 1023))), min_size=1, max_size=2
        )
    )
    text = ",".join(str(low) if low == high else f"{low}:{high}" for low, high in found)
    return Ask(tuple(found), draw(st.integers(0, 3)) == 0, text)


@st.composite
def types(draw: st.DrawFn) -> Ask:
    """Draw an ICMP type."""
    number = draw(st.sampled_from((0, 3, 8)))
    return Ask(((number, number),), draw(st.booleans()), str(number))


@st.composite
def tables(draw: st.DrawFn, *, rich: bool = False) -> Drawn:
    """Draw a base chain and up to three others, each of which goes to later ones only."""
    version = draw(st.sampled_from((4, 4, 6)))
    names = ("FORWARD", "ONE", "TWO", "THREE")[: draw(st.integers(1, 4))]
    chains = {
        name: tuple(
            draw(st.lists(lines(version, names[at + 1 :], rich=rich), min_size=1, max_size=4))
        )
        for at, name in enumerate(names)
    }
    if rich and len(names) > 1:
        # What returns perhaps tells most where everything comes by.
        chains["FORWARD"] = (DrawnLine(target="ONE"), *chains["FORWARD"])
    return Drawn(version, draw(st.sampled_from(("ACCEPT", "DROP"))), chains)


def accepts(
    drawn: Drawn, packet: Packet, guess: Callable[[DrawnLine], bool] = lambda _: True
) -> bool:
    """Return whether the kernel lets a packet through; `guess` answers what nobody can know."""
    chain, at = "FORWARD", 0
    stack: list[tuple[str, int]] = []
    while True:
        if at == len(drawn.chains[chain]):
            if not stack:
                return drawn.policy == "ACCEPT"
            chain, at = stack.pop()
            continue
        line = drawn.chains[chain][at]
        at += 1
        if line.target in (None, "LOG") or not _fits(line, packet, drawn.version, guess):
            continue
        if line.target == "ACCEPT":
            return True
        if line.target in ("DROP", "REJECT"):
            return False
        if line.target == "RETURN":
            at = len(drawn.chains[chain])
            continue
        if not line.goto:
            stack.append((chain, at))
        chain, at = str(line.target), 0


def number_of(protocol: str, version: int) -> int:
    """Return the number of a protocol, ICMP being that of the IP version."""
    return 58 if protocol == "icmp" and version == 6 else PROTOCOLS[protocol]


def _fits(
    line: DrawnLine, packet: Packet, version: int, guess: Callable[[DrawnLine], bool]
) -> bool:
    if line.protocol is not None:
        same = packet.protocol == number_of(line.protocol, version)
        if same is line.protocol_negated:
            return False
    asks = (
        (line.src, packet.src),
        (line.dst, packet.dst),
        (line.dports, packet.dport),
        (line.sports, packet.sport),
        (line.type, packet.dport),
    )
    if any(ask is not None and not ask.holds(value) for ask, value in asks):
        return False
    if line.states is not None and (packet.state in line.states) is line.states_negated:
        return False
    if line.inward is not None and (packet.inward == line.inward) is line.inward_negated:
        return False
    if line.syn is not None and not SYN[line.syn](packet.flags):
        return False
    return not line.unknown or guess(line)
