"""Findings as a user names them: CHECK, CHECK#N, or the id that waivers use."""

from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, verify
from zonecheck.policy.verdict import CheckResult, Finding

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
        Failure: no check is called so, or the number is none.
    """
    known = [check.id for check in CHECKS]
    check, _, number = given.partition(NUMBER)
    if check not in known or (NUMBER in given and not number.isdecimal()):
        raise Failure(Message.of("error.unknown-check", given=given, known=", ".join(known)))
    return check, int(number or 0)


def no_such_finding(result: CheckResult, number: int) -> Failure:
    """Return that a check has no finding of that number."""
    found = len(result.findings)
    return Failure(Message.of("error.no-finding", check=result.check, given=number, number=found))


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
    result = verify(design, profile, checks=[check]).result(check)
    if not 1 <= (number or 1) <= len(result.findings):
        raise no_such_finding(result, number or 1)
    return f"{check}{NUMBER}{number or 1}", result.findings[(number or 1) - 1]
