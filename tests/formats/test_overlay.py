"""Overlays change a design and nothing else."""

from pathlib import Path

import pytest

from tests.formats.topologies import HEAD, MINIMAL, SEGMENT, codes, overlaid
from zonecheck.formats import BadInput, read_topology

TEMPLATE = (
    SEGMENT + "templates: {t: {parameters: [n], hosts: {'h-${n}': {segment: S, role: terminal}}}}\n"
    "use:\n  - {template: t, with: {n: 1}}\n"
)


def test_no_changes_are_no_changes(tmp_path: Path) -> None:
    """An overlay without changes is its base."""
    assert overlaid(tmp_path, MINIMAL, "  []\n") == read_topology(MINIMAL)


@pytest.mark.parametrize(
    "changes",
    [
        "  - {add: hosts.x, value: {segment: L-SRV}}\n  - {remove: hosts.x}\n",
        "  - {set: segments.L-SRV.vlan, value: 999}\n  - {set: segments.L-SRV.vlan, value: 210}\n",
        (
            "  - {insert: devices.fw.rules, at: 1, value: {action: deny}}\n"
            "  - {remove: devices.fw.rules.1}\n"
        ),
        (
            "  - {insert: links, at: end, value: {between: [sw/2, sw/3], vlans: 1}}\n"
            "  - {remove: links.1}\n"
        ),
    ],
)
def test_a_change_and_its_inverse_cancel(changes: str, tmp_path: Path) -> None:
    """What is undone leaves no trace."""
    assert overlaid(tmp_path, MINIMAL, changes) == read_topology(MINIMAL)


def test_set_changes_one_value(tmp_path: Path) -> None:
    """The rest stays as it was, down to the sources."""
    city = overlaid(tmp_path, MINIMAL, "  - {set: hosts.l-term.count, value: 21}\n")
    base = read_topology(tmp_path / MINIMAL.name)
    assert city.host_by_id["l-term"].count == 21
    others = [host for host in city.hosts if host.id != "l-term"]
    assert others == [host for host in base.hosts if host.id != "l-term"]
    assert city.host_by_id["l-term"].source == base.host_by_id["l-term"].source


def test_changed_elements_point_at_the_overlay(tmp_path: Path) -> None:
    """A finding about a change leads to the line that made it."""
    added = "  - {add: hosts.x, value: {segment: L-SRV}}\n"
    changes = added + "  - {set: hosts.l-mail, value: {segment: L-SRV, ip: 10.20.10.26}}\n"
    city = overlaid(tmp_path, MINIMAL, changes)
    for name, line in (("x", 4), ("l-mail", 5)):
        source = city.host_by_id[name].source
        assert (Path(source.file).name, source.line) == ("overlay.yaml", line)
    assert Path(city.host_by_id["l-term"].source.file).name == MINIMAL.name


def test_rules_are_inserted_where_it_says(tmp_path: Path) -> None:
    """Positions count from 0; `end`, and no position, is behind the last."""
    changes = (
        "  - {insert: devices.fw.rules, at: 0, value: {name: first, action: deny}}\n"
        "  - {insert: devices.fw.rules, at: end, value: {name: last, action: deny}}\n"
        "  - {insert: devices.fw.rules, value: {name: behind, action: deny}}\n"
    )
    found = overlaid(tmp_path, MINIMAL, changes).device_by_id["fw"].policy
    assert found is not None
    names = [rule.name for rule in found.rules or ()]
    assert names == ["first", "l-mail 利用", "メール受信", "ウェブ閲覧", "last", "behind"]


def test_keys_with_dots_and_slashes_stand_in_brackets(tmp_path: Path) -> None:
    """A port name is one key of the path."""
    base = "devices: {sw.1: {kind: l2-switch, ports: {Te1/1/1: {mode: trunk, allowed: 1-9}}}}\n"
    change = "  - {set: 'devices[sw.1].ports[Te1/1/1].native', value: 9}\n"
    assert overlaid(tmp_path, base, change).devices[0].port("Te1/1/1").native == 9


def test_what_templates_make_can_be_changed_and_so_can_their_use(tmp_path: Path) -> None:
    """Changes to templates come before, all others after they are used."""
    changes = (
        "  - {set: hosts.h-2.role, value: server}\n"
        "  - {insert: use, value: {template: t, with: {n: 2}}}\n"
    )
    city = overlaid(tmp_path, TEMPLATE, changes)
    assert [(host.id, host.role) for host in city.hosts] == [("h-1", "terminal"), ("h-2", "server")]


def test_a_section_that_is_not_there_can_be_added_to(tmp_path: Path) -> None:
    """A base without hosts takes its first host."""
    city = overlaid(tmp_path, SEGMENT, "  - {add: hosts.x, value: {segment: S}}\n")
    assert [host.id for host in city.hosts] == ["x"]


def test_overlays_of_overlays_apply_from_the_base_up(tmp_path: Path) -> None:
    """The last word is that of the file that was named."""
    overlaid(tmp_path, MINIMAL, "  - {set: hosts.l-term.count, value: 2}\n")
    top = tmp_path / "top.yaml"
    text = "zonecheck: 1\noverlay: overlay.yaml\nchanges: [{set: hosts.l-term.role, value: x}]\n"
    top.write_text(text, encoding="utf-8")
    host = read_topology(top).host_by_id["l-term"]
    assert (host.count, host.role) == (2, "x")


def test_paths_lead_into_included_files(tmp_path: Path) -> None:
    """A design in several files is changed as if it were one."""
    (tmp_path / "part.yaml").write_text(SEGMENT, encoding="utf-8")
    base = "include: part.yaml\nhosts: {h: {segment: S}}\n"
    city = overlaid(tmp_path, base, "  - {set: segments.S.vlan, value: 11}\n")
    assert city.segments[0].vlan == 11


def test_an_overlay_has_nothing_else(tmp_path: Path) -> None:
    """Sections beside the changes would be silently lost, so they are errors."""
    (tmp_path / "base.yaml").write_text(HEAD + SEGMENT, encoding="utf-8")
    path = tmp_path / "o.yaml"
    text = "zonecheck: 1\noverlay: base.yaml\nchanges: []\nhosts: {h: {segment: S}}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_topology(path)
    assert codes(caught.value) == ["shape.unknown-key"]
