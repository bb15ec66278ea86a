"""Laws of reading a design; wrong designs are in tests/errors."""

from ipaddress import IPv4Interface, ip_interface, ip_network
from pathlib import Path

import pytest

from tests.formats.reading import said_codes
from tests.formats.test_every_code import GENERIC
from tests.formats.topologies import HEAD, MINIMAL, ROOT, SEGMENT, codes, design
from zonecheck.formats import BadInput, read_topology
from zonecheck.model.address import AddressRange
from zonecheck.model.device import PortMode, SwitchPort
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import ANY_ADDRESS, Action, AddressMatch, Filter
from zonecheck.model.host import Side
from zonecheck.model.service import PortRange, Service

TCP_25 = Service(6, (PortRange(25, 25),))
ROUTER = "devices: {d: {kind: router, management: none, interfaces: {a: {segment: S, ip: 10.0.0.1}}"


def policy(folder: Path, rules: str, rest: str = "") -> Filter:
    """Return the filter of a firewall with these rules."""
    fw = (
        "devices:\n  fw:\n    kind: firewall\n    management: none\n    interfaces:\n"
        "      a: {segment: S, ip: 10.0.0.1, label: trust}\n"
        "      b: {segment: S, ip: 10.0.0.2, label: trust}\n"
    )
    item = design(folder, SEGMENT + rest + fw + rules).devices[0].policy
    assert item is not None
    return item


def test_minimal_reads_to_the_model_it_describes() -> None:
    """Each part of the smallest design arrives where the page says."""
    city = read_topology(MINIMAL)
    assert (city.name, city.profile) == ("最小の庁内ネットワーク", "soumu-alpha")
    assert [zone.id for zone in city.zones] == ["mynumber", "lgwan", "internet"]
    assert [s.zone for s in city.segments] == ["mynumber", "lgwan", "lgwan"] + ["internet"] * 3
    assert city.segment_by_id["I-SANI"].guarded
    assert city.host_by_id["l-term"].count == 20
    sanitiser = city.host_by_id["san-mail"]
    assert sanitiser.interface("outer").side is Side.OUTER
    listens = sanitiser.interface("outer").listens
    assert listens is not None
    assert (listens.services, listens.basis) == ((TCP_25,), None)
    assert sanitiser.services[0].outer == (TCP_25,)
    firewall = city.device_by_id["fw"]
    assert firewall.interface("m-term").vlan == 120
    assert firewall.interface("m-term").addresses == (
        ip_interface("10.10.20.1/24"),
        ip_interface("2001:db8:10::1/64"),
    )
    assert firewall.management == ()
    assert firewall.policy is not None
    assert firewall.policy.stateful
    assert [rule.name for rule in firewall.policy.rules or ()][1] == "メール受信"
    assert [str(leg.origin) for leg in city.channels[0].legs] == ["internet", "san-mail"]
    assert city.channels[1].legs[0].origin == EndpointRef(EndpointKind.SEGMENT, "I-TERM")
    trunk = city.device_by_id["sw"].port("1")
    assert (trunk.mode, trunk.native) == (PortMode.TRUNK, None)


def test_a_folder_stands_for_the_file_of_its_name() -> None:
    """The folder of a design and its file read to the same."""
    assert read_topology(MINIMAL.parent) == read_topology(str(MINIMAL))


@pytest.mark.parametrize("path", sorted(ROOT.glob("topologies/**/*.zones.yaml")), ids=str)
def test_every_design_in_the_repository_reads(path: Path) -> None:
    """Designs, and the mistakes written as overlays, are well-formed; parts read with theirs."""
    if "name:" in path.read_text(encoding="utf-8") or "overlay:" in path.read_text("utf-8"):
        whole = path.parent / f"{path.parent.name}.zones.yaml"
        assert read_topology(whole if whole.exists() else path).name


def test_sources_point_at_the_line_of_the_element() -> None:
    """The line of a source holds the id of the element it belongs to."""
    city = read_topology(MINIMAL)
    lines = MINIMAL.read_text(encoding="utf-8").splitlines()
    parts = [
        *((part.id, part.source) for part in city.segments),
        *((part.id, part.source) for part in city.hosts),
        *((part.id, part.source) for part in city.devices),
        *((part.id, part.source) for part in city.externals),
        *((part.id, part.source) for part in city.channels),
        *((c.id, c.source) for h in city.hosts for c in h.interfaces if c.id != "eth0"),
        *((card.id, card.source) for device in city.devices for card in device.interfaces),
    ]
    for name, source in parts:
        assert lines[source.line - 1][source.column - 1 :].startswith(name)
    assert (
        lines[city.links[0].source.line - 1][city.links[0].source.column - 1 :][:9] == "{between:"
    )


def test_sources_lead_through_includes_and_templates(tmp_path: Path) -> None:
    """An element's source is the file and line where it is written, not where it is used."""
    part = "templates: {t: {parameters: [n], hosts: {'h-${n}': {segment: S}}}}\n"
    (tmp_path / "part.yaml").write_text(part, encoding="utf-8")
    city = design(tmp_path, SEGMENT + "include: part.yaml\nuse:\n  - {template: t, with: {n: 1}}\n")
    source = city.host_by_id["h-1"].source
    assert (Path(source.file).name, source.line) == ("part.yaml", 1)


def test_renaming_everything_changes_nothing_else(tmp_path: Path) -> None:
    """No id means anything by itself."""
    text = MINIMAL.read_text(encoding="utf-8")
    new = {"san-mail": "無害化1", "L-SRV": "業務.1", "l-mail": "号-2", "mail-in": "受信"}
    for old, name in new.items():
        text = text.replace(old, name)
    path = tmp_path / "renamed.zones.yaml"
    path.write_text(text, encoding="utf-8")
    shown = repr(read_topology(MINIMAL)).replace(str(MINIMAL), "F")
    renamed = repr(read_topology(path)).replace(str(path), "F")
    for old, name in new.items():
        shown = shown.replace(old, name)
    assert strip_columns(shown) == strip_columns(renamed)


def strip_columns(text: str) -> str:
    """Return a representation without columns, which longer names move."""
    return "".join(
        part.partition(")")[1] + part.partition(")")[2] for part in text.split("column=")
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hosts: {h: {segment: S}}", "hosts: {h: {interfaces: {eth0: {segment: S}}}}"),
        ("hosts: {h: {segment: S, ip: 10.0.0.5}}", "hosts: {h: {segment: S, ip: [10.0.0.5]}}"),
        (
            "hosts: {h: {segment: S, listens: tcp/25}}",
            "hosts: {h: {segment: S, listens: {services: [tcp/25]}}}",
        ),
        (
            "hosts: {h: {segment: S, mac: 12:34:56:12:34:56}}",
            "hosts: {h: {segment: S, mac: '1234.5612.3456'}}",
        ),
        (ROUTER + "}}", ROUTER.replace("10.0.0.1", "10.0.0.1/24") + "}}"),
        (ROUTER + "}}", ROUTER.replace("management: none", "management: []") + "}}"),
        (
            ROUTER + ", routes: {to: 10.9.0.0/16, via: 10.0.0.9}}}",
            ROUTER + ", routes: [{to: 10.9.0.0/16, via: [10.0.0.9], vrf: default}]}}",
        ),
        (
            "channels: {c: {kind: necessary, from: S, to: S, service: tcp/25}}",
            "channels: {c: {kind: necessary, legs: [{from: [S], to: [S], service: [tcp/25]}]}}",
        ),
        (
            "hosts: {h: {segment: S, zones: LGWAN接続系}}",
            "hosts: {h: {segment: S, zones: [lgwan]}}",
        ),
        (
            "hosts: {h: {segment: Ｓ, zones: ＬＧＷＡＮ接続系}}",
            "hosts: {h: {segment: S, zones: [lgwan]}}",
        ),
    ],
)
def test_short_and_long_forms_are_equal(one: str, other: str, tmp_path: Path) -> None:
    """Every short form is the long form, and spellings are folded."""
    assert design(tmp_path, SEGMENT + one + "\n") == design(tmp_path, SEGMENT + other + "\n")


def test_an_unquoted_mac_is_that_mac(tmp_path: Path) -> None:
    """YAML's own reading of 12:34:56:12:34:56 is a number in base 60."""
    city = design(tmp_path, SEGMENT + "hosts: {h: {segment: S, mac: 12:34:56:12:34:56}}\n")
    assert city.hosts[0].interfaces[0].mac == "12:34:56:12:34:56"


def test_what_is_not_written_is_not_declared(tmp_path: Path) -> None:
    """Missing keys become None where the model tells undeclared from none."""
    fw = "devices: {d: {kind: firewall, interfaces: {a: {segment: S, ip: 10.0.0.1}}}}\n"
    city = design(tmp_path, SEGMENT + fw + "externals: {e: {}}\nhosts: {h: {segment: S}}\n")
    device, host = city.devices[0], city.hosts[0]
    assert (device.routes, device.management) == (None, None)
    assert device.policy == Filter("rules", None, None, stateful=True)
    assert (host.routes, host.ip_forward) == (None, None)
    assert city.externals[0].openness is None
    bare = design(tmp_path, "devices: {sw: {kind: l2-switch}}\n").devices[0]
    assert (bare.management, bare.policy) == ((), None)


def test_rules_without_default_leave_it_undeclared(tmp_path: Path) -> None:
    """A list of rules says nothing about what matches none of them."""
    item = policy(tmp_path, "    rules: [{action: permit}, {name: 二, action: deny}]\n")
    assert item.default is None
    assert [rule.name for rule in item.rules or ()] == ["1", "二"]


def test_an_undefined_filter_permits_everything(tmp_path: Path) -> None:
    """A list that a device names but does not have lets everything through."""
    text = (
        ROUTER.replace("ip: 10.0.0.1", "ip: 10.0.0.1, filter_in: x") + ", filters: {x: undefined}}}"
    )
    device = design(tmp_path, SEGMENT + text + "\n").devices[0]
    assert device.filters == (Filter("x", (), Action.PERMIT),)
    assert device.interfaces[0].filter_in == "x"


def test_labels_stand_for_their_interfaces(tmp_path: Path) -> None:
    """A rule may say the firewall's own zone name."""
    item = policy(tmp_path, "    rules: [{in: trust, out: b, action: permit}]\n")
    assert item.rules is not None
    assert item.rules[0].in_interfaces == ("a", "b")
    assert item.rules[0].out_interfaces == ("b",)


OBJECTS = """objects:
  one: [10.0.0.5, two]
  two: 10.0.0.8-10.0.0.9
  empty: []
  empty-any: {members: [], when_empty: any}
  empty-none: {members: [], when_empty: none}
  nested: [10.0.0.5, empty]
hosts: {h: {segment: S, ip: [10.0.0.7, "2001:db8::7"]}}
externals: {e: {prefix: 198.51.100.0/24, peers: {p: {ip: 203.0.113.1}}}}
"""


@pytest.mark.parametrize(
    ("term", "ranges", "negated", "uncertain"),
    [
        ("any", None, False, None),
        ("10.0.0.5", ["10.0.0.5"], False, None),
        ("S", ["10.0.0.0-10.0.0.255", "2001:db8::-2001:db8::ffff:ffff:ffff:ffff"], False, None),
        ("h", ["10.0.0.7", "2001:db8::7"], False, None),
        ("fw", ["10.0.0.1", "10.0.0.2"], False, None),
        ("e", ["198.51.100.0-198.51.100.255", "203.0.113.1"], False, None),
        ("e/p", ["203.0.113.1"], False, None),
        ("one", ["10.0.0.5", "10.0.0.8-10.0.0.9"], False, None),
        ("[h, any]", None, False, None),
        ("{not: one}", ["10.0.0.5", "10.0.0.8-10.0.0.9"], True, None),
        ("{not: any}", [], False, None),
        ("empty", None, False, "object:empty"),
        ("nested", None, False, "object:empty"),
        ("{not: empty}", None, False, "object:empty"),
        ("empty-any", None, False, None),
        ("{not: empty-any}", [], False, None),
        ("empty-none", [], False, None),
        ("{not: empty-none}", None, False, None),
    ],
)
def test_terms_resolve_to_addresses(
    term: str, ranges: list[str] | None, negated: bool, uncertain: str | None, tmp_path: Path
) -> None:
    """Everything a rule may name stands for its addresses."""
    item = policy(tmp_path, f"    rules: [{{from: {term}, action: permit}}]\n", OBJECTS)
    assert item.rules is not None
    rule = item.rules[0]
    found = None if rule.sources.ranges is None else [str(part) for part in rule.sources.ranges]
    assert found == ranges
    assert (rule.sources.negated, rule.uncertain) == (negated, uncertain)
    assert rule.destinations == ANY_ADDRESS


def test_a_match_keeps_the_words_that_were_written(tmp_path: Path) -> None:
    """Reports quote the rule as the file says it."""
    item = policy(tmp_path, "    rules: [{to: {not: [one, h]}, action: deny}]\n", OBJECTS)
    assert item.rules is not None
    assert item.rules[0].destinations.text == "not (one, h)"
    assert isinstance(item.rules[0].destinations, AddressMatch)


def test_services_resolve_by_name_and_detail(tmp_path: Path) -> None:
    """Names expand, also to other names; details narrow what they name."""
    rest = "services: {web: [tcp/80, tls], tls: tcp/443}\n"
    entry = "[web, {service: tls, source: 1024-65535, established: true}, any]"
    item = policy(tmp_path, f"    rules: [{{service: {entry}, action: permit}}]\n", rest)
    assert item.rules is not None
    assert [str(service) for service in item.rules[0].services] == [
        "tcp/80",
        "tcp/443",
        "tcp/443 from 1024-65535 established",
        "any",
    ]


def test_links_give_undeclared_ports_their_mode(tmp_path: Path) -> None:
    """One VLAN makes an access port, several or a native one a trunk."""
    text = (
        "devices: {a: {kind: l2-switch}, b: {kind: l2-switch}}\nlinks:\n"
        "  - {between: [a/1, b/Gi1/0/1], vlans: 10}\n"
        "  - {between: [a/2, b/2], vlans: 10-12}\n"
        "  - {between: [a/3, b/3], vlans: 10, native: 10, zone: lgwan}\n"
    )
    city = design(tmp_path, text)
    assert city.device_by_id["b"].port("Gi1/0/1") == SwitchPort("Gi1/0/1", PortMode.ACCESS, 10)
    ranges = (PortRange(10, 12),)
    assert city.device_by_id["a"].port("2") == SwitchPort("2", PortMode.TRUNK, allowed=ranges)
    assert city.device_by_id["a"].port("3").native == 10
    assert [link.zones for link in city.links] == [None, None, ("lgwan",)]


def test_an_interface_of_an_l3_switch_is_the_svi_of_its_segment(tmp_path: Path) -> None:
    """Unless it has a port of its own, or names another VLAN."""
    cards = "a: {segment: S}, b: {segment: S, vlan: 11}, c: {segment: S, port: Gi1}"
    text = f"devices: {{d: {{kind: l3-switch, interfaces: {{{cards}}}}}}}\n"
    device = design(tmp_path, SEGMENT + text).devices[0]
    assert [card.vlan for card in device.interfaces] == [10, 11, None]


def test_lists_of_ends_stand_for_every_pair(tmp_path: Path) -> None:
    """Channels get a leg, specific flows a flow for every pair."""
    ends = "from: [S, h], to: [e, e/p], service: tcp/25"
    text = SEGMENT + OBJECTS + f"channels: {{c: {{kind: necessary, {ends}}}}}\n"
    city = design(
        tmp_path, text + f"specific_flows: {{f: {{{ends}}}, g: {{from: S, to: e, service: any}}}}\n"
    )
    pairs = [("S", "e"), ("S", "e/p"), ("h", "e"), ("h", "e/p")]
    assert [(str(leg.origin), str(leg.destination)) for leg in city.channels[0].legs] == pairs
    assert [flow.id for flow in city.specific_flows] == ["f#1", "f#2", "f#3", "f#4", "g"]


def test_an_external_network_brings_its_zone(tmp_path: Path) -> None:
    """A segment may lie in the zone of an external network, or in one of the file's own."""
    text = "externals: {e: {}}\nzones: {dmz: {ja: 公開系}}\n"
    city = design(tmp_path, text + "segments: {S: {zone: 'ext:e'}, T: {zone: 公開系}}\n")
    assert [segment.zone for segment in city.segments] == ["ext:e", "dmz"]
    assert [zone.id for zone in city.zones][3:] == ["dmz"]


def test_prefixes_and_ranges_keep_their_types(tmp_path: Path) -> None:
    """The standard library's types come out, not text."""
    text = "hosts: {h: {segment: S, ip: 10.0.0.5-10.0.0.6, count: 2}}\n" + ROUTER
    city = design(tmp_path, SEGMENT + text + ", routes: [{to: 0.0.0.0/0, discard: true}]}}\n")
    low, high = (part.ip for part in map(IPv4Interface, ("10.0.0.5", "10.0.0.6")))
    assert city.hosts[0].interfaces[0].addresses == (AddressRange(low, high),)
    routes = city.devices[0].routes
    assert routes is not None
    assert (routes[0].prefix, routes[0].discard) == (ip_network("0.0.0.0/0"), True)


def test_shape_and_reference_errors_come_together(tmp_path: Path) -> None:
    """One reading tells everything."""
    with pytest.raises(BadInput) as caught:
        design(tmp_path, "segments: {S: {vlan: x}}\nhosts: {h: {segment: T, count: 0}}\n")
    assert codes(caught.value) == ["scalar.integer", "reference.unknown", "scalar.out-of-range"]


def test_a_missing_part_is_not_followed_by_errors_about_its_names(tmp_path: Path) -> None:
    """What an unreadable include would have declared is not called unknown."""
    with pytest.raises(BadInput) as caught:
        design(tmp_path, "include: none.yaml\nhosts: {h: {segment: T}}\n")
    assert codes(caught.value) == ["file.missing"]


def test_every_code_has_a_golden_answer() -> None:
    """No problem of a design is told in words nobody has read."""
    here = ROOT / "tests" / "errors"
    answers = "".join(path.read_text(encoding="utf-8") for path in here.rglob("*.en.txt"))
    unseen = {
        code
        for path, code, _ in said_codes()
        if path.name not in GENERIC and not code.startswith("hint.") and f"[{code}]" not in answers
    }
    assert not unseen
    assert HEAD in (here / "_base.yaml").read_text(encoding="utf-8").replace("誤りの例", "x")


@pytest.mark.parametrize(
    ("asked", "hint", "named"),
    [
        ("town", "hint.did-you-mean", "town.zones.yaml"),
        ("town.yaml", "hint.did-you-mean", "town.zones.yaml"),
        ("nai", "hint.designs-beside", "town.zones.yaml"),
    ],
)
def test_a_file_that_is_not_there_is_answered_with_those_that_are(
    asked: str, hint: str, named: str, tmp_path: Path
) -> None:
    """A path without the ending, or of another file, does not leave one to search the folder."""
    (tmp_path / "town.zones.yaml").write_text(HEAD, "utf-8")
    with pytest.raises(BadInput) as raised:
        read_topology(tmp_path / asked)
    (problem,) = raised.value.problems
    assert problem.message.code == "file.missing"
    assert problem.hint is not None
    assert problem.hint.code == hint
    (value,) = problem.hint.named.values()
    assert Path(value).name == named
