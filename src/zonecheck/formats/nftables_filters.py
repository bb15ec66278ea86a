"""Filters as nft chains: rules in their order, the first that matches decides (semantics, 4)."""

from collections.abc import Iterator, Mapping

from zonecheck.formats.nftables_ruleset import Draft, remark
from zonecheck.formats.nftables_sessions import SessionWriter
from zonecheck.formats.nftables_terms import (
    conditions,
    interfaces_term,
    joined,
)
from zonecheck.formats.problems import Problems
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.nat import SOURCE_NAT, NatRule

MOST_INTERFACES = 96


class FilterWriter:
    """Writes the filters of one device; what nft cannot say becomes a problem."""

    def __init__(
        self, draft: Draft, device: Device, names: Mapping[str, str], problems: Problems
    ) -> None:
        self._draft = draft
        self._device = device
        self._names = names
        self._problems = problems
        self._sessions = SessionWriter(draft, device, names, problems)

    def write(self) -> None:
        """Write the policy and every filter that an interface names."""
        device = self._device
        used = [f.filter_in for f in device.interfaces] + [f.filter_out for f in device.interfaces]
        chains = {
            item.id: f"filter_{number}"
            for number, item in enumerate(device.filters, 1)
            if item.id in used
        }
        for item in device.filters:
            if item.id in chains:
                self._filter(item, chains[item.id], policy=False)
        self._hook("from_link", "prerouting", -150, "iifname", chains, inward=True)
        self._forward()
        self._hook("to_link", "postrouting", 150, "oifname", chains, inward=False)

    def _forward(self) -> None:
        device, policy = self._device, self._device.policy
        forwards = device.kind.forwards
        default = "accept" if forwards and policy is None else "drop"
        head = f"type filter hook forward priority filter; policy {default};"
        if forwards and policy is not None:
            self._filter(policy, "rules", policy=True)
            # Written after what it jumps to, as nft wants it.
            self._draft.chain("forwarded", head, "jump rules")
        else:
            self._draft.chain("forwarded", head)

    def _hook(
        self,
        name: str,
        hook: str,
        priority: int,
        word: str,
        chains: dict[str, str],
        *,
        inward: bool,
    ) -> None:
        lines = []
        for face in self._device.interfaces:
            wanted = face.filter_in if inward else face.filter_out
            if wanted is not None:
                lines.append(f'{word} "{self._names[face.id]}" jump {chains[wanted]}')
        if lines:
            head = f"type filter hook {hook} priority {priority}; policy accept;"
            self._draft.chain(name, head, *lines)

    def _filter(self, item: Filter, chain: str, *, policy: bool) -> None:
        if item.rules is None or item.default is None:
            self._problems.add(
                item.source, "nftables.undeclared-filter", device=self._device.id, filter=item.id
            )
            return
        if item.session_rules is not None:
            # The marks of connections say that a session was admitted, not which rule judges it.
            self._problems.add(
                item.source, "nftables.session-rules", device=self._device.id, filter=item.id
            )
        permit = "accept"
        body: list[str] = []
        if item.stateful and not policy and any(targets_of(rule) for rule in self._device.nat):
            # A connection looks otherwise behind its translation, but has one mark.
            self._problems.add(
                item.source, "nftables.state-and-nat", device=self._device.id, filter=item.id
            )
        if item.stateful:
            bit = self._sessions.bit(item, policy=policy)
            permit = f"goto {chain}_admits"
            self._sessions.admits(f"{chain}_admits", bit, policy=policy)
            body += self._sessions.lines(item, chain, bit, policy=policy)
        for rule in item.rules:
            body += self._rule(rule, permit, policy=policy)
        if item.default is Action.PERMIT:
            body.append(f"counter {permit}{remark('default', item.place_of_default)}")
        else:
            body.append(self._draft.drop("drop.denied", item.place_of_default, "default"))
        self._draft.chain(chain, *body)

    def _rule(self, rule: Rule, permit: str, *, policy: bool) -> Iterator[str]:
        if rule.uncertain is not None:
            self._problems.add(
                rule.source,
                "nftables.uncertain-rule",
                device=self._device.id,
                rule=rule.name,
                reason=rule.uncertain,
            )
            return
        ways = self._ways(rule) if policy else ""
        if ways is None:
            return
        macs = ""
        if rule.macs:
            self._draft.differs("nftables.mac", rule=rule.name, place=rule.source.short)
            macs = f"ether saddr {{ {', '.join(rule.macs)} }}"
        for condition in conditions(rule.sources, rule.destinations, rule.services):
            if rule.action is Action.PERMIT:
                verdict = f"counter {permit}{remark(rule.name, rule.source)}"
            else:
                verdict = self._draft.drop("drop.denied", rule.source, rule.name)
            yield joined(ways, macs, condition, verdict)

    def _ways(self, rule: Rule) -> str | None:
        """Return the interface conditions of a rule, None if no interface here is meant."""
        parts = []
        for word, wanted in (("iifname", rule.in_interfaces), ("oifname", rule.out_interfaces)):
            if wanted:
                found = [self._names[f.id] for f in self._device.interfaces if is_named(f, wanted)]
                if not found:
                    return None
                parts.append(interfaces_term(word, found))
        return joined(*parts)


def targets_of(rule: NatRule) -> tuple[AddressRange, ...]:
    """Return what a rule translates to, of either kind."""
    if rule.kind == SOURCE_NAT:
        return rule.source_to
    return () if rule.destination_to is None else (rule.destination_to,)


def is_named(face: L3Interface, wanted: tuple[str, ...]) -> bool:
    """Return whether a list of interfaces names one, by its id or its zone label."""
    return face.id in wanted or (face.zone_label is not None and face.zone_label in wanted)
