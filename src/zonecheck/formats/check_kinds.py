"""Checks that a device says only what a device of its kind can have."""

from zonecheck.formats.build_interfaces import bridges_frames
from zonecheck.formats.context import Context
from zonecheck.formats.record import Element
from zonecheck.model.device import DeviceKind

_FORWARDING = ("policy_routes", "nat", "policy_sees")
_FORWARDERS = tuple(kind for kind in DeviceKind if kind.forwards)
_SWITCHES = tuple(kind for kind in DeviceKind if kind.bridges)
_TRANSPARENT = (DeviceKind.TRANSPARENT_FIREWALL,)
_ROUTED = tuple(kind for kind in DeviceKind if not kind.filters_frames)
KINDS_WITH = {
    **dict.fromkeys(_FORWARDING, _FORWARDERS),
    "routes": _ROUTED,
    "span": _SWITCHES,
    "non_ip": _TRANSPARENT,
}
"""The kinds of device a key is for; every kind may have what is not named."""
_FEWEST_SIDES = 2


def check_kind(name: str, kind: DeviceKind, element: Element, context: Context) -> None:
    """Report keys of another kind, and a transparent firewall with nothing on one of its sides."""
    members: tuple[Element, ...] = tuple(element["ha"] or ())
    for part in (element, *members):
        for key, kinds in KINDS_WITH.items():
            if key in part.values and part.given(key) and kind not in kinds:
                context.problems.add(
                    part.source_of(key),
                    "device.key-of-other-kind",
                    device=name,
                    key=key,
                    kind=kind.value,
                    kinds=", ".join(item.value for item in kinds),
                )
    if kind.filters_frames:
        parts = (element["interfaces"] or {}).values()
        sides = [part for part in parts if bridges_frames(kind, part)]
        if len(sides) < _FEWEST_SIDES:
            context.problems.add(
                element.source, "device.too-few-sides", device=name, found=len(sides)
            )
