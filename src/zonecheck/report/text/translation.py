"""What a device made of a packet's addresses, in words."""

from zonecheck.model.nat import DESTINATION_NAT
from zonecheck.report.lang import Lang
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase
from zonecheck.simulate import Packet, Translation


def translation_text(step: Translation, node: str, lang: Lang) -> str:
    """Return the address before and after, by which rule, and where that rule is written.

    Of a reply that got its address back it names the packet that was translated first.
    """
    side = "destination" if step.kind == DESTINATION_NAT else "source"
    arguments = {
        "before": _end(step.before, side),
        "after": _end(step.after, side),
        "node": node,
        "rule": step.rule.name,
    }
    if step.restores is None:
        text = phrase(lang, f"trace.translated-{side}", **arguments)
    else:
        first = step.restores.before
        text = phrase(lang, f"trace.restored-{side}", **arguments, first=first)
    return f"{text}  {place_text(step.rule.source)}".rstrip()


def _end(packet: Packet, side: str) -> str:
    """Return an end of a packet, with its port if the protocol has ports."""
    destination = side == "destination"
    address = packet.destination if destination else packet.source
    if not packet.has_ports:
        return str(address)
    port = packet.destination_port if destination else packet.source_port
    return f"[{address}]:{port}" if packet.version == 6 else f"{address}:{port}"
