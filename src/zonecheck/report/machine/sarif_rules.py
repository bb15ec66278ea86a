"""The checks of a run as SARIF rules: ids, levels and words that no language changes."""

from collections.abc import Sequence
from typing import Final

from zonecheck.policy.verdict import CheckResult
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_parts import Json
from zonecheck.report.machine.sarif_parts import sarif_text
from zonecheck.report.printable import printable
from zonecheck.report.words import phrase

LEVELS: Final = {"error": "error", "warning": "warning", "advice": "note"}
_SCORES: Final = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0", "info": "0.0"}
"""Severities on the scale from 0 to 10 by which code scanning services sort."""


def rules_json(results: Sequence[CheckResult]) -> list[Json]:
    """Return a rule for each check, in their order."""
    return [_rule(result) for result in results]


def _rule(result: CheckResult) -> Json:
    check, policy = result.check, result.policy
    assert policy is not None
    return {
        "id": check,
        "shortDescription": {"text": _words(check, "title", "en")},
        "fullDescription": {"text": _words(check, "proves", "en")},
        "help": {"text": _words(check, "counterexample", "en")},
        "defaultConfiguration": {"level": LEVELS[policy.level]},
        "properties": {
            "tags": ["security", "network"],
            "severity": policy.severity,
            "security-severity": _SCORES[policy.severity],
            "strength": policy.strength,
            "clauses": [printable(citation.clause) for citation in policy.citations],
            "ja": _words(check, "title", "ja"),
        },
    }


def _words(check: str, part: str, lang: Lang) -> str:
    return sarif_text(phrase(lang, f"check.{check}.{part}"))
