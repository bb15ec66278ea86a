"""What stands in the boxes of a drawing."""

from collections import Counter

from zonecheck.model.graph import EXTERNAL, SEGMENT
from zonecheck.report.diagram.scheme import Node, Scheme
from zonecheck.report.lang import Lang
from zonecheck.report.words import all_words, phrase

MOST_HOSTS = 3
"""How many hosts of a segment a collapsed drawing lists before it counts them by role."""


def caption(node: Node, lang: Lang) -> tuple[str, ...]:
    """Return the lines of a node that is no host at home: its name, and what it is."""
    if node.kind == SEGMENT:
        return (_times(node),) if not node.role else (_times(node), f"VLAN {_vlan(node, lang)}")
    if node.kind == EXTERNAL:
        return (node.id, phrase(lang, f"plot.openness-{node.role or 'undeclared'}"))
    return _times(node), role_text(node.role, lang)


def host_lines(scheme: Scheme, segment: str, lang: Lang, *, brief: bool) -> tuple[str, ...]:
    """Return the lines for the hosts of a segment; with `brief` many are counted by role."""
    hosts = scheme.at_home(segment)
    if not brief or len(hosts) <= MOST_HOSTS:
        return tuple(_times(host) for host in hosts)
    counts: Counter[str] = Counter()
    for host in hosts:
        counts[host.role] += host.count
    return tuple(
        phrase(lang, "plot.counted", role=role_text(role, lang), count=count)
        for role, count in counts.items()
    )


def role_text(role: str, lang: Lang) -> str:
    """Return what a role of a host or kind of a device is called; an unknown one as it is."""
    return phrase(lang, f"plot.role-{role}") if f"plot.role-{role}" in all_words() else role


def _vlan(node: Node, lang: Lang) -> str:
    return node.role if len(node.members) == 1 else phrase(lang, "plot.vlan-more", vlan=node.role)


def _times(node: Node) -> str:
    count = max(node.count, len(node.members))
    return node.id if count == 1 else f"{node.id} ×{count}"
