"""What becomes of a packet's addresses at a device (docs/semantics.md, section 4)."""

from dataclasses import dataclass, field

from zonecheck.model.nat import NatRule
from zonecheck.simulate.packet import Packet


@dataclass(frozen=True, slots=True)
class Translated:
    """A packet that a rule of a device turned into another one, as the device remembers it.

    `kind` is the rule's: SOURCE_NAT or DESTINATION_NAT.
    """

    device: str
    kind: str
    before: Packet
    after: Packet
    rule: NatRule = field(compare=False)

    @property
    def order(self) -> tuple[str, ...]:
        """Return a key that sorts entries the same way everywhere."""
        return self.device, self.kind, str(self.before), str(self.after)


@dataclass(frozen=True, slots=True)
class Translation:
    """One step of a hop: a packet before and after a rule, or before and after its undoing.

    `kind` is SOURCE_NAT where the source changed, DESTINATION_NAT where the destination did.
    `rule` is the rule that translated. Of a reply that got its address back it is the rule that
    had translated the first packet, and `restores` is that. `decided` is how many of the hop's
    filter decisions were taken before this step.
    """

    kind: str
    before: Packet
    after: Packet
    rule: NatRule
    restores: Translated | None = None
    decided: int = 0
