"""Whether a waiver counts by what it says itself (docs/waivers.md)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from zonecheck.model.profile import Profile
from zonecheck.model.waiver import Waiver

EXCEPTION_VALID: Final = "exception-valid"
VERIFICATION_RECORD: Final = "verification-record"
NEVER: Final = frozenset({EXCEPTION_VALID, VERIFICATION_RECORD})
"""What guards waivers and the record of the run cannot be waived."""

_NEEDED: Final = ("approver", "reason", "clause")


class Standing(Enum):
    """Whether a waiver counts, and if not, why."""

    COUNTS = "counts"
    INCOMPLETE = "incomplete"
    EXPIRED = "expired"
    NOT_REPORTED = "not-reported"
    FORBIDDEN = "forbidden"
    UNMATCHED = "unmatched"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """A waiver of the design and what became of it.

    `surplus_to` is the one before it that counts for the same finding, empty if there is none.
    """

    waiver: Waiver
    standing: Standing
    surplus_to: str = ""


def standing_of(waiver: Waiver, profile: Profile, today: date) -> Standing:
    """Return whether a waiver counts, whether or not what it names is there."""
    policy = profile.policy_for(waiver.check)
    if waiver.check in NEVER or (policy is not None and not policy.waivable):
        return Standing.FORBIDDEN
    if lacking(waiver):
        return Standing.INCOMPLETE
    if waiver.expires is not None and waiver.expires < today:
        return Standing.EXPIRED
    if waiver.emergency and (waiver.reported is None or reported_later(waiver, today)):
        return Standing.NOT_REPORTED
    return Standing.COUNTS


def reported_later(waiver: Waiver, today: date) -> bool:
    """Return whether a waiver says it was reported on a day that is still to come."""
    return waiver.reported is not None and waiver.reported > today


def lacking(waiver: Waiver) -> tuple[str, ...]:
    """Return the keys a waiver lacks; one made in an emergency need not expire."""
    missing = [key for key in _NEEDED if getattr(waiver, key) is None]
    if waiver.expires is None and not waiver.emergency:
        missing.append("expires")
    return tuple(missing)
