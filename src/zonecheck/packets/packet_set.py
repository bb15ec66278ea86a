"""Sets of packet headers, and the space in which they are compared."""

import hashlib
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from zonecheck.packets.boxes import Box, boxes_of, count_boxes
from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.digest import Digests
from zonecheck.packets.field import (
    FLAG_FRAGMENT,
    MAXIMA,
    VERSIONS,
    Field,
    Header,
    Interval,
    Intervals,
    normalise,
)
from zonecheck.packets.fragments import Fragments
from zonecheck.packets.image import any_flag, lowest, project, shift, valid_headers, values
from zonecheck.packets.mirror import Mirror
from zonecheck.packets.node_merge import DENY, PERMIT, Node
from zonecheck.packets.rule_compiler import Rule, compile_lists, compile_rules
from zonecheck.packets.share import count, most_between

_BATCH: Final = 64
"""How many lists are compiled together."""

_Fields = tuple[tuple[Interval, ...] | None, ...]

_NOTHING: Final = (DENY, DENY)
_UPWARDS: Final = tuple(reversed(Field))
_TWO_SPACES: Final = "packet sets of two spaces do not mix"


class PacketSet:
    """An immutable set of valid headers, with an IPv4 and an IPv6 plane.

    Sets come from a `PacketSpace` and mix only with sets of the same space. A complement is
    relative to `PacketSpace.everything`, so it never holds an invalid header.

    COSTS: `==`, `hash` and `is_empty` are O(1); `|`, `&`, `-`, `~` and `<=` cost at most the
    product of the two diagrams and are remembered by the space, as images are; `contains` and the
    last step of `sample` cost a bisection per field.

    CAUTION: the empty set is included in every set; who proves an inclusion should ask `is_empty`
    first.
    """

    # Millions are made for one proof: a plain class with slots costs half of a frozen dataclass.
    __slots__ = ("roots", "space")

    def __init__(self, space: "PacketSpace", roots: tuple[Node, Node]) -> None:
        self.space: Final = space
        self.roots: Final = roots

    @property
    def is_empty(self) -> bool:
        """Return true iff no header is in the set."""
        return self.roots == _NOTHING

    def __bool__(self) -> bool:
        return not self.is_empty

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PacketSet):
            return NotImplemented
        return self.space is other.space and self.roots == other.roots

    def __hash__(self) -> int:
        return hash(self.roots)

    def __repr__(self) -> str:
        return f"<PacketSet of {self.box_count} boxes>"

    # Millions of times for one proof, so each is written out: a call more costs a fifth of it.

    def __or__(self, other: "PacketSet") -> "PacketSet":
        space = self.space
        if space is not other.space:
            raise ValueError(_TWO_SPACES)
        (v4, v6), (other_v4, other_v6) = self.roots, other.roots
        union = space.table.union
        return PacketSet(space, (union(v4, other_v4), union(v6, other_v6)))

    def __and__(self, other: "PacketSet") -> "PacketSet":
        space = self.space
        if space is not other.space:
            raise ValueError(_TWO_SPACES)
        (v4, v6), (other_v4, other_v6) = self.roots, other.roots
        both = space.table.intersection
        return PacketSet(space, (both(v4, other_v4), both(v6, other_v6)))

    def __sub__(self, other: "PacketSet") -> "PacketSet":
        space = self.space
        if space is not other.space:
            raise ValueError(_TWO_SPACES)
        (v4, v6), (other_v4, other_v6) = self.roots, other.roots
        without = space.table.difference
        return PacketSet(space, (without(v4, other_v4), without(v6, other_v6)))

    def __invert__(self) -> "PacketSet":
        return self.space.everything - self

    def __le__(self, other: "PacketSet") -> bool:
        return (self - other).is_empty

    def __ge__(self, other: "PacketSet") -> bool:
        return other <= self

    def contains(self, header: Header) -> bool:
        """Return true iff `header` is in the set."""
        root = self.roots[VERSIONS.index(header.version)]
        return self.space.table.evaluate(root, header.values()) == PERMIT

    def sample(self, preferences: Sequence["PacketSet"] = ()) -> Header | None:
        """Return a header of the set, `None` if it is empty.

        The set is narrowed by each preference in order unless that would leave nothing; of what
        remains the lowest header is taken, fields compared in level order and IPv4 before IPv6.
        """
        chosen = self
        for preference in preferences:
            narrowed = chosen & preference
            if not narrowed.is_empty:
                chosen = narrowed
        for version, root in zip(VERSIONS, chosen.roots, strict=True):
            if root != DENY:
                return Header(version, *lowest(self.space.table, root))
        return None

    def boxes(self, limit: int | None = None) -> list[Box]:
        """Return disjoint boxes whose union is the set, in address order.

        With `limit` return at most that many, largest first; they are then a part of the set
        unless fewer come back than `limit`. Without one the cost follows `box_count`.
        """
        found = [
            box
            for version, root in zip(VERSIONS, self.roots, strict=True)
            for box in boxes_of(self.space.table, root, version, limit)
        ]
        if limit is None:
            return found
        return sorted(found, key=lambda box: (-box.size, box))[:limit]

    @property
    def box_count(self) -> int:
        """Return an upper bound on `len(boxes())`, linear in the diagram: boxes before merging."""
        return sum(count_boxes(self.space.table, root) for root in self.roots)

    @property
    def node_count(self) -> int:
        """Return the number of diagram nodes of the set, the measure of every cost."""
        return self.space.table.reachable(*self.roots)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the set: equal iff the headers are, in whatever space or run."""
        told = hashlib.sha256()
        for root in self.roots:
            told.update(self.space.digests(root))
            told.update(b"/")
        return told.hexdigest()

    def mirror(self) -> "PacketSet":
        """Return the replies: the headers `reply_header(g)` for `g` in the set."""
        return self._imaged("mirror", lambda root, version: self.space.mirrors[version](root))

    def with_any_flag(self) -> "PacketSet":
        """Return the set with both TCP flag classes wherever it has one of them."""
        return self._imaged("any flag", lambda root, _: any_flag(self.space.table, root)) & (
            self.space.everything
        )

    @property
    def whole(self) -> "PacketSet":
        """Return the set without non-first fragments."""
        return self - self.space.fragments

    def with_fragments(self) -> "PacketSet":
        """Return the whole headers of the set and just the non-first fragments of these."""
        return self._imaged("fragments", lambda root, version: self.space.cuts[version](root))

    def without_own_fragments(self) -> "PacketSet":
        """Return the set without the non-first fragments of its whole headers."""
        return self.whole | (self - self.with_fragments())

    def forget(self, *fields: Field) -> "PacketSet":
        """Return the valid headers that agree with one of the set outside `fields`."""

        def image(root: Node, _version: int) -> Node:
            for field in fields:
                root = project(self.space.table, root, field)
            return root

        return self._imaged(("forget", fields), image) & self.space.everything

    def between_most_of(self, measure: "PacketSet") -> "PacketSet":
        """Return the headers between whose addresses more than half of `measure` is in the set.

        `measure` must hold the same headers between any two addresses.
        """
        within, table = self & measure, self.space.table
        v4, v6 = (
            most_between(table, root, whole, version)
            for root, whole, version in zip(within.roots, measure.roots, VERSIONS, strict=True)
        )
        return PacketSet(self.space, (v4, v6)) & self.space.everything

    def address_pairs(self, version: int) -> int:
        """Return between how many pairs of addresses there is anything in the set."""
        root = self.roots[VERSIONS.index(version)]
        return count(self.space.table, root, version, stop=Field.PROTOCOL)

    def only(self, version: int) -> "PacketSet":
        """Return the headers of one IP version."""
        v4, v6 = (
            root if plane == version else DENY
            for plane, root in zip(VERSIONS, self.roots, strict=True)
        )
        return PacketSet(self.space, (v4, v6))

    def rewrite(self, version: int, field: Field, intervals: Sequence[Interval]) -> "PacketSet":
        """Return the headers of `version` with `field` replaced by every value in `intervals`.

        Headers of the other version are dropped, and so are rewritten headers that would not be
        valid (a port given to a protocol without ports).
        """
        constrained = [intervals if each is field else None for each in Field]
        return self.only(version).forget(field) & self.space.box(version, *constrained)

    def shift(self, version: int, field: Field, offset: int) -> "PacketSet":
        """Return the headers of `version` with `offset` added to `field`.

        Dropped are headers of the other version, values that leave the field, and headers that
        would not be valid.
        """

        def image(root: Node, plane: int) -> Node:
            if plane != version:
                return DENY
            return shift(self.space.table, root, field, MAXIMA[plane][field], offset)

        return self._imaged(("shift", version, field, offset), image) & self.space.everything

    def destinations(self, version: int) -> Intervals:
        """Return the destination addresses that occur, sorted and disjoint."""
        return self._values(version, Field.DST)

    def sources(self, version: int) -> Intervals:
        """Return the source addresses that occur, sorted and disjoint."""
        return self._values(version, Field.SRC)

    def _values(self, version: int, field: Field) -> Intervals:
        root = self.roots[VERSIONS.index(version)]
        return values(self.space.table, root, field, MAXIMA[version][field])

    def _imaged(self, kind: Hashable, image: Callable[[Node, int], Node]) -> "PacketSet":
        """Return the image of both planes, computed once for each kind and set."""
        space = self.space
        known = space.images.setdefault(kind, {})
        found = known.get(self.roots)
        if found is None:
            v4, v6 = map(image, self.roots, VERSIONS)
            found = known[self.roots] = PacketSet(space, (v4, v6))
        return found


class PacketSpace:
    """Makes packet sets and owns their diagrams.

    One space serves one analysis: nodes live as long as it does, and dropping the space with its
    sets gives all memory back; `forget_results` gives back the memory of remembered operations.
    """

    def __init__(self) -> None:
        self.table: Final = DiagramTable()
        self.mirrors: Final = {version: Mirror(self.table, version) for version in VERSIONS}
        self.digests: Final = Digests(self.table)
        self.cuts: Final = {version: Fragments(self.table, version) for version in VERSIONS}
        self.images: Final[dict[Hashable, dict[tuple[Node, Node], PacketSet]]] = {}
        self._boxes: dict[tuple[int | None, _Fields], PacketSet] = {}
        v4, v6 = (valid_headers(self.table, version) for version in VERSIONS)
        self.empty: Final = PacketSet(self, (DENY, DENY))
        self.everything: Final = PacketSet(self, (v4, v6))
        self.fragments: Final = self.box(flags=[(FLAG_FRAGMENT, FLAG_FRAGMENT)])

    def box(
        self,
        version: int | None = None,
        dst: Sequence[Interval] | None = None,
        src: Sequence[Interval] | None = None,
        protocols: Sequence[Interval] | None = None,
        dst_ports: Sequence[Interval] | None = None,
        src_ports: Sequence[Interval] | None = None,
        flags: Sequence[Interval] | None = None,
    ) -> PacketSet:
        """Return the valid headers whose fields lie in the given closed intervals.

        `None` leaves a field free; an empty sequence matches nothing. Without a version both
        planes are meant.

        Raises:
            ValueError: Addresses without a version, or a bound outside its field.
        """
        if version is None and (dst is not None or src is not None):
            raise ValueError("addresses need an IP version")
        given = (dst, src, protocols, dst_ports, src_ports, flags)
        fields = tuple([None if each is None else tuple(each) for each in given])
        known = self._boxes.get((version, fields))
        if known is None:
            v4, v6 = (
                self._product(plane, fields) if version in (None, plane) else DENY
                for plane in VERSIONS
            )
            known = self._boxes[version, fields] = PacketSet(self, (v4, v6)) & self.everything
        return known

    def header(self, header: Header) -> PacketSet:
        """Return the set of just `header`, empty if it is not valid."""
        return self.box(header.version, *(((value, value),) for value in header.values()))

    def from_rules(
        self, rules_v4: Sequence[Rule], rules_v6: Sequence[Rule], *, default: bool
    ) -> PacketSet:
        """Return the headers that the first matching rule permits.

        A header that no rule matches is permitted iff `default`. Each plane has its own list.
        """
        v4, v6 = (
            compile_rules(self.table, rules, version, valid, default=default)
            for version, rules, valid in zip(
                VERSIONS, (rules_v4, rules_v6), self.everything.roots, strict=True
            )
        )
        return PacketSet(self, (v4, v6))

    def from_lists(
        self, version: int, lists: Sequence[tuple[Sequence[Rule], bool]]
    ) -> list[PacketSet]:
        """Return the headers of one IP version that each list permits, given with its default.

        Cheaper than `from_rules` for each: the lists share what they say of services.
        """
        plane = VERSIONS.index(version)
        valid = self.everything.roots[plane]
        found: list[PacketSet] = []
        for start in range(0, len(lists), _BATCH):
            roots = compile_lists(self.table, lists[start : start + _BATCH], version, valid)
            found += [PacketSet(self, (DENY, root) if plane else (root, DENY)) for root in roots]
        return found

    def union(self, sets: Sequence[PacketSet]) -> PacketSet:
        """Return the union of any number of sets, cheaper than a chain of `|`."""
        if any(each.space is not self for each in sets):
            raise ValueError(_TWO_SPACES)
        planes = [[each.roots[plane] for each in sets] for plane in range(len(VERSIONS))]
        v4, v6 = (self.table.union_all(roots) for roots in planes)
        return PacketSet(self, (v4, v6))

    def join(self, sets: Sequence[PacketSet]) -> PacketSet:
        """Return the union, in time linear in its parts if no two share a destination."""
        if any(each.space is not self for each in sets):
            raise ValueError(_TWO_SPACES)
        v4, v6 = (
            self.table.join(Field.DST, MAXIMA[version][Field.DST], [e.roots[plane] for e in sets])
            for plane, version in enumerate(VERSIONS)
        )
        return PacketSet(self, (v4, v6))

    def forget_results(self) -> None:
        """Drop the remembered results of past operations; every set stays valid."""
        self.table.forget()
        for mirror in self.mirrors.values():
            mirror.forget()
        for cut in self.cuts.values():
            cut.forget()
        self.images.clear()
        self._boxes.clear()

    def _product(self, version: int, fields: Sequence[Sequence[Interval] | None]) -> Node:
        node = PERMIT
        for field, intervals in zip(_UPWARDS, reversed(fields), strict=True):
            if intervals is not None:
                highest = MAXIMA[version][field]
                within = normalise(intervals, highest)
                node = self.table.within(field, within, highest, node, DENY)
        return node
