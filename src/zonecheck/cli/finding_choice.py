"""Checks asked for by their ids, and single findings by `CHECK#N`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message
from zonecheck.policy import CHECKS
from zonecheck.policy.explanation import Explanation

NUMBER = "#"


def asked_for(wanted: Sequence[str]) -> dict[str, int]:
    """Return the checks asked for, each with the number of a finding, 0 for all.

    Raises:
        Failure: there is no such check, or what follows it is no number from 1.
    """
    known = [check.id for check in CHECKS]
    asked: dict[str, int] = {}
    for given in wanted:
        check, mark, number = given.partition(NUMBER)
        if check not in known:
            raise Failure(Message.of("error.unknown-check", given=given, known=", ".join(known)))
        if mark and not (number.isdecimal() and int(number)):
            raise Failure(Message.of("error.finding-number", check=check, given=number or "-"))
        asked[check] = int(number or 0)
    return asked


def with_findings(found: Sequence[Explanation], asked: Mapping[str, int]) -> list[Explanation]:
    """Return the explanations, one for each policy, with the findings asked about.

    Under a policy that has fewer of them than another, all of the check are shown.

    Raises:
        Failure: a check has not so many findings under any policy.
    """
    for check, number in asked.items():
        most = max(len(each.verification.result(check).findings) for each in found)
        if number > most:
            raise Failure(Message.of("error.no-finding", check=check, given=number, number=most))
    return [_with_findings(each, asked) for each in found]


def _with_findings(explanation: Explanation, asked: Mapping[str, int]) -> Explanation:
    explained = []
    for each in explanation.explained:
        number = asked.get(each.result.check, 0)
        there = number <= len(each.result.findings)
        explained.append(replace(each, finding=number if there else 0))
    return replace(explanation, explained=tuple(explained))
