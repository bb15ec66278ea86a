"""Vendors reach what they maintain, and nothing through it."""

from dataclasses import replace

import pytest

from tests.policy.designs import (
    PROFILE,
    a_host,
    a_peer,
    addresses,
    codes,
    external,
    host,
    leg,
    missing,
    permit,
    result,
    router,
    segment,
    tcp,
    with_external,
)
from zonecheck.model.channel import Channel, Leg, Maintenance, SpecificFlow
from zonecheck.model.closure import Closure
from zonecheck.model.external import Openness, Peer
from zonecheck.model.filter import Filter, Rule
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.matrix import matrix_view
from zonecheck.policy.time_window import time_window
from zonecheck.policy.verdict import PacketPath, RelayChain

CHECK = "remote-maintenance-bounded"
ACCESS = "remote-access-bounded"
VENDOR = Peer("vendor", addresses("198.51.100.10"), internet_connected=False, basis="contract")
RDP = tcp(3389)
IN = leg(a_peer("line", "vendor"), a_host("jump-l"), RDP)
ON = leg(a_host("jump-l"), a_host("i-srv"), RDP)
TO_JUMP = permit("198.51.100.10", "10.2.0.10", RDP)
TO_SERVER = permit("10.2.0.10", "10.3.0.10", RDP)
TO_MYNUMBER = permit("10.2.0.10", "10.1.0.10", RDP)
ENTRY = Maintenance("vendor", (IN,), "mfa", "ipsec", "09:00-17:00")


UNREADABLE = (
    "00:00-00:01を除く",
    "17:00-17:01 以外は終日",
    "平日 9:00-17:00 以外",
    "09:00-17:00、時間外は随時",
    "毎日 00:00-00:30 は停止、それ以外は常時",
    "09:00-17:00、土日",
    "09:00-17:00、申請時",
    "09:00-17:00・申請時",
    "09:00-17:00 または申請時",
    "平日は09:00-17:00不可",
    "原則 09:00-17:00",
    "09:00-17:00 UTC",
    "not 09:00-17:00",
    "closed 09:00-17:00",
    "当番の時間",
    "平日",
)
"""What narrows and what widens hours look alike."""


def design(*rules: Rule, entries: tuple[Maintenance, ...] = (ENTRY,)) -> Topology:
    """Return a vendor's line, a jump host of the LGWAN area and servers of the other two.

    line (peer vendor) -- LINE -- fw -- L (jump-l, l-srv)
                                   |--- M (jump-m)
                                   `--- I (i-srv)
    """
    return Topology(
        "maintenance",
        zones=PROFILE.zones,
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
            segment("LINE", "ext:line", "10.9.0.0/30"),
        ),
        hosts=(
            host("jump-m", "M", "10.1.0.10"),
            host("jump-l", "L", "10.2.0.10"),
            host("l-srv", "L", "10.2.0.20"),
            host("i-srv", "I", "10.3.0.10"),
        ),
        devices=(
            router(
                "fw",
                {
                    "m": ("M", "10.1.0.1/24"),
                    "l": ("L", "10.2.0.1/24"),
                    "i": ("I", "10.3.0.1/24"),
                    "line": ("LINE", "10.9.0.1/30"),
                },
                {"198.51.100.0/24": "10.9.0.2"},
                *rules,
            ),
        ),
        externals=(external("line", "LINE", "10.9.0.2", peers=(VENDOR,)),),
        maintenance=entries,
    )


def test_declared_sessions_alone_hold() -> None:
    """The mended twin of everything below; in-zone sessions of the jump host are its zone's."""
    found = result(design(TO_JUMP), CHECK)
    assert found.status is Status.HOLDS
    assert not found.vacuous
    assert "maintenance-safeguards" in {assumption.id for assumption in found.assumptions}
    assert result(design(TO_JUMP), "undeclared-permit").status is Status.HOLDS


def test_a_cell_of_the_matrix_names_the_maintenance_it_belongs_to() -> None:
    """Whoever reads that all is declared is told by what; a session of nobody names nothing."""
    stray = permit("10.3.0.10", "10.2.0.20", tcp(443))
    view = matrix_view(Analysis(design(TO_JUMP, stray), PROFILE, Closure.UPPER))
    named = {(cell.origin, cell.destination): cell.declared_by for cell in view.cells}
    assert named["ext:line", "lgwan"] == (ENTRY.id,)
    assert named["internet", "lgwan"] == ()


def test_what_a_vendor_reaches_beyond_its_declaration_is_shown() -> None:
    """An any-any rule: another host, another port."""
    found = result(design(permit("198.51.100.10", "any")), CHECK)
    assert found.status is Status.VIOLATED
    assert f"{CHECK}.extra" in codes(found)
    paths = [f.counterexample for f in found.findings if f.message.code == f"{CHECK}.extra"]
    assert all(isinstance(p, PacketPath) and p.origin.node == "line" for p in paths)


def test_another_peer_of_the_same_network_is_not_the_vendor() -> None:
    """By its addresses a peer is known, unless the whole network is there for maintenance."""
    other = permit("198.51.100.20", "10.3.0.10", tcp(443))
    mixed = design(TO_JUMP, other)
    assert result(mixed, CHECK).status is Status.HOLDS
    (line,) = mixed.externals
    vendors = with_external(mixed, replace(line, role="maintenance"))
    assert result(vendors, CHECK).status is Status.VIOLATED


def test_a_stepping_stone_into_another_zone_is_shown_as_a_chain() -> None:
    """The vendor, the jump host, and where that gets."""
    found = result(design(TO_JUMP, TO_MYNUMBER), CHECK)
    assert found.status is Status.VIOLATED
    (finding,) = found.findings
    chain = finding.counterexample
    assert isinstance(chain, RelayChain)
    assert chain.nodes == ("line/vendor", "jump-l", "jump-m")
    assert finding.zones == ("lgwan", "mynumber")


def test_a_stepping_stone_nobody_gets_to_is_none() -> None:
    """The vendor's own leg is not permitted: what the jump host may do is not the vendor's."""
    assert result(design(TO_SERVER), CHECK).status is Status.HOLDS
    assert result(design(TO_SERVER), "undeclared-permit").status is Status.VIOLATED


@pytest.mark.parametrize(
    "declaration",
    [
        {"maintenance": (replace(ENTRY, legs=(IN, ON)),)},
        {"channels": (Channel("web", "necessary", (ON,)),)},
    ],
)
def test_what_is_declared_for_a_stepping_stone_is_not_beyond(
    declaration: dict[str, object],
) -> None:
    """As a further leg of the entry, or as a channel in its own right."""
    plain = design(TO_JUMP, TO_SERVER)
    assert result(plain, CHECK).status is Status.VIOLATED
    assert result(replace(plain, **declaration), CHECK).status is Status.HOLDS  # type: ignore[arg-type]


def test_into_the_my_number_area_only_specific_flows_lead() -> None:
    """Neither a leg of maintenance nor a channel is enough there."""
    into: Leg = leg(a_host("jump-l"), a_host("jump-m"), RDP)
    declared = design(TO_JUMP, TO_MYNUMBER, entries=(replace(ENTRY, legs=(IN, into)),))
    assert result(declared, CHECK).status is Status.VIOLATED
    flow = SpecificFlow("batch", into.origin, into.destination, into.services, bind=("ip",))
    assert result(replace(declared, specific_flows=(flow,)), CHECK).status is Status.HOLDS


def test_a_vendor_straight_in_the_my_number_area_needs_a_specific_flow() -> None:
    """The same for the vendor's own sessions."""
    into = leg(a_peer("line", "vendor"), a_host("jump-m"), RDP)
    direct = design(
        permit("198.51.100.10", "10.1.0.10", RDP), entries=(replace(ENTRY, legs=(into,)),)
    )
    assert result(direct, CHECK).status is Status.VIOLATED
    flow = SpecificFlow("batch", into.origin, into.destination, into.services)
    assert result(replace(direct, specific_flows=(flow,)), CHECK).status is Status.HOLDS


@pytest.mark.parametrize(("depth", "status"), [(1, Status.HOLDS), (2, Status.VIOLATED)])
def test_the_profile_says_how_far_maintenance_is_followed(depth: int, status: Status) -> None:
    """The second host is followed only where the policy looks that far."""
    onward = permit("10.3.0.10", "10.1.0.10", tcp(22))
    far = design(TO_JUMP, TO_SERVER, onward, entries=(replace(ENTRY, legs=(IN, ON)),))
    profile = replace(PROFILE, maintenance_depth=depth)
    assert result(far, CHECK, profile).status is status
    found = result(far, CHECK)
    (finding,) = found.findings
    assert isinstance(finding.counterexample, RelayChain)
    assert finding.counterexample.nodes == ("line/vendor", "jump-l", "i-srv", "jump-m")


@pytest.mark.parametrize("field", ["authentication", "encryption", "window"])
def test_a_safeguard_that_is_not_declared_leaves_it_open(field: str) -> None:
    """Each of the three on its own."""
    entry = replace(ENTRY, **{field: None})  # type: ignore[arg-type]
    found = result(design(TO_JUMP, entries=(entry,)), CHECK)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.safeguard"}
    assert [item.item.named["setting"] for item in found.missing] == [field]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("authentication", "none"),
        ("authentication", "認証なし"),
        ("encryption", "なし"),
        ("encryption", "off"),
        ("window", "なし"),
        ("window", "00:00-23:59"),
        ("window", "常時"),
        ("authentication", "認証は行わない"),
        ("encryption", "暗号化は行っていない"),
        ("encryption", "暗号化は実施しておりません"),
        ("encryption", "not implemented"),
        ("encryption", "telnet (平文)"),
        ("encryption", "HTTP"),
    ],
)
@pytest.mark.parametrize("staff", [False, True])
def test_a_safeguard_declared_as_none_is_none(field: str, text: str, staff: bool) -> None:
    """It is declared that there is nothing, which is worse than silence; hours of staff apart."""
    entry = replace(ENTRY, staff=staff, **{field: text})  # type: ignore[arg-type]
    check = ACCESS if staff else CHECK
    found = result(design(TO_JUMP, entries=(entry,)), check)
    if staff and field == "window":
        assert found.status is Status.HOLDS
        return
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{check}.no-safeguard"}
    assert [finding.message.named["setting"] for finding in found.findings] == [field]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("authentication", "パスワードなしでログイン可"),
        ("authentication", "guest"),
        ("encryption", "IPsec (telnet)"),
        ("encryption", "TLS は使わない"),
        ("encryption", "暗号化は次年度に予定"),
        *(("window", text) for text in UNREADABLE),
    ],
)
def test_a_safeguard_nobody_can_tell_from_its_text_is_not_declared(field: str, text: str) -> None:
    """It denies something, or says what is not read: which may be that there is none."""
    entry = replace(ENTRY, **{field: text})  # type: ignore[arg-type]
    found = result(design(TO_JUMP, entries=(entry,)), CHECK)
    assert found.status is Status.UNKNOWN
    window = field == "window"
    assert missing(found) == {"missing.window-unread" if window else "missing.safeguard-unclear"}


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_window_with_words_nobody_reads_is_unknown(text: str) -> None:
    """They may say that it is open at all other times."""
    entry = replace(ENTRY, window=text)
    found = result(design(TO_JUMP, entries=(entry,)), "admin-session-window")
    if time_window(text).parts:
        assert found.status is Status.UNKNOWN
        assert missing(found) == {"missing.window-unread"}
    else:
        assert found.status is Status.VIOLATED


@pytest.mark.parametrize("text", ["月" * 3000 + "9:00-17:00Q", "平日" * 3000 + "を", "の" * 9000])
def test_a_long_window_is_read_at_once(text: str) -> None:
    """However often its words could be cut to pieces."""
    assert not time_window(text).limits


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("平日 9:00-12:00、13:00-17:00", True),
        ("weekdays 9:00-17:00", True),
        ("平日（祝日を除く）9:00-17:00", True),
        ("平日 9:00-12:00、土曜 9:00-11:00", False),
        ("9:00-12:00、平日 13:00-17:00", False),
        ("平日・土曜 9:00-12:00", False),
        ("毎日 9:00-12:00", False),
    ],
)
def test_hours_are_of_weekdays_only_where_no_other_day_has_hours(text: str, weekdays: bool) -> None:
    """Who came on a Saturday is not accused where Saturdays have hours as well."""
    assert time_window(text).weekdays_only is weekdays
    assert time_window(text).limits


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("09:00-17:00", True),
        ("平日 9:00-17:00", True),
        ("平日 9:00 〜 12:00、13:00～17:30", True),
        ("22:00-5:00", True),
        ("9:00-17:00, 09:00-17:00, 9:00-17:00", True),
        ("00:00-23:59", False),
        ("00:00-23:00", True),
        ("00:00-23:01", False),
        ("平日 9:00-17:00（祝日を除く）", True),
        ("月・水・金 9:00-17:00、申請時のみ", True),
        ("9時間", False),
        ("9:00から17:00まで", True),
        ("22:00-翌5:00", True),
        ("9:00-翌17:00", False),
        ("weekdays 9:00-17:00 on request only", True),
        ("00:00-22:59", True),
        ("00:00-12:00, 12:00-24:00", False),
        ("9:00-8:59", False),
        ("00:00-24:00", False),
        ("常時", False),
        ("なし", False),
        ("109:00-17:00", False),
        ("9:00-17:000", False),
    ],
)
def test_a_window_limits_if_an_hour_of_the_day_is_left(text: str, limits: bool) -> None:
    """Hours of one digit are hours; parts that overlap count once; a few minutes are no limit."""
    assert time_window(text).limits is limits
    found = result(design(TO_JUMP, entries=(replace(ENTRY, window=text),)), "admin-session-window")
    assert (found.status is Status.HOLDS) is limits


AT_A_DESK = leg(a_host("l-srv"), a_host("i-srv"), RDP)
FROM_A_DESK = permit("10.2.0.20", "10.3.0.10", RDP)
ELSEWHERE = (
    permit("10.2.0.20", "10.3.0.10", tcp(22)),
    permit("10.2.0.20", "10.1.0.10", RDP),
    permit("10.2.0.20", "198.51.100.10", tcp(443)),
)


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.parametrize("beyond", [None, *ELSEWHERE])
def test_a_vendor_at_a_place_of_ours_is_a_vendor(beyond: Rule | None, staff: bool) -> None:
    """What its host opens is in its entry, whatever else declares it."""
    entry = replace(ENTRY, legs=(AT_A_DESK,), staff=staff)
    check = ACCESS if staff else CHECK
    rules = (FROM_A_DESK,) if beyond is None else (FROM_A_DESK, beyond)
    web = Channel("web", "necessary", (leg(a_host("l-srv"), a_host("i-srv"), tcp(22)),))
    found = result(replace(design(*rules, entries=(entry,)), channels=(web,)), check)
    assert not found.vacuous
    leaves = beyond is ELSEWHERE[2]
    assert (found.status is Status.HOLDS) is (beyond is None or (leaves and staff))
    if found.findings:
        assert codes(found) == {f"{check}.leaves" if leaves else f"{check}.extra"}


def test_a_vendor_at_a_place_of_ours_is_asked_within_its_zone() -> None:
    """Another segment of the same zone is beyond what is maintained; its own segment is not."""
    plain = design(FROM_A_DESK, entries=(replace(ENTRY, legs=(AT_A_DESK,)),))
    assert result(plain, CHECK).status is Status.HOLDS
    alike = replace(
        plain,
        segments=tuple(replace(s, zone="internet") for s in plain.segments if s.id != "LINE")
        + plain.segments[-1:],
    )
    assert result(alike, CHECK).status is Status.HOLDS
    (fw,) = alike.devices
    wider = Filter("rules", (FROM_A_DESK, ELSEWHERE[0]), stateful=True)
    found = result(replace(alike, devices=(replace(fw, policy=wider),)), CHECK)
    assert codes(found) == {f"{CHECK}.extra"}


def test_a_stepping_stone_is_no_place_a_vendor_sits_at() -> None:
    """A leg that goes on from where another ends starts at no vendor; a circle starts somewhere."""
    beyond = permit("10.2.0.10", "10.3.0.10", tcp(22))
    on = replace(ENTRY, legs=(IN, ON))
    declared = Channel("ssh", "necessary", (leg(a_host("jump-l"), a_host("i-srv"), tcp(22)),))
    chain = replace(design(TO_JUMP, TO_SERVER, beyond, entries=(on,)), channels=(declared,))
    assert result(chain, CHECK).status is Status.HOLDS
    back = leg(a_host("i-srv"), a_host("jump-l"), RDP)
    circle = replace(chain, maintenance=(replace(ENTRY, legs=(ON, back)),))
    assert codes(result(circle, CHECK)) == {f"{CHECK}.extra"}


@pytest.mark.parametrize(
    ("ranges", "status"),
    [
        (("203.0.113.0/24",), Status.HOLDS),
        (("203.0.112.0/23",), Status.VIOLATED),
        (("1.0.0.0/8", "128.0.0.0/2"), Status.VIOLATED),
        (("2001:db8::/64",), Status.HOLDS),
        (("2001:db8::/63",), Status.VIOLATED),
    ],
)
def test_staff_in_an_open_network_have_few_addresses(
    ranges: tuple[str, ...], status: Status
) -> None:
    """Ranges that cover most of it are the open network as a whole."""
    at_home = Peer("home", addresses(*ranges), internet_connected=True)
    on_a_line = replace(at_home, internet_connected=False)
    entry = replace(ENTRY, legs=(leg(a_peer("line", "home"), a_host("jump-l"), RDP),), staff=True)
    closed = design(entries=(entry,))
    closed = with_external(closed, replace(closed.externals[0], peers=(on_a_line,)))
    assert result(closed, ACCESS).status is Status.HOLDS
    line = replace(closed.externals[0], peers=(at_home,), openness=Openness.OPEN)
    found = result(with_external(closed, line), ACCESS)
    assert found.status is status
    assert codes(found) == (set() if status is Status.HOLDS else {f"{ACCESS}.addresses"})


def test_a_maintenance_line_without_an_entry_is_found_even_if_nothing_passes() -> None:
    """It is there for something."""
    bare = design(entries=())
    assert result(bare, CHECK).vacuous
    line = with_external(bare, replace(bare.externals[0], role="maintenance"))
    found = result(line, CHECK)
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{CHECK}.no-entry"}


def test_a_network_tagged_with_an_area_of_ours_is_still_the_vendor_s() -> None:
    """A tag on the line does not make its sessions the zone's own affair."""
    tagged = design(permit("198.51.100.10", "10.2.0.20", RDP))
    tagged = with_external(tagged, replace(tagged.externals[0], zone_tag="lgwan"))
    assert result(tagged, CHECK).status is Status.VIOLATED
