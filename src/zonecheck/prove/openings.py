"""How what state lets through came to be let through: which packets were there before.

A packet that needs a session passes because a filter or a translation remembers another packet,
which somebody sent in an earlier round of the fixpoint of `Reachability`, and which may itself
have needed still earlier ones. Rounds only go down, so the search ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zonecheck.dataplane import Origin, Restoration, Translation, Way, answers
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import TCP, UDP, Field, Header, PacketSet
from zonecheck.prove.propagation import Memory
from zonecheck.prove.reachability import Reachability
from zonecheck.prove.witness import Witness


@dataclass(frozen=True, slots=True)
class Opening:
    """A packet that made something remember: its sender, as it was sent and as it was seen."""

    origin: Origin
    sent: Header
    seen: Header


@dataclass(frozen=True, slots=True)
class _Sought:
    """Headers on their way, each set as one place may see it, and the steps that change them."""

    forms: tuple[PacketSet, ...]
    way: Way


def openings(reach: Reachability, witness: Witness, origin: Origin) -> Iterator[Opening]:
    """Yield packets that have to be sent before a witness can be delivered, each after its own.

    They are all that may be needed, not the fewest. The cost is one look at everything that is
    remembered for each packet yielded.
    """
    search = _Search(reach, (witness.destination, witness.origin))
    header = reach.plane.space.header(witness.header)
    for part in reach.flow(origin, witness.destination).state_parts:
        if part.sent.contains(witness.header):
            sought = _on_its_way(header, part.way, part.entered)
            yield from search.before(sought, len(reach.rounds) - 1)


class _Search:
    """A search down the rounds of one fixpoint; what was found once is not sought again."""

    def __init__(self, reach: Reachability, preferred: tuple[AttachmentPoint, ...]) -> None:
        self._reach = reach
        self._space = reach.plane.space
        self._preferred = preferred
        self._found: set[tuple[Memory, Header]] = set()

    def before(self, sought: _Sought, last: int) -> Iterator[Opening]:
        """Yield what can let these headers through, remembered in round `last` or before."""
        if last < 0:
            return
        remembered = self._reach.rounds[last]
        for memory, wanted in self._wanted(sought, remembered):
            yield from self._opened(memory, wanted, last)

    def _opened(self, memory: Memory, wanted: PacketSet, last: int) -> Iterator[Opening]:
        """Yield one packet of the first round that made `memory` remember one of `wanted`."""
        for number in range(last):
            for domain, run in self._reach.runs_of_round(number):
                for part in run.opened(memory):
                    some = part.arriving(wanted)
                    found = self._sent_by_someone(domain, some.sent)
                    if found is None:
                        continue
                    origin, header = found
                    one = some.starting(self._space.header(header))
                    seen = one.arrived.sample() or header
                    if (memory, seen) not in self._found:
                        self._found.add((memory, seen))
                        sent = self._space.header(header)
                        earlier = _on_its_way(sent, one.way, one.entered)
                        yield from self.before(earlier, number)
                        yield Opening(origin, header, seen)
                    return

    def _sent_by_someone(self, domain: int, headers: PacketSet) -> tuple[Origin, Header] | None:
        """Return who in a domain can send one of these, whoever is concerned or honest first."""
        senders = [
            origin
            for origin in self._reach.plane.origins
            if domain in origin.domains and not (origin.may_send & headers).is_empty
        ]
        senders.sort(
            key=lambda o: (
                o.point not in self._preferred,
                (o.honest & o.may_send & headers).is_empty,
                o.point.order,
            )
        )
        for origin in senders:
            header = (origin.may_send & headers).sample([origin.honest])
            if header is not None:
                return origin, header
        return None

    def _wanted(
        self, sought: _Sought, remembered: Mapping[Memory, PacketSet]
    ) -> Iterator[tuple[Memory, PacketSet]]:
        for current, step in zip(sought.forms, sought.way, strict=False):
            if isinstance(step, Restoration):
                first = _whole(step.of.backward(answers(current)) & step.state)
                for memory in remembered:
                    if isinstance(memory, Translation) and _undone_by(memory, step):
                        yield memory, first & remembered[memory]
        for form in sought.forms:
            for memory, admitted in remembered.items():
                if not isinstance(memory, Translation):
                    for wanted in self._first_headers(form):
                        if not (wanted & admitted).is_empty:
                            yield memory, wanted & admitted

    def _first_headers(self, form: PacketSet) -> Iterator[PacketSet]:
        """Yield first headers of sessions a packet may belong to, by how it may belong."""
        form = _whole(form)
        yield (form | form.mirror()).with_any_flag()
        errors = form & self._reach.plane.filters.error_headers
        if errors:
            for version in (4, 6):
                ends = errors.destinations(version)
                if ends:
                    yield self._space.box(version, dst=ends) | self._space.box(version, src=ends)
        data = form & self._space.box(protocols=[(TCP, TCP), (UDP, UDP)])
        between = data.forget(Field.PROTOCOL, Field.DST_PORT, Field.SRC_PORT, Field.FLAG)
        yield between | between.mirror()


def _whole(headers: PacketSet) -> PacketSet:
    """Return the whole headers of a set, and those its fragments may be the rest of."""
    fragments = headers - headers.whole
    return headers.whole | fragments.forget(Field.DST_PORT, Field.SRC_PORT, Field.FLAG).whole


def _undone_by(memory: Translation, step: Restoration) -> bool:
    return (memory.node, memory.rule) == (step.of.node, step.of.rule)


def _on_its_way(sent: PacketSet, way: Way, entered: tuple[PacketSet, ...]) -> _Sought:
    """Return what headers are as sent and after each step of their way."""
    forms = [sent]
    for step, before in zip(way, entered, strict=True):
        forms.append(step.forward(forms[-1] & before))
    return _Sought(tuple(forms), way)
