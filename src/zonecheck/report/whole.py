"""All that one run of `verify` found: the city's policy first, then those of single segments."""

from collections.abc import Iterator
from dataclasses import dataclass

from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import CheckResult, Status, Verification
from zonecheck.policy.weight import Weigh

LISTED = (
    Status.VIOLATED,
    Status.UNKNOWN,
    Status.WAIVED,
    Status.NOT_RUN,
    Status.HOLDS,
    Status.NOT_IN_PROFILE,
)
"""Verdicts in the order in which a reader wants to see them."""


@dataclass(frozen=True)
class Part:
    """The verdicts under one policy; `policy` is None for that of the city.

    `weigh` tells what each verdict does to the exit code.
    """

    profile: Profile
    verification: Verification
    weigh: Weigh
    policy: OwnPolicy | None = None

    @property
    def name(self) -> str:
        """Return what the part is called among others: `policy/profile`, or the profile alone."""
        own = "" if self.policy is None else f"{self.policy.id}/"
        return f"{own}{self.profile.id}"

    def results(self, *statuses: Status) -> Iterator[CheckResult]:
        """Yield the results with one of these verdicts, in the order of the report."""
        return (each for each in self.verification.results if each.status in statuses)


@dataclass(frozen=True)
class WholeReport:
    """Everything a machine format shows of one run; `exit_code` is what the command returns."""

    topology: Topology
    parts: tuple[Part, ...]
    exit_code: int

    @property
    def city(self) -> Part:
        """Return the part of the city's policy."""
        return self.parts[0]

    @property
    def file(self) -> str:
        """Return the file of the design as it was named."""
        return self.city.verification.topology_file

    def place(self, source: Source) -> Source:
        """Return a source, or the design's first line for what no file says."""
        if source == NOWHERE or not source.line:
            return Source(self.file, 1, 1)
        return source
