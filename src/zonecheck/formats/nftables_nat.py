"""Address translation as nft chains (semantics, section 4, "Address translation")."""

from collections.abc import Iterator, Mapping

from zonecheck.formats.nftables_filters import is_named, targets_of
from zonecheck.formats.nftables_ruleset import Draft, remark
from zonecheck.formats.nftables_terms import (
    FAMILY,
    address_terms,
    address_text,
    interfaces_term,
    joined,
    range_text,
    service_terms,
)
from zonecheck.formats.problems import Problems
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.service import PORT_PROTOCOLS, Service
from zonecheck.packets import MAXIMA, Field, normalise

MOST_MAPPED = 4096
_HEADS = {
    DESTINATION_NAT: ("translates_destinations", "prerouting priority dstnat", "dnat", "daddr"),
    SOURCE_NAT: ("translates_sources", "postrouting priority srcnat", "snat", "saddr"),
}


class NatWriter:
    """Writes the translation table of one device; what nft cannot say becomes a problem."""

    def __init__(
        self, draft: Draft, device: Device, names: Mapping[str, str], problems: Problems
    ) -> None:
        self._draft = draft
        self._device = device
        self._names = names
        self._problems = problems

    def write(self) -> None:
        """Write both kinds of rules, each in its order."""
        if not self._device.nat:
            return
        self._draft.differs("nftables.nat-tracked")
        for kind, (chain, hook, _, _) in _HEADS.items():
            lines = self._draft.chain(chain, f"type nat hook {hook}; policy accept;")
            for rule in self._device.nat:
                if rule.kind == kind:
                    lines += self._rule(rule)
        # Only connections are translated: what belongs to none would pass as it is.
        drop = self._draft.drop("drop.untracked", self._device.source, "untracked")
        head = "type filter hook forward priority -10; policy accept;"
        self._draft.chain("tracked", head, f"ct state {{ invalid, untracked }} {drop}")

    def _rule(self, rule: NatRule) -> Iterator[str]:
        ways = self._ways(rule)
        if ways is None:
            return
        for version in (4, 6):
            source = address_terms(rule.sources, version, "saddr")
            destination = address_terms(rule.destinations, version, "daddr")
            targets = [each for each in targets_of(rule) if each.version == version]
            if source is None or destination is None or (targets_of(rule) and not targets):
                continue
            for service in rule.services or (Service(),):
                terms = service_terms(service, version)
                if terms is None:
                    continue
                match = joined(ways, f"meta nfproto ipv{version}", source, destination, terms)
                for verdict in self._verdicts(rule, version, targets, service):
                    note = remark(rule.name, rule.source)
                    yield joined(match, f"counter {verdict}{note}")

    def _ways(self, rule: NatRule) -> str | None:
        parts = []
        for word, wanted in (("iifname", rule.in_interfaces), ("oifname", rule.out_interfaces)):
            if wanted:
                found = [self._names[f.id] for f in self._device.interfaces if is_named(f, wanted)]
                if not found:
                    return None
                parts.append(interfaces_term(word, found))
        return joined(*parts)

    def _verdicts(
        self, rule: NatRule, version: int, targets: list[AddressRange], service: Service
    ) -> Iterator[str]:
        if not targets:
            yield "accept"
            return
        _, _, word, side = _HEADS[rule.kind]
        matched = rule.sources if rule.kind == SOURCE_NAT else rule.destinations
        statement = f"{word} {FAMILY[version]} to"
        if rule.one_to_one and matched.ranges is not None:
            target = self._mapped(rule, version, matched.ranges, targets, side)
        else:
            target = self._range(rule, version, targets)
        if target is None:
            return
        if rule.port_to is None:
            yield f"{statement} {target}"
            return
        if " map " in target:
            self._problems.add(
                rule.source, "nftables.mapped-port", device=self._device.id, rule=rule.name
            )
            return
        if service.protocol is None or service.protocol in PORT_PROTOCOLS:
            with_port = f"[{target}]" if version == 6 else target
            ported = "" if service.protocol else "meta l4proto { 6, 17, 132 } "
            yield f"{ported}{statement} {with_port}:{rule.port_to}".strip()
        if service.protocol not in PORT_PROTOCOLS:
            yield f"{statement} {target}"

    def _range(self, rule: NatRule, version: int, targets: list[AddressRange]) -> str | None:
        merged = normalise((t.interval for t in targets), MAXIMA[version][Field.DST])
        if len(merged) > 1:
            self._problems.add(
                rule.source, "nftables.several-targets", device=self._device.id, rule=rule.name
            )
            return None
        return range_text(*merged[0], version)

    def _mapped(
        self,
        rule: NatRule,
        version: int,
        matched: tuple[AddressRange, ...],
        targets: list[AddressRange],
        side: str,
    ) -> str | None:
        """Return a map from each address to its place in the other range."""
        (low, high), (first, last) = matched[0].interval, targets[0].interval
        if len(matched) > 1 or len(targets) > 1 or high - low != last - first:
            return self._range(rule, version, targets)
        if high - low >= MOST_MAPPED:
            self._problems.add(
                rule.source,
                "nftables.map-too-large",
                device=self._device.id,
                rule=rule.name,
                most=MOST_MAPPED,
            )
            return None
        entries = (
            f"{address_text(low + n, version)} : {address_text(first + n, version)}"
            for n in range(high - low + 1)
        )
        return f"{FAMILY[version]} {side} map {{ {', '.join(entries)} }}"
