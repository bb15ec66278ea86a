"""A counterexample, step by step."""

from zonecheck.policy.verdict import (
    ChainStep,
    Counterexample,
    MissingControl,
    MissingDeclaration,
    OpeningPacket,
    PacketPath,
    PlatformStep,
    RelayChain,
    RuleConflict,
    ServiceStep,
    SharedDomain,
)
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.place import place_text, point_text
from zonecheck.report.text.translation import translation_text
from zonecheck.report.words import phrase, say
from zonecheck.simulate import Decision, Hop

_NATIVE = " native vlan "
"""What stands in an end out of which frames with two tags come."""
_UNDECLARED = "undeclared"
"""The method of a service step that stands for a two-sided host without a basis."""


def counterexample_lines(found: Counterexample, lang: Lang) -> list[str]:
    """Return the lines that show a counterexample."""
    if isinstance(found, PacketPath):
        return path_lines(found, lang)
    if isinstance(found, RelayChain):
        return chain_lines(found, lang)
    if isinstance(found, SharedDomain):
        return domain_lines(found, lang)
    if isinstance(found, MissingControl):
        return _control_lines(found, lang)
    if isinstance(found, RuleConflict):
        return _conflict_lines(found, lang)
    return _declaration_lines(found, lang)


def path_lines(path: PacketPath | OpeningPacket, lang: Lang) -> list[str]:
    """Return a packet, what opened its session, and its hops with the rules that let it by."""
    forged = phrase(lang, "report.forged") if path.forged else ""
    lines = [phrase(lang, "report.packet", packet=path.packet) + forged]
    for opener in path.after if isinstance(path, PacketPath) else ():
        lines.append("  " + phrase(lang, "report.after"))
        lines += indented(path_lines(opener, lang), 4)
    lines.append("  " + phrase(lang, "report.sent-by", point=point_text(path.origin, lang)))
    lines += indented(hop_lines(path.hops, lang), 2)
    if path.destination is None:
        lines.append("  " + phrase(lang, "report.lost-later"))
    else:
        point = point_text(path.destination, lang)
        lines.append("  " + phrase(lang, "report.received-by", point=point))
    return lines


def hop_lines(hops: tuple[Hop, ...], lang: Lang) -> list[str]:
    """Return one line a hop and decision: where it goes in and out, and by which rule."""
    if not hops:
        return [phrase(lang, "report.direct")]
    rows: list[tuple[str, str, str]] = []
    for hop in hops:
        way = (
            f"{hop.in_interface} -> {hop.out_interface}" if hop.out_interface else hop.in_interface
        )
        decided = _decided(hop, lang)
        if hop.route is not None:
            route = _route_text(hop, lang)
            decided = [*(decided or [_undecided(hop, lang)]), f"{route}  {place_text(hop.route)}"]
        for at, text in enumerate(decided or [_undecided(hop, lang)]):
            rows.append((hop.node, way, text) if at == 0 else ("", "", text))
    return aligned(rows)


def _decided(hop: Hop, lang: Lang) -> list[str]:
    """Return what filters decided and translations changed, in the order it happened."""
    texts = [decision_text(decision, lang) for decision in hop.decisions]
    for step in reversed(hop.translations):
        texts.insert(step.decided, translation_text(step, hop.node, lang))
    return texts


def _route_text(hop: Hop, lang: Lang) -> str:
    if hop.policy_route is None:
        return phrase(lang, "report.route")
    return phrase(lang, "report.policy-route", name=hop.policy_route)


def _undecided(hop: Hop, lang: Lang) -> str:
    """Return what to say of a hop at which no filter decided."""
    return "" if hop.out_interface is None else phrase(lang, "report.no-filter")


def decision_text(decision: Decision, lang: Lang) -> str:
    """Return what a filter decided, by which rule, and where that rule is written."""
    code = f"report.rule-{decision.verdict}"
    if decision.verdict in ("session", "icmp-error", "alg"):
        text = phrase(lang, code, filter=decision.filter_id)
    else:
        text = phrase(lang, code, filter=decision.filter_id, rule=_rule_text(decision, lang))
    return "  ".join(part for part in (text, place_text(decision.source)) if part)


def _rule_text(decision: Decision, lang: Lang) -> str:
    if decision.rule is None:
        return phrase(lang, "report.rule-default")
    named = phrase(lang, "report.rule-named", name=decision.rule.name)
    return f"{named} {decision.rule.note}".rstrip()


def chain_lines(chain: RelayChain, lang: Lang) -> list[str]:
    """Return the nodes of a relay chain, then each of its steps with its evidence."""
    if not chain.steps:
        return [phrase(lang, "report.chain-single", node=node) for node in chain.nodes[:1]]
    arrow = " → " if lang == "ja" else " -> "
    lines = [phrase(lang, "report.chain", nodes=arrow.join(chain.nodes))]
    for number, step in enumerate(chain.steps, 1):
        head = phrase(
            lang, "report.chain-step", number=number, origin=step.origin, target=step.target
        )
        lines.append("  " + head)
        lines += indented(_step_lines(step, lang), 5)
    return lines


def _step_lines(step: ChainStep, lang: Lang) -> list[str]:
    if isinstance(step.by, PacketPath):
        lines = path_lines(step.by, lang)
        if step.by.origin.node != step.origin.split("/")[0]:
            return [phrase(lang, "report.chain-answer"), *indented(lines, 2)]
        return lines
    if isinstance(step.by, SharedDomain):
        return domain_lines(step.by, lang)
    if isinstance(step.by, PlatformStep):
        text = phrase(lang, f"report.platform-{step.by.kind}", subject=step.by.subject)
        return [f"{text}  {place_text(step.by.source)}".rstrip()]
    return [_service_line(step.by, lang)]


def _service_line(step: ServiceStep, lang: Lang) -> str:
    return f"{service_text(step, lang)}  {place_text(step.source)}".rstrip()


def service_text(step: ServiceStep, lang: Lang) -> str:
    """Return which service hands payload on, and in which direction."""
    if step.method == _UNDECLARED:
        return phrase(lang, "report.undeclared-relay", host=step.host)
    direction = "report.direction-reverse" if step.reverse else "report.direction-forward"
    return phrase(
        lang,
        "report.chain-service",
        host=step.host,
        method=step.method,
        direction=phrase(lang, direction),
    )


def domain_lines(shared: SharedDomain, lang: Lang) -> list[str]:
    """Return two members of one broadcast domain and what joins them."""
    ends = {"a": point_text(shared.a, lang), "b": point_text(shared.b, lang)}
    rows = [(join_text(a, b, lang), place_text(source)) for a, b, source in shared.joins]
    return [phrase(lang, "report.same-domain", **ends), *aligned(rows, indent=2)]


def join_text(a: str, b: str, lang: Lang) -> str:
    """Return what joins two broadcast domains, and by what trick if frames need two tags."""
    double = any(_NATIVE in end for end in (a, b))
    return phrase(lang, "report.join-double-tagged" if double else "report.join", a=a, b=b)


def _control_lines(missing: MissingControl, lang: Lang) -> list[str]:
    where = place_text(missing.source)
    head = phrase(lang, "report.missing-control", place=missing.place)
    lines = [f"{head}  {where}".rstrip()]
    if missing.passes is not None:
        lines.append("  " + phrase(lang, "report.passes"))
        lines += indented(path_lines(missing.passes, lang), 4)
    return lines


def _conflict_lines(conflict: RuleConflict, lang: Lang) -> list[str]:
    lines = []
    if conflict.packet is not None:
        lines.append(phrase(lang, "report.packet", packet=conflict.packet))
    if not conflict.deciding:
        return lines
    rows = [
        (phrase(lang, "report.rule-of", place=conflict.place, rule=name), place_text(source))
        for name, source in conflict.deciding
    ]
    return [*lines, phrase(lang, "report.decided-by"), *aligned(rows, indent=2)]


def _declaration_lines(missing: MissingDeclaration, lang: Lang) -> list[str]:
    where = place_text(missing.source)
    head = phrase(lang, "report.missing-item", item=say(missing.item, lang))
    if where:
        head += "  " + phrase(lang, "report.write-here", where=where)
    return [head]
