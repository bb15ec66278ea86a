"""The cases a capture can be made to hold: violations, and what must not be taken for one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zonecheck.replay.capture_file import Frame
from zonecheck.replay.not_here import NotHereError
from zonecheck.replay.synthesise_background import background_frames
from zonecheck.replay.synthesise_crossing_cases import ipv6_crossing, open_resolver, smb_crossing
from zonecheck.replay.synthesise_flow_cases import (
    fragmented,
    icmp_errors,
    mail_attachment,
    nat_rewritten,
    outside_window,
    undeclared_answer,
    wrong_mac,
)
from zonecheck.replay.synthesise_frame_cases import double_tag, foreign_vlan, unknown_mac
from zonecheck.replay.synthesise_scene import BEGINNING, SECOND, Scene
from zonecheck.replay.synthesise_sessions import start_of

Make = Callable[[Scene, int, str], Iterator[Frame]]
"""Yields the frames of a case from a time on, each with the comment; NotHereError if it cannot."""


def _background(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    del begin, comment
    return background_frames(scene)


@dataclass(frozen=True, slots=True)
class Case:
    """A named case; `tolerated` ones are in order and must not be reported."""

    name: str
    make: Make
    tolerated: bool = False


CASES: dict[str, Case] = {
    case.name: case
    for case in (
        Case("mail-attachment", mail_attachment),
        Case("wrong-mac", wrong_mac),
        Case("foreign-vlan", foreign_vlan),
        Case("double-tag", double_tag),
        Case("ipv6-crossing", ipv6_crossing),
        Case("smb-crossing", smb_crossing),
        Case("open-resolver", open_resolver),
        Case("outside-window", outside_window),
        Case("undeclared-answer", undeclared_answer),
        Case("unknown-mac", unknown_mac),
        Case("nat-rewritten", nat_rewritten, tolerated=True),
        Case("fragments", fragmented, tolerated=True),
        Case("icmp-errors", icmp_errors, tolerated=True),
        Case("background", _background, tolerated=True),
    )
}
"""Every case by its name."""


def case_frames(scene: Scene, case: Case) -> list[Frame]:
    """Return the frames of a case at the place, after what is declared.

    Raises:
        NotHereError: the design or the place has not what it needs.
    """
    kind = "tolerated" if case.tolerated else "violation"
    begin = start_of(scene, case.name, BEGINNING + 60 * SECOND, 30)
    frames = list(case.make(scene, begin, f"{kind}: {case.name}"))
    if not frames and case.name != "background":
        raise NotHereError(case.name)
    return frames


def cases_here(scene: Scene) -> tuple[str, ...]:
    """Return the names of the cases that can be at the place."""
    return tuple(name for name, case in CASES.items() if _is_here(scene, case))


def _is_here(scene: Scene, case: Case) -> bool:
    try:
        case_frames(scene, case)
    except NotHereError:
        return False
    return True
