"""Whether anything gets from one place to another, in any state, with a packet that does."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet, PacketSpace
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.answer import distinct_states, unprovable
from zonecheck.policy.ledger.undeclared import beyond_proof, undeclared_items
from zonecheck.policy.questions.reach import ShownSet, shown_set
from zonecheck.policy.replay import DisagreementError, replay
from zonecheck.policy.routing_assumption import RoutingAssumption, assuming
from zonecheck.policy.verdict import MissingDeclaration, PacketPath, Status
from zonecheck.prove import Flow, WayTooLongError, find_witness

MOST_BOXES = 5
MOST_PATHS = 3
_NOBODY = Profile("", "", "", "", (), ())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: from any of the first points to any of the second.

    `addresses` are those the destination has where its points stand for more (a peer of an external
    network); None is all. `service` counts as it is sent and as it arrives, since translation may
    change it; None is any. `without` names nodes that hand nothing on. Without `replies`, what only
    a session lets through does not count.
    """

    origins: tuple[AttachmentPoint, ...]
    destinations: tuple[AttachmentPoint, ...]
    addresses: tuple[AddressRange, ...] | None = None
    service: Service | None = None
    without: frozenset[str] = frozenset()
    replies: bool = True


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A packet that gets there in a state (empty: the normal one), and all that do like it."""

    state: str
    path: PacketPath
    packets: ShownSet


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The answer for all states: `holds` if nothing gets there whatever is undeclared.

    It is violated if something does whatever is undeclared, unknown otherwise; then `missing` is
    what the answer hangs on, and `paths` what may get there.
    """

    status: Status
    paths: tuple[FoundPath, ...] = ()
    missing: tuple[MissingDeclaration, ...] = ()


def find_paths(
    topology: Topology,
    asked: Asked,
    *,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
) -> PathAnswer:
    """Return whether anything gets there in any state of a topology, with a few packets that do."""
    proofs = _Proofs()
    unknown: list[PathAnswer] = []
    for state in distinct_states(topology):
        found = _in_state(assuming(state, routing), asked, proofs)
        if found.status is Status.VIOLATED:
            return found
        if found.status is Status.UNKNOWN:
            unknown.append(found)
    if not unknown:
        return PathAnswer(Status.HOLDS)
    paths = [path for each in unknown for path in each.paths]
    missing = dict.fromkeys(item for each in unknown for item in each.missing)
    return PathAnswer(Status.UNKNOWN, tuple(paths[:MOST_PATHS]), tuple(missing))


class _Proofs:
    """The analysis of each state under each closure, made near that of the state before."""

    def __init__(self) -> None:
        self._space = PacketSpace()
        self._last: dict[Closure, Analysis] = {}

    def analysis(self, state: Topology, closure: Closure) -> Analysis:
        """Return the analysis of a state."""
        earlier = self._last.get(closure)
        if earlier is None:
            made = Analysis(state, _NOBODY, closure, self._space)
        else:
            made = earlier.of(state)
        self._last[closure] = made
        return made


def _in_state(state: Topology, asked: Asked, proofs: _Proofs) -> PathAnswer:
    undeclared = undeclared_items(state)
    try:
        worst = _found(proofs.analysis(state, Closure.UPPER), asked)
        if worst and not undeclared:
            return PathAnswer(Status.VIOLATED, worst)
        sure = _found(proofs.analysis(state, Closure.LOWER), asked) if worst else ()
    except (DisagreementError, WayTooLongError) as error:
        return PathAnswer(Status.UNKNOWN, missing=unprovable(error, state))
    if sure:
        return PathAnswer(Status.VIOLATED, sure)
    if worst:
        return PathAnswer(Status.UNKNOWN, worst, undeclared)
    beyond = beyond_proof(state)
    return PathAnswer(Status.UNKNOWN if beyond else Status.HOLDS, missing=beyond)


def _found(analysis: Analysis, asked: Asked) -> tuple[FoundPath, ...]:
    return tuple(path for path, _ in zip(_paths(analysis, asked), range(MOST_PATHS), strict=False))


def _paths(analysis: Analysis, asked: Asked) -> Iterator[FoundPath]:
    reach = analysis.reach_without(asked.without)
    wanted = _wanted(analysis, asked)
    for start, end in product(asked.origins, asked.destinations):
        sender = analysis.origin_at.get(start)
        if sender is None or start == end:
            continue
        flow = reach.flow(sender, end)
        headers = _counted(flow if asked.replies else flow.at_once, wanted)
        witness = find_witness(analysis.plane, sender, end, headers)
        if witness is not None:
            path = replay(analysis, witness, asked.without)
            yield FoundPath(analysis.topology.state, path, shown_set(headers, MOST_BOXES))


_Wanted = tuple[PacketSet | None, PacketSet | None]


def _wanted(analysis: Analysis, asked: Asked) -> _Wanted:
    """Return the headers of the service and those to the addresses asked for."""
    service = addresses = None
    if asked.service is not None:
        service = analysis.plane.filters.services((asked.service,))
    if asked.addresses is not None:
        addresses = analysis.plane.addressing.to(asked.addresses)
    return service, addresses


def _counted(flow: Flow, wanted: _Wanted) -> PacketSet:
    """Return the headers at the origin that are asked about."""
    service, addresses = wanted
    headers = flow.everything if addresses is None else flow.arriving(addresses)
    if service is None:
        return headers
    changed = service if addresses is None else service & addresses
    return (headers & service) | flow.arriving(changed)
