"""What this kernel can do, tried in a namespace that is thrown away."""

import os
from dataclasses import dataclass

from zonecheck.model.message import Message
from zonecheck.replay.kernel_commands import KernelError, ip_batch, nft_load
from zonecheck.replay.kernel_namespace import log_socket
from zonecheck.replay.kernel_network import ending_is_interrupt, remove

_NEEDED = {
    "veth": "link add v0 type veth peer name v1",
    "bridge": "link add b0 type bridge stp_state 0",
}
_OPTIONAL = {
    "vlan-filtering": "link add b1 type bridge vlan_filtering 1",
    "vlan-interface": "link add link v0 name v0.5 type vlan id 5",
    "vrf": "link add r0 type vrf table 5",
    "gre": "link add g0 type gretap local 192.0.2.1 remote 192.0.2.2",
}
_RULES = {
    "nft-inet": "chain c { type filter hook forward priority 0; tcp dport 1-5 counter drop; }",
    "nft-concatenation": 'chain c { iifname . oifname vmap { "a" . "b" : drop }; }',
    "nft-conntrack": "chain c { ct state established ct mark set ct mark | 0x1 accept; }",
    "nft-fib": "chain c { type filter hook prerouting priority 0; fib daddr oif missing drop; }",
    "nft-log": "chain c { type filter hook prerouting priority 0; log group 7; }",
    "nft-nat": "chain c { type nat hook prerouting priority -100; dnat ip to 192.0.2.1; }",
    "nft-nat-by-interface": (
        'chain c { type nat hook postrouting priority 100; iifname "a" snat ip to 192.0.2.1; }'
    ),
}


@dataclass(frozen=True, slots=True)
class Features:
    """What the kernel has and lacks, by name."""

    present: tuple[str, ...]
    absent: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Return whether the kernel has a feature."""
        return name in self.present


def probe_features(prefix: str) -> Features:
    """Return the features of this kernel.

    Raises:
        KernelError: no namespace can be made, or something is absent without which nothing can
            be compared.
    """
    namespace = f"{prefix}-features"
    with ending_is_interrupt():
        try:
            ip_batch([f"netns add {namespace}"])
            return _probe(namespace)
        finally:
            remove(prefix)


def _probe(namespace: str) -> Features:
    present, absent = [], []
    for name, line in (_NEEDED | _OPTIONAL).items():
        try:
            ip_batch([line], namespace)
            present.append(name)
        except KernelError:
            absent.append(name)
    for name, chain in _RULES.items():
        try:
            text = chain.replace("{ type", "{\ntype").replace("; }", ";\n}")
            nft_load(f"table inet {name.replace('-', '_')} {{\n{text}\n}}\n", namespace)
            present.append(name)
        except KernelError:
            absent.append(name)
    try:
        log_socket(namespace, 7).close()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise KernelError(Message.of("kernel.no-log", said=reason)) from error
    missing = [name for name in (*_NEEDED, *_RULES) if name in absent]
    if missing:
        raise KernelError(Message.of("kernel.lacks", features=", ".join(missing)))
    return Features(tuple(present), tuple(absent))
