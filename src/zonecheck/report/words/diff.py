"""Wordings of what differs between two designs."""

from zonecheck.report.lang import Words

DIFF_WORDS: Words = {
    "diff.baseline-not-asked": (
        "--baseline: 構成の変更を問う検査はこのプロファイルにない。違いは zonecheck diff で示せる",
        "--baseline: no check of this profile asks what changed; zonecheck diff shows it",
    ),
    "diff.title": ("構成の差分", "what differs between two designs"),
    "diff.old": ("旧", "old"),
    "diff.new": ("新", "new"),
    "diff.profile": ("プロファイル", "profile"),
    "diff.renamed": ("名前だけの変更", "only renamed"),
    "diff.rename": ("{old} を {new} に", "{old} is now {new}"),
    "diff.nothing": ("差分はない。", "Nothing differs."),
    "diff.summary": (
        (
            "新たに通る {permitted}、通らなくなる {blocked}、構成の変更 {elements}、"
            "判定の変化 {verdicts}"
        ),
        (
            "newly permitted {permitted}, newly blocked {blocked}, elements {elements}, "
            "verdicts {verdicts}"
        ),
    ),
    "diff.summary-no-verdicts": (
        (
            "新たに通る {permitted}、通らなくなる {blocked}、構成の変更 {elements}"
            "（判定は比べていない）"
        ),
        (
            "newly permitted {permitted}, newly blocked {blocked}, elements {elements} "
            "(verdicts were not compared)"
        ),
    ),
    "diff.undeclared": (
        (
            "宣言のない項目が {number} 件ある。両方の構成で同じ働きをするとみなし、"
            "最も漏れる読み方と最も漏れない読み方の両方で比べた。"
        ),
        (
            "{number} things are undeclared. They are taken to do the same in both designs, and "
            "these are compared twice: by what leaks most and by what leaks least."
        ),
    ),
    "diff.forged": (
        "偽った送信元から送れるパケットも比べた。",
        "Packets that can only be sent from a forged source are compared as well.",
    ),
    "diff.waivers-untold": (
        (
            "例外措置 (waivers) は違反を名前も含めた ID で指すため、名前だけの変更でも"
            "効かなくなることがある。判定を比べないと分からない（--no-verdicts を外す）。"
        ),
        (
            "Waivers name findings by ids that names are part of: after a change, of a name even, "
            "they may cover them no more. Only verdicts tell, which were not compared (leave out "
            "--no-verdicts)."
        ),
    ),
    "diff.packets": ("通信の差分", "packets"),
    "diff.permitted": (
        "新たに通る: {from_zone} から {to_zone} へ",
        "newly permitted: {from_zone} to {to_zone}",
    ),
    "diff.blocked": (
        "通らなくなる: {from_zone} から {to_zone} へ",
        "newly blocked: {from_zone} to {to_zone}",
    ),
    "diff.only-replies": ("（セッションの応答としてのみ）", " (only as part of a session)"),
    "diff.in-states": ("［状態 {states}］", " [states {states}]"),
    "diff.closure-upper": (
        "［宣言のないものが最も漏れる場合］",
        " [if what is undeclared leaks most]",
    ),
    "diff.closure-lower": (
        "［宣言のないものが最も漏れない場合］",
        " [if what is undeclared leaks least]",
    ),
    "diff.example": (
        "そのうちの一つ（シミュレーターで再現）:",
        "one of them, as the simulator has it:",
    ),
    "diff.example-old": (
        "そのうちの一つ（旧の構成で、シミュレーターで再現）:",
        "one of them, as the simulator has it in the old design:",
    ),
    "diff.was-dropped": (
        "旧の構成では {point} から送ると破棄: {reason}",
        "in the old design, sent by {point}, it is dropped: {reason}",
    ),
    "diff.is-dropped": (
        "新の構成では {point} から送ると破棄: {reason}",
        "in the new design, sent by {point}, it is dropped: {reason}",
    ),
    "diff.was-delivered": (
        "旧の構成では {point} から送ると {at} に届く",
        "in the old design, sent by {point}, it arrives at {at}",
    ),
    "diff.is-delivered": (
        "新の構成では {point} から送ると {at} に届く",
        "in the new design, sent by {point}, it arrives at {at}",
    ),
    "diff.was-nobody": (
        "旧の構成では、この領域にこのパケットを正当に送る者がいない",
        "in the old design nobody in that zone rightly sends it",
    ),
    "diff.is-nobody": (
        "新の構成では、この領域にこのパケットを正当に送る者がいない",
        "in the new design nobody in that zone rightly sends it",
    ),
    "diff.causes": (
        "原因となる変更（これだけを戻すと元の扱いに戻る）:",
        "caused by (taking any of these back alone undoes it):",
    ),
    "diff.causes-together": (
        "関係する変更（一つを戻すだけでは元の扱いに戻らない）:",
        "on its way (taking one of these back alone does not undo it):",
    ),
    "diff.no-cause": (
        "このパケットの道筋の上に変更は見つからない。",
        "No change lies on the way of this packet.",
    ),
    "diff.elements": ("構成の変更", "elements"),
    "diff.added": ("追加", "added"),
    "diff.removed": ("削除", "removed"),
    "diff.changed": ("変更", "changed"),
    "diff.moved": ("移動", "moved"),
    "diff.field": ("{name}: {before} → {after}", "{name}: {before} -> {after}"),
    "diff.field-only": ("{name}: {value}", "{name}: {value}"),
    "diff.verdicts": ("判定の変化", "verdicts"),
    "diff.verdict": ("{check}: {before} → {after}", "{check}: {before} -> {after}"),
    "diff.verdict-same": (
        "{check}: どちらも違反だが、内容が変わった",
        "{check}: violated in both, by other things",
    ),
    "diff.finding-appeared": ("新: {finding}", "new: {finding}"),
    "diff.finding-gone": ("解消: {finding}", "gone: {finding}"),
    "diff.more": ("ほか {number} 件", "{number} more"),
    "diff.baseline": (
        "旧の構成を承認済みとみなした検査",
        "checks with the old design as the approved one",
    ),
    "diff.status": (
        "{check}: {status}（{findings} 件）",
        "{check}: {status} ({findings} findings)",
    ),
    # --- what the two checks find ---
    "change-impact-diff.permitted": (
        (
            "{from_zone} から {to_zone} へ、承認済みの構成では通らない通信が新たに通る: "
            "{origin} から {destination} へ {packet}"
        ),
        (
            "{from_zone} to {to_zone}: what the approved design does not let through: "
            "{packet} from {origin} to {destination}"
        ),
    ),
    "topology-change-approved.added": (
        "{element} は承認済みの構成にない",
        "{element} is not in the approved design",
    ),
    "topology-change-approved.removed": (
        "承認済みの構成にある {element} がない",
        "{element} of the approved design is missing",
    ),
    "topology-change-approved.changed": (
        "{element} が承認済みの構成と違う: {paths}",
        "{element} differs from the approved design: {paths}",
    ),
    # --- what keeps a revision from being read ---
    "error.git-absent": (
        "{given}: git のコマンドがないため、リビジョンを読めません",
        "{given}: there is no git command here to read a revision with",
    ),
    "error.git-no-repository": (
        "{given}: ここは git のリポジトリーの中ではなく、その名前のファイルもありません",
        "{given}: there is no such file, and this is no git repository to look up a revision in",
    ),
    "error.git-revision": (
        "{given}: リビジョン {revision} はありません",
        "{given}: there is no revision {revision}",
    ),
    "error.git-path": (
        "{given}: リビジョン {revision} に {path} はありません",
        "{given}: there is no {path} in revision {revision}",
    ),
    "error.git-failed": (
        "{given}: git が失敗しました: {reason}",
        "{given}: git failed: {reason}",
    ),
    "error.diff-way": (
        "アドレス変換の繰り返しが終わらないため比べられません（{node}）。経路を宣言してください",
        "translations at {node} repeat without end, so nothing can be compared; declare its routes",
    ),
    "error.diff-disagreement": (
        "証明とシミュレーターが食い違いました: {detail}。不具合として報告してください",
        "proof and simulator do not agree: {detail}. Please report this as a fault of zonecheck",
    ),
}
