"""Single headers, matches and what is remembered of them, by docs/dataplane.md alone."""

from functools import cache
from ipaddress import ip_address
from typing import Any, NamedTuple

PORTS = (6, 17, 132)
ECHO = {(4, 1): (8, 0), (6, 58): (128, 129)}
ERRORS = {(4, 1): (3, 4, 5, 11, 12), (6, 58): (1, 2, 3, 4)}
TCP, UDP = 6, 17


class Plain(NamedTuple):
    """One header, in numbers."""

    version: int
    dst: int
    src: int
    protocol: int
    dst_port: int
    src_port: int
    established: bool

    @property
    def opening(self) -> "Plain":
        """Return the header that differs in the flag at most and opens TCP."""
        return self._replace(established=False)

    @property
    def is_error(self) -> bool:
        """Return whether it is an ICMP error."""
        return self.dst_port in ERRORS.get((self.version, self.protocol), ())


class Session(NamedTuple):
    """What a filter (`*` is the policy) of a node admitted, and between which interfaces."""

    node: str
    filter: str
    between: frozenset[str]
    header: Plain


class Turned(NamedTuple):
    """A header, up to the flag, that a rule of a node's table of some kind has matched."""

    node: str
    kind: str
    rule: int
    header: Plain


Opened = frozenset[Session | Turned]


def swapped(header: Plain) -> Plain | None:
    """Return a header with addresses and ports swapped, its flag kept; None if nothing answers."""
    dst_port, src_port = header.dst_port, header.src_port
    if header.protocol in PORTS:
        dst_port, src_port = src_port, dst_port
    elif (echo := ECHO.get((header.version, header.protocol))) is not None:
        if dst_port not in echo:
            return None
        dst_port = echo[1 - echo.index(dst_port)]
    return header._replace(dst=header.src, src=header.dst, dst_port=dst_port, src_port=src_port)


def questions(header: Plain) -> list[Plain]:
    """Return the headers whose reply a header is."""
    return [] if header.protocol == TCP and not header.established else replies_to(header)


def replies_to(header: Plain) -> list[Plain]:
    """Return what may answer a header; of TCP with either flag."""
    turned = swapped(header)
    if turned is None:
        return []
    flags = [False, True] if header.protocol == TCP else [False]
    return [turned._replace(established=flag) for flag in flags]


def holds(pairs: list[list[str]], version: int, value: int) -> bool:
    """Return whether an address lies in one of the intervals."""
    bounds = [(number(low), number(high)) for low, high in pairs]
    return any(a[0] == version and a <= (version, value) <= b for a, b in bounds)


@cache
def number(text: str) -> tuple[int, int]:
    """Return the IP version and the number of an address."""
    address = ip_address(text)
    return address.version, int(address)


def matches(match: dict[str, Any], header: Plain) -> bool:
    """Return whether a header is in a match; what is absent is any."""
    if "src" in match and not holds(match["src"], header.version, header.src):
        return False
    if "dst" in match and not holds(match["dst"], header.version, header.dst):
        return False
    return "services" not in match or any(serves(each, header) for each in match["services"])


def serves(service: dict[str, Any], header: Plain) -> bool:
    """Return whether a header is in a service."""
    if service.get("version", header.version) != header.version:
        return False
    if service.get("established", False) and not header.established:
        return False
    if service.get("opening", False) and (header.established or header.protocol != TCP):
        return False
    fields = ("protocols", header.protocol), ("dst_ports", header.dst_port)
    return all(
        any(low <= value <= high for low, high in service[key])
        for key, value in (*fields, ("src_ports", header.src_port))
        if key in service
    )
