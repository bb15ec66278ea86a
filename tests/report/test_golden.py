"""Reports on hand-made verifications, kept as files.

`ZONECHECK_WRITE_GOLDEN=1 pytest tests/report` writes them anew; read the difference.
"""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.report import samples
from zonecheck.policy.verdict import Verification
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.machine.json_report import render_json
from zonecheck.report.text.catalogue import profile_text
from zonecheck.report.text.verification import render_text

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = Path(__file__).parents[2] / "schemas" / "report.schema.json"
VERIFICATIONS = {
    "everything": samples.verification,
    "holding": samples.holding,
    "empty": samples.empty,
    "waived": samples.waived,
}


def same_as_golden(name: str, text: str) -> None:
    """Compare a text with its file, or write the file when asked to."""
    path = GOLDEN / name
    if os.environ.get("ZONECHECK_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _text(verification: Verification, lang: Lang, *, verbose: bool = False) -> str:
    return render_text(verification, samples.topology(), samples.profile(), lang, verbose=verbose)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(VERIFICATIONS))
def test_text_report(name: str, lang: Lang) -> None:
    """The text report is as reviewed."""
    same_as_golden(f"{name}.{lang}.txt", _text(VERIFICATIONS[name](), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_verbose_text_report(lang: Lang) -> None:
    """The verbose report is as reviewed."""
    same_as_golden(f"verbose.{lang}.txt", _text(samples.verification(), lang, verbose=True))


@pytest.mark.parametrize("name", sorted(VERIFICATIONS))
def test_json_report(name: str) -> None:
    """The JSON report is as reviewed, and valid under the published schema."""
    text = render_json(VERIFICATIONS[name](), samples.topology(), samples.profile())
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(json.loads(text), schema)
    same_as_golden(f"{name}.json", text)


@pytest.mark.parametrize("lang", LANGS)
def test_profile(lang: Lang) -> None:
    """A profile in full is as reviewed."""
    same_as_golden(f"profile.{lang}.txt", profile_text(samples.profile(), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_lines_end_where_their_text_ends(lang: Lang) -> None:
    """No line of a report ends in a space, and the report ends in one newline."""
    text = _text(samples.verification(), lang, verbose=True)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_painted_text_is_the_same_text() -> None:
    """Colour adds marks around words and changes nothing else."""

    def marks(text: str, role: str) -> str:
        return f"<{role}>{text}</>"

    painted = render_text(
        samples.verification(), samples.topology(), samples.profile(), "ja", paint=marks
    )
    for role in ("holds", "violated", "unknown", "not-in-profile"):
        assert f"<{role}>" in painted
        painted = painted.replace(f"<{role}>", "")
    assert painted.replace("</>", "") == _text(samples.verification(), "ja")
