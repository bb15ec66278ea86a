"""Wordings of what checks of rules and translations found."""

from zonecheck.report.lang import Words

_CHECKS: Words = {
    "check.rule-anomaly.title": ("ルールの異常", "no shadowed or needless rules"),
    "check.rule-anomaly.proves": (
        (
            "転送に使うフィルターの規則はどれも、先の規則に覆われず、取り除けば判定が変わる。"
            "送信元・宛先・サービスのどれも問わない許可はない。"
        ),
        (
            "No rule of a filter that forwards is covered by those before it, every permit changes "
            "something, and none permits any source, destination and service."
        ),
    ),
    "check.rule-anomaly.counterexample": (
        "該当する規則と、その代わりに判定する規則、それを示すパケット。",
        "the rule, the rules that decide in its place, and a packet that shows it.",
    ),
    "check.nat-consistency.title": ("NATの整合", "no stale translations"),
    "check.nat-consistency.proves": (
        (
            "アドレス変換の内側のアドレスはどれも誰かのものであり、宛先変換によって領域を越えて"
            "届くホストには、変換前のアドレスを宛先とする宣言がある。"
            "宣言に書かれた変換前のアドレス（addressed_as）は、宛先のものか、宛先に変換される。"
        ),
        (
            "Somebody has each address inside a translation, each host that a translated "
            "destination leads to across zones is declared as addressed that way, and the "
            "addresses declared flows are sent to (`addressed_as`) are or become the destination's."
        ),
    ),
    "check.nat-consistency.counterexample": (
        "該当する変換または宣言、変換されて届くパケット。",
        "the translation or declaration, and a packet that is translated and delivered.",
    ),
}

_RULES: Words = {
    "rule-anomaly.shadowed": (
        "{place} の規則「{rule}」は、逆の判定をする先の規則（{causes}）に隠れ、効きません",
        'rule "{rule}" of {place} is shadowed: rules before it decide otherwise ({causes})',
    ),
    "rule-anomaly.contradictory": (
        "{place} の規則「{rule}」は、同じ通信について逆を定める先の規則（{causes}）と矛盾します",
        'rule "{rule}" of {place} contradicts one before it about the very same packets ({causes})',
    ),
    "rule-anomaly.redundant": (
        "{place} の規則「{rule}」は、同じ判定をする先の規則（{causes}）に覆われ、冗長です",
        'rule "{rule}" of {place} is redundant: rules before it decide likewise ({causes})',
    ),
    "rule-anomaly.needless": (
        "{place} の許可「{rule}」は、取り除いても後の規則（{causes}）が同じ通信を許可し、不要です",
        'permit "{rule}" of {place} is needless: later rules permit as much ({causes})',
    ),
    "rule-anomaly.needless-default": (
        "{place} の許可「{rule}」は、取り除いても既定の許可と変わらず、不要です",
        'permit "{rule}" of {place} is needless: the default permits as much',
    ),
    "rule-anomaly.needless-by-any": (
        (
            "{place} の許可「{rule}」が不要なのは、後に全許可（{causes}）があるためだけです。"
            "全許可を絞れば必要になるので、残してください"
        ),
        (
            'permit "{rule}" of {place} is needless only because of a later any-any permit '
            "({causes}): keep it, and narrow that one"
        ),
    ),
    "rule-anomaly.redundant-by-any": (
        (
            "{place} の規則「{rule}」が冗長なのは、先に全許可（{causes}）があるためだけです。"
            "全許可を絞れば必要になるので、残してください"
        ),
        (
            'rule "{rule}" of {place} is redundant only because of an any-any permit before it '
            "({causes}): keep it, and narrow that one"
        ),
    ),
    "rule-anomaly.shadowed-by-any": (
        (
            "{place} の規則「{rule}」が効かないのは、先に全許可（{causes}）があるためだけです。"
            "全許可を絞れば効くので、残してください"
        ),
        (
            'rule "{rule}" of {place} is shadowed only because of an any-any permit before it '
            "({causes}): keep it, and narrow that one"
        ),
    ),
    "rule-anomaly.never-hit": (
        "{place} の許可「{rule}」に一致するパケットはありません",
        'no packet ever matches permit "{rule}" of {place}',
    ),
    "rule-anomaly.any-any": (
        "{place} の許可「{rule}」は、送信元・宛先・サービスのどれも問いません",
        'permit "{rule}" of {place} admits any source, any destination and any service',
    ),
    "report.decided-by": ("代わりに判定する規則:", "decided in its place by:"),
    "report.rule-of": ("{place} 「{rule}」", '{place} "{rule}"'),
}

_TRANSLATIONS: Words = {
    "nat-consistency.stale": (
        "{device} のアドレス変換「{nat}」の内側のアドレス {addresses} を持つものがありません",
        'translation "{nat}" of {device} names addresses inside that nobody has: {addresses}',
    ),
    "nat-consistency.exposed": (
        (
            "{device} のアドレス変換「{nat}」により、宣言にない {destination}（{to_zone}）へ"
            "{origin}（{from_zone}）からパケットが到達します"
        ),
        (
            'translation "{nat}" of {device} exposes {destination} ({to_zone}), which no flow '
            "declares, to {origin} ({from_zone})"
        ),
    ),
    "nat-consistency.addressed-as": (
        (
            "{flow} の宛先として書かれた {addresses} は {destination} のものでも、"
            "{destination} に変換されるものでもありません"
        ),
        (
            "{flow} is addressed as {addresses}, which neither is {destination}'s nor is "
            "translated into it"
        ),
    ),
}

HYGIENE_WORDS: Words = {**_CHECKS, **_RULES, **_TRANSLATIONS}
