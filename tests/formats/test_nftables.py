"""What an export to nft says, and what it refuses to say; that it is true is judged in replay."""

from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest

from tests.replay.namespaces import SMALL, design
from zonecheck.formats import BadInput
from zonecheck.formats.nftables import nft_ruleset
from zonecheck.formats.nftables_ruleset import LONGEST_COMMENT, NftRuleset, remark
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, DeviceKind, PolicyRoute
from zonecheck.model.filter import AddressMatch, Filter, Rule
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology

PLACE = Source("city.zones.yaml", 7, 3)


def _firewall() -> tuple[Topology, Device]:
    topology = design(SMALL)
    return topology, topology.device_by_id["x-fw"]


def _exported(device: Device) -> NftRuleset:
    topology, _ = _firewall()
    return nft_ruleset(topology, device)


def _policy(device: Device) -> Filter:
    assert device.policy is not None
    return device.policy


def _with_rule(rule: Rule) -> Device:
    device = _firewall()[1]
    policy = _policy(device)
    return replace(device, policy=replace(policy, rules=(rule, *(policy.rules or ()))))


def _range(low: str, high: str) -> AddressRange:
    return AddressRange(IPv4Address(low), IPv4Address(high))


def _nat(**given: Any) -> NatRule:
    return replace(NatRule("n", SOURCE_NAT, source=PLACE), **given)


def _refused() -> dict[str, Device]:
    """Return a device for each way of saying what nft cannot."""
    device = _firewall()[1]
    policy = _policy(device)
    bare = replace(
        device,
        filters=(),
        interfaces=tuple(replace(f, filter_in=None, filter_out=None) for f in device.interfaces),
    )
    rule = (policy.rules or ())[0]
    far = (_range("192.0.2.1", "192.0.2.1"), _range("192.0.2.9", "192.0.2.9"))
    wide = _range("10.0.0.0", "10.0.255.255")
    static = AddressMatch((wide,))
    stateful = tuple(Filter(f"f{n}", stateful=True, source=PLACE) for n in range(16))
    faces = tuple(
        replace(device.interfaces[0], id=f"i{n}", filter_in=f"f{n}", filter_out=None)
        for n in range(16)
    )
    return {
        "nftables.undeclared-filter": replace(
            device, policy=replace(policy, rules=None, source=PLACE)
        ),
        "nftables.session-rules": replace(
            device, policy=replace(policy, session_rules=(), source=PLACE)
        ),
        "nftables.uncertain-rule": _with_rule(replace(rule, uncertain="fqdn x", source=PLACE)),
        "nftables.too-many-states": replace(device, interfaces=faces, filters=stateful),
        "nftables.state-and-nat": replace(
            device,
            interfaces=(replace(device.interfaces[0], filter_in="f0"),),
            filters=stateful,
            nat=(_nat(source_to=far[:1]),),
        ),
        "nftables.no-helper": replace(
            device, policy=replace(policy, alg=("sunrpc",), source=PLACE)
        ),
        "nftables.several-targets": replace(bare, nat=(_nat(source_to=far),)),
        "nftables.map-too-large": replace(
            bare, nat=(_nat(source_to=(wide,), sources=static, one_to_one=True),)
        ),
        "nftables.mapped-port": replace(
            bare,
            nat=(
                _nat(
                    kind=DESTINATION_NAT,
                    destinations=AddressMatch((_range("10.0.0.1", "10.0.0.2"),)),
                    destination_to=_range("10.9.0.1", "10.9.0.2"),
                    one_to_one=True,
                    port_to=80,
                ),
            ),
        ),
        "nftables.undeclared-management": replace(device, management=None, source=PLACE),
        "nftables.transparent": replace(device, kind=DeviceKind.TRANSPARENT_FIREWALL, source=PLACE),
        "nftables.several-vrfs": replace(
            device,
            interfaces=(replace(device.interfaces[0], vrf="v"), *device.interfaces[1:]),
            source=PLACE,
        ),
        "nftables.too-many-interfaces": replace(
            device,
            interfaces=tuple(
                replace(device.interfaces[0], id=f"i{n}", filter_in=None) for n in range(97)
            ),
            source=PLACE,
        ),
        "nftables.sees-original": replace(
            bare,
            policy_sees_original=True,
            nat=(_nat(kind=DESTINATION_NAT, destination_to=_range("10.9.0.1", "10.9.0.1")),),
        ),
        "nftables.interface-name": replace(
            device,
            interfaces=(replace(device.interfaces[0], id="a-name-that-is-too-long", source=PLACE),),
            policy=None,
        ),
    }


@pytest.mark.parametrize("code", sorted(_refused()))
def test_what_nft_cannot_say_is_an_error_at_its_line(code: str) -> None:
    """Nothing is dropped silently: each refusal names its place."""
    with pytest.raises(BadInput) as caught:
        _exported(_refused()[code])
    found = {problem.code: problem.source for problem in caught.value.problems}
    assert found == {code: PLACE}


@pytest.mark.parametrize("name", ["", ".", "a b", "e*", "eth0:1", 'x"y', "インターフェイス", "a/b"])
def test_no_name_is_written_that_the_kernel_or_nft_takes_for_another(name: str) -> None:
    """A name with a star would match many interfaces, one with a quote end the text."""
    topology, device = _firewall()
    with pytest.raises(BadInput):
        nft_ruleset(topology, device, names={device.interfaces[0].id: name})


@pytest.mark.parametrize(("gateway", "said"), [("ftp", True), ("sip", True), ("h323", False)])
def test_only_gateways_that_keep_to_two_ends_are_written(gateway: str, *, said: bool) -> None:
    """The helper of H.323 lets third parties in, which no proof covers."""
    device = _firewall()[1]
    asking = replace(device, policy=replace(_policy(device), alg=(gateway,)))
    if said:
        assert f'type "{gateway}" protocol' in _exported(asking).text
    else:
        with pytest.raises(BadInput):
            _exported(asking)


def test_two_interfaces_do_not_get_one_name() -> None:
    """Rules of one would be rules of the other."""
    topology, device = _firewall()
    with pytest.raises(BadInput):
        nft_ruleset(topology, device, names={face.id: "eth0" for face in device.interfaces})


def test_every_rule_is_in_the_ruleset_with_its_place() -> None:
    """Rules, translations and what drops can be traced back to the file."""
    topology = design(SMALL)
    for device in topology.devices:
        if len({face.vrf for face in device.interfaces}) > 1:
            continue
        text = nft_ruleset(topology, device).text
        lists = [*device.filters, *([device.policy] if device.policy else [])]
        named = [(r.name, r.source) for item in lists for r in item.rules or ()]
        named += [(r.name, r.source) for r in device.nat]
        for name, source in named:
            assert f"{name} {source.short}"[-60:] in text


def test_a_drop_is_logged_under_the_label_of_its_denial() -> None:
    """Without a group nothing is logged; with one everything that drops is."""
    topology, device = _firewall()
    quiet, loud = nft_ruleset(topology, device), nft_ruleset(topology, device, log_group=3)
    assert " log " not in quiet.text
    labels = [denial.label for denial in loud.denials]
    drops = loud.text.count(" drop") - loud.text.count("policy drop")
    assert len(labels) == len(set(labels)) == drops
    assert all(f'log prefix "{label}" group 3' in loud.text for label in labels)


def test_stricter_ways_are_listed_in_the_ruleset_itself() -> None:
    """Who reads only the file sees them as well."""
    ruleset = _exported(_firewall()[1])
    assert ruleset.differences
    for difference in ruleset.differences:
        assert f"# differs: {difference.code}" in ruleset.text


def test_each_difference_is_told_where_it_matters_and_nowhere_else() -> None:
    """What every ruleset has, and what comes with sessions, translations, gateways and routes."""
    topology = design(SMALL)
    always = {"nftables.neighbours", "nftables.fragments"}
    x_fw, i_fw = topology.device_by_id["x-fw"], topology.device_by_id["i-fw"]
    helped = replace(x_fw, policy=replace(_policy(x_fw), alg=("ftp",)))
    routed = replace(x_fw, policy_routes=(PolicyRoute("p"),))
    stateful = always | {"nftables.conntrack"}
    expected = [
        (topology.device_by_id["l-rt"], always),
        (x_fw, stateful),
        (i_fw, stateful | {"nftables.nat-tracked"}),
        (helped, stateful | {"nftables.helpers"}),
        (routed, stateful | {"nftables.policy-routes"}),
    ]
    for device, codes in expected:
        assert {each.code for each in nft_ruleset(topology, device).differences} == codes


def test_a_match_on_mac_addresses_is_written_and_listed() -> None:
    """The model gives nothing on it; the installed rule asks for it all the same."""
    topology = design(SMALL)
    ruleset = nft_ruleset(topology, topology.device_by_id["m-fw"])
    assert "ether saddr { 00:00:5e:00:53:10 }" in ruleset.text
    assert "nftables.mac" in {difference.code for difference in ruleset.differences}


@pytest.mark.parametrize("text", ['a"b\\c', "改行\nあり", "長" * 300])
def test_comments_never_leave_their_quotes_or_grow_too_long(text: str) -> None:
    """Names are people's words and may hold anything."""
    found = remark(text, PLACE)
    inner = found.removeprefix(' comment "').removesuffix('"')
    assert len(inner.encode()) <= LONGEST_COMMENT
    assert not set(inner) & set('"\\\n')
    assert inner.endswith(PLACE.short)


def test_a_service_of_the_other_ip_version_is_no_rule_there() -> None:
    """ICMP types are said for the version that has them."""
    topology = design(SMALL)
    text = nft_ruleset(topology, topology.device_by_id["i-fw"]).text
    pings = [line for line in text.splitlines() if "到達確認" in line]
    assert any("icmp type 8" in line for line in pings)
    assert any("icmpv6 type 128" in line for line in pings)
    assert not any("ip6 saddr" in line and "icmp type" in line for line in pings)
