"""What a device takes for itself (docs/semantics.md, section 4, step 3)."""

from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.senders import Senders


class OwnStack:
    """The stacks of all devices: what `management`, tunnels and own sessions let in."""

    def __init__(self, senders: Senders, completions: Completions, closure: Closure) -> None:
        self._senders = senders
        self._completions = completions
        self._closure = closure

    def accepts(self, device: Device, face: L3Interface, packet: Packet) -> bool:
        """Return whether a device's own stack takes a packet addressed to it.

        A fragment is taken if anything it may be the rest of is.
        """
        completions = self._completions.of(packet)
        return any(self._accepts_whole(device, face, whole) for whole in completions)

    def _accepts_whole(self, device: Device, face: L3Interface, packet: Packet) -> bool:
        if self._senders.is_reply_to_opened(device.id, packet):
            return True
        if self._senders.admits_tunnel(device.id, packet):
            return True
        if device.management is None:
            return self._closure is Closure.UPPER
        return any(
            names_fit(entry.interfaces, face)
            and address_fits(entry.sources, packet.source)
            and services_fit(entry.services, packet)
            for entry in device.management
        )
