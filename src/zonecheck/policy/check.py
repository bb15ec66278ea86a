"""What a check is: a question to an analysis, answered with findings."""

from collections.abc import Callable
from dataclasses import dataclass

from zonecheck.policy.analysis import Analysis
from zonecheck.policy.verdict import Finding

PACKETS = "packets"
FLOW = "flow"
STRUCTURE = "structure"
CABLING = "cabling"
ADMISSION = "admission"
KINDS = (STRUCTURE, PACKETS, FLOW, CABLING, ADMISSION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found under one closure; `examined` 0 means there was nothing to ask."""

    findings: tuple[Finding, ...]
    examined: int


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the catalogue. `rests_on` are the kinds of statements it makes.

    `packets` statements rest on routing, filters and anti-spoofing; `flow` statements on the
    declarations about relays as well; `structure` on the drawing alone, `cabling` on what is
    plugged into it, `admission` on how access ports and radio cells authenticate devices.

    A question is `monotone` if permitting more never removes a finding, so that the upper closure
    is the worst. Whether something works is not: it is asked under both closures.
    """

    id: str
    tier: int
    rests_on: tuple[str, ...]
    ask: Callable[[Analysis], Outcome]
    monotone: bool = True
