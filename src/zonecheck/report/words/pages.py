"""Wordings of the pages about checks: headings, families, and what statements rest on."""

from zonecheck.report.lang import Words

PAGE_WORDS: Words = {
    # --- headings ---
    "page.contents": ("検査の一覧", "Checks"),
    "page.messages": ("違反の文言", "messages of findings"),
    "page.no-messages": (
        "この検査自身の文言はない。宣言の不足だけを報告する。",
        "None of its own: it reports declarations that are missing.",
    ),
    "page.messages-later": ("まだない。", "None yet."),
    "page.declarations": ("求める宣言", "declarations it asks for"),
    "page.no-declarations": (
        "固有の宣言はない。",
        "None of its own.",
    ),
    "page.rests-on": ("判定の前提", "what a verdict rests on"),
    "page.rests-on-nothing": ("宣言には依拠しない。", "No declaration."),
    "page.clauses": ("求める条項", "clauses that ask for it"),
    "page.no-clauses": (
        "この検査を求める組込みプロファイルはない。",
        "No built-in profile asks for it.",
    ),
    "page.implications": ("含意", "implications"),
    "page.entails": (
        "この検査の違反は次の違反を伴い得る: {checks}",
        "a violation may entail: {checks}",
    ),
    "page.entailed-by": ("次の違反に伴い得る: {checks}", "may be entailed by: {checks}"),
    "page.no-implications": (
        "ほかの検査との含意はない。",
        "None.",
    ),
    "page.input": ("実行", "when it runs"),
    "page.where": ("書く場所", "where to write it"),
    "page.family": ("分類", "family"),
    "page.kind": ("種類", "kind"),
    "page.ledger": ("台帳の項目", "entries of the ledger"),
    "page.undeclared": ("未宣言なら判定不能になり得るもの", "what may make it unknown"),
    "page.code": ("コード", "code"),
    "page.check": ("検査", "check"),
    "page.id": ("ID", "id"),
    "page.title": ("名称", "title"),
    "page.profile": ("プロファイル", "profile"),
    "page.clause": ("条項", "clause"),
    "page.quote": ("引用", "quote"),
    "page.level": ("扱い", "level"),
    "page.severity": ("重要度", "severity"),
    "page.listens": (
        "ホストが受け付ける通信は、根拠のある listens の宣言どおりとみなす。",
        "What `listens` says, with a basis, is what a host accepts.",
    ),
    # --- when a check runs ---
    "input.design": (
        "毎回の検証で実行される。",
        "Runs in every verification.",
    ),
    "input.record": (
        "記録を残す検証（--record）でだけ実行され、ほかでは未実施（not-run）となる。",
        "Runs only in a verification that writes its record (`--record`); not run in others.",
    ),
    "input.capture": (
        (
            "構成だけの検証（verify）では未実施（not-run）である。実際の通信のキャプチャを "
            "`zonecheck capture` に与えて判定する（[captures.ja.md](../captures.ja.md)）。"
        ),
        (
            "Not run by `verify`, which has the design alone: `zonecheck capture` judges captures "
            "of real traffic ([captures.md](../captures.md))."
        ),
    ),
    "input.baseline": (
        "承認済みの構成と比べる検証（--baseline、diff）でだけ実行され、ほかでは未実施となる。",
        "Runs only beside the approved design (`--baseline`, `diff`); not run in others.",
    ),
    # --- families ---
    "family.separation": ("領域分離", "Separation of zones"),
    "family.specific-flows": ("特定通信とマイナンバー利用事務系", "The My Number area"),
    "family.sanitising": ("無害化", "Sanitised channels"),
    "family.internet": ("インターネット境界", "The Internet edge"),
    "family.attachments": ("外部接続・保守", "Attachments and maintenance"),
    "family.equipment": ("装置・経路・接続", "Equipment, paths and access"),
    "family.monitoring": ("監視・記録・時刻", "Monitoring, logs, time"),
    "family.change": ("冗長・変更・記録", "Failures, changes, records"),
    "family.capture": ("実測照合", "Captures"),
    "family.cloud": ("クラウドと重要性分類", "Cloud and classification"),
    # --- what statements rest on ---
    "kind.structure": (
        "図と宣言だけを見る。",
        "the drawing and what it declares, no packets",
    ),
    "kind.packets": (
        "経路・フィルター・なりすまし対策を経て届くパケットを調べる。",
        "packets, as routes, filters and guards against forging let them through",
    ),
    "kind.flow": (
        "中継するホストを通る情報の経路を調べる。",
        "information that hosts hand on",
    ),
    "kind.peers": (
        "特定通信の接続先についての宣言を信頼する。",
        "what is declared about the peers of specific flows",
    ),
    "kind.binding": (
        "アクセスポートがMACアドレスを守らせるという宣言を信頼する。",
        "that access ports bind MAC addresses as declared",
    ),
    "kind.roles": (
        "外部ネットワークの役割の宣言を信頼する。",
        "what external networks are declared to be",
    ),
    "kind.maintenance": (
        "リモート保守の対策の宣言を信頼する。",
        "the declared safeguards of remote access",
    ),
    "kind.wireless": (
        "無線LANについての宣言を信頼する。",
        "what is declared about wireless networks",
    ),
    "kind.printers": (
        "複合機の電話回線についての宣言を信頼する。",
        "what is declared about telephone lines of printers",
    ),
    "kind.platforms": (
        "仮想基盤と共有ストレージの分離の宣言を信頼する。",
        "that platforms keep apart what is on them",
    ),
    "kind.beside": (
        "帯域外の経路が切られているという宣言を信頼する。",
        "that paths beside the network are off as declared",
    ),
    "kind.register": (
        "外部接続の登録の内容を信頼する。",
        "the register of external attachments",
    ),
    "kind.scope": (
        "適用範囲の外とする理由の宣言を信頼する。",
        "why networks are said to be out of scope",
    ),
    "kind.cabling": (
        "図にない配線はないことを前提とする。",
        "that nothing is plugged in that is not drawn",
    ),
    "kind.admission": (
        "アクセスポートとSSIDが機器を認証するという宣言を信頼する。",
        "that access ports and SSIDs authenticate devices as declared",
    ),
    "kind.systems": (
        "情報システム台帳（systems）の内容を信頼する。",
        "what `systems` says of information systems",
    ),
    "kind.listens": (
        "ホストの待受けサービス（listens）の宣言を信頼する。",
        "what hosts are declared to accept (`listens`)",
    ),
    "kind.attribute": (
        "属性（attributes）の宣言を信頼する。",
        "attributes, as declared",
    ),
    # --- index ---
    "page.index-about": (
        (
            "検査ごとに一ページがあり、証明すること、反例、違反の文言、求める宣言、判定の前提、"
            "条項をまとめている。正確な意味は semantics.md の第9節にある。"
        ),
        (
            "One page a check: what it proves, what refutes it, what it prints, what it asks for "
            "and rests on, which clauses ask for it. The exact meaning is in section 9 of "
            "semantics.md."
        ),
    ),
    "page.index-kinds": ("判定の前提の種類", "Kinds of statements"),
    "page.index-kinds-about": (
        (
            "検査は一つ以上の種類の判断からなる。適合の判定は、その種類の台帳の項目に依拠する。"
            "未宣言の項目が判定を左右するときは判定不能となり、その項目を報告する。"
        ),
        (
            "A check makes statements of one or more kinds. A check that holds rests on the "
            "entries of the ledger of its kinds; where something undeclared makes the difference, "
            "it is unknown and says what to declare."
        ),
    ),
    "page.index-entries": ("台帳の項目", "Entries of the ledger"),
    "page.index-every": (
        "状態が複数ある構成では、どの検査も次の項目に依拠する。",
        "In a design with several states every check rests on these as well.",
    ),
}
