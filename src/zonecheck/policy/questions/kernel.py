"""What a kernel did with the packets of a design, beside what the model says."""

from dataclasses import dataclass

from zonecheck.model.message import Message
from zonecheck.simulate import Packet


@dataclass(frozen=True, slots=True)
class KernelDisagreement:
    """A packet of which the kernel did something else, or nothing that could be seen.

    `turn` is 0 for a packet by itself, 1 for the answer to one, 2 for what follows an answer, 3 for
    an ICMP error about the first.
    `by_kernel` and `by_model` are what only the one says: places of delivery and reasons of drops.
    """

    packet: Packet
    origin: str
    turn: int
    by_kernel: tuple[Message, ...]
    by_model: tuple[Message, ...]

    @property
    def leaks(self) -> bool:
        """Return whether the kernel delivered what the model says it does not."""
        codes = {each.code for each in self.by_kernel}
        return bool(codes & {"kernel.delivered", "kernel.forwarded"})


@dataclass(frozen=True, slots=True)
class KernelView:
    """The outcome of a comparison.

    `probes` are packets, `copies` the frames sent for them (one to each possible next hop),
    `deliveries` the arrivals that both agree on, `denials` how many copies ended in a drop that
    was seen, by the code of its reason. `left_out` are the packets not compared, by reason.
    `real` and `emulated` tell how features are built, `absent` what this kernel lacks, `chosen`
    which of several ways was taken, `differences` how the ruleset is stricter than the model.
    """

    design: str
    state: str
    probes: int
    copies: int
    deliveries: int
    denials: tuple[tuple[str, int], ...]
    disagreements: tuple[KernelDisagreement, ...]
    left_out: tuple[tuple[Message, int], ...]
    real: tuple[Message, ...]
    emulated: tuple[Message, ...]
    absent: tuple[Message, ...]
    chosen: tuple[Message, ...]
    differences: tuple[Message, ...]

    @property
    def agrees(self) -> bool:
        """Return whether something was compared and nothing disagrees."""
        return self.probes > 0 and not self.disagreements
