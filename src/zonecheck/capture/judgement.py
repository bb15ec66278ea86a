"""What is said of a flow of a capture, and why."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from zonecheck.capture.read import Layer
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.policy.verdict import PacketPath

CROSSING: Final = "capture-zone-crossing"
UNKNOWN_DEVICE: Final = "unknown-device-seen"
PRIVATE_DEVICE: Final = "private-device-connected"
DRIFT: Final = "model-capture-drift"
SURGE: Final = "capture-traffic-surge"
MAC_BINDING: Final = "mac-binding-enforced"
VLAN_SCOPE: Final = "trunk-vlan-scope"
UNUSED_SERVICE: Final = "unused-service-open"
SESSION_WINDOW: Final = "admin-session-window"
MAIL_TEXT: Final = "sanitise-mail-text"
CAPTURE_CHECKS: Final = (
    CROSSING,
    MAC_BINDING,
    VLAN_SCOPE,
    UNKNOWN_DEVICE,
    PRIVATE_DEVICE,
    UNUSED_SERVICE,
    SESSION_WINDOW,
    MAIL_TEXT,
    SURGE,
    DRIFT,
)
"""The checks captures are judged by, in the order of reports."""


class FlowVerdict(Enum):
    """What the design says of packets on a wire."""

    ALLOWED = "allowed"
    VIOLATING = "violating"
    UNDECIDABLE = "undecidable"
    UNMODELLED = "unmodelled"


_WORST = (
    FlowVerdict.VIOLATING,
    FlowVerdict.UNMODELLED,
    FlowVerdict.UNDECIDABLE,
    FlowVerdict.ALLOWED,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a flow is not simply allowed, and the check that says so."""

    check: str
    verdict: FlowVerdict
    message: Message


@dataclass(frozen=True, slots=True)
class Blocked:
    """Where the design drops a packet, and the line that decides.

    `way` are the nodes it comes by, from its sender to the one that drops it.
    """

    node: str
    reason: Message
    source: Source
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one layer of packets, the key of a one-way flow.

    `zones` are those of the source and the destination, each empty where nobody can tell.
    `background` names the protocol that runs on every network. Of what is not allowed, `path` is
    how the design delivers it all the same, `blocked` where it drops it.
    """

    layer: Layer
    zones: tuple[str, str]
    reasons: tuple[Reason, ...] = ()
    background: str = ""
    path: PacketPath | None = None
    blocked: Blocked | None = None

    @property
    def verdict(self) -> FlowVerdict:
        """Return the worst of its reasons; without one it is allowed."""
        found = {reason.verdict for reason in self.reasons}
        return next((verdict for verdict in _WORST if verdict in found), FlowVerdict.ALLOWED)
