"""The values of options: addresses, ports, protocols, types, flags and states."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import product as combinations

from zonecheck.formats.iptables.product import Flags, State
from zonecheck.model.service import PROTOCOL_NUMBERS
from zonecheck.packets import Intervals, normalise

_HIGHEST_PORT = 0xFFFF
_PROTOCOLS = {
    **PROTOCOL_NUMBERS,
    "all": -1,
    "ipv6-icmp": 58,
    "icmp6": 58,
    "igmp": 2,
    "ipencap": 4,
    "ipip": 4,
    "dccp": 33,
    "ipv6": 41,
    "ipv6-route": 43,
    "ipv6-frag": 44,
    "ipv6-nonxt": 59,
    "ipv6-opts": 60,
    "eigrp": 88,
    "pim": 103,
    "ipcomp": 108,
    "l2tp": 115,
    "udplite": 136,
    "mobility-header": 135,
    "mh": 135,
}
_PORT_NAMES = {
    "ftp-data": 20,
    "ftp": 21,
    "ssh": 22,
    "telnet": 23,
    "smtp": 25,
    "domain": 53,
    "tftp": 69,
    "http": 80,
    "www": 80,
    "pop3": 110,
    "ntp": 123,
    "imap": 143,
    "imap2": 143,
    "snmp": 161,
    "ldap": 389,
    "https": 443,
    "syslog": 514,
}
# Types by name, with the code where the name fixes one; iptables-save writes numbers.
_TYPES: dict[int, dict[str, tuple[int, int | None]]] = {
    4: {
        "echo-reply": (0, None),
        "pong": (0, None),
        "destination-unreachable": (3, None),
        "network-unreachable": (3, 0),
        "host-unreachable": (3, 1),
        "port-unreachable": (3, 3),
        "fragmentation-needed": (3, 4),
        "source-quench": (4, None),
        "redirect": (5, None),
        "echo-request": (8, None),
        "ping": (8, None),
        "router-advertisement": (9, None),
        "router-solicitation": (10, None),
        "time-exceeded": (11, None),
        "ttl-exceeded": (11, None),
        "parameter-problem": (12, None),
        "timestamp-request": (13, None),
        "timestamp-reply": (14, None),
    },
    6: {
        "destination-unreachable": (1, None),
        "packet-too-big": (2, None),
        "time-exceeded": (3, None),
        "ttl-exceeded": (3, None),
        "parameter-problem": (4, None),
        "echo-request": (128, None),
        "ping": (128, None),
        "echo-reply": (129, None),
        "pong": (129, None),
        "router-solicitation": (133, None),
        "router-advertisement": (134, None),
        "neighbour-solicitation": (135, None),
        "neighbor-solicitation": (135, None),
        "neighbour-advertisement": (136, None),
        "neighbor-advertisement": (136, None),
        "redirect": (137, None),
    },
}
_FLAG_NAMES = ("FIN", "SYN", "RST", "PSH", "ACK", "URG")


def networks(text: str, version: int) -> Intervals | None:
    """Return the addresses of a list of prefixes; None for a mask with holes.

    Raises:
        ValueError: some part is no address of that IP version.
    """
    found = []
    for part in text.split(","):
        address, _, mask = part.partition("/")
        low = ip_address(address)
        if low.version != version:
            raise ValueError(part)
        if mask and not mask.isdigit():
            # ip_network would take 0.0.0.255 for the host mask of a /24; to netfilter it is a mask.
            length = _prefix_length(ip_address(mask), version)
            if length is None:
                return None
            part = f"{address}/{length}"
        network = ip_network(part, strict=False)
        found.append((int(network.network_address), int(network.broadcast_address)))
    return normalise(found, (1 << (32 if version == 4 else 128)) - 1)


def _prefix_length(mask: IPv4Address | IPv6Address, version: int) -> int | None:
    """Return the length of the prefix a mask keeps; None for a mask with holes.

    Raises:
        ValueError: it is a mask of the other IP version.
    """
    if mask.version != version:
        raise ValueError(str(mask))
    left_out = int(mask) ^ ((1 << mask.max_prefixlen) - 1)
    return None if left_out & (left_out + 1) else mask.max_prefixlen - left_out.bit_length()


def address_range(text: str, version: int) -> Intervals:
    """Return the addresses of `first-last` or of one address.

    Raises:
        ValueError: it is not that.
    """
    first, dash, last = text.partition("-")
    low, high = ip_address(first), ip_address(last if dash else first)
    if low.version != version or high.version != version or int(low) > int(high):
        raise ValueError(text)
    return ((int(low), int(high)),)


def ports(text: str) -> Intervals:
    """Return the ports of a list of `n`, `n:m`, `:m` and `n:`.

    Raises:
        ValueError: it is not that.
    """
    found = []
    for part in text.split(","):
        first, colon, last = part.partition(":")
        low = _port(first) if first or not colon else 0
        high = (_port(last) if last else _HIGHEST_PORT) if colon else low
        if low > high:
            raise ValueError(part)
        found.append((low, high))
    return normalise(found, _HIGHEST_PORT)


def _port(text: str) -> int:
    return _PORT_NAMES[text] if text in _PORT_NAMES else _number(text, _HIGHEST_PORT)


def protocol(text: str) -> int | None:
    """Return the number of a protocol, None for all.

    Raises:
        ValueError: it is none that is known here.
    """
    name = text.lower()
    number = _PROTOCOLS[name] if name in _PROTOCOLS else _number(name, 255)
    # iptables takes 0 for "all", as the kernel does.
    return None if number in (-1, 0) else number


def icmp_type(text: str, version: int) -> tuple[int, bool] | None:
    """Return the type, and whether a code is asked for as well; None for any type.

    Raises:
        ValueError: it is neither a number nor a name known here.
    """
    # In IPv6 255 is a type like any other, and no name stands for all of them.
    if version == 4 and text in ("any", "255"):
        return None
    if text in _TYPES[version]:
        number, code = _TYPES[version][text]
        return number, code is not None
    kind, slash, code_text = text.partition("/")
    if slash:
        low, _, high = code_text.partition(":")
        _number(low, 255)
        if high:
            _number(high, 255)
    return _number(kind, 255), bool(slash)


def tcp_flags(mask: str, expected: str) -> dict[Flags, tuple[bool, bool, bool]]:
    """Return for both kinds of packets whether some match, all do, and the opening one does.

    The opening packet has SYN and no other flag. For packets with ACK or RST the last is whether
    all match.

    Raises:
        ValueError: a name is no flag.
    """
    looked_at, wanted = _flags(mask), _flags(expected)
    found: dict[Flags, list[bool]] = {kind: [] for kind in Flags}
    opener = False
    for bits in combinations((False, True), repeat=len(_FLAG_NAMES)):
        present = {name for name, bit in zip(_FLAG_NAMES, bits, strict=True) if bit}
        kind = Flags.ANSWERING if present & {"ACK", "RST"} else Flags.OPENING
        matches = present & looked_at == wanted
        found[kind].append(matches)
        if present == {"SYN"}:
            opener = matches
    first = {Flags.OPENING: opener, Flags.ANSWERING: all(found[Flags.ANSWERING])}
    return {kind: (any(each), all(each), first[kind]) for kind, each in found.items()}


def _flags(text: str) -> set[str]:
    if text == "NONE":
        return set()
    names = set(_FLAG_NAMES) if text == "ALL" else set(text.split(","))
    if not names <= set(_FLAG_NAMES):
        raise ValueError(text)
    return names


def states(text: str) -> tuple[frozenset[State], bool]:
    """Return the states of a list, and whether it names others, which are about translation.

    Raises:
        ValueError: a name is no state.
    """
    names = set(text.split(","))
    translated = names & {"SNAT", "DNAT"}
    return frozenset(State(name) for name in names - translated), bool(translated)


def _number(text: str, highest: int) -> int:
    base = 16 if text.lower().startswith("0x") else 10
    if not text.isascii() or not text.isalnum():
        raise ValueError(text)
    number = int(text, base)
    if number > highest:
        raise ValueError(text)
    return number
