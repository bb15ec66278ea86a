"""The kernel as judge of the simulator, the engine and the export to nft (docs/kernel.md)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.replay.namespaces import ROOT, SMALL, design, need_namespaces
from zonecheck.formats.nftables import nft_ruleset
from zonecheck.model.filter import Action, Rule
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.kernel import KernelView
from zonecheck.replay import judged_by_kernel
from zonecheck.replay.kernel_commands import (
    namespaces,
    nft_json,
    nft_load,
    nft_load_json,
    run,
)
from zonecheck.replay.kernel_namespace import inside, set_values
from zonecheck.replay.kernel_network import own_prefix, set_forwarding
from zonecheck.replay.kernel_plan import LOG_GROUP, Node, Plan

MISTAKES = (
    "topologies/mistakes/m11-sanitiser-bypass.zones.yaml",
    "topologies/mistakes/m12-sanitiser-forwards.zones.yaml",
)


@pytest.fixture(autouse=True)
def _leaves_nothing_behind() -> object:
    """Whatever a test builds is gone when it ends."""
    need_namespaces()
    yield
    assert namespaces(own_prefix()) == []


def _told(view: KernelView) -> str:
    return "\n".join(str(each) for each in view.disagreements[:5])


@pytest.mark.parametrize("branch", [0, 1])
def test_kernel_and_simulator_agree_on_the_small_city(branch: int) -> None:
    """Filters, sessions, translation, VRFs, sanitisers, IPv6: whichever way the kernel takes."""
    view = judged_by_kernel(design(SMALL), probes=1700, pick=branch)
    assert view.agrees, _told(view)
    assert view.probes >= 2000
    assert {"drop.denied", "drop.no-session", "drop.reverse-path", "drop.local"} <= dict(
        view.denials
    ).keys()


def test_kernel_and_simulator_agree_on_the_minimal_network() -> None:
    """The same on the design that is read first."""
    view = judged_by_kernel(design("topologies/minimal"), probes=3000)
    assert view.agrees, _told(view)
    assert view.probes >= 2000


@pytest.mark.parametrize("path", MISTAKES)
def test_kernel_and_simulator_agree_on_mistakes_in_the_city(path: str) -> None:
    """The kernel delivers just what the simulator says a mistake lets through."""
    view = judged_by_kernel(design(path), probes=1000)
    assert view.agrees, _told(view)
    assert view.probes >= 1000


def test_replies_to_translated_packets_are_not_translated_again() -> None:
    """A source rule without interfaces also matches the replies to what it translated."""
    path = "tests/leaks/source-nat-onto-bound-address.zones.yaml"
    view = judged_by_kernel(design(path), probes=300)
    assert view.agrees, _told(view)


def test_what_the_kernel_gives_back_of_an_exported_firewall_is_the_same_firewall() -> None:
    """Exported, loaded, listed as JSON by the kernel, loaded again: still no disagreement."""

    def again(plan: Plan) -> None:
        for node in _firewalls(plan):
            nft_load_json(_listed(node), node.namespace)

    view = judged_by_kernel(design(SMALL), probes=1700, after_build=again)
    assert view.agrees, _told(view)
    assert view.probes >= 2000


def test_forwarding_switched_on_in_a_sanitiser_is_noticed() -> None:
    """A sanitiser whose kernel forwards lets packets across, and that is a leak."""

    def switch_on(plan: Plan) -> None:
        set_forwarding(_node(plan, "san-file").namespace, on=True)

    view = judged_by_kernel(design(SMALL), probes=800, after_build=switch_on)
    leaks = [each for each in view.disagreements if each.leaks]
    assert leaks
    assert all("san-file" in str(each.by_kernel) for each in leaks)
    crossing = [m for each in leaks for m in each.by_kernel if m.code == "kernel.delivered"]
    assert crossing, "nothing crossed the sanitiser"


def test_a_single_rule_that_is_not_as_modelled_is_noticed() -> None:
    """Each of several rules of x-fw turned round, one at a time, gives a disagreement there."""
    topology = design(SMALL)
    device = topology.device_by_id["x-fw"]
    assert device.policy is not None
    for number in (0, 4):
        wrong = _turned(device.policy.rules or (), number)
        other = replace(device, policy=replace(device.policy, rules=wrong))
        changed = replace(
            topology,
            devices=tuple(other if d.id == device.id else d for d in topology.devices),
        )
        view = judged_by_kernel(topology, probes=600, after_build=_with_rules_of(changed))
        assert any("x-fw" in str(each) for each in view.disagreements), number


def test_silence_is_never_taken_for_a_denial() -> None:
    """A frame that vanishes without a trace is a disagreement even where the model denies."""

    def unplug(plan: Plan) -> None:
        port = _node(plan, "m-fw").ports[0]
        run(["ip", "-n", port.namespace, "link", "set", port.name, "down"])

    view = judged_by_kernel(design(SMALL), probes=800, after_build=unplug)
    lost = [m for each in view.disagreements for m in each.by_kernel if m.code == "kernel.lost"]
    assert lost
    assert not any(each.leaks for each in view.disagreements)


def test_a_router_that_does_not_forward_is_noticed() -> None:
    """A permit that the kernel does not carry out is no agreement."""

    def stop(plan: Plan) -> None:
        set_values(_node(plan, "l-rt").namespace, {"ipv4/ip_forward": 0})

    view = judged_by_kernel(design(SMALL), probes=800, after_build=stop)
    assert any("l-rt" in str(each) for each in view.disagreements)


def test_the_initial_namespace_is_left_as_it_was() -> None:
    """No rule, link, address or setting of the machine itself changes."""
    before = _initial()
    judged_by_kernel(design("topologies/minimal"), probes=50)
    assert _initial() == before


def test_a_failure_on_the_way_leaves_nothing_behind() -> None:
    """Namespaces are removed if something fails between building and comparing."""

    def fail(plan: Plan) -> None:
        assert namespaces(plan.prefix)
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        judged_by_kernel(design("topologies/minimal"), probes=50, after_build=fail)
    assert namespaces(own_prefix()) == []


def _listen_to_interrupts() -> None:
    """Undo what a shell does to commands it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_behind(number: signal.Signals) -> None:
    """Neither Ctrl-C nor a request to end leaves namespaces."""
    command = [sys.executable, "-m", "zonecheck", "replay", "topologies/minimal", "--kernel"]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.DEVNULL, preexec_fn=_listen_to_interrupts
    ) as running:
        prefix = f"zonecheck-{running.pid}-"
        while running.poll() is None and len(namespaces(prefix)) < 3:
            os.sched_yield()
        running.send_signal(number)
        code = running.wait()
    assert code == 130
    assert namespaces(prefix) == []


def test_a_thread_comes_back_from_every_namespace() -> None:
    """Also if something fails inside."""
    here = Path("/proc/thread-self/ns/net")
    home = here.readlink()
    name = f"{own_prefix()}-visit"

    def visit() -> None:
        with inside(name):
            assert here.readlink() != home
            raise RuntimeError("on purpose")

    run(["ip", "netns", "add", name])
    try:
        with pytest.raises(RuntimeError, match="on purpose"):
            visit()
    finally:
        run(["ip", "netns", "del", name])
    assert here.readlink() == home


def _firewalls(plan: Plan) -> list[Node]:
    return [node for node in plan.nodes if node.ruleset is not None]


def _node(plan: Plan, name: str) -> Node:
    return next(node for node in plan.nodes if node.id == name)


def _listed(node: Node) -> str:
    """Return a node's ruleset as the kernel lists it, without what a list says of itself."""
    listed = json.loads(nft_json(node.namespace))
    entries = [entry for entry in listed["nftables"] if "metainfo" not in entry]
    assert sum("rule" in entry for entry in entries) > 5
    return json.dumps({"nftables": entries})


def _turned(rules: tuple[Rule, ...], number: int) -> tuple[Rule, ...]:
    rule = rules[number]
    action = Action.DENY if rule.action is Action.PERMIT else Action.PERMIT
    return (*rules[:number], replace(rule, action=action), *rules[number + 1 :])


def _with_rules_of(topology: Topology) -> Callable[[Plan], None]:
    """Return what loads the rules of another design into the network of this one."""
    device = topology.device_by_id["x-fw"]

    def load(plan: Plan) -> None:
        node = _node(plan, "x-fw")
        names = {port.point.port: port.name for port in node.ports if port.point is not None}
        ruleset = nft_ruleset(topology, device, names=names, log_group=LOG_GROUP)
        nft_load(ruleset.text, node.namespace)

    return load


def _initial() -> list[str]:
    """Return the rules, links, addresses and forwarding of the initial namespace."""
    commands = [
        ["nft", "list", "ruleset"],
        ["ip", "-o", "link"],
        ["ip", "-o", "address"],
        ["ip", "rule"],
    ]
    settings = ["net.ipv4.ip_forward", "net.ipv4.conf.all.rp_filter"]
    return [run(command) for command in commands] + [
        Path("/proc/sys", name.replace(".", "/")).read_text(encoding="ascii") for name in settings
    ]
