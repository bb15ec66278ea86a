"""Types of the parts of a mail (RFC 2045, RFC 2183), and whether anyone could read it otherwise.

The standard library reads; whatever it calls a defect, and whatever other readers may take for
something else, is a doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import ContentDispositionHeader, ContentTypeHeader
from email.message import EmailMessage
from email.policy import default
from typing import Final, cast

_PLAIN: Final = "text/plain"
_TOKEN: Final = r"[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,64}"
_TYPE: Final = re.compile(rf"[ \t]*{_TOKEN}/{_TOKEN}[ \t]*(?:;.*)?", re.S)
_KIND: Final = re.compile(rf"{_TOKEN}/{_TOKEN}")
_PRINTABLE: Final = re.compile(r"(?:[\t -~]|\r\n(?=[\t ]))*")
_ENCODINGS: Final = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_ONCE: Final = (
    "mime-version",
    "content-type",
    "content-disposition",
    "content-transfer-encoding",
)
"""Headers that say what a part is; of two, nobody knows which one counts."""
_USUAL: Final = re.compile(
    r"\s*(?:This is a multi-?part message in MIME format[.:]?|"
    r"This is a message with multiple parts in MIME format\.|"
    r"This is a MIME-encapsulated message\.?)?\s*",
    re.I,
)
_ENCODED: Final = re.compile(rb"^(?:begin(?:-base64)?[ \t]+[0-7]{3,4}[ \t]+\S|=ybegin )", re.M)
_BINARY: Final = re.compile(rb"[\x00-\x08\x10-\x1a\x1c-\x1f\x7f]")
_REFUSED: Final = (
    MessageError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""What the library raises over headers it cannot read."""


@dataclass(slots=True)
class Parts:
    """What a mail has beside plain text, and whether all of it could be read beyond doubt."""

    unwanted: list[str] = field(default_factory=list)
    doubtful: bool = False


def parts_of(mail: bytes) -> Parts:
    """Return the types of parts that are no plain text, or are attached as files."""
    found = Parts()
    try:
        read = message_from_bytes(mail, policy=default)
        if not read.keys() or read.get_unixfrom() is not None:
            found.doubtful = True
        for part in read.walk():
            _look_at(part, found)
    except _REFUSED:
        found.doubtful = True
    return found


def _look_at(part: EmailMessage, found: Parts) -> None:
    kinds = list(_kinds(part))
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if _is_doubtful(part) or encoding not in _ENCODINGS:
        found.doubtful = True
    multipart = [kind for kind in kinds if kind.startswith("multipart/")]
    for kind in kinds:
        if kind != _PLAIN and kind not in multipart:
            found.unwanted.append(kind)
    if part.is_multipart():
        around = (part.preamble or "", part.epilogue or "")
        if not (_USUAL.fullmatch(around[0]) and not around[1].strip()):
            found.doubtful = True
    elif multipart:
        found.doubtful = True
    else:
        if _is_attached(part):
            found.unwanted += [f"{kind} (attachment)" for kind in kinds if kind == _PLAIN]
        _look_inside(part, found)
    if part.defects:
        found.doubtful = True


def _kinds(part: EmailMessage) -> Iterator[str]:
    """Yield the types a part says it has, that of its place if it says none."""
    headers = part.get_all("content-type", [])
    if not headers:
        yield part.get_default_type()
    for header in headers:
        kind = cast("ContentTypeHeader", header).content_type.lower()
        if _KIND.fullmatch(kind):
            yield kind


def _is_doubtful(part: EmailMessage) -> bool:
    """Return whether the headers that say what a part is can be read in more than one way."""
    raw = [(name.lower(), str(value)) for name, value in part.raw_items()]
    for name in _ONCE:
        values = [value for each, value in raw if each == name]
        if len(values) > 1 or not all(_PRINTABLE.fullmatch(value) for value in values):
            return True
        if name == "content-type" and not all(_TYPE.fullmatch(value) for value in values):
            return True
        if any(header.defects for header in part.get_all(name, [])):
            return True
    # A boundary in pieces, or in another character set, is put together by some readers only.
    return any(name == "content-type" and "boundary*" in value.lower() for name, value in raw)


def _is_attached(part: EmailMessage) -> bool:
    if part.get_filename() is not None:
        return True
    for header in part.get_all("content-disposition", []):
        disposition = cast("ContentDispositionHeader", header)
        # One that nobody knows is handled as an attachment (RFC 2183).
        if disposition.content_disposition != "inline":
            return True
    headers = [*part.get_all("content-type", []), *part.get_all("content-disposition", [])]
    return any(
        str(name).lower().startswith(("name", "filename")) for h in headers for name in h.params
    )


def _look_inside(part: EmailMessage, found: Parts) -> None:
    """Look for files in the text itself, and for what is no text."""
    text = part.get_payload(decode=True)
    if not isinstance(text, bytes):
        found.doubtful = True
        return
    if _ENCODED.search(text.replace(b"\r", b"\n")):
        found.unwanted.append(f"{_PLAIN} (encoded file)")
    if _BINARY.search(text):
        found.doubtful = True
