"""Every way of being wrong is found, and its smallest mend is believed.

Each `<case>.zones.yaml` here is a tiny network that leaks; its header names the verdicts it must
get, and every check of separation and sanitising that it does not name must hold. Checks of what
tiny networks do not declare (NAC, registers, fax lines) are judged only where a header names
them. `<case>.mended.zones.yaml` differs by the smallest honest mend, and there every check must
hold. A file whose header says `not-modelled` waits, as a strict xfail, for the reader to learn
that one element.
"""

from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest

from tests.leaks.case_file import FILES, LEAKS, MODELLED, TWINS, CaseFile, Expectation
from tests.shown import packet_paths
from zonecheck.formats import BadInput, Problem, read_topology
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.closure import Closure
from zonecheck.model.host import Host
from zonecheck.model.states import states
from zonecheck.model.topology import Topology
from zonecheck.policy import (
    CHECKS,
    CheckResult,
    Finding,
    Status,
    Verification,
    load_profile,
    verify,
)
from zonecheck.policy.verdict import OpeningPacket, PacketPath
from zonecheck.simulate import Sessions, Simulator

PROFILE = load_profile("fuefuki-10")
MOST_LINES_OF_A_MEND = 8
ALWAYS_JUDGED = (
    "zone-assignment",
    "multi-zone-host",
    "shared-l2-domain",
    "mynumber-isolation",
    "lgwan-internet-separation",
    "unfiltered-zone-crossing",
    "undeclared-permit",
    "sanitised-channel-only",
    "sanitise-mail-text",
    "sanitise-screen-transfer",
    "sanitise-file",
)

# The list every release of the suite must cover: what is wrong, and the case that is wrong so.
REQUIRED = {
    "forged source into a specific flow": "forged-source-into-specific-flow",
    "source NAT onto a bound address": "source-nat-onto-bound-address",
    "stateless return rule": "stateless-return-rule",
    "permit with source port 80": "permit-source-port-80",
    "ACK-only packet past `established`": "ack-past-established",
    "side share on a sanitiser": "sanitiser-side-share",
    "SSH on its inner address from the outer side": "sanitiser-ssh-on-inner-address",
    "sanitiser with ip_forward undeclared": "sanitiser-ip-forward-undeclared",
    "clipboard on in screen transfer": "screen-transfer-clipboard-on",
    "wrong data direction": "wrong-data-direction",
    "DNS resolver serving two zones": "dns-in-two-zones",
    "NAS with sessions into two zones": "nas-in-two-zones",
    "backup with sessions into two zones": "backup-in-two-zones",
    "log with sessions into two zones": "log-in-two-zones",
    "update server with sessions into two zones": "update-server-in-two-zones",
    "management PC with sessions into two zones": "management-pc-in-two-zones",
    "firewall's own SSH": "firewall-own-ssh",
    "hypervisor management shared": "hypervisor-management-shared",
    "shared datastore": "shared-datastore",
    "SPAN into another zone": "span-into-another-zone",
    "backup firewall member with an older rule set": "backup-firewall-older-rules",
    "VRRP backup on the wrong VLAN": "vrrp-backup-on-wrong-vlan",
    "floating static around the firewall": "floating-static-around-firewall",
    "no declared routes and a shortcut link": "no-routes-and-shortcut",
    "next hop chosen by the sender": "next-hop-chosen-by-sender",
    "ECMP with one unfiltered branch": "ecmp-unfiltered-branch",
    "NAT hairpin": "nat-hairpin",
    "undeclared IPsec through a permit": "undeclared-ipsec",
    "6in4": "undeclared-6in4",
    "IPv6 RA on two VLANs of one switch": "ipv6-ra-on-two-vlans",
    "native VLAN mismatch": "native-vlan-mismatch",
    "allow-all trunk with the access port at the far end": "allow-all-trunk",
    "guest VLAN on an 802.1X port": "guest-vlan-on-dot1x-port",
    "SSID mapped to a staff VLAN": "ssid-on-staff-vlan",
    "MAC rule after the first router": "mac-rule-after-router",
    "rule shadowed by an earlier permit": "rule-shadowed-by-permit",
    "object group that is empty and means any": "empty-object-means-any",
    "undefined ACL (permit all)": "undefined-acl",
    "rule with FQDN": "rule-with-fqdn",
    "external network without openness": "external-without-openness",
    "link tagged with another zone than its VLANs": "link-tag-wrong",
}

every_file = pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            file,
            id=file.path.name.removesuffix(".zones.yaml"),
            marks=[
                pytest.mark.xfail(
                    strict=True, raises=BadInput, reason=f"not modelled yet: {file.not_modelled}"
                )
            ]
            if file.not_modelled is not None
            else [],
        )
        for file in FILES
    ],
)
modelled_file = pytest.mark.parametrize(
    "file", [pytest.param(f, id=f.path.name.removesuffix(".zones.yaml")) for f in MODELLED]
)
every_case = pytest.mark.parametrize("name", sorted(LEAKS.keys() | TWINS.keys()))


@every_file
def test_every_check_gets_the_verdict_the_header_names(file: CaseFile) -> None:
    """A check of separation or sanitising the header does not name holds."""
    verification = verified(file)
    named = {item.check: item.status for item in file.expected}
    found = {result.check: result.status for result in verification.results}
    assert found == {check: named.get(check, Status.HOLDS) for check in found}
    assert named.keys() <= found.keys()


@modelled_file
def test_the_evidence_is_of_the_kind_the_header_names(file: CaseFile) -> None:
    """One finding at least shows that kind of counterexample, forged or not as it says."""
    for item in file.expected:
        if item.kind is not None:
            result = verified(file).result(item.check)
            assert any(is_shown(item, finding) for finding in result.findings), item


@modelled_file
def test_what_the_header_says_holds_does_not_hold_vacuously(file: CaseFile) -> None:
    """A mend that removes what the check speaks about would prove nothing."""
    for item in file.expected:
        if item.status is Status.HOLDS:
            assert not verified(file).result(item.check).vacuous, item


@modelled_file
def test_every_packet_shown_is_delivered_by_the_simulator(file: CaseFile) -> None:
    """Packets inside relay chains and missing controls, and those that open sessions, too."""
    by_state = {state.state: state for state in states(topology_of(file))}
    for result in verified(file).results:
        closure = Closure.UPPER if result.status is Status.UNKNOWN else Closure.LOWER
        for finding in result.findings:
            simulator = Simulator(by_state[finding.state], closure)
            for path in packet_paths(finding.counterexample):
                deliver(simulator, path)


@modelled_file
def test_a_host_is_called_honest_only_with_an_address_of_its_own(file: CaseFile) -> None:
    """The packet that opens a session for another is judged like any other."""
    hosts = topology_of(file).host_by_id
    for result in verified(file).results:
        shown = list(shown_paths(result))
        paths: list[PacketPath | OpeningPacket] = [*shown]
        paths += [opener for path in shown for opener in path.after]
        for path in paths:
            if path.origin.kind is AttachmentKind.HOST:
                own = addresses_of(hosts[path.origin.node], path.packet.source.version)
                assert own is None or path.forged != any(path.packet.source in r for r in own), path


@modelled_file
def test_every_unknown_names_what_is_missing_and_where_to_write_it(file: CaseFile) -> None:
    """File and line of each missing item lie in the file."""
    lines = len(file.path.read_text(encoding="utf-8").splitlines())
    for result in verified(file).results:
        if result.status is Status.UNKNOWN:
            assert result.missing, result.check
            for item in result.missing:
                assert Path(item.source.file).name == file.path.name
                assert 1 <= item.source.line <= lines


@every_case
def test_every_leak_has_its_mended_twin(name: str) -> None:
    """A tool that always says `unknown` or `violated` fails on the twins."""
    leak, twin = LEAKS[name], TWINS[name]
    assert any(item.status is not Status.HOLDS for item in leak.expected)
    assert {item.status for item in twin.expected} == {Status.HOLDS}
    assert leak.expected[0].check in {item.check for item in twin.expected}
    assert leak.title == twin.title


@every_case
def test_a_twin_differs_from_its_leak_by_a_few_lines(name: str) -> None:
    """The verdict turns on the mend and on nothing else."""
    difference = list(unified_diff(LEAKS[name].body, TWINS[name].body, n=0, lineterm=""))[2:]
    changed = [line for line in difference if line.startswith(("+", "-"))]
    assert 1 <= len(changed) <= MOST_LINES_OF_A_MEND, "\n".join(changed)


@pytest.mark.parametrize("wrong", REQUIRED)
def test_every_way_of_being_wrong_on_the_list_has_its_case(wrong: str) -> None:
    """The list is the one of the design; cases beyond it are welcome."""
    assert REQUIRED[wrong] in LEAKS


@cache
def topology_of(file: CaseFile) -> Topology:
    """Return the design of a file; one that is not modelled fails on that element alone."""
    try:
        return read_topology(file.path)
    except BadInput as error:
        blame_only_the_unmodelled(file, error.problems)
        raise


def blame_only_the_unmodelled(file: CaseFile, problems: tuple[Problem, ...]) -> None:
    """Fail if the reader rejects anything but the one element the header names."""
    if file.not_modelled is not None:
        assert {p.message.named.get("key") for p in problems} == {file.not_modelled}, problems


@cache
def verified(file: CaseFile) -> Verification:
    """Return the verdicts on a file."""
    named = {item.check for item in file.expected}
    judged = [check.id for check in CHECKS if check.id in (*ALWAYS_JUDGED, *named)]
    return verify(topology_of(file), PROFILE, checks=judged)


def is_shown(item: Expectation, finding: Finding) -> bool:
    """Return whether a finding is of the kind asked for, forged or not as asked."""
    evidence = finding.counterexample
    forged = any(path.forged for path in packet_paths(evidence))
    return type(evidence).__name__ == item.kind and forged == item.forged


def addresses_of(host: Host, version: int) -> list[AddressRange] | None:
    """Return a host's addresses of an IP version; None if a card may take any that is free."""
    cards = [[r for r in card.addresses if r.version == version] for card in host.interfaces]
    return [item for card in cards for item in card] if all(cards) else None


def shown_paths(result: CheckResult) -> Iterator[PacketPath]:
    """Yield every packet path in the findings of a check."""
    for finding in result.findings:
        yield from packet_paths(finding.counterexample)


def deliver(simulator: Simulator, path: PacketPath) -> Sessions:
    """Send a path's packet after those that open its sessions; return what filters then hold."""
    before = Sessions.NONE
    for opener in path.after:
        before = simulator.send(opener.packet, opener.origin, before).sessions
    trace = simulator.send(path.packet, path.origin, before)
    assert path.destination in {delivery.at for delivery in trace.deliveries}, path
    return trace.sessions
