"""Paths beside the network stay inside one zone."""

from itertools import combinations

from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.message import Message
from zonecheck.model.platform import OutOfBand
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import BESIDE, STRUCTURE, Check, Outcome
from zonecheck.policy.crossing import UNZONED
from zonecheck.policy.extent import extent_of
from zonecheck.policy.verdict import (
    ChainStep,
    Finding,
    MissingControl,
    PlatformStep,
    RelayChain,
)
from zonecheck.prove import FlowNodes, ends_in_place, leads_nowhere, leads_outside, zones_of_end


def ask_oob_path(analysis: Analysis) -> Outcome:
    """No path beside the network joins two zones, or a zone with an open network."""
    entries = [entry for entry in analysis.topology.out_of_band if entry.enabled]
    findings: list[Finding] = []
    for entry in entries:
        findings += _of_entry(analysis, entry)
    return Outcome(tuple(findings), len(entries))


def _of_entry(analysis: Analysis, entry: OutOfBand) -> list[Finding]:
    ends = [end for end in ends_in_place(analysis.plane, entry) if _lies_somewhere(analysis, end)]
    inside = [end for end in ends if not leads_outside(analysis.plane, end)]
    if leads_nowhere(entry) and inside and analysis.closure is Closure.UPPER:
        message = Message.of("oob-path.far-end", entry=entry.id, medium=entry.medium)
        zones = tuple(sorted(_zones(analysis, inside[0])))
        control = MissingControl(f"{entry.id} ({entry.medium})", entry.source)
        return [Finding(message, zones, control, entry.source)]
    outside = [end for end in ends if leads_outside(analysis.plane, end)]
    if outside and inside:
        return [_joined(analysis, entry, inside[0], outside[0], "oob-path.open")]
    common = frozenset.intersection(*(_zones(analysis, end) for end in ends)) if ends else None
    if common or len(ends) < 2:
        return []
    pairs = list(combinations(ends, 2))
    apart = [(a, b) for a, b in pairs if not _zones(analysis, a) & _zones(analysis, b)]
    a, b = (apart or pairs)[0]
    return [_joined(analysis, entry, a, b, "oob-path.zones")]


def _lies_somewhere(analysis: Analysis, end: EndpointRef) -> bool:
    """Return whether an end lies in a zone: what carries none, such as a bare switch, does not."""
    return bool(_zones(analysis, end))


def _zones(analysis: Analysis, end: EndpointRef) -> frozenset[str]:
    """Return the zones of an end; a segment without one lies in the upper closure in its own."""
    zones = zones_of_end(FlowNodes(analysis.plane), analysis.plane, end)
    return frozenset(f"{UNZONED}{end.id}" if zone is None else zone for zone in zones)


def _joined(
    analysis: Analysis, entry: OutOfBand, a: EndpointRef, b: EndpointRef, code: str
) -> Finding:
    one, other = sorted(_zones(analysis, a)), sorted(_zones(analysis, b))
    message = Message.of(
        code,
        entry=entry.id,
        medium=entry.medium,
        a=a,
        b=b,
        from_zone=", ".join(one),
        to_zone=", ".join(other),
    )
    step = PlatformStep("out-of-band", entry.id, entry.source)
    chain = RelayChain((str(a), str(b)), (ChainStep(str(a), str(b), step),))
    ends = {
        (str(end), tuple(sorted(_zones(analysis, end))))
        for end in ends_in_place(analysis.plane, entry)
    }
    extent = extent_of("beside", entry.medium, ends)
    return Finding(message, tuple(sorted({*one, *other})), chain, entry.source, extent=extent)


CHECKS = (Check("oob-path", 2, (STRUCTURE, BESIDE), ask_oob_path),)
