"""`zonecheck dataplane`: the form and its hash, on stdout and in files."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from zonecheck.cli import main
from zonecheck.dataplane import canonical_scope
from zonecheck.model.segment import Segment
from zonecheck.report.lang import LANGS
from zonecheck.report.words import phrase

ROOT = Path(__file__).parents[2]
MINIMAL = str(ROOT / "topologies" / "minimal")
JAPANESE = """
zonecheck: 1
name: x
segments: {窓口: {zone: lgwan, prefix: 10.0.0.0/24}}
"""


def _printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["dataplane", *arguments])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize("design", ["minimal", "mihon-city"])
@pytest.mark.parametrize("closure", ["upper", "lower"])
def test_the_form_of_a_real_design_fits_the_schema(design: str, closure: str) -> None:
    """The schema is that of real designs, and the form says its closure."""
    schema = json.loads((ROOT / "schemas" / "dataplane.schema.json").read_text(encoding="utf-8"))
    form = json.loads(_printed(str(ROOT / "topologies" / design), "--closure", closure))
    jsonschema.Draft202012Validator(schema).validate(form)
    assert form["closure"] == closure


@pytest.mark.parametrize("closure", ["upper", "lower"])
def test_the_hash_is_that_of_the_file(closure: str, tmp_path: Path) -> None:
    """Anyone can check the hash with a tool of their own."""
    path = tmp_path / "plane.json"
    assert _printed(MINIMAL, "--closure", closure, "--output", str(path)) == ""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert _printed(MINIMAL, "--closure", closure, "--hash") == digest + "\n"
    assert _printed(MINIMAL, "--closure", closure).encode() == path.read_bytes()


def test_without_a_closure_it_is_the_upper_one() -> None:
    """What is proved to hold is proved of the upper closure."""
    assert _printed(MINIMAL) == _printed(MINIMAL, "--closure", "upper")
    assert _printed(MINIMAL, "--hash") != _printed(MINIMAL, "--closure", "lower", "--hash")


def test_no_locale_changes_a_byte(tmp_path: Path) -> None:
    """Names are written in UTF-8 even where stdout cannot show them."""
    path = tmp_path / "x.zones.yaml"
    path.write_text(JAPANESE, encoding="utf-8")
    command = [sys.executable, "-m", "zonecheck", "dataplane", str(path)]
    printed = [
        subprocess.run(command, env={**os.environ, **more}, capture_output=True, check=True).stdout
        for more in ({"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-8"})
    ]
    assert printed[0] == printed[1]
    assert "窓口/*" in json.loads(printed[0])["points"]


STATES = """
zonecheck: 1
name: x
segments: {a: {zone: lgwan, prefix: 10.0.0.0/24}, b: {zone: lgwan, prefix: 10.0.1.0/24}}
devices:
  rt:
    kind: router
    interfaces: {a: {segment: a, ip: 10.0.0.1}, b: {segment: b, ip: 10.0.1.1}}
    routes:
      - {to: 0.0.0.0/0, via: 10.0.0.2}
      - {to: 0.0.0.0/0, via: 10.0.1.2, distance: 10}
    management: none
states: {cut: {floating: rt}}
"""


def test_the_form_is_that_of_the_state_asked_for(tmp_path: Path) -> None:
    """The normal one unless another is named; each says its name."""
    path = tmp_path / "x.zones.yaml"
    path.write_text(STATES, encoding="utf-8")
    for options, state, interface in (([], "", "a"), (["--state", "cut"], "cut", "b")):
        form = json.loads(_printed(str(path), *options))
        assert form["state"] == state
        (way,) = form["nodes"]["rt"]["tables"]["default"]["0.0.0.0/0"]
        assert way["interface"] == interface


def test_what_the_form_has_no_words_for_is_a_plain_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not an internal error: it names the element and the field."""
    known = {**canonical_scope._LOWERED, Segment: "id zone vlan switches"}
    monkeypatch.setattr(canonical_scope, "_LOWERED", known)
    path = tmp_path / "x.zones.yaml"
    path.write_text(STATES, encoding="utf-8")
    for lang in LANGS:
        result = CliRunner().invoke(main, ["dataplane", str(path), "--lang", lang])
        reason = phrase(
            lang, "error.no-canonical-words", field="prefixes", kind="Segment", element="a"
        )
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"zonecheck: {reason}\n"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        [str(ROOT / "topologies" / "nowhere")],
        [MINIMAL, "--closure", "middle"],
        [MINIMAL, "--state", "nowhere"],
        [MINIMAL, "--output", str(ROOT / "nowhere" / "plane.json")],
        [],
    ],
)
def test_refusals(arguments: list[str], lang: str) -> None:
    """What cannot be done ends in 2 with a reason on stderr, and nothing on stdout."""
    result = CliRunner().invoke(main, ["dataplane", *arguments, "--lang", lang])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_a_design_is_never_replaced_by_its_form(tmp_path: Path) -> None:
    """A file name that marks a design is refused."""
    path = tmp_path / "x.zones.yaml"
    path.write_text(JAPANESE, encoding="utf-8")
    result = CliRunner().invoke(main, ["dataplane", str(path), "--output", str(path)])
    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == JAPANESE


@pytest.mark.parametrize(("locale", "word"), [("ja_JP.UTF-8", "正準形"), ("en_GB.UTF-8", "design")])
def test_help_speaks_both_languages(locale: str, word: str) -> None:
    """The help is in the language of the environment."""
    command = [sys.executable, "-m", "zonecheck", "dataplane", "--help"]
    env = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
    env.pop("ZONECHECK_LANG", None)
    run = subprocess.run(command, env=env, capture_output=True, check=True)
    assert word in run.stdout.decode("utf-8")
