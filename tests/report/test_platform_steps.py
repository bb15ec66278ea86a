"""Steps below the network are shown with what they go by, to people and to machines."""

import json
from pathlib import Path

import jsonschema
import pytest

from zonecheck.model.source import Source
from zonecheck.policy.verdict import ChainStep, PlatformStep, RelayChain
from zonecheck.prove.evidence import ADMISSION, DATASTORE, HYPERVISOR, OUT_OF_BAND, SPAN
from zonecheck.report.lang import LANGS
from zonecheck.report.machine.counterexample_json import counterexample_json
from zonecheck.report.text.counterexample import chain_lines

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
KINDS = (ADMISSION, DATASTORE, HYPERVISOR, OUT_OF_BAND, SPAN)


def chain(kind: str) -> RelayChain:
    """Return a chain of one step."""
    step = PlatformStep(kind, "the-one", Source("city.zones.yaml", 12, 3))
    return RelayChain(("a", "b"), (ChainStep("a", "b", step),))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_step_names_its_platform_and_where_it_is_written(kind: str, lang: str) -> None:
    """Both languages say what hands the payload on, and the line to change."""
    text = "\n".join(chain_lines(chain(kind), "ja" if lang == "ja" else "en"))
    assert "the-one" in text
    assert "city.zones.yaml:12" in text
    assert "report.platform" not in text


def test_the_schema_has_every_kind_and_no_other() -> None:
    """What the proof names is what machines are told to expect."""
    kinds = SCHEMA["definitions"]["platform"]["properties"]["platform"]["enum"]
    assert sorted(kinds) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_of_the_schema(kind: str) -> None:
    """Machines get the kind and the subject apart."""
    found = counterexample_json(chain(kind))
    schema = {"definitions": SCHEMA["definitions"], "$ref": "#/definitions/relay-chain"}
    jsonschema.validate(found, schema)
    assert '"subject": "the-one"' in json.dumps(found)
