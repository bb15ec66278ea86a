"""The interfaces of a device as its rules name them: by id or by label."""

from collections.abc import Iterable

from zonecheck.formats.context import Context
from zonecheck.formats.fold import fold
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.device import L3Interface


class InterfaceLabels:
    """What the names and labels of one device's interfaces stand for."""

    def __init__(self, device: str, interfaces: tuple[L3Interface, ...], context: Context) -> None:
        self._device = device
        self._context = context
        self._named: dict[str, list[str]] = {item.id: [item.id] for item in interfaces}
        ids = frozenset(self._named)
        for item in interfaces:
            if item.zone_label is not None and item.zone_label not in ids:
                self._named.setdefault(item.zone_label, []).append(item.id)

    def interfaces(self, nodes: Iterable[ScalarNode] | None) -> tuple[str, ...]:
        """Return the ids of the interfaces that names or labels stand for, each once."""
        found: list[str] = []
        for node in nodes or ():
            name = fold(node.text)
            if name in self._named:
                found += self._named[name]
                continue
            self._context.problems.add(
                node.source,
                "reference.unknown-label",
                text=name,
                owner=self._device,
                known=listed(self._named),
                hint=did_you_mean(name, self._named),
            )
        return tuple(dict.fromkeys(found))
