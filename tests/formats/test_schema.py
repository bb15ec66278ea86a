"""The JSON Schema and the page say what the reader reads."""

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from tests.formats.topologies import ROOT
from zonecheck.formats.json_schema import JsonSchema
from zonecheck.formats.write_schema import schema_text

STORED = ROOT / "schemas" / "zonecheck.schema.json"
PAGE = (ROOT / "docs" / "topology-file.md").read_text(encoding="utf-8")
DESIGNS = sorted(ROOT.glob("topologies/**/*.zones.yaml"))
TABLES = {
    "segments": ["segment"],
    "ssids": ["ssid"],
    "hosts": ["host", "host-interface"],
    "devices": ["device"],
    "nat": ["nat"],
}
NOT_KEYS = {"none", "eth0"}


def schema() -> JsonSchema:
    """Return the schema as the declarations make it now."""
    result: JsonSchema = json.loads(schema_text())
    return result


def keys(name: str) -> set[str]:
    """Return the keys of a record."""
    return set(schema()["definitions"][name]["properties"])


def test_the_stored_schema_is_the_generated_one() -> None:
    """`make schema` was run after the declarations changed."""
    assert STORED.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    """Draft-07 accepts it."""
    jsonschema.Draft7Validator.check_schema(schema())


def text_keys(value: Any) -> Any:
    """Return a document with the keys JSON would have."""
    if isinstance(value, dict):
        return {str(key): text_keys(item) for key, item in value.items()}
    return [text_keys(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.name)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader])
def test_every_design_in_the_repository_fits_the_schema(path: Any, loader: Any) -> None:
    """As texts, and as an editor that types scalars sees them."""
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    jsonschema.Draft7Validator(schema()).validate(text_keys(document))


def test_a_misspelt_key_does_not_fit_the_schema() -> None:
    """The schema is not vacuous."""
    document = {"zonecheck": 1, "segments": {"S": {"vlna": 1}}}
    assert not jsonschema.Draft7Validator(schema()).is_valid(document)


@pytest.mark.parametrize("section", TABLES)
def test_every_key_of_the_tables_is_in_the_schema(section: str) -> None:
    """What the page's tables promise can be written."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    documented = {word for cell in cells for word in re.findall(r"`([a-z_]+)[`:]", cell)}
    assert len(documented) > 4
    known = set().union(*(keys(name) for name in TABLES[section]))
    assert documented - NOT_KEYS - {"interface"} <= known


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("topology", "zonecheck name profile include templates use overlay changes objects"),
        (
            "device-interface",
            "segment ip vrrp vrf label sources reverse_path filter_in filter_out",
        ),
        ("device-interface", "vlan port tag"),
        ("route", "to via interface discard vrf distance"),
        ("policy-route", "name in from to service via interface"),
        ("rule", "name action from to service in out note"),
        ("rule", "mac fqdn application user schedule geo url unclear"),
        ("filter", "rules default stateful loose alg session_rules"),
        ("config", "format file interfaces"),
        ("vrrp", "group ip"),
        ("dot1x", "assigned guest_vlan critical_vlan"),
        ("span", "from vlan to"),
        ("standby", "member rules default stateful loose alg session_rules"),
        ("standby", "filters routes nat"),
        ("nat", "name in out from to service"),
        ("static-nat", "inside outside"),
        ("management", "from service interface"),
        ("opening", "to service"),
        ("relay-service", "method data_from outer inner mail_mode file_mode unsanitisable"),
        ("relay-service", "redirection reverse_blocked"),
        ("redirection", "clipboard drive printer usb"),
        ("port", "mode allowed native vlan shutdown"),
        ("link", "between vlans native zone"),
        ("external", "openness basis zone prefix edges peers role gateways scope"),
        ("edge", "segment ip purpose line owner"),
        ("peer", "ip internet_connected basis public_body operator legal_basis"),
        ("channel", "kind data initiator clause basis legs from to service"),
        ("leg", "from to service addressed_as"),
        ("specific-flow", "from to service bind clause addressed_as"),
        ("maintenance", "legs authentication encryption window clause"),
        ("tunnel", "kind carries ends"),
        ("hypervisor", "guests management isolation"),
        ("datastore", "used_by isolation"),
        ("out-of-band", "medium joins enabled purpose line owner"),
        ("state", "active floating down"),
        ("waiver", "check finding clause approver reason expires emergency reported"),
        ("object", "members when_empty"),
        ("service", "service source established"),
        ("change", "set add insert remove at value"),
    ],
)
def test_every_key_of_the_text_is_in_the_schema_and_on_the_page(record: str, words: str) -> None:
    """Inline forms of the page, and nothing the page does not mention."""
    for word in words.split():
        assert word in keys(record)
        assert re.search(rf"\b{word}\b", PAGE), word


def test_every_key_of_the_schema_is_on_the_page() -> None:
    """Nothing can be written that the page does not tell."""
    for name, definition in schema()["definitions"].items():
        for word in definition["properties"]:
            assert re.search(rf"\b{word}\b", PAGE), (name, word)
