"""Designs as files of tests, each check an item; imported only if designs are named."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zonecheck.policy import check_ids
from zonecheck.policy.verdict import CheckResult, Status
from zonecheck.report.text.testing import result_text
from zonecheck.report.words import phrase
from zonecheck.testing.designs import design_of, lang, profile_of
from zonecheck.testing.verdicts import Verdicts, all_verdicts, counts

if TYPE_CHECKING:
    from zonecheck.model.topology import Topology

SUFFIX = ".zones.yaml"


def arguments_for(config: pytest.Config, given: Sequence[str]) -> list[str]:
    """Return what pytest is to collect: what it would, and the designs where that has them not.

    Tests that are named one by one within a design stay the only ones of it.

    Raises:
        pytest.UsageError: there is no such design.
    """
    here = config.invocation_params.dir
    known = [(here / argument.partition("::")[0]).resolve() for argument in config.args]
    wanted = []
    for path in given:
        full = (here / path).resolve()
        if not full.exists():
            raise pytest.UsageError(phrase(lang(), "testing.no-topology", path=path))
        around = any(full.is_relative_to(other) for other in known)
        within = any(other.is_relative_to(full) and other.name.endswith(SUFFIX) for other in known)
        if not around and not within:
            wanted.append(str(here / path))
    return [*config.args, *wanted]


def is_design(file: Path, given: Sequence[Path]) -> bool:
    """Return whether a file is a design that was named, or lies in a folder that was."""
    if not file.name.endswith(SUFFIX):
        return False
    for path in given:
        if file.samefile(path) if path.is_file() else file.is_relative_to(path.resolve()):
            return path.is_file() or _stands_alone(file)
    return False


def designs_in(path: Path) -> Iterator[Path]:
    """Yield the designs that a path names: a file, or what a folder holds."""
    if path.is_dir():
        found = sorted(file for file in path.rglob(f"*{SUFFIX}") if file.is_file())
        yield from (file for file in found if _stands_alone(file))
    else:
        yield path


def _stands_alone(file: Path) -> bool:
    """Return whether a file is no mere part: its folder has no other design of its own name."""
    of_folder = file.parent / f"{file.parent.name}{SUFFIX}"
    return file == of_folder or not of_folder.is_file()


def read(path: Path) -> "Topology":
    """Return a design, its places named from here."""
    return design_of(os.path.relpath(path))


def no_design() -> str:
    """Return that no design is named for the fixture."""
    return phrase(lang(), "testing.no-fixture")


class DesignFile(pytest.File):
    """A design; its items are the checks, first of its own policy, then of bodies within it."""

    _verdicts: list[Verdicts] | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each check, also those the profile does not contain."""
        try:
            self.design = read(self.path)
            self.profile = profile_of(self.design, self.config.getoption("zonecheck_profile"))
        except ValueError as error:
            raise self.CollectError(str(error).rstrip()) from error
        for policy in ("", *(own.id for own in self.design.policies)):
            for check in check_ids():
                name = f"{policy}/{check}" if policy else check
                yield CheckItem.from_parent(self, name=name, policy=policy, check=check)

    def verdicts(self) -> list[Verdicts]:
        """Return all verdicts asked for in this run, proved together when first asked for."""
        if self._verdicts is None:
            items = [item for item in self.session.items if isinstance(item, CheckItem)]
            chosen = {item.check for item in items if item.parent is self}
            known = check_ids()
            checks = None if chosen == set(known) else [c for c in known if c in chosen]
            self._verdicts = all_verdicts(self.design, self.profile, checks)
        return self._verdicts


class CheckItem(pytest.Item):
    """One check of a design under one policy."""

    parent: DesignFile

    def __init__(self, *, policy: str, check: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.policy = policy
        self.check = check

    def runtest(self) -> None:
        """Pass if the check holds; else fail or skip, with what a report says."""
        found = next(v for v in self.parent.verdicts() if v.policy == self.policy)
        result = _result(found, self.check)
        if result is None:
            pytest.skip(self._skipped(Status.NOT_IN_PROFILE))
        if result.status is Status.HOLDS:
            return
        fail_on = self.config.getoption("zonecheck_fail_on")
        if result.status is Status.VIOLATED and not counts(result, fail_on):
            level = phrase(lang(), f"level.{result.policy.level}") if result.policy else ""
            pytest.xfail(phrase(lang(), "testing.below-level", level=level))
        open_allowed = self.config.getoption("zonecheck_allow_unknown")
        if result.status is Status.VIOLATED or (
            result.status is Status.UNKNOWN and not open_allowed
        ):
            raise CheckFailedError(result_text(result, self.parent.design, found.profile, lang()))
        pytest.skip(self._skipped(result.status))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the report instead of a traceback."""
        if isinstance(excinfo.value, CheckFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file and the id of the check."""
        return self.path, None, f"zonecheck: {self.name}"

    def _skipped(self, status: Status) -> str:
        title = phrase(lang(), f"check.{self.check}.title")
        word = phrase(lang(), f"status.{status.value}")
        return phrase(lang(), "testing.skipped", status=word, title=title)


class CheckFailedError(Exception):
    """A check is violated or unknown; the message is its part of the report."""


def _result(found: Verdicts, check: str) -> CheckResult | None:
    """Return the result of a check, None if the verification says nothing of it."""
    try:
        return found.verification.result(check)
    except KeyError:
        return None
