"""Results in files: whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message

DESIGN_SUFFIX = ".zones.yaml"


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file in one step: readers see the old content or the new, never a part.

    A link is followed. What is not a regular file (a device, a pipe) is written in place. A
    name that marks a design is refused: a report must never replace the design it is about.

    Raises:
        Failure: it is a design or cannot be written.
    """
    target = Path(os.path.realpath(path))
    data = _encoded(content)
    if target.name.endswith(DESIGN_SUFFIX):
        raise Failure(Message.of("error.is-design", path=path))
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            target.write_bytes(data)
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        temporary = _written(target, data, mode)
        try:
            temporary.replace(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error


def replace_bytes(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a file of bytes in one step, as they come.

    Raises:
        Failure: it marks a design, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    if target.name.endswith(DESIGN_SUFFIX):
        raise Failure(Message.of("error.is-design", path=path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(blocks)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from error


def create_file(path: Path, text: str) -> None:
    """Write a file that must not exist yet, in one step.

    Raises:
        Failure: it exists or cannot be written.
    """
    try:
        temporary = _written(path, _encoded(text), 0o666 & ~_umask())
        try:
            os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError as error:
        raise Failure(Message.of("error.exists", path=path)) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def _written(target: Path, data: bytes, mode: int) -> Path:
    """Return a new file beside the target that holds the data."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _cannot_write(path: Path, error: OSError) -> Failure:
    return Failure(Message.of("error.cannot-write", path=path, reason=error.strerror or error))
