"""Which interfaces a name in a line stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from zonecheck.formats.iptables.save_text import Tables
from zonecheck.packets import Intervals

OTHER: Final = "*"
"""Stands for every interface that a file does not name, where others may exist."""

LOOPBACK: Final = "lo"
LOOPBACK_SOURCES: Final[Mapping[int, Intervals]] = {
    4: ((0x7F000000, 0x7FFFFFFF),),
    6: ((1, 1),),
}
DOUBT: Final = "interface"
_NAMING = {"-i": 1, "--in-interface": 1, "-o": 1, "--out-interface": 1}


@dataclass(frozen=True, slots=True)
class Found:
    """The interfaces meant, None for all; `doubted` where it may be fewer.

    `sources`, if set, is what the condition says instead of an interface.
    """

    ids: frozenset[str] | None
    doubted: bool = False
    sources: Intervals | None = None


class Interfaces:
    """The interfaces of one device by the names its files use.

    `known` gives the id for a name. With `closed` there are no others; a name that is not known is
    then in doubt, for leaving out its permits would call closed what is open. Packets on the
    loopback interface are the device's own and never those asked about.
    """

    def __init__(self, known: Mapping[str, str], *, closed: bool) -> None:
        self._known = known
        self._closed = closed
        others = () if closed else (OTHER,)
        self.universe: frozenset[str] = frozenset({*known.values(), *others})

    def find(self, text: str, *, negated: bool, version: int) -> Found:
        """Return what `-i text` or `-o text` means; `+` at the end stands for any ending."""
        del version
        if text == LOOPBACK:
            return Found(None if negated else frozenset())
        stem = text.removesuffix("+")
        wild = stem != text
        if wild and not stem:
            return Found(frozenset() if negated else None)
        ids = frozenset(
            known
            for name, known in self._known.items()
            if (name.startswith(stem) if wild else name == text)
        )
        # A name of a part of what the model has as one interface is never all of that.
        shared = any(
            known in ids and not (name.startswith(stem) if wild else name == text)
            for name, known in self._known.items()
        )
        if not ids or shared or (wild and not self._closed):
            return Found(None, doubted=True)
        return Found(self.universe - ids if negated else ids)


class AnyInterface(Interfaces):
    """The reading without interfaces: each may be any.

    Only the loopback interface says something, namely what sources its packets have.
    """

    def __init__(self) -> None:
        super().__init__({}, closed=False)

    def find(self, text: str, *, negated: bool, version: int) -> Found:
        """Return every interface, in doubt; of the loopback interface its sources."""
        if text == LOOPBACK:
            return Found(None, sources=LOOPBACK_SOURCES[version])
        if text == "+":
            return Found(frozenset() if negated else None)
        return Found(None, doubted=True)


def names_in(tables: Iterable[Tables]) -> tuple[str, ...]:
    """Return the interfaces that lines name in full, in order, the loopback left out."""
    found: dict[str, None] = {}
    for table in tables:
        for chains in table.values():
            for chain in chains.values():
                for line in chain.lines:
                    for option, value in zip(line.words, line.words[1:], strict=False):
                        if option.is_option and option.text in _NAMING:
                            found[value.text] = None
    return tuple(name for name in found if name not in (LOOPBACK, "!") and name[-1:] != "+")
