"""Checks of the address plan as a whole: nothing overlaps, and everything is in its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from zonecheck.formats.context import Claim, Context, holds, report_outside
from zonecheck.formats.record import Element
from zonecheck.formats.used_source import place_key
from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.source import Source

_POINT_TO_POINT = 31


def check_claims(context: Context) -> None:
    """Report addresses that two elements declare, and those outside their segments."""
    spans = [_Span(claim.range, claim.owner, claim.source, claim=claim) for claim in context.claims]
    for later, earlier in _overlaps(spans):
        if _shared(later.claim, earlier.claim):
            continue
        context.problems.add(
            later.source,
            "address.duplicate",
            text=later.range,
            owner=earlier.owner,
            first=earlier.source.short,
        )
    for claim in context.claims:
        if claim.segment is not None and claim.segment not in context.unsure:
            _check_place(claim, context)


def _shared(one: Claim | None, other: Claim | None) -> bool:
    """Return whether two devices declare one shared address in the same segment."""
    if one is None or other is None:
        return False
    apart = one.owner.partition("/")[0] != other.owner.partition("/")[0]
    in_one_segment = one.segment is not None and one.segment == other.segment
    return one.virtual and other.virtual and apart and in_one_segment


def _check_place(claim: Claim, context: Context) -> None:
    segment = context.segments[claim.segment or ""]
    if not holds(segment, str(claim.range)):
        report_outside(context, segment, str(claim.range), claim.source)
        return
    for prefix in segment.prefixes:
        if not isinstance(prefix, IPv4Network) or prefix.prefixlen >= _POINT_TO_POINT:
            continue
        for special, code in (
            (prefix.network_address, "network"),
            (prefix.broadcast_address, "broadcast"),
        ):
            if special not in claim.range:
                continue
            if code == "network":
                context.problems.add(
                    claim.source, "address.network", address=special, prefix=prefix
                )
            else:
                context.problems.add(
                    claim.source, "address.broadcast", address=special, prefix=prefix
                )


def check_prefixes(root: Element, context: Context) -> None:
    """Report prefixes of two segments, or of a segment and an external network, that overlap."""
    spans: list[_Span] = []
    for section in ("segments", "externals"):
        for name, element in (root[section] or {}).items():
            prefixes = element["prefix"]
            sources = prefixes.sources if prefixes is not None else ()
            spans += [
                _Span(AddressRange.of_network(prefix), name, source, prefix, section == "externals")
                for prefix, source in zip(prefixes or (), sources, strict=True)
            ]
    for later, earlier in _overlaps(spans):
        if later.external and earlier.external:
            continue
        context.problems.add(
            later.source,
            "prefix.overlap",
            prefix=later.prefix,
            other=earlier.prefix,
            owner=earlier.owner,
            first=earlier.source.short,
        )


@dataclass(frozen=True, slots=True)
class _Span:
    range: AddressRange
    owner: str
    source: Source
    prefix: IPNetwork | None = None
    external: bool = False
    claim: Claim | None = None


def _overlaps(spans: Iterable[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield each span that overlaps another, as (written later, written earlier)."""
    active: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s.range.version, s.range.interval)):
        active = [
            other
            for other in active
            if other.range.version == span.range.version
            and int(other.range.high) >= int(span.range.low)
        ]
        yield from (_in_order((span, other)) for other in active)
        active.append(span)


def _in_order(pair: Sequence[_Span]) -> tuple[_Span, _Span]:
    earlier, later = sorted(pair, key=lambda span: place_key(span.source))
    return later, earlier
