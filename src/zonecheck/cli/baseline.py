"""The approved design that `verify` and `diff` compare with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from zonecheck.cli.failure import Failure
from zonecheck.cli.revisions import read_of
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Proofs, check_ids
from zonecheck.policy.answer import Answer
from zonecheck.policy.pending import ANSWERED
from zonecheck.policy.replay import DisagreementError
from zonecheck.prove import WayTooLongError

T = TypeVar("T")


@dataclass(frozen=True)
class Baseline:
    """The approved design."""

    design: Topology

    @staticmethod
    def is_asked_for(profiles: Iterable[Profile]) -> bool:
        """Return whether any of some profiles asks what changed since the older design."""
        return any(profile.policy_for(check) for profile in profiles for check in ANSWERED)

    def answers(
        self, newer: Topology, profile: Profile, proofs: Proofs
    ) -> Mapping[str, Sequence[Answer]]:
        """Return what the checks that take an older design say of a newer one.

        Nothing is compared under a profile that asks for none of them.

        Raises:
            Failure: the two cannot be compared.
        """
        from zonecheck.compare import baseline_answers

        if not self.is_asked_for([profile]):
            return {}
        return compared(lambda: baseline_answers(self.design, newer, profile, proofs.space))


def read_baseline(given: str | None) -> Baseline | None:
    """Return the design of `--baseline`, None without one.

    Raises:
        Failure: there is no such file, folder or revision.
        BadInput: what is wrong with its files.
    """
    if given is None:
        return None
    return Baseline(read_of(given, lambda path: read_topology(path, checks=check_ids())))


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
