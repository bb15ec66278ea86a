"""The filters of one device, asked by one packet on all its branches."""

from dataclasses import replace

from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.filter import Filter
from zonecheck.model.message import Message
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.filtering import Way, judge, judge_fragment
from zonecheck.simulate.hops import Hop, Loss
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import FilterKey, Sessions


class Inspection:
    """What the filters decide by the sessions given; gathers sessions opened and packets lost."""

    def __init__(
        self, device: Device, sessions: Sessions, completions: Completions, closure: Closure
    ) -> None:
        self._device = device
        self._sessions = sessions
        self._completions = completions
        self._closure = closure
        self.admitted: dict[tuple[FilterKey, Packet], None] = {}
        self.lost: list[Loss] = []

    def by_policy(
        self, hop: Hop, packet: Packet, inward: L3Interface, outward: L3Interface
    ) -> Hop | None:
        """Return the hop with the policy's decision added, None if it dropped the packet."""
        policy = self._device.policy
        if policy is None:
            return hop
        between = tuple(sorted({inward.id, outward.id}))
        key = FilterKey(self._device.id, policy.id, policy=True, between=between)
        return self._by(hop, packet, key, policy, (inward, outward))

    def by_named(self, hop: Hop, packet: Packet, name: str | None) -> Hop | None:
        """Return the same for a filter an interface names, None meaning it names none."""
        if name is None:
            return hop
        key = FilterKey(self._device.id, name)
        return self._by(hop, packet, key, self._device.filter_named(name), None)

    def _by(
        self, hop: Hop, packet: Packet, key: FilterKey, item: Filter, way: Way | None
    ) -> Hop | None:
        everywhere, here = self._sessions.anywhere(key), self._sessions.of(key)
        if packet.fragment:
            wholes = self._completions.of(packet, self._sessions)
            ruling = judge_fragment(item, wholes, everywhere, self._closure, way)
        else:
            ruling = judge(item, packet, everywhere, here, self._closure, way)
        decision = ruling.decision
        hop = replace(hop, decisions=(*hop.decisions, decision))
        if ruling.opens:
            self.admitted[key, packet] = None
        if decision.passes:
            return hop
        name = decision.rule.name if decision.rule is not None else ""
        code = "drop.no-session" if ruling.stale else "drop.denied"
        reason = Message.of(code, node=self._device.id, filter=item.id, rule=name)
        self.lost.append(Loss(hop, reason, decision.source))
        return None
