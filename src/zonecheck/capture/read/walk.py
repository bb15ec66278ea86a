"""The state of one walk through a frame, which every parser of a header reads and adds to.

A parser gets the walk, where its header starts, where on the wire what it may read ends, and a
number (an EtherType, an IP protocol); it writes what it finds into the layer at hand and says by a
`Step` which parser comes next. So no parser knows another, and a tunnel is only a new layer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from zonecheck.capture.read.layer import (
    Arp,
    Flag,
    Fragment,
    Kind,
    Layer,
    Share,
    Tunnel,
    Undecided,
)
from zonecheck.capture.read.weird import TINY_FRAGMENT


class Step(NamedTuple):
    """The parser to go on with, its header's offset, the end on the wire, and a number for it."""

    parser: str
    at: int
    end: int
    value: int = 0


@dataclass(slots=True)
class Draft:
    """A layer in the making; see `Layer` and `Share` for the fields."""

    source_mac: int | None = None
    destination_mac: int | None = None
    vlans: tuple[int, ...] = ()
    wrapped: tuple[str, ...] = ()
    kind: Kind = "other"
    link_protocol: str | None = None
    source: int | None = None
    destination: int | None = None
    protocol: int | None = None
    source_port: int | None = None
    destination_port: int | None = None
    icmp_type: int | None = None
    icmp_code: int | None = None
    flag: Flag | None = None
    fragment: Fragment = "whole"
    arp: Arp | None = None
    tunnel: Tunnel | None = None
    undecided: Undecided | None = None
    tcp_flags: int = 0
    payload: int = 0
    fragment_id: int | None = None
    tcp_at: int | None = None


@dataclass(slots=True)
class Walk:
    """One frame, how much of it was captured (`seen`, less its check sequence), and results."""

    frame: bytes
    seen: int
    interface: int
    draft: Draft = field(default_factory=Draft)
    layers: list[Layer] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    weird: list[str] = field(default_factory=list)
    in_fragment: bool = False
    """Whether a first fragment has been entered: what is missing then is in the next one."""

    def has(self, at: int, length: int, end: int) -> bool:
        """Return whether `length` octets from `at` are on the wire before `end`, and captured."""
        return at + length <= end and at + length <= self.seen

    def number(self, at: int, length: int) -> int:
        """Return the octets `at`..`at + length` as one number; they must be there."""
        return int.from_bytes(self.frame[at : at + length], "big")

    def lacks(self, to: int, end: int, undecided: Undecided, code: str) -> Step | None:
        """Note that octets up to `to` are needed but not there, and go nowhere from here.

        If the wire itself had no more (`end`), that is weird by `code`; if only the capture was
        cut, it is not.
        """
        self.draft.undecided = undecided
        if to > end:
            self.weird.append(TINY_FRAGMENT if self.in_fragment else code)
        return None

    def enter(self, encapsulation: str) -> None:
        """End the layer at hand and begin the one inside it."""
        outer = self.close()
        self.draft = Draft(tunnel=Tunnel(encapsulation, outer))

    def close(self) -> Layer:
        """End the layer at hand and return it."""
        draft = self.draft
        layer = Layer(
            self.interface,
            draft.source_mac,
            draft.destination_mac,
            draft.vlans,
            draft.wrapped,
            draft.kind,
            draft.link_protocol,
            draft.source,
            draft.destination,
            draft.protocol,
            draft.source_port,
            draft.destination_port,
            draft.icmp_type,
            draft.icmp_code,
            draft.flag,
            draft.fragment,
            draft.arp,
            draft.tunnel,
            draft.undecided,
        )
        self.layers.append(layer)
        share = Share(draft.tcp_flags, draft.payload, draft.fragment_id, draft.tcp_at)
        self.shares.append(share)
        return layer


Parser = Callable[[Walk, int, int, int], Step | None]
"""Walk, offset, end on the wire, number: what is found goes into the walk."""
