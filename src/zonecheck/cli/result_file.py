"""Results in files: whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message

DESIGN_SUFFIX = ".zones.yaml"


def replace_file(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write a file in one step: readers see the old content or the new, never a part.

    Content in blocks is written as it comes. A link is followed. What is not a regular file (a
    device, a pipe) is written in place. What `require_replaceable` refuses is not written.

    Raises:
        Failure: it is refused or cannot be written.
    """
    require_replaceable(path)
    target = Path(os.path.realpath(path))
    blocks = _blocks(content)
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as file:
                file.writelines(blocks)
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        temporary = _written(target, blocks, mode)
        try:
            temporary.replace(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error


def require_replaceable(path: str | os.PathLike[str] | None) -> None:
    """Check that a result may have this name; None is no file.

    A name that marks a design is refused, as is any file that this run has read: a report never
    replaces what it is about. Commands ask as soon as they have read, before anything is proved.

    Raises:
        Failure: it may not.
    """
    # Imported here for `zonecheck --help`: the room it is in loads what reads designs.
    from zonecheck.formats.files_read import is_read

    if path is None:
        return
    if os.path.realpath(path).endswith(DESIGN_SUFFIX):
        raise Failure(Message.of("error.is-design", path=path))
    if is_read(path):
        raise Failure(Message.of("error.replaces-input", path=path))


def require_apart(path: str | None, report: str | None, code: str) -> None:
    """Check that what a run writes besides its report does not replace it; None is no file.

    Raises:
        Failure: it would; `code` is what says so.
    """
    if path and report and os.path.realpath(path) == os.path.realpath(report):
        raise Failure(Message.of(code, path=path))


def create_file(path: Path, text: str) -> None:
    """Write a file that must not exist yet, in one step.

    Raises:
        Failure: it exists or cannot be written.
    """
    try:
        temporary = _written(path, _blocks(text), 0o666 & ~_umask())
        try:
            os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError as error:
        raise Failure(Message.of("error.exists", path=path)) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _blocks(content: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, str):
        # Names of files need not be UTF-8.
        return (content.encode(errors="backslashreplace"),)
    return (content,) if isinstance(content, bytes) else content


def _written(target: Path, blocks: Iterable[bytes], mode: int) -> Path:
    """Return a new file beside the target that holds the blocks."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(blocks)
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
