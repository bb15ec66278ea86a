"""What one filter does with one packet (docs/semantics.md, sections 4 and 7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.model.closure import Closure
from zonecheck.model.device import L3Interface
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.source import Source
from zonecheck.simulate.application_gateways import is_opened_by_gateway
from zonecheck.simulate.matching import rule_fits
from zonecheck.simulate.packet import TCP, Packet
from zonecheck.simulate.sessions import belongs, is_error_of

PERMIT = "permit"
DENY = "deny"
SESSION = "session"
ICMP_ERROR = "icmp-error"
ALG = "alg"

Way = tuple[L3Interface, L3Interface]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a filter decided: `permit`, `deny`, `session`, `alg` or `icmp-error`.

    `rule` is the rule that decided; None means the default, an undeclared list or the state.
    """

    filter_id: str
    verdict: str
    rule: Rule | None
    source: Source

    @property
    def passes(self) -> bool:
        """Return whether the packet goes on."""
        return self.verdict != DENY


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision, and whether the packet opened a session at a stateful filter.

    `stale` says that it was dropped for being TCP with ACK or RST outside every session.
    """

    decision: Decision
    opens: bool = False
    stale: bool = False


def judge(
    item: Filter,
    packet: Packet,
    admitted: frozenset[Packet],
    admitted_here: frozenset[Packet],
    closure: Closure,
    way: Way | None = None,
) -> Ruling:
    """Return what a filter does with a packet, given the sessions it admitted.

    `admitted_here` are those between the same two interfaces, which alone let ICMP errors pass.

    A stateful filter first looks for a session, whose packets its session rules may refuse, then
    takes the packet for a new one, which a TCP packet with ACK or RST cannot be unless the filter
    is `loose`. `way` is set for a policy.
    """
    is_new = item.loose or not (packet.protocol == TCP and packet.established)
    if item.rules is None:
        verdict = PERMIT if closure is Closure.UPPER else DENY
        decision = Decision(item.id, verdict, None, item.source)
        return Ruling(decision, opens=item.stateful and is_new and decision.passes)
    if not item.stateful:
        return Ruling(_first_match(item, item.rules, packet, closure, way))
    kind = _session_kind(item, packet, admitted, admitted_here)
    refused: Decision | None = None
    if kind is not None:
        if item.session_rules is None:
            return Ruling(Decision(item.id, kind, None, item.source))
        ruled = _first_match(item, item.session_rules, packet, closure, way)
        if ruled.passes:
            return Ruling(Decision(item.id, kind, ruled.rule, ruled.source))
        refused = ruled
    if not is_new and refused is not None:
        return Ruling(refused)
    if not is_new:
        return Ruling(Decision(item.id, DENY, None, item.source), stale=True)
    decision = _first_match(item, item.rules, packet, closure, way)
    return Ruling(decision, opens=decision.passes)


def _session_kind(
    item: Filter, packet: Packet, admitted: frozenset[Packet], admitted_here: frozenset[Packet]
) -> str | None:
    """Return how a packet belongs to a session of a filter, None if it does not."""
    if belongs(packet, admitted):
        return SESSION
    if is_opened_by_gateway(packet, admitted, item.alg):
        return ALG
    if is_error_of(packet, admitted_here):
        return ICMP_ERROR
    return None


def judge_fragment(
    item: Filter,
    completions: Iterable[Packet],
    admitted: frozenset[Packet],
    closure: Closure,
    way: Way | None = None,
) -> Ruling:
    """Return what a filter does with a fragment that may be the rest of some whole packets.

    It lets the fragment through as the first of them it lets through, and denies it as the first
    if it denies all (section 4, "Fragments"). No ICMP error has fragments, so none counts as one
    of a session, and no fragment opens a session.
    """
    decisions = [
        judge(item, whole, admitted, frozenset(), closure, way).decision for whole in completions
    ]
    return Ruling(next((each for each in decisions if each.passes), decisions[0]))


def _first_match(
    item: Filter, rules: tuple[Rule, ...], packet: Packet, closure: Closure, way: Way | None
) -> Decision:
    """Return what the first rule that matches decides, else the default (section 4)."""
    for rule in rules:
        if _applies(rule, closure) and rule_fits(rule, packet, way):
            return Decision(item.id, _verdict(rule.action), rule, rule.source)
    default = item.default
    if default is None:
        default = Action.PERMIT if closure is Closure.UPPER else Action.DENY
    return Decision(item.id, _verdict(default), None, item.place_of_default)


def _applies(rule: Rule, closure: Closure) -> bool:
    """Return whether a rule is taken to match at all; an uncertain one only as it leaks (7).

    A deny of source MAC addresses stops nobody, since a sender forges them (section 4).
    """
    if rule.macs and rule.action is Action.DENY:
        return False
    if rule.uncertain is None:
        return True
    return (rule.action is Action.PERMIT) == (closure is Closure.UPPER)


def _verdict(action: Action) -> str:
    return PERMIT if action is Action.PERMIT else DENY
