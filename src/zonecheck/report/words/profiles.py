"""What is said about profiles: their problems, what they add to reports, zones kept apart."""

from zonecheck.report.lang import Words

_PROBLEMS: Words = {
    "profile.date": (
        "「{text}」は日付ではありません。2026、2026-04、2026-04-01 のように書いてください。",
        "'{text}' is not a date; expected 2026, 2026-04 or 2026-04-01.",
    ),
    "profile.cycle": (
        "extends が循環しています: {path} の元が自分自身です。別のプロファイルを書いてください。",
        "'extends' forms a cycle: {path} extends itself; expected another profile.",
    ),
    "profile.unknown": (
        (
            "プロファイル「{text}」はありません。組込みのID({known})か、"
            "このファイルからの相対パス(.yaml)を書いてください。"
        ),
        (
            "There is no profile '{text}'; expected a built-in id ({known})"
            " or a path from this file that ends in .yaml."
        ),
    ),
    "profile.unknown-base": (
        (
            "プロファイル「{text}」はありません。組込みのID({known})か、"
            "このファイルからの相対パス(.yaml)を書いてください。"
        ),
        (
            "There is no profile '{text}'; expected a built-in id ({known})"
            " or a path relative to this file that ends in .yaml."
        ),
    ),
    "profile.no-base": (
        "{key} は extends とともに使います。extends を書くか、{key} を削除してください。",
        "'{key}' goes with 'extends'; expected that key too, or neither.",
    ),
    "profile.not-in-base": (
        "{key} に書かれた「{text}」は元のプロファイルにありません。元にあるもの: {known}。",
        "'{text}' under {key} is not in the profile this one extends; expected one of: {known}.",
    ),
    "hint.check-not-in-base": (
        "検査 {best} なら、元のプロファイルは求めていません。外さなくてよいので削除してください。",
        "If {best} is meant, the profile extended does not ask for it: nothing is to be disabled.",
    ),
    "profile.zone-built-in": (
        "「{word}」は組込みの領域 {zone} の名前です。そのIDにするか、別の名前を付けてください。",
        "'{word}' is the name of the built-in zone {zone}; expected that id, or another name.",
    ),
    "profile.unknown-check": (
        "検査「{check}」はありません。zonecheck checks に出るIDを書いてください。",
        "There is no check '{check}'; expected an id that 'zonecheck checks' lists.",
    ),
    "profile.unknown-zone": (
        (
            "{key} に書かれた領域「{zone}」は zones にも extra_zones にもありません。"
            "使えるもの: {known}。"
        ),
        "Zone '{zone}' under {key} is in neither zones nor extra_zones; expected one of: {known}.",
    ),
    "profile.zone-needed": (
        (
            "検査 {check} は領域 {zone} について問いますが、zones にありません。"
            "領域を加えるか、検査を外してください。"
        ),
        (
            "Check {check} speaks of zone {zone}, which is not in zones;"
            " expected the zone there, or not the check."
        ),
    ),
    "profile.zone-from-itself": (
        "領域 {zone} を自分自身から分離することはできません。他の領域を書いてください。",
        "Zone {zone} cannot be kept apart from itself; expected other zones.",
    ),
    "profile.zone-without-rule": (
        (
            "領域 {zone} を何から分離するかが書かれていません。isolation に規則を書くか、"
            "分離しない領域なら extra_zones に移してください。"
        ),
        (
            "Nothing says what zone {zone} is kept apart from; expected a rule under isolation,"
            " or the zone under extra_zones if it is not kept apart."
        ),
    ),
    "profile.isolation-unchecked": (
        "isolation を調べる zone-isolation が checks にありません。条項とともに加えてください。",
        "checks has no zone-isolation to prove what isolation says; expected it with its clauses.",
    ),
    "profile.isolation-missing": (
        "検査 zone-isolation の対象がありません。isolation に規則を書いてください。",
        "There is nothing for zone-isolation to prove; expected rules under isolation.",
    ),
    "profile.level-above-strength": (
        (
            "{strength} の規定に扱い {level} は重すぎます。"
            "{highest} かそれより軽い扱いを書いてください。"
        ),
        (
            "Level {level} is above what a rule of strength {strength} allows;"
            " expected {highest} or below."
        ),
    ),
    "profile.edge-not-counted": (
        (
            "count_rule が none では、検査 {check} は何も求めません。"
            "traffic か attachment を書くか、検査を外してください。"
        ),
        (
            "With count_rule none check {check} asks for nothing;"
            " expected traffic or attachment, or not the check."
        ),
    ),
}

_CHECKS: Words = {
    "check.zone-isolation.title": (
        "追加の領域の分離",
        "isolation of further zones",
    ),
    "check.zone-isolation.proves": (
        (
            "プロファイルの isolation の規則ごとに、その領域と相手の領域の間を、例外を除いて、"
            "どのパケットも通らない。宣言した通信を例外とする場合を除き、"
            "中継による情報の経路もない（無害化を例外とする場合は、無害化を通るものを除く）。"
        ),
        (
            "For each rule under isolation of the profile, no packet passes between the zone and "
            "those it is kept apart from, but for the exceptions; and unless channels are excepted "
            "no payload does through relays (but for accepted sanitising, if that is excepted)."
        ),
    ),
    "check.zone-isolation.counterexample": (
        "到達するパケットとその経路、または中継の連鎖。",
        "a packet that is delivered with its way, or a chain of relays.",
    ),
}

_FINDINGS: Words = {
    "zone-isolation.packet": (
        (
            "分離すべき {zone}: {origin}（{from_zone}）から {destination}（{to_zone}）へ"
            " {packet} が到達します"
        ),
        (
            "{zone} is to be kept apart: {packet} is delivered from {origin} ({from_zone}) to "
            "{destination} ({to_zone})"
        ),
    ),
    "zone-isolation.relay": (
        "分離すべき {zone}: {origin} から {destination} へ、中継により情報が渡ります",
        "{zone} is to be kept apart: payload gets from {origin} to {destination} through relays",
    ),
    "zone-assignment.beyond": (
        "セグメント {segment} の領域 {zone} は、プロファイルの領域のどれでもありません",
        "segment {segment} lies in {zone}, which is no zone of the profile",
    ),
    "sanitise-screen-transfer.not-foreseen": (
        (
            "画面転送 {channel} は {zone} から開始されます。プロファイルが想定するのは"
            " {zones} からの開始です"
        ),
        "screen transfer {channel} is opened from {zone}; the profile foresees {zones}",
    ),
    "egress-via-security-cloud.attachment": (
        "{edge} は、セキュリティクラウドに集約されていないインターネット接続口です",
        "{edge} attaches to an open network and is not of the security cloud",
    ),
}

_PHRASES: Words = {
    "report.own-policy": (
        "=== {segments} の独自のポリシー [{policy}] ===",
        "=== own policy of {segments} [{policy}] ===",
    ),
    "report.overall": ("=== 全体の結果 ===", "=== overall ==="),
    "report.overall-0": (
        "全体: 失敗とする違反も判定不能もない（終了コード {number}）",
        "overall: nothing violated or unknown that fails this run (exit code {number})",
    ),
    "report.overall-1": (
        "全体: 違反がある（終了コード {number}）",
        "overall: something is violated (exit code {number})",
    ),
    "report.overall-2": (
        "全体: 違反はないが、判定不能がある（終了コード {number}）",
        "overall: nothing violated, but something is unknown (exit code {number})",
    ),
    "profile.basis": ("位置付け", "basis"),
    "profile.basis-municipal-policy": ("市町村のポリシー", "municipal policy"),
    "profile.basis-national-r6.10": (
        "国のガイドライン（令和6年10月）",
        "national guideline, 2024-10",
    ),
    "profile.basis-national-r7.3": (
        "国のガイドライン（令和7年3月）",
        "national guideline, 2025-03",
    ),
    "profile.basis-custom": ("独自", "custom"),
    "profile.isolation": ("分離", "kept apart"),
    "profile.all-others": ("他のすべて", "all others"),
    "profile.note": ("注記", "note"),
    "profile.waivable": ("例外可", "may be waived"),
    "profile.waivable-nothing": (
        "例外可（ただし違反に ID が付かず、対象にできない）",
        "may be waived, but no finding of it has an id to do so by",
    ),
}

_BREAKOUT: Words = {
    "channel.via": (
        "kind が {kind} の通信に via は使えません。local-breakout だけに書いてください。",
        "A channel of kind {kind} has no 'via'; expected it with local-breakout only.",
    ),
    "assumption.local-breakout": (
        (
            "ローカルブレイクアウトの経由点は、承認した接続先・テナントだけを許し、"
            "取り込む情報を検査している"
        ),
        (
            "what local breakout passes admits approved services and tenants only,"
            " and inspects what comes in"
        ),
    ),
}

PROFILE_WORDS: Words = {
    **_BREAKOUT,
    **_PROBLEMS,
    **_CHECKS,
    **_FINDINGS,
    **_PHRASES,
}
