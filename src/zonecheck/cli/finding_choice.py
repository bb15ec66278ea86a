"""Checks asked for by their ids, and single findings by `CHECK#N` or the id that waivers use."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, verify
from zonecheck.policy.explaining.explanation import Explanation
from zonecheck.policy.verdict import Finding

NUMBER = "#"
ID_PREFIX = "f-"


def names_finding(given: str) -> bool:
    """Return whether something is written like a finding rather than like a file."""
    check, _, number = given.partition(NUMBER)
    if check in {known.id for known in CHECKS} or (number and not Path(given).exists()):
        return True
    return given.startswith(ID_PREFIX) and not Path(given).exists()


def check_and_number(given: str) -> tuple[str, int]:
    """Return the check that `CHECK` or `CHECK#N` names and the number of the finding, 0 for none.

    Raises:
        Failure: there is no such check, or what follows it is no number from 1.
    """
    known = [check.id for check in CHECKS]
    check, mark, number = given.partition(NUMBER)
    if check not in known:
        raise Failure(Message.of("error.unknown-check", given=given, known=", ".join(known)))
    if mark and not (number.isdecimal() and int(number)):
        raise Failure(Message.of("error.finding-number", check=check, given=number or "-"))
    return check, int(number or 0)


def asked_for(wanted: Sequence[str]) -> dict[str, int]:
    """Return the checks asked for, each with the number of a finding, 0 for all.

    Raises:
        Failure: see `check_and_number`.
    """
    return dict(map(check_and_number, wanted))


def with_findings(found: Sequence[Explanation], asked: Mapping[str, int]) -> list[Explanation]:
    """Return the explanations, one for each policy, with the findings asked about.

    Under a policy that has fewer of them than another, all of the check are shown.

    Raises:
        Failure: a check has not so many findings under any policy.
    """
    for check, number in asked.items():
        most = max(len(each.verification.result(check).findings) for each in found)
        if number > most:
            raise _no_such_finding(check, number, most)
    return [_with_findings(each, asked) for each in found]


def find_finding(design: Topology, profile: Profile, given: str) -> tuple[str, Finding]:
    """Return the finding that is named, with its name as CHECK#N; CHECK alone means the first.

    Raises:
        Failure: there is none, or no check is called so.
    """
    if given.startswith(ID_PREFIX):
        for result in verify(design, profile).results:
            for at, finding in enumerate(result.findings, 1):
                if finding.id == given:
                    return f"{result.check}{NUMBER}{at}", finding
        raise Failure(Message.of("error.no-finding-id", given=given))
    check, number = check_and_number(given)
    findings = verify(design, profile, checks=[check]).result(check).findings
    number = number or 1
    if number > len(findings):
        raise _no_such_finding(check, number, len(findings))
    return f"{check}{NUMBER}{number}", findings[number - 1]


def _with_findings(explanation: Explanation, asked: Mapping[str, int]) -> Explanation:
    explained = []
    for each in explanation.explained:
        number = asked.get(each.result.check, 0)
        there = number <= len(each.result.findings)
        explained.append(replace(each, finding=number if there else 0))
    return replace(explanation, explained=tuple(explained))


def _no_such_finding(check: str, number: int, found: int) -> Failure:
    return Failure(Message.of("error.no-finding", check=check, given=number, number=found))
