"""What a report shows for a finding."""

from collections.abc import Iterator

from zonecheck.policy.verdict import Counterexample, MissingControl, PacketPath, RelayChain


def packet_paths(evidence: Counterexample | None) -> Iterator[PacketPath]:
    """Yield every packet path in a counterexample: of relay chains and missing controls, too."""
    found: list[object] = [evidence]
    if isinstance(evidence, RelayChain):
        found = [step.by for step in evidence.steps]
    elif isinstance(evidence, MissingControl):
        found = [evidence.passes]
    yield from (item for item in found if isinstance(item, PacketPath))
