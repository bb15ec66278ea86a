"""The device a command is about."""

from zonecheck.cli.failure import Failure
from zonecheck.model.device import Device
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology


def device_with_rules(design: Topology, name: str) -> Device:
    """Return the device of that name.

    Raises:
        Failure: there is none, or it forwards nothing by rules.
    """
    found = design.device_by_id.get(name)
    if found is None:
        known = ", ".join(sorted(design.device_by_id)) or "-"
        raise Failure(Message.of("error.unknown-device", given=name, known=known))
    if not found.kind.has_rules:
        raise Failure(Message.of("error.device-without-rules", device=name, kind=found.kind.value))
    return found
