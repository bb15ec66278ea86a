"""Verdicts and the evidence they carry (docs/semantics.md, sections 7 and 8)."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.profile import CheckPolicy
from zonecheck.model.source import Source
from zonecheck.model.waiver import Waiver
from zonecheck.packets import Box
from zonecheck.policy.waiver_standing import WaiverUse
from zonecheck.simulate import Hop, Packet


class Status(Enum):
    """What can be said of one check."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNKNOWN = "unknown"
    WAIVED = "waived"
    NOT_IN_PROFILE = "not-in-profile"
    NOT_RUN = "not-run"


@dataclass(frozen=True, slots=True)
class PacketPath:
    """A packet, delivered: every one is replayed in the simulator before it is shown.

    `after` are the packets whose sessions let this one through, in the order in which they are
    sent, where only state does. `forged` means the source address is not one the origin may
    rightly use.
    """

    packet: Packet
    origin: AttachmentPoint
    destination: AttachmentPoint
    hops: tuple[Hop, ...]
    forged: bool
    after: "tuple[OpeningPacket, ...]" = ()


@dataclass(frozen=True, slots=True)
class OpeningPacket:
    """A packet that opens a session at stateful filters on its way.

    `destination` is None if it is lost behind them: the session is there all the same.
    """

    packet: Packet
    origin: AttachmentPoint
    destination: AttachmentPoint | None
    hops: tuple[Hop, ...]
    forged: bool


@dataclass(frozen=True, slots=True)
class SharedDomain:
    """Two attachment points of one broadcast domain and what joins them, step by step.

    Each step is two ends such as `li-core-1:Te1/1/1 vlan 320` with the link's source.
    """

    a: AttachmentPoint
    b: AttachmentPoint
    joins: tuple[tuple[str, str, Source], ...]


@dataclass(frozen=True, slots=True)
class ServiceStep:
    """A two-sided host hands payload from one side to the other without what would excuse it."""

    host: str
    method: str
    reverse: bool
    source: Source


@dataclass(frozen=True, slots=True)
class PlatformStep:
    """Payload moves below the network: by a hypervisor, datastore, mirror port or other path.

    `kind` is hypervisor, datastore, span, out-of-band or admission; `subject` names the one.
    """

    kind: str
    subject: str
    source: Source


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step of a relay chain: payload goes from one node to another."""

    origin: str
    target: str
    by: "PacketPath | SharedDomain | ServiceStep | PlatformStep"


@dataclass(frozen=True, slots=True)
class RelayChain:
    """Payload goes from the first node to the last, relayed by those between.

    `nodes` has one node more than `steps`; one node alone means it lies in both zones itself.
    """

    nodes: tuple[str, ...]
    steps: tuple[ChainStep, ...]


@dataclass(frozen=True, slots=True)
class MissingControl:
    """The place that should enforce something and does not, with a packet that passes it."""

    place: str
    source: Source
    passes: PacketPath | None = None


@dataclass(frozen=True, slots=True)
class MissingDeclaration:
    """Something the topology does not say, and where to say it."""

    item: Message
    source: Source


@dataclass(frozen=True, slots=True)
class RuleConflict:
    """A rule of a filter, by what it is called, and the rules that decide in its place.

    `packet` is one that the rule matches and the first of them that decides otherwise, if any,
    takes; None where there is none to show.
    """

    place: str
    deciding: tuple[tuple[str, Source], ...]
    packet: Packet | None = None


Counterexample = (
    PacketPath | RelayChain | SharedDomain | MissingControl | MissingDeclaration | RuleConflict
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a check fails.

    `zones` are the zones concerned (ids). `boxes` is the whole disallowed set of this finding as
    few boxes as possible, cut at a limit; `more_boxes` tells that it was cut. `state` is the
    state of the network in which it occurs, empty for the normal one.

    `extent` is a digest of everything the finding speaks of (policy.extent), None where it shows
    one example of many. `id` names a finding of a violated check for waivers, empty where there
    is nothing to name it by; `waiver` is the valid one for it.

    `lacking` are declarations that an engineer may merely have left out and without which the
    finding stands: what to look at first. They excuse nothing.
    """

    message: Message
    zones: tuple[str, ...]
    counterexample: Counterexample | None
    source: Source
    boxes: tuple[Box, ...] = ()
    more_boxes: bool = False
    state: str = ""
    extent: str | None = field(default=None, compare=False)
    id: str = field(default="", compare=False)
    waiver: Waiver | None = field(default=None, compare=False)
    lacking: tuple[MissingDeclaration, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Assumption:
    """An entry of the ledger: what a verdict rests on, where it is declared and on what basis.

    `declared` are the values that are declared where an entry can have several: a value is no
    ground for itself. None where that something is declared says it all.
    """

    id: str
    subject: str
    source: Source
    basis: str = ""
    declared: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict of one check under one profile.

    `findings` are the violations of a violated check, or what would be one in the upper closure
    of an unknown check; `missing` is what an unknown check lacks, and of `exception-valid` the
    waivers whose finding is not there, violated or not. `consequence_of` are the checks whose
    findings entail this one's (the root causes come first in a report).
    """

    check: str
    status: Status
    policy: CheckPolicy | None
    findings: tuple[Finding, ...] = ()
    missing: tuple[MissingDeclaration, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    vacuous: bool = False
    examined: int = 0
    consequence_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fall:
    """That a check which holds does not without some declarations, and what it is then."""

    check: str
    status: Status


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Declarations without which checks fall.

    Of several declarations any may be left out alone: only without all of them the checks fall.
    """

    declarations: tuple[Assumption, ...]
    falls: tuple[Fall, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """What the verdicts owe to what the file only declares.

    `withdrawn` are all declarations that were tried, `needed` those that matter, `together` is
    what falls without any of them.
    """

    withdrawn: tuple[Assumption, ...]
    needed: tuple[Withdrawal, ...]
    together: tuple[Fall, ...]


@dataclass(frozen=True)
class Verification:
    """All verdicts on one topology under one profile, in the order a report shows them.

    `states` are the names of the states that were proved, the normal one, which has none, first;
    `routing` is how packets were taken to be routed; `trust` tells, where that was asked for,
    which declarations the verdicts need. `today` is the day that counted, `waivers` are those of
    the design with what became of them.
    """

    topology: str
    topology_file: str
    profile: str
    results: tuple[CheckResult, ...]
    assumptions: tuple[Assumption, ...]
    undeclared: tuple[MissingDeclaration, ...]
    states: tuple[str, ...] = ("",)
    routing: str = "declared"
    trust: Trust | None = None
    today: date | None = None
    waivers: tuple[WaiverUse, ...] = ()

    def result(self, check: str) -> CheckResult:
        """Return the result of one check; raises KeyError."""
        for item in self.results:
            if item.check == check:
                return item
        raise KeyError(check)

    @property
    def exit_code(self) -> int:
        """Return 1 if a check is violated, else 2 if one is unknown, else 0."""
        found = {item.status for item in self.results}
        if Status.VIOLATED in found:
            return 1
        return 2 if Status.UNKNOWN in found else 0
