"""What a client hands over in an SMTP session (RFC 5321), and what of it is doubtful."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_VERBS: Final = frozenset(
    b"EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY EXPN HELP AUTH STARTTLS ETRN XFORWARD "
    b"XCLIENT".split()
)
_VERB: Final = re.compile(rb"([A-Za-z]+)(?:[ \t][^\r\n]*)?", re.S)
_BEGINS: Final = re.compile(rb"(?:(?:EHLO|HELO)[ \t]|MAIL[ \t]+FROM:)[^\r\n]*\r?\n", re.I)
_HIDDEN: Final = re.compile(
    rb"(?:\A|[\r\n])(?:DATA|BDAT[ \t]+\d[^\r\n]*|STARTTLS)[ \t]*(?=[\r\n])", re.I
)
_CREDENTIAL: Final = re.compile(rb"[A-Za-z0-9+/=*]*")
_TLS: Final = b"\x16\x03"
_BARE: Final = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_STRICT_END: Final = re.compile(rb"(?:\A|(?<=\r\n))\.\r\n")
_LAX_END: Final = re.compile(rb"(?:\A|(?<=[\r\n]))\.(?:\r\n|\r|\n)")
_STRICT_DOT: Final = re.compile(rb"(?:\A|(?<=\r\n))\.")
_LAX_DOT: Final = re.compile(rb"(?:\A|(?<=[\r\n]))\.")
_REPLY: Final = re.compile(rb"(\d\d\d)(?:([ -])[^\r\n]*)?")
_GO_ON, _READY, _NEXT = 354, 220, 334


@dataclass(slots=True)
class Dialogue:
    """The mails of a session as they were before transfer, and doubts about it as codes."""

    mails: list[bytes] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def replies_of(said: bytes) -> list[int] | None:
    """Return the codes a server answers with, the greeting first; `None` if they are unclear."""
    found = []
    lines = said.split(b"\r\n")
    for line in lines[:-1]:
        reply = _REPLY.fullmatch(line)
        if reply is None:
            return None
        if reply[2] != b"-":
            found.append(int(reply[1]))
    return found if found and found[0] == _READY else None


def has_bare_line_ends(said: bytes) -> bool:
    """Return whether a line ends in one octet: servers do not agree what that means."""
    return _BARE.search(said) is not None


def dialogue(
    said: bytes, replies: Sequence[int] | None, *, lax: bool = False, begun: bool = True
) -> Dialogue:
    """Return what a client hands over.

    Args:
        said: everything it says.
        replies: what the server answers to it, command by command; `None` if not known.
        lax: read as a server does that takes a bare CR or LF for the end of a line.
        begun: whether the session begins here; if not, it may be in the middle of anything.
    """
    if said.startswith(_TLS):
        return Dialogue(doubts=["encrypted"])
    if not begun and _BEGINS.match(said) is None:
        return Dialogue(doubts=["beginning"] if said else [])
    reader = _Reader(said, replies if begun else None, lax=lax)
    reader.read()
    return reader.found


class _Reader:
    def __init__(self, said: bytes, replies: Sequence[int] | None, *, lax: bool) -> None:
        self._said = said
        self._at = 0
        self._replies = None if replies is None else list(replies[1:])
        self._end = _LAX_END if lax else _STRICT_END
        self._dot = _LAX_DOT if lax else _STRICT_DOT
        self._line_end = re.compile(rb"\r\n|\r|\n" if lax else rb"\r\n")
        self._authenticating = False
        self.found = Dialogue()

    def read(self) -> None:
        """Read commands and mails to the end, or to where nothing can be read."""
        while self._at < len(self._said):
            stop = self._line_end.search(self._said, self._at)
            if stop is None:
                self._doubt("unfinished")
                return
            line = self._said[self._at : stop.start()]
            self._at = stop.end()
            if not self._command(line):
                return

    def _doubt(self, code: str) -> None:
        if code not in self.found.doubts:
            self.found.doubts.append(code)

    def _reply(self) -> int | None:
        """Return the answer to the next thing said, `None` if it is not known."""
        if not self._replies:
            self._replies = None
            return None
        return self._replies.pop(0)

    def _command(self, line: bytes) -> bool:
        """Follow a command and return whether what comes after it can be read."""
        shape = _VERB.fullmatch(line)
        verb = b"" if shape is None else shape[1].upper()
        if verb == b"BDAT":
            self._doubt("chunks")
            return False
        reply = self._reply()
        if verb not in _VERBS and not (self._authenticating and _CREDENTIAL.fullmatch(line)):
            self._doubt("unrecognised")
        if verb in _VERBS:
            self._authenticating = verb == b"AUTH"
        if verb == b"STARTTLS":
            return self._goes_on_in_clear(reply)
        if verb == b"DATA":
            if line.upper().rstrip() != b"DATA":
                self._doubt("unrecognised")
            return self._mail(reply)
        return True

    def _goes_on_in_clear(self, reply: int | None) -> bool:
        following = _VERB.match(self._said, self._at)
        known = following is not None and following[1].upper() in _VERBS
        if reply == _READY or (reply is None and not known):
            self._doubt("encrypted")
            return False
        return True

    def _mail(self, reply: int | None) -> bool:
        """Take a mail if the server let it come; without its answer both may be."""
        if reply is not None and reply != _GO_ON:
            if reply // 100 in (4, 5):
                return True
            self._replies = reply = None  # no answer to DATA: they are out of step
        begin = self._at
        # Lines are looked for within what is left, so that a mail may be a dot alone.
        rest = self._said[begin:]
        end = self._end.search(rest)
        mail = rest if end is None else rest[: end.start()]
        self._at = len(self._said) if end is None else begin + end.end()
        if end is None:
            self._doubt("unfinished")
        if reply is None and _HIDDEN.search(mail):
            self._doubt("replies")
            first = _VERB.match(mail)
            if first is not None and first[1].upper() in _VERBS:
                return True
        self.found.mails.append(self._dot.sub(b"", mail))
        if end is not None:
            self._reply()
        return True
