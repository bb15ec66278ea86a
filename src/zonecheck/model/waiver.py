"""Waivers (例外措置): findings that somebody answers for, for a time."""

from dataclasses import dataclass, field
from datetime import date

from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Waiver:
    """The permission to leave one finding of one check as it is.

    `finding` is the id a report prints beside the finding: it stands for all the finding says, so
    that a waiver speaks of nothing that was not there when it was given. What is None is not
    declared. `expires` is the last day it counts. An `emergency` waiver was given without prior
    permission, which is why it says when it was `reported`.
    """

    id: str
    check: str
    finding: str
    clause: str | None = None
    approver: str | None = None
    reason: str | None = None
    expires: date | None = None
    emergency: bool = False
    reported: date | None = None
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)
