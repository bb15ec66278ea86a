"""A firewall of the model as a ruleset for `nft -f`: what was proved is what gets installed.

One table of family inet. The hooks stand in the order of docs/semantics.md, section 4: sources and
reverse path, `filter_in`, destination translation, own plane or policy, source translation,
`filter_out`. Where a kernel with it cannot do just what the model says, it lets through less, and
the difference is listed; what cannot be said at all is an error that names the rule. It lets
through more in one way: ICMP errors are translated too (assumption `icmp-errors`).
"""

from collections.abc import Mapping

from zonecheck.formats.nftables_filters import MOST_INTERFACES, FilterWriter, targets_of
from zonecheck.formats.nftables_nat import NatWriter
from zonecheck.formats.nftables_own import write_own_plane
from zonecheck.formats.nftables_ruleset import Draft, NftRuleset
from zonecheck.formats.nftables_sources import write_sources
from zonecheck.formats.problems import Problems
from zonecheck.model.device import Device
from zonecheck.model.message import Message
from zonecheck.model.nat import DESTINATION_NAT
from zonecheck.model.topology import Topology

TABLE = "zonecheck"
LONGEST_NAME = 15


def nft_ruleset(
    topology: Topology,
    device: Device,
    *,
    names: Mapping[str, str] | None = None,
    log_group: int | None = None,
) -> NftRuleset:
    """Return the ruleset of a device of a topology, both in one state.

    `names` are what the kernel calls its interfaces, where that is not their id. With `log_group`
    every drop is logged to that nflog group with the label of its denial.

    Raises:
        BadInput: nft cannot say something of it; the problems name each rule and its line.
    """
    problems = Problems()
    known = {face.id: (names or {}).get(face.id, face.id) for face in device.interfaces}
    _check(device, known, problems)
    draft = Draft(log_group)
    write_sources(draft, device, known)
    FilterWriter(draft, device, known, problems).write()
    NatWriter(draft, device, known, problems).write()
    write_own_plane(draft, topology, device, known, problems)
    if device.policy_routes:
        draft.differs("nftables.policy-routes", device=device.id)
    draft.differs("nftables.fragments")
    problems.raise_if_any()
    differences = tuple(draft.differences)
    return NftRuleset(
        draft.text(TABLE, _head(device, differences)), differences, tuple(draft.denials)
    )


def _check(device: Device, names: Mapping[str, str], problems: Problems) -> None:
    """Find what no rule is to blame for."""
    if device.kind.filters_frames:
        problems.add(device.source, "nftables.transparent", device=device.id)
    if len({face.vrf for face in device.interfaces}) > 1:
        problems.add(device.source, "nftables.several-vrfs", device=device.id)
    if len(device.interfaces) > MOST_INTERFACES:
        problems.add(
            device.source, "nftables.too-many-interfaces", device=device.id, most=MOST_INTERFACES
        )
    if device.policy_sees_original and device.policy is not None:
        for rule in device.nat:
            if rule.kind == DESTINATION_NAT and targets_of(rule):
                problems.add(
                    rule.source, "nftables.sees-original", device=device.id, rule=rule.name
                )
    seen: set[str] = set()
    for face in device.interfaces:
        name = names[face.id]
        if not _is_kernel_name(name) or name in seen:
            problems.add(
                face.source,
                "nftables.interface-name",
                hint=Message.of("hint.kernel-name", interface=face.id),
                device=device.id,
                interface=name,
                longest=LONGEST_NAME,
            )
        seen.add(name)


def _is_kernel_name(name: str) -> bool:
    """Return whether the kernel takes a name for an interface, and nft for just that one."""
    return (
        0 < len(name.encode("utf-8")) <= LONGEST_NAME
        and name not in (".", "..")
        and name.isprintable()
        and not any(c in '/:*"\\ ' for c in name)
    )


def _head(device: Device, differences: tuple[Message, ...]) -> list[str]:
    """Return the first lines: whose rules these are, and the codes of the listed differences."""
    place = "" if device.source.line == 0 else f" ({device.source.short})"
    return [
        f"zonecheck: device {device.id}{place}",
        "needs net.netfilter.nf_conntrack_tcp_loose=1 (default); rules decide what may be new",
        "sessions are kept in the marks of connections: after loading a changed file, conntrack -F",
        "routes, addresses and sysctls are not part of this file",
        *(f"differs: {_said(each)}" for each in differences),
    ]


def _said(message: Message) -> str:
    listed = ", ".join(f"{name}={value}" for name, value in message.arguments)
    return " ".join(f"{message.code} {listed}".split())
