"""The text of an input file, or a problem that says why there is none."""

import errno
import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice
from pathlib import Path
from unicodedata import category

from zonecheck.formats.files_read import remember_file
from zonecheck.formats.input_file import InputFile
from zonecheck.formats.problems import Problems
from zonecheck.model.message import Message
from zonecheck.model.source import Source

# Beyond what YAML itself forbids: characters that break a line for YAML but not for an editor
# (positions would be wrong) and those that make a line read differently from what it says.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
LINE_BREAK = re.compile(r"\r\n|\r|\n")
_REPORTED_CHARACTERS = 10


def beside(path: str, name: str) -> str:
    """Return the path of a file named relative to another, without `..` where that is the same."""
    joined = os.path.join(os.path.dirname(path), name)  # noqa: PTH118, PTH120
    if "\0" in joined:
        return joined
    plain = os.path.normpath(joined)
    same = os.path.realpath(plain) == os.path.realpath(joined)
    return plain if same else joined


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return a path as given, made printable where its bytes are no UTF-8."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")


def read_text(
    path: str | os.PathLike[str], problems: Problems, *, limit: int, at: Source | None = None
) -> str | None:
    """Return the text of a UTF-8 file without its byte order mark.

    Args:
        path: the file; problems name it as given here.
        problems: where to report what is wrong with the file as a file.
        limit: the most bytes to read; a larger file is refused unread.
        at: where the file is asked for, if that is a place in another file.
    """
    place = at or Source(shown_path(path), 1, 1)
    data = _read_bytes(path, problems, limit, place)
    if data is not None:
        problems.files[InputFile.of(shown_path(path), data)] = None
        remember_file(path)
    return None if data is None else _decode(data, shown_path(path), problems)


def _read_bytes(
    path: str | os.PathLike[str], problems: Problems, limit: int, place: Source
) -> bytes | None:
    name = shown_path(path)
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            problems.add(place, "file.is-directory", path=name)
        elif not stat.S_ISREG(status.st_mode):
            problems.add(place, "file.not-regular", path=name)
        elif status.st_size > limit:
            _report_size(problems, place, name, limit, str(status.st_size))
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(limit + 1)
            if len(data) <= limit:
                return data
            _report_size(problems, place, name, limit, f"> {limit}")
    except (FileNotFoundError, NotADirectoryError, ValueError):
        # ValueError: a NUL in the name, which no file can have.
        problems.add(place, "file.missing", path=name)
    except PermissionError:
        problems.add(place, "file.no-permission", path=name)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
        problems.add(place, "file.unreadable", path=name, reason=reason)
    return None


def _report_size(problems: Problems, place: Source, name: str, limit: int, size: str) -> None:
    problems.add(
        place,
        "file.too-large",
        path=name,
        size=size,
        limit=limit,
        hint=Message.of("hint.split-file"),
    )


def _decode(data: bytes, name: str, problems: Problems) -> str | None:
    if _looks_like_utf16(data):
        hint = Message.of("hint.save-as-utf-8", encoding="UTF-16")
        problems.add(Source(name, 1, 1), "file.utf-16", hint=hint)
        return None
    try:
        text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        _report_encoding(data.removeprefix(BOM_UTF8), error.start, name, problems)
        return None
    found = list(islice(UNPRINTABLE.finditer(text), _REPORTED_CHARACTERS))
    for match in found:
        problems.add(
            place_of(text, match.start(), name),
            "file.control-character",
            character=f"U+{ord(match[0]):04X}",
        )
    return None if found else text


def _looks_like_utf16(data: bytes) -> bool:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    even, odd = data[0:16:2], data[1:17:2]
    return len(data) >= 2 and any(half.count(0) == len(half) for half in (even, odd)) and any(data)


def _report_encoding(data: bytes, start: int, name: str, problems: Problems) -> None:
    if _decodes_as_cp932(data):
        hint = Message.of("hint.save-as-utf-8", encoding="CP932 (Shift_JIS)")
    else:
        hint = Message.of("hint.save-as-utf-8-plain")
    problems.add(
        place_of(data[:start].decode("utf-8"), start, name),
        "file.not-utf-8",
        offset=start,
        byte=f"0x{data[start]:02X}",
        hint=hint,
    )


def _decodes_as_cp932(data: bytes) -> bool:
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return False
    # Python maps the bytes CP932 leaves undefined to private characters.
    return not any(category(character) == "Co" for character in text)


def place_of(text: str, offset: int, name: str) -> Source:
    """Return the place of a character offset in a text."""
    before = LINE_BREAK.split(text[:offset])
    return Source(name, len(before), len(before[-1]) + 1)
