"""Designs in a git revision, `REV:PATH`: read as they were, with all they include.

Only the files that reading asks for are fetched, into a folder that is gone afterwards; what is
read says `REV:PATH` of every place.
"""

import subprocess
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path, PurePosixPath
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

from zonecheck.cli.failure import Failure
from zonecheck.formats import BadInput, Problem
from zonecheck.model.message import Message
from zonecheck.model.source import Source

T = TypeVar("T")
_MISSING = "file.missing"


def read_of(given: str, read: Callable[[str], T]) -> T:
    """Return what is read of a file or folder, or of one in a git revision.

    A file or folder that is there goes before a revision of such a name.

    Raises:
        Failure: the revision or the path in it does not exist, or there is no git.
        BadInput: what `read` finds wrong, at places in the revision.
    """
    revision, colon, path = given.partition(":")
    if not colon or not revision or Path(given).exists():
        return read(given)
    return _Revision(given, revision, path).read(read)


class _Revision:
    """One revision of the repository around here."""

    def __init__(self, given: str, name: str, path: str) -> None:
        self._given, self._name = given, name
        if which("git") is None:
            raise Failure(Message.of("error.git-absent", given=given))
        top = self._git("rev-parse", "--show-toplevel")
        if top is None:
            raise Failure(Message.of("error.git-no-repository", given=given))
        found = self._git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        if not found:
            raise Failure(Message.of("error.git-revision", given=given, revision=name))
        self._commit = found.decode().strip()
        self._top = Path(top.decode().rstrip("\n"))
        self._path = self._from_top(path)
        listed = self._needed("ls-tree", "-r", "-z", "--full-tree", "--name-only", self._commit)
        self._files = set(listed.decode("utf-8", "surrogateescape").split("\0")) - {""}

    def read(self, read: Callable[[str], T]) -> T:
        """Return what is read, fetching each file that is asked for."""
        with TemporaryDirectory(prefix="zonecheck-") as folder:
            base = Path(folder).resolve()
            self._fetch_first(base)
            while True:
                try:
                    found = read(str(base / self._path))
                except BadInput as error:
                    if not self._fetch_missing(error, base):
                        raise BadInput(
                            tuple(_placed(p, f"{base}/", f"{self._name}:") for p in error.problems)
                        ) from error
                else:
                    return cast("T", _renamed(found, f"{base}/", f"{self._name}:"))

    def _from_top(self, path: str) -> str:
        """Return a path from the top of the repository; `./` and `../` start from here."""
        if path.startswith(("./", "../")) or path in (".", ".."):
            here = (Path.cwd() / path).resolve()
            if here.is_relative_to(self._top.resolve()):
                return here.relative_to(self._top.resolve()).as_posix()
        return PurePosixPath(path).as_posix().removeprefix("./")

    def _fetch_first(self, base: Path) -> None:
        if self._path in self._files:
            self._fetch(self._path, base)
            return
        below = "" if self._path == "." else f"{self._path}/"
        direct = [name for name in self._files if name.startswith(below)]
        if not direct:
            raise Failure(
                Message.of(
                    "error.git-path", given=self._given, revision=self._name, path=self._path
                )
            )
        for name in direct:
            if "/" not in name.removeprefix(below) and name.endswith((".yaml", ".yml")):
                self._fetch(name, base)
        (base / self._path).mkdir(parents=True, exist_ok=True)

    def _fetch_missing(self, error: BadInput, base: Path) -> bool:
        """Fetch the files whose lack was the problem; return whether there were any."""
        fetched = False
        for problem in error.problems:
            path = Path(problem.message.named.get("path", ""))
            if problem.code != _MISSING or not path.is_relative_to(base):
                continue
            name = path.relative_to(base).as_posix()
            if name in self._files and not path.exists():
                self._fetch(name, base)
                fetched = True
        return fetched

    def _fetch(self, name: str, base: Path) -> None:
        target = base / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self._needed("cat-file", "blob", f"{self._commit}:{name}"))

    def _needed(self, *arguments: str) -> bytes:
        found = self._git(*arguments)
        if found is None:
            reason = " ".join(arguments[:1])
            raise Failure(Message.of("error.git-failed", given=self._given, reason=reason))
        return found

    def _git(self, *arguments: str) -> bytes | None:
        """Return what git says, None if it cannot."""
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None


def _placed(problem: Problem, old: str, new: str) -> Problem:
    return Problem(
        _worded(problem.message, old, new),
        _renamed(problem.source, old, new),
        None if problem.hint is None else _worded(problem.hint, old, new),
    )


def _worded(message: Message, old: str, new: str) -> Message:
    told = tuple((name, value.replace(old, new)) for name, value in message.arguments)
    return Message(message.code, told)


def _renamed(value: Any, old: str, new: str) -> Any:
    """Return a value in which every place in a file below one folder is called otherwise."""
    if isinstance(value, Source):
        below = value.file.startswith(old)
        return replace(value, file=new + value.file[len(old) :]) if below else value
    if isinstance(value, tuple):
        return tuple(_renamed(item, old, new) for item in value)
    if isinstance(value, Enum) or not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for field in fields(value):
        was = getattr(value, field.name)
        now = _renamed(was, old, new) if isinstance(was, tuple) or is_dataclass(was) else was
        if now is not was and (now != was or _holds_places(was)):
            changes[field.name] = now
    return replace(value, **changes) if changes else value


def _holds_places(value: Any) -> bool:
    """Return whether a value may be equal to another and be written elsewhere."""
    return isinstance(value, tuple) or hasattr(value, "source")
