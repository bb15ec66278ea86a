"""Translation tables in the canonical form (docs/dataplane.md, "Translation")."""

from zonecheck.dataplane.canonical_matches import (
    Json,
    in_order,
    match_of,
    matched_addresses,
    range_addresses,
)
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule


def translation_tables(device: Device) -> dict[str, Json]:
    """Return the rules of a device by kind, each in its order."""
    return {
        kind: [form for _, form in translations(device, kind)]
        for kind in (DESTINATION_NAT, SOURCE_NAT)
    }


def translations(device: Device, kind: str) -> list[tuple[NatRule, dict[str, Json]]]:
    """Return the rules of one kind with their forms; those that match nothing are left out.

    Raises:
        ValueError: One that is one to one is not from a single range to one of the same size.
    """
    forms = [(rule, _rule(rule)) for rule in device.nat if rule.kind == kind]
    return [(rule, form) for rule, form in forms if form is not None]


def _rule(rule: NatRule) -> dict[str, Json] | None:
    match = match_of(
        matched_addresses(rule.sources), matched_addresses(rule.destinations), rule.services
    )
    if match is None:
        return None
    form: dict[str, Json] = {"match": match}
    if rule.in_interfaces:
        form["in"] = in_order(rule.in_interfaces)
    if rule.out_interfaces:
        form["out"] = in_order(rule.out_interfaces)
    targets = rule.source_to
    if rule.destination_to is not None:
        targets = (rule.destination_to,)
    if not targets:
        return form
    to: dict[str, Json] = {"addresses": range_addresses(targets)}
    if rule.one_to_one:
        before = rule.sources if rule.destination_to is None else rule.destinations
        to["from"] = _counterpart(before.ranges or (), targets, negated=before.negated)
    if rule.port_to is not None:
        to["port"] = rule.port_to
    form["to"] = to
    return form


def _counterpart(
    before: tuple[AddressRange, ...], after: tuple[AddressRange, ...], *, negated: bool
) -> Json:
    """Return the range whose n-th address becomes the n-th of another."""
    if negated or len(before) != 1 or len(after) != 1:
        raise ValueError("a translation that is one to one needs one range on either side")
    (low, high), (start, end) = before[0].interval, after[0].interval
    if before[0].version != after[0].version or high - low != end - start:
        raise ValueError("a translation that is one to one needs ranges of the same size")
    return range_addresses(before)[0]
