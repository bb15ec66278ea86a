"""What counts as a difference of a design, and what does not."""

from dataclasses import replace
from ipaddress import ip_network

from tests.formats.topologies import MINIMAL
from zonecheck.compare import ChangeKind, designs, element_changes
from zonecheck.formats import read_topology
from zonecheck.model.filter import Filter
from zonecheck.model.link import LinkEnd
from zonecheck.model.topology import Topology

DESIGN = read_topology(MINIMAL)


def told(new: Topology) -> list[tuple[str, str]]:
    """Return what differs from the minimal design: kinds and paths."""
    both = designs(DESIGN, new)
    return [(c.kind.value, c.path) for c in element_changes(both.old, both.new)]


def with_rules(policy: Filter) -> Topology:
    """Return the design with another policy of its firewall."""
    devices = (replace(d, policy=policy) if d.id == "fw" else d for d in DESIGN.devices)
    return replace(DESIGN, devices=tuple(devices))


def policy() -> Filter:
    """Return the policy of its firewall."""
    found = DESIGN.device_by_id["fw"].policy
    assert found is not None
    return found


def test_order_notes_and_the_end_a_cable_is_written_from_do_not_count() -> None:
    """They say nothing of the network."""
    same = replace(
        DESIGN,
        hosts=tuple(replace(host, note="moved") for host in reversed(DESIGN.hosts)),
        links=tuple(replace(link, a=link.b, b=link.a) for link in DESIGN.links),
    )
    assert told(same) == []


def test_names_of_rules_and_cards_do_not_count() -> None:
    """A rule is what it says, a card what is plugged in."""
    rules = tuple(replace(rule, name=f"{rule.name} 2") for rule in policy().rules or ())
    assert told(with_rules(replace(policy(), rules=rules))) == []
    host = DESIGN.host_by_id["l-mail"]
    cards = tuple(replace(card, id="nic0") for card in host.interfaces)
    other = replace(host, id="mail", interfaces=cards)
    hosts = tuple(other if h.id == host.id else h for h in DESIGN.hosts)
    both = designs(DESIGN, replace(DESIGN, hosts=hosts))
    assert both.names["l-mail"] == "mail"
    assert both.names[str(LinkEnd("mail", host.interfaces[0].id))] == "mail/nic0"
    assert both.old.host_by_id["mail"].interfaces[0].id == "nic0"


def test_a_rule_that_changed_places_is_moved() -> None:
    """Neither added nor removed."""
    rules = policy().rules or ()
    found = told(with_rules(replace(policy(), rules=(*rules[1:], rules[0]))))
    assert [kind for kind, _ in found] == [ChangeKind.MOVED.value]


def test_a_rule_that_says_something_else_is_changed() -> None:
    """With what it says in both designs and where each is written."""
    rules = policy().rules or ()
    wider = replace(rules[0], services=())
    new = with_rules(replace(policy(), rules=(wider, *rules[1:])))
    (change,) = element_changes(DESIGN, new)
    assert (change.kind, change.element) == (ChangeKind.CHANGED, "devices.fw")
    assert change.path == f"devices.fw.rules[{rules[0].name}]"
    (field,) = change.fields
    assert (field.name, field.before, field.after) == ("services", "[tcp/25, tcp/143]", "[]")
    assert change.before == change.after == rules[0].source
    assert change.revert(new) == DESIGN


def test_what_is_no_longer_declared_is_not_what_is_declared_as_nothing() -> None:
    """Routes that nobody declares are told from no routes."""
    devices = tuple(replace(d, routes=None) if d.id == "fw" else d for d in DESIGN.devices)
    assert told(replace(DESIGN, devices=devices)) == [("changed", "devices.fw")]
    devices = tuple(replace(d, routes=()) if d.id == "fw" else d for d in DESIGN.devices)
    assert told(replace(DESIGN, devices=devices)) == [("removed", "devices.fw.routes[0.0.0.0/0]")]


def test_an_element_is_added_with_all_it_says() -> None:
    """And the same the other way round is removed."""
    segment = replace(
        DESIGN.segments[0], id="NEW", vlan=999, prefixes=(ip_network("10.99.0.0/24"),)
    )
    new = replace(DESIGN, segments=(*DESIGN.segments, segment))
    (change,) = element_changes(DESIGN, new)
    assert (change.kind, change.path, change.before) == (ChangeKind.ADDED, "segments.NEW", None)
    assert ("vlan", None, "999") in [(f.name, f.before, f.after) for f in change.fields]
    (back,) = element_changes(new, DESIGN)
    assert (back.kind, back.path, back.after) == (ChangeKind.REMOVED, "segments.NEW", None)
