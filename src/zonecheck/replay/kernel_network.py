"""A design in network namespaces: built, waited for, and always taken away again."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from zonecheck.model.address import IPAddress
from zonecheck.model.message import Message
from zonecheck.replay.kernel_commands import (
    KernelError,
    bridge_batch,
    ip_batch,
    namespaces,
    nft_load,
    run,
)
from zonecheck.replay.kernel_namespace import set_values
from zonecheck.replay.kernel_owners import Owners
from zonecheck.replay.kernel_plan import LOG_GROUP, Node, Plan, Port, neighbours

PREFIX = "zonecheck"
_PATIENCE = 20.0
_QUIET = {"ipv6/conf/all/disable_ipv6": 1, "ipv6/conf/default/disable_ipv6": 1}
_STACK = {
    "ipv4/conf/all/rp_filter": 0,
    "ipv4/conf/default/rp_filter": 0,
    "ipv4/conf/all/accept_local": 1,
    "ipv4/conf/default/accept_local": 1,
    "ipv4/conf/all/arp_ignore": 8,
    "ipv4/conf/default/arp_ignore": 8,
    "ipv4/conf/all/send_redirects": 0,
    "ipv4/conf/default/send_redirects": 0,
    "ipv6/conf/all/accept_dad": 0,
    "ipv6/conf/default/accept_dad": 0,
    "ipv6/conf/default/accept_ra": 0,
    "ipv6/conf/default/addr_gen_mode": 1,
    "ipv6/conf/default/router_solicitations": 0,
    "netfilter/nf_conntrack_tcp_loose": 1,
}
_SWITCH = {
    **_QUIET,
    "bridge/bridge-nf-call-iptables": 0,
    "bridge/bridge-nf-call-ip6tables": 0,
    "bridge/bridge-nf-call-arptables": 0,
}


def own_prefix() -> str:
    """Return the prefix of the namespaces of this process."""
    return f"{PREFIX}-{os.getpid()}"


@contextmanager
def built(plan: Plan, owners: Owners, addresses: frozenset[IPAddress]) -> Iterator[None]:
    """Build a plan and take it away at the end, whatever happens.

    `addresses` are those that probes are sent to or come to have: nodes know who answers for
    them and need not ask.

    Raises:
        KernelError: the kernel refuses something.
    """
    with ending_is_interrupt():
        try:
            _build(plan, owners, addresses)
            yield
        finally:
            remove(plan.prefix)


@contextmanager
def ending_is_interrupt() -> Iterator[None]:
    """Have a request to end (SIGTERM) go the way of Ctrl-C, so that what was built is removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def remove(prefix: str) -> None:
    """Delete the namespaces whose names begin so, and with them all that is in them.

    A further Ctrl-C has to wait until they are gone.
    """
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        lines = "".join(f"netns del {name}\n" for name in namespaces(f"{prefix}-"))
        with suppress(KernelError):
            run(["ip", "-force", "-batch", "-"], lines)
    finally:
        if main:
            signal.signal(signal.SIGINT, before)


def set_forwarding(namespace: str, *, on: bool) -> None:
    """Switch forwarding of a node on or off."""
    values = {"ipv4/ip_forward": int(on), "ipv6/conf/all/forwarding": int(on)}
    set_values(namespace, values)


def _build(plan: Plan, owners: Owners, addresses: frozenset[IPAddress]) -> None:
    switch = f"{plan.prefix}-switch"
    ip_batch(f"netns add {name}" for name in (switch, *(node.namespace for node in plan.nodes)))
    set_values(switch, _SWITCH)
    for node in plan.nodes:
        set_values(node.namespace, _STACK if node.stack else _QUIET)
    numbered = list(enumerate(plan.ports))
    ip_batch(_bridges(plan), switch)
    ip_batch(
        f"link add {port.name} netns {port.namespace} address {port.mac} type veth "
        f"peer name p{number} netns {switch}"
        for number, port in numbered
    )
    ip_batch(_plugged(numbered), switch)
    bridge_batch(_forwarding_entries(numbered), switch)
    for node in plan.nodes:
        ip_batch(_interfaces(node), node.namespace)
        if node.stack:
            _configure(plan, owners, node, addresses)
    _wait(switch, sum(port.domain is not None for port in plan.ports))


def _configure(plan: Plan, owners: Owners, node: Node, addresses: frozenset[IPAddress]) -> None:
    if node.ruleset is not None:
        nft_load(node.ruleset.text, node.namespace)
    nft_load(_watch(node), node.namespace)
    lines = [way.line() for way in node.ways]
    for address, port, answers in neighbours(plan, owners, node, addresses):
        lines.append(f"neigh replace {address} lladdr {answers.mac} dev {port.name} nud permanent")
    ip_batch(lines, node.namespace)
    set_forwarding(node.namespace, on=node.forwards)


def _bridges(plan: Plan) -> Iterator[str]:
    for domain in sorted(plan.members):
        yield f"link add b{domain} type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
        yield f"link set b{domain} up"


def _plugged(numbered: Iterable[tuple[int, Port]]) -> Iterator[str]:
    """Plug the far end of each port into its bridge, which learns nothing and floods nothing."""
    for number, port in numbered:
        if port.domain is not None:
            yield f"link set p{number} master b{port.domain}"
            yield f"link set p{number} type bridge_slave learning off flood off mcast_flood off"
            yield f"link set p{number} up"


def _forwarding_entries(numbered: Iterable[tuple[int, Port]]) -> Iterator[str]:
    for number, port in numbered:
        if port.domain is not None:
            yield f"fdb replace {port.mac} dev p{number} master static"


def _interfaces(node: Node) -> Iterator[str]:
    yield "link set lo up"
    for port in node.ports:
        if not node.stack:
            yield f"link set {port.name} arp off"
        yield f"link set {port.name} up"
        for address in port.addresses if node.stack else ():
            length, nodad = (32, "") if address.version == 4 else (128, " nodad")
            yield f"address add {address}/{length} dev {port.name}{nodad}"


def _watch(node: Node) -> str:
    """Return the rules that log what a node does, and keep it from speaking for itself."""
    log = f"group {LOG_GROUP} queue-threshold 1"
    unrouted = ""
    if node.forwards:
        unrouted = f'fib daddr type != local fib daddr oif missing log prefix "unrouted" {log}'
    heard = "drop" if node.ruleset is None else f'log prefix "local" {log}'
    return f"""table inet zonecheck_watch {{
    chain entered {{
        type filter hook prerouting priority -350; policy accept;
        log prefix "entered" {log}
    }}
    chain routed {{
        type filter hook prerouting priority 200; policy accept;
        {unrouted}
    }}
    chain left {{
        type filter hook postrouting priority 300; policy accept;
        log prefix "left" {log}
    }}
    chain heard {{
        type filter hook input priority 300; policy accept;
        {heard}
    }}
    chain quiet {{
        type filter hook output priority -350; policy drop;
    }}
}}
"""


def _wait(switch: str, expected: int) -> None:
    """Wait until every port of every bridge forwards; until then frames are silently lost."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        found = json.loads(run(["bridge", "-n", switch, "-j", "link", "show"]))
        forwarding = sum(link.get("state") == "forwarding" for link in found)
        if forwarding >= expected:
            return
        if time.monotonic() > deadline:
            raise KernelError(
                Message.of("kernel.not-forwarding", ready=forwarding, expected=expected)
            )
        time.sleep(0.05)
