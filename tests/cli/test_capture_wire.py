"""What `zonecheck capture` says of those who speak on a wire: whose they are, and what they claim.

Each law has its counterpart: the same frame from whom it may come from is not blamed.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.captures.made_frames import arp, ethernet, ipv4, udp
from tests.cli.test_capture import MAIL, OTHER, OUTSIDE, STRANGER, TERMINAL, Capture, frame
from zonecheck.cli import main

MINIMAL = Path("topologies/minimal/minimal.zones.yaml").resolve()
GATEWAY = 0x0A141401
EVERYBODY = 0xFFFFFFFF


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """Return what writes captures and judges them at the terminals of LGWAN."""
    return Capture(tmp_path)


def said(capture: Capture, frames: list[bytes], *more: str) -> set[tuple[str, str]]:
    """Return the checks that blame frames, each with what it says."""
    found = capture.judge(capture.write(frames), "--format", "json", *more)
    flows: list[Any] = json.loads(found.stdout)["flows"]
    return {(r["check"], r["message"]["code"]) for flow in flows for r in flow["reasons"]}


def offer(server: int) -> bytes:
    """Return what a DHCP server answers everybody on its wire."""
    return ethernet(0x0800, ipv4(17, udp((67, 68), b"\x02"), ends=(server, EVERYBODY)))


def test_a_listed_terminal_that_answers_as_a_dhcp_server_is_a_rogue(capture: Capture) -> None:
    """It is in the ledger and still must not hand out addresses; the gateway may."""
    rogue = ("unknown-device-seen", "capture.rogue-dhcp")
    assert said(capture, [offer(TERMINAL)]) == {rogue}
    assert said(capture, [offer(STRANGER)]) == {rogue}
    assert said(capture, [offer(GATEWAY)]) == set()


def test_arp_that_claims_an_address_of_another_wire_is_forged(capture: Capture) -> None:
    """Nobody of another segment asks here, whatever zone that segment is of."""
    forged = ("model-capture-drift", "capture.arp-elsewhere")
    for elsewhere in (OUTSIDE, MAIL):
        claim = ethernet(0x0806, arp(2, addresses=(elsewhere, TERMINAL)))
        assert said(capture, [claim]) == {forged}
    honest = ethernet(0x0806, arp(2, addresses=(TERMINAL, OTHER)))
    assert said(capture, [honest]) == set()


def test_arp_whose_sender_is_not_the_sender_of_its_frame_is_not_explained(
    capture: Capture,
) -> None:
    """Proxies and poisoners do that; the design has neither here."""
    other = bytes.fromhex("020000000009")
    frame = ethernet(0x0806, arp(2, addresses=(TERMINAL, OTHER), sender=other))
    assert said(capture, [frame]) == {("model-capture-drift", "capture.arp-for-another")}


@pytest.mark.parametrize(("owner", "blamed"), [("private", True), ("body", False)])
def test_a_privately_owned_host_that_sends_is_connected(
    owner: str, blamed: bool, tmp_path: Path
) -> None:
    """Even where all that it sends is declared."""
    design = tmp_path / "owned.zones.yaml"
    design.write_text(
        f"zonecheck: 1\noverlay: {Path('base.zones.yaml')}\nchanges:\n"
        f"  - set: hosts.l-term.attributes\n    value: {{ownership: {owner}}}\n",
        encoding="utf-8",
    )
    (tmp_path / "base.zones.yaml").write_bytes(MINIMAL.read_bytes())
    path = Capture(tmp_path).write([frame(TERMINAL, MAIL, 25)])
    words = ["capture", path, "--topology", str(design), "--at", "L-TERM", "--format", "json"]
    found = CliRunner().invoke(main, [*words, "--profile", "fuefuki-10"])
    flows = json.loads(found.stdout)["flows"]
    checks = {reason["check"] for flow in flows for reason in flow["reasons"]}
    assert ("private-device-connected" in checks) is blamed
