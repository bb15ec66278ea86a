"""The safeguards remote maintenance has to declare (docs/semantics.md, section 9).

A text counts if it only says what there is. One that denies anything, or names a protocol that
protects nothing beside another, is not understood: it counts as if nothing were declared.
"""

import re
from enum import Enum
from typing import Final
from unicodedata import normalize

from zonecheck.model.channel import Maintenance
from zonecheck.model.message import Message
from zonecheck.model.says_none import may_say_none, says_none
from zonecheck.policy.time_window import time_window

_UNPROTECTED: Final = frozenset(
    ("telnet", "http", "ftp", "tftp", "rsh", "rlogin", "rexec", "pop3", "vnc", "snmpv1", "snmpv2c")
)
"""Protocols in which whoever listens reads along, named where encryption is asked."""
_WORDS: Final = re.compile(r"[^\s,、,;/・()\[\]「」+&。:]+")


class Standing(Enum):
    """What a text says where a safeguard is asked."""

    THERE = "there"
    UNCLEAR = "unclear"
    NONE = "none"


def encrypts(text: str) -> Standing:
    """Return whether a text names an encryption."""
    words = _WORDS.findall(normalize("NFKC", text).lower())
    bare = [word in _UNPROTECTED or says_none(word) for word in words]
    if all(bare) or says_none(text):
        return Standing.NONE
    weak = any(word in _UNPROTECTED for word in words)
    return Standing.UNCLEAR if weak or may_say_none(text) else Standing.THERE


def authenticates(text: str) -> Standing:
    """Return whether a text names how somebody proves who they are."""
    words = _WORDS.findall(normalize("NFKC", text).lower())
    if says_none(text) or all(map(says_none, words)):
        return Standing.NONE
    return Standing.UNCLEAR if may_say_none(text) else Standing.THERE


def limits(text: str) -> Standing:
    """Return whether a text names hours that leave an hour of the day or more."""
    window = time_window(text)
    if says_none(text) or window.always_open:
        return Standing.NONE
    return Standing.THERE if window.limits else Standing.UNCLEAR


_JUDGES: Final = {"authentication": authenticates, "encryption": encrypts, "window": limits}


def missing_safeguards(entry: Maintenance) -> list[tuple[str, Message]]:
    """Return the safeguards an entry leaves undeclared, or so that nobody can tell, by name."""
    found: list[tuple[str, Message]] = []
    for setting, text in _declared(entry).items():
        if text is None:
            message = Message.of("missing.safeguard", subject=entry.id, setting=setting)
            found.append((setting, message))
        elif _JUDGES[setting](text) is Standing.UNCLEAR:
            found.append((setting, unclear(entry.id, setting, text)))
    return found


def unclear(subject: str, setting: str, text: str) -> Message:
    """Return what to declare instead of a text that nobody can tell a safeguard by."""
    if setting == "window":
        window = time_window(text)
        unread = window.unread if window.parts and window.unread else text
        return Message.of("missing.window-unread", subject=subject, window=text, unread=unread)
    code = "missing.safeguard-unclear"
    return Message.of(code, subject=subject, setting=setting, text=text)


def absent_safeguards(entry: Maintenance) -> list[tuple[str, str]]:
    """Return the safeguards an entry declares not to have, by name, and how it puts it."""
    return [
        (setting, text)
        for setting, text in _declared(entry).items()
        if text is not None and _JUDGES[setting](text) is Standing.NONE
    ]


def _declared(entry: Maintenance) -> dict[str, str | None]:
    return {
        "authentication": entry.authentication,
        "encryption": entry.encryption,
        "window": entry.window,
    }
