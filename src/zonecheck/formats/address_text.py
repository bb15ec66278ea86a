"""Parsers from a scalar's text to IP addresses, prefixes, ranges and MAC addresses."""

import re
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv6Address,
    ip_address,
    ip_interface,
    ip_network,
)

from zonecheck.formats.problems import Problems
from zonecheck.formats.scalars import half_width, written_instead
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange, IPAddress, IPInterface, IPNetwork
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_MAC_FORMS = (
    re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}"),
    re.compile(r"[0-9a-f]{2}(-[0-9a-f]{2}){5}"),
    re.compile(r"[0-9a-f]{4}(\.[0-9a-f]{4}){2}"),
)
_LEADING_ZERO_OCTET = re.compile(r"(?<![0-9])0+(?=[0-9])")
_DOTTED_QUAD = re.compile(r"[0-9]+(\.[0-9]+){3}")
_PREFIX_LENGTH = re.compile(r"0|[1-9][0-9]{0,2}")
_DEFAULT_ROUTE = frozenset({"default", "デフォルト"})
_LAST_OCTET = re.compile(r"[0-9]{1,3}")


def address(node: ScalarNode, problems: Problems) -> IPAddress | None:
    """Return an IPv4 or IPv6 address."""
    return _address_at(node.source, node.text, problems)


def ipv4_address(node: ScalarNode, problems: Problems) -> IPv4Address | None:
    """Return an IPv4 address."""
    found = _address_at(node.source, node.text, problems)
    if isinstance(found, IPv6Address):
        problems.add(node.source, "scalar.ip-version", text=node.text, found="6", expected="4")
        return None
    return found


def ipv6_address(node: ScalarNode, problems: Problems) -> IPv6Address | None:
    """Return an IPv6 address."""
    found = _address_at(node.source, node.text, problems)
    if isinstance(found, IPv4Address):
        problems.add(node.source, "scalar.ip-version", text=node.text, found="4", expected="6")
        return None
    return found


def _address_at(source: Source, text: str, problems: Problems) -> IPAddress | None:
    bare, slash, _ = text.partition("/")
    found = _parsed(bare)
    if found is not None and "%" in bare:
        # The scope names a card of one machine; a design has no such machine.
        problems.add(
            source, "scalar.address-scope", text=text, hint=written_instead(bare.split("%")[0])
        )
        return None
    if found is not None and slash:
        problems.add(source, "scalar.address-with-length", text=text, hint=written_instead(bare))
        return None
    if found is None:
        problems.add(source, "scalar.address", text=text, hint=_address_hint(text))
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        dotted = str(found.ipv4_mapped)
        problems.add(source, "scalar.address-mapped", text=text, hint=written_instead(dotted))
        return None
    return found


def _parsed(text: str) -> IPAddress | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _address_hint(text: str) -> Message | None:
    if _DOTTED_QUAD.fullmatch(text):
        without_zeros = _LEADING_ZERO_OCTET.sub("", text)
        if without_zeros != text and _parsed(without_zeros) is not None:
            return written_instead(without_zeros)
    return half_width(text)


def _split_length(
    source: Source, text: str, problems: Problems, *, may_be_one: bool
) -> tuple[IPAddress, int] | None:
    """Return the address and length of `address/length`; all other forms are problems.

    Where the prefix of a single address makes sense (`may_be_one`), the hint offers it.
    """
    bare, slash, length = text.partition("/")
    found = _address_at(source, bare, problems)
    if found is None:
        return None
    if not slash:
        hint = written_instead(f"{bare}/{found.max_prefixlen}") if may_be_one else None
        problems.add(source, "scalar.prefix-length-missing", text=text, hint=hint)
        return None
    if not _PREFIX_LENGTH.fullmatch(length) or int(length) > found.max_prefixlen:
        problems.add(
            source,
            "scalar.prefix-length",
            text=text,
            length=length,
            longest=found.max_prefixlen,
            hint=_mask_hint(bare, length),
        )
        return None
    return found, int(length)


def _mask_hint(bare: str, length: str) -> Message | None:
    """Return the length a netmask stands for; wildcard masks are too easily misread to guess."""
    try:
        mask = int(IPv4Address(length))
    except AddressValueError:
        return None
    ones = mask.bit_count()
    is_netmask = mask == (0xFFFFFFFF << (32 - ones)) & 0xFFFFFFFF
    return written_instead(f"{bare}/{ones}") if is_netmask else None


def prefix(node: ScalarNode, problems: Problems) -> IPNetwork | None:
    """Return an IP prefix; bits set behind its length are a problem."""
    if node.text.casefold() in _DEFAULT_ROUTE:
        hint = written_instead("0.0.0.0/0")
        problems.add(node.source, "scalar.address", text=node.text, hint=hint)
        return None
    split = _split_length(node.source, node.text, problems, may_be_one=True)
    if split is None:
        return None
    network = ip_network((split[0], split[1]), strict=False)
    if network.network_address != split[0]:
        hint = written_instead(str(network))
        problems.add(node.source, "scalar.host-bits", text=node.text, length=split[1], hint=hint)
        return None
    return network


def interface_address(node: ScalarNode, problems: Problems) -> IPInterface | None:
    """Return an interface's address with the length of its prefix: `10.20.20.1/24`."""
    split = _split_length(node.source, node.text, problems, may_be_one=False)
    return None if split is None else ip_interface(split)


def address_range(node: ScalarNode, problems: Problems) -> AddressRange | None:
    """Return the addresses of `10.0.0.5` or `10.0.0.5-10.0.0.9`."""
    low_text, dash, high_text = (part.strip() for part in node.text.partition("-"))
    low = _address_at(node.source, low_text, problems)
    if low is None:
        return None
    if not dash:
        return AddressRange.of_address(low)
    if isinstance(low, IPv4Address) and _LAST_OCTET.fullmatch(high_text):
        hint = written_instead(f"{low}-{low_text.rpartition('.')[0]}.{high_text}")
        problems.add(node.source, "scalar.range-end", text=node.text, end=high_text, hint=hint)
        return None
    high = _address_at(node.source, high_text, problems)
    if high is None:
        return None
    if low.version != high.version:
        problems.add(node.source, "scalar.range-versions", text=node.text)
        return None
    if int(low) > int(high):
        hint = written_instead(f"{high}-{low}")
        problems.add(
            node.source, "scalar.range-reversed", text=node.text, low=low, high=high, hint=hint
        )
        return None
    return AddressRange(low, high)


def addresses(node: ScalarNode, problems: Problems) -> AddressRange | None:
    """Return the addresses of an address, a range or a prefix."""
    if "/" not in node.text:
        return address_range(node, problems)
    network = prefix(node, problems)
    return None if network is None else AddressRange.of_network(network)


def mac(node: ScalarNode, problems: Problems) -> str | None:
    """Return a station's MAC address as `00:00:5e:00:53:01`, from any of the usual forms."""
    lower = node.text.lower()
    if not any(form.fullmatch(lower) for form in _MAC_FORMS):
        problems.add(node.source, "scalar.mac", text=node.text, hint=half_width(node.text))
        return None
    digits = re.sub("[^0-9a-f]", "", lower)
    if int(digits[:2], 16) & 1:
        problems.add(node.source, "scalar.mac-multicast", text=node.text)
        return None
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))
