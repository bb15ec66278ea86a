"""The parser of services: `tcp/443`, `udp/53`, `icmp/8`, `esp`, `proto/89`, `any`.

It accepts what `Service.__str__` writes, so that reports can be pasted back into a file.
"""

import re
from collections.abc import Callable

from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.scalars import number_at, port_at, range_at, written_instead
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.message import Message
from zonecheck.model.service import (
    ANY_SERVICE,
    ICMP_PROTOCOLS,
    PORT_PROTOCOLS,
    PROTOCOL_NUMBERS,
    PortRange,
    Service,
)
from zonecheck.model.source import Source

_TCP = PROTOCOL_NUMBERS["tcp"]
_FORM = re.compile(
    r"(?P<protocol>[^/ ]+)(?:/(?P<numbers>[^ ]+))?"
    r"(?: from (?P<origins>[^ ]+))?(?P<flag> established| opening)?"
)
_BACKWARDS = re.compile(r"(?P<numbers>[0-9,-]+)/(?P<protocol>tcp|udp|sctp)", re.IGNORECASE)
_OTHER_MARK = re.compile(r"(?P<protocol>tcp|udp|sctp|icmp|icmpv6)[: ](?P<numbers>[0-9,-]+)", re.I)
_BARE_PORTS = re.compile(r"[0-9][0-9,-]*")

PATTERN = (
    "^(any|[a-z0-9]+(/[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*)?"
    "( from [0-9,-]+)?( established| opening)?)$"
)


def service(node: ScalarNode, problems: Problems) -> Service | None:
    """Return the service a text names."""
    text, source = node.text, node.source
    if text == "any":
        return ANY_SERVICE
    match = _FORM.fullmatch(text)
    if match is None:
        problems.add(source, "scalar.service", text=text, hint=_form_hint(text))
        return None
    name, numbers = match["protocol"], match["numbers"]
    if name == "proto":
        protocol = number_at(source, numbers or "", problems, 0, 255)
        numbers = None
    else:
        protocol = PROTOCOL_NUMBERS.get(name)
        if protocol is None:
            hint = _form_hint(text) or did_you_mean(name, (*PROTOCOL_NUMBERS, "proto", "any"))
            known = ", ".join((*PROTOCOL_NUMBERS, "proto/N", "any"))
            problems.add(
                source, "scalar.service-protocol", text=text, protocol=name, known=known, hint=hint
            )
    if protocol is None:
        return None
    return _service(node, problems, protocol, match, numbers)


def _service(
    node: ScalarNode,
    problems: Problems,
    protocol: int,
    match: re.Match[str],
    numbers: str | None,
) -> Service | None:
    text, source, name = node.text, node.source, match["protocol"]
    has_ports, has_types = protocol in PORT_PROTOCOLS, protocol in ICMP_PROTOCOLS
    if (numbers and not (has_ports or has_types)) or (match["origins"] and not has_ports):
        bare = text.partition("/")[0] if name != "proto" else text.partition(" ")[0]
        hint = written_instead(bare)
        problems.add(source, "scalar.service-without-ports", text=text, protocol=name, hint=hint)
        return None
    if match["flag"] and protocol != _TCP:
        problems.add(source, "scalar.service-established", text=text, protocol=name)
        return None
    values = _ranges(source, numbers, problems, port_at if has_ports else _icmp_type_at)
    origins = _ranges(source, match["origins"], problems, port_at)
    if values is None or origins is None:
        return None
    return Service(
        protocol,
        ports=values if has_ports else (),
        source_ports=origins,
        icmp_types=values if has_types else (),
        established=match["flag"] == " established",
        opening=match["flag"] == " opening",
    )


def _ranges(
    source: Source,
    text: str | None,
    problems: Problems,
    number: Callable[[Source, str, Problems], int | None],
) -> tuple[PortRange, ...] | None:
    """Return comma-separated ranges; no text means none are named."""
    parts = text.split(",") if text else []
    read = [range_at(source, part, problems, number) for part in parts]
    known = tuple(item for item in read if item is not None)
    return known if len(known) == len(read) else None


def _icmp_type_at(source: Source, text: str, problems: Problems) -> int | None:
    return number_at(source, text, problems, 0, 255)


def _form_hint(text: str) -> Message | None:
    """Return the right spelling of the forms people bring from other tools."""
    match = _BACKWARDS.fullmatch(text) or _OTHER_MARK.fullmatch(text)
    if match:
        return written_instead(f"{match['protocol'].lower()}/{match['numbers']}")
    if _BARE_PORTS.fullmatch(text):
        return written_instead(f"tcp/{text}")
    lower = text.lower()
    known = lower.partition("/")[0] in PROTOCOL_NUMBERS or lower == "any"
    return written_instead(lower) if lower != text and known else None
