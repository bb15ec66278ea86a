"""A design that says everything: every word is read, wherever it is written."""

from pathlib import Path

import pytest
import yaml

from tests.formats.topologies import HEAD, codes, design, overlaid
from zonecheck.formats import BadInput, read_topology
from zonecheck.formats.shape import MapOf
from zonecheck.formats.topology_schema import SECTIONS
from zonecheck.formats.write_schema import schema_text

EVERY_WORD = Path(__file__).parent / "every_word.zones.yaml"
# Words of how a design is put together or where else it is read, not of what it says.
ELSEWHERE = {"include", "templates", "use", "overlay", "changes", "config"}
ASSEMBLING = {"overlay", "change", "use", "config"}


def text() -> str:
    """Return the design as it is written."""
    return EVERY_WORD.read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Return the text of each section, its key included."""
    found: dict[str, str] = {}
    for line in text().splitlines(keepends=True):
        if not line.startswith((" ", "\n")):
            name = line.partition(":")[0]
        found[name] = found.get(name, "") + line
    return {name: part for name, part in found.items() if name in SECTIONS}


def words(value: object) -> set[str]:
    """Return every key in a document."""
    if isinstance(value, dict):
        return {str(key) for key in value} | {w for item in value.values() for w in words(item)}
    if isinstance(value, list):
        return {word for item in value for word in words(item)}
    return set()


def test_every_key_of_the_schema_is_in_the_design() -> None:
    """The laws below speak about the whole format."""
    written = words(yaml.load(text(), yaml.BaseLoader))
    for name, definition in yaml.safe_load(schema_text())["definitions"].items():
        if name not in ASSEMBLING:
            assert set(definition["properties"]) - ELSEWHERE <= written, name


def test_every_part_of_the_topology_is_filled() -> None:
    """Each section arrives in the model, and none is dropped on the way."""
    city = read_topology(EVERY_WORD)
    for name in SECTIONS.keys() - {"objects", "services", "ssids"}:
        assert getattr(city, name), name
    assert [s.id for s in city.segments if s.laid_on is not None] == ["staff", "lobby"]


def test_sections_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    """A design means the same in one file and in one for each section."""
    for name, part in sections().items():
        (tmp_path / f"{name}.yaml").write_text(part, encoding="utf-8")
    files = ", ".join(f"{name}.yaml" for name in sections())
    parts = design(tmp_path, f"profile: fuefuki-10\ninclude: [{files}]\n").__dict__
    whole = read_topology(EVERY_WORD)
    assert {name: parts[name] for name in SECTIONS if name in parts} == {
        name: getattr(whole, name) for name in SECTIONS if name in parts
    }


def test_sections_may_come_from_a_template(tmp_path: Path) -> None:
    """What a template writes means what it means outside."""
    body = "".join(sections().values()).replace("m-pc", '"${name}"')
    indented = "".join(f"    {line}" for line in body.splitlines(keepends=True))
    template = f"templates:\n  t:\n    parameters: [name]\n{indented}"
    made = design(tmp_path, template + "use:\n  - {template: t, with: {name: m-pc}}\n")
    whole = read_topology(EVERY_WORD)
    assert (made.segments, made.hosts, made.devices) == (whole.segments, whole.hosts, whole.devices)
    assert (made.links, made.states, made.maintenance) == (
        whole.links,
        whole.states,
        whole.maintenance,
    )
    assert (made.hypervisors, made.tunnels) == (whole.hypervisors, whole.tunnels)


@pytest.mark.parametrize("section", [n for n, f in SECTIONS.items() if isinstance(f.shape, MapOf)])
def test_an_overlay_may_begin_a_section(section: str, tmp_path: Path) -> None:
    """A section that is not there is as good as an empty one."""
    with pytest.raises(BadInput) as caught:
        overlaid(tmp_path, "hosts: {}\n", f"  - {{add: {section}.x, value: {{no-key: 1}}}}\n")
    assert "overlay.missing-key" not in codes(caught.value)
    assert "shape.unknown-key" in codes(caught.value) or section in ("objects", "services")


def test_an_overlay_changes_every_word(tmp_path: Path) -> None:
    """Paths lead into the new parts of a design as into the old ones."""
    changes = (
        "  - {set: devices.fw.nat.1.port, value: 9443}\n"
        "  - {set: devices.fw.ha.0.default, value: permit}\n"
        "  - {set: devices.sw.ports.p1.dot1x.guest_vlan, value: 20}\n"
        "  - {set: ssids.lobby.auth, value: wep}\n"
        "  - {insert: states.line-down.down, value: lgwan}\n"
        "  - {remove: hypervisors.hv.isolation}\n"
    )
    changed = overlaid(tmp_path, text().removeprefix(HEAD.replace("x\n", "every word\n")), changes)
    fw = changed.device_by_id["fw"]
    assert [rule.port_to for rule in fw.nat].count(9443) == 1
    policy = fw.standby[0].policy
    assert policy is not None
    assert policy.default is not None
    assert policy.default.value == "permit"
    assert changed.device_by_id["sw"].port("p1").other_vlans == (11, 12, 20)
    wireless = changed.segment_by_id["lobby"].wireless
    assert wireless is not None
    assert wireless.auth == "wep"
    assert changed.states[0].down[-1] == "lgwan"
    assert changed.hypervisors[0].isolation is None
