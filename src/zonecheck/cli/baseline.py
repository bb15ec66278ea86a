"""The approved design that `verify` and `diff` compare with."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from zonecheck.cli.failure import Failure
from zonecheck.cli.revisions import read_of
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, check_ids
from zonecheck.policy.answer import Answer
from zonecheck.policy.replay import DisagreementError
from zonecheck.prove import WayTooLongError

T = TypeVar("T")


def answers_against(
    given: str, design: Topology, profile: Profile, proofs: Proofs
) -> Mapping[str, Sequence[Answer]]:
    """Return what the checks that take an older design say of a newer one.

    Raises:
        Failure: there is no such older design, or the two cannot be compared.
        BadInput: what is wrong with its files.
    """
    from zonecheck.compare import baseline_answers

    old = read_of(given, lambda path: read_topology(path, checks=check_ids()))
    return compared(lambda: baseline_answers(old, design, profile, proofs.space))


def compared(compare: Callable[[], T]) -> T:
    """Return a comparison; what keeps it from being made is said in a sentence.

    Raises:
        Failure: translations without end, or the simulator does not confirm the engine.
    """
    try:
        return compare()
    except WayTooLongError as error:
        raise Failure(Message.of("error.diff-way", node=error)) from error
    except DisagreementError as error:
        raise Failure(Message.of("error.diff-disagreement", detail=error)) from error
