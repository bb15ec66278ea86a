"""Wordings of the page for browsers."""

from zonecheck.report.lang import Words

HTML_WORDS: Words = {
    "html.clauses": ("条項と判定", "Clauses and verdicts"),
    "html.graph": ("構成図", "Graph"),
    "html.inputs": ("読んだファイルと版", "Files read, and version"),
    "html.evidence": ("反例の全文", "the counterexample in full"),
    "html.show-path": ("経路を図に示す", "show the path in the graph"),
    "html.no-findings": ("違反も未宣言もない", "no findings, and nothing undeclared"),
    "html.all-allowed": (
        "許されない通信も、説明できない通信も見えない",
        "no flow is seen that is forbidden, or that the design does not explain",
    ),
    "html.no-flows": ("判定した通信はない", "no flow was judged"),
    "html.search": ("検索", "search"),
    "html.zone": ("領域", "zone"),
    "html.every-zone": ("すべて", "all"),
    "html.keys": (
        "/ 検索、↑↓ 違反を選ぶ、Enter 経路を示す、Esc 元に戻す",
        "/ searches, ↑↓ choose a finding, Enter shows its path, Esc goes back",
    ),
    "html.hint": (
        "違反を選ぶと経路を、機器や領域を選ぶとそこを通る違反を示す。拡大すると名前が出る",
        "choose a finding to see its path, a node or zone to see what passes; zoom in for names",
    ),
    "html.count-findings": ("違反・未宣言", "findings"),
    "html.count-checks": ("検査", "checks"),
    "html.partial": (
        "絞り込み中: 一部だけを示す",
        "filtered: only some are shown",
    ),
    "html.legend": (
        "緑: 宣言された通信。赤枠: 宣言されていない通信を含む",
        "green: declared; red frame: some of it is not declared",
    ),
    "html.zoom-in": ("拡大", "zoom in"),
    "html.zoom-out": ("縮小", "zoom out"),
    "html.zoom-all": ("全体", "whole"),
    "html.none-there": (
        "ここを通る違反はない",
        "no finding passes here",
    ),
    "html.clear": ("選択を解除", "clear"),
    "html.no-script": (
        "図にはスクリプトが要る。表と違反はスクリプトなしで読める",
        "the graph needs scripts; tables and findings do not",
    ),
    "html.licence": (
        "図の描画に用いる Cytoscape.js のライセンス（MIT）",
        "licence of Cytoscape.js, which draws the graph (MIT)",
    ),
}
