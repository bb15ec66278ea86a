"""Wordings of what an export to nft cannot say, or says more strictly than the model."""

from zonecheck.report.lang import Words

NFTABLES_WORDS: Words = {
    "nftables.undeclared-filter": (
        "機器 {device} のフィルター {filter} の規則または既定動作が宣言されていません。",
        "the rules or the default of filter {filter} of {device} are not declared.",
    ),
    "nftables.uncertain-rule": (
        "機器 {device} の規則 {rule} は合致するか決まりません（{reason}）。nft では書けません。",
        "whether rule {rule} of {device} matches is not certain ({reason}); nft cannot say that.",
    ),
    "nftables.session-rules": (
        "機器 {device} のフィルター {filter} の session_rules は nft では書けません。",
        "the `session_rules` of filter {filter} of {device} have no words in nft; expected none.",
    ),
    "nftables.too-many-states": (
        "機器 {device} のステートフルなフィルターが {most} を超えます。",
        "{device} has more than {most} stateful filters.",
    ),
    "nftables.state-and-nat": (
        (
            "機器 {device} はアドレスを変換し、フィルター {filter} はステートフルです。"
            "接続の印が一つしかないため nft では書けません。"
        ),
        (
            "{device} translates addresses and its filter {filter} is stateful; a connection has "
            "one mark, so nft cannot say that."
        ),
    ),
    "nftables.no-helper": (
        "機器 {device} の alg {gateway} に当たる（両端の間だけを開ける）ヘルパーがありません。",
        "the kernel has no helper for alg {gateway} of {device} that keeps to the two ends.",
    ),
    "nftables.several-targets": (
        "機器 {device} の nat {rule} の変換先が一続きの範囲ではありません。nft では書けません。",
        "nat {rule} of {device} translates to more than one range; nft cannot say that.",
    ),
    "nftables.map-too-large": (
        "機器 {device} の nat {rule} の一対一変換が {most} アドレスを超えます。",
        "nat {rule} of {device} maps more than {most} addresses one to one.",
    ),
    "nftables.mapped-port": (
        "機器 {device} の nat {rule} は一対一変換とポート変換を兼ねます。nft では書けません。",
        "nat {rule} of {device} maps addresses one to one and sets a port; nft cannot say both.",
    ),
    "nftables.undeclared-management": (
        "機器 {device} 自身への管理通信 (management) が宣言されていません。",
        "who may reach {device} itself (management) is not declared.",
    ),
    "nftables.transparent": (
        "機器 {device} は透過型で、inet のテーブルでは書けません。",
        "{device} is transparent, which a table of family inet cannot say.",
    ),
    "nftables.several-vrfs": (
        "機器 {device} は複数の VRF を持ち、一つのルールセットでは書けません。",
        "{device} has several VRFs, which one ruleset cannot say.",
    ),
    "nftables.too-many-interfaces": (
        "機器 {device} のインターフェイスが {most} を超えます。",
        "{device} has more than {most} interfaces.",
    ),
    "nftables.sees-original": (
        "機器 {device} の policy は nat {rule} の変換前の宛先を見ます。nft では書けません。",
        "the policy of {device} sees destinations as before nat {rule}; nft cannot say that.",
    ),
    "nftables.interface-name": (
        (
            "機器 {device} のインターフェイス名 {interface} はカーネルで使えないか重複しています"
            "（空白や記号なしで {longest} バイトまで）。"
        ),
        (
            "{device}: {interface} is no kernel interface name or names two (up to {longest} bytes "
            "without spaces, slashes or quotes)."
        ),
    ),
    "hint.kernel-name": (
        "--interface {interface}=カーネルでの名前 を指定してください。",
        "give --interface {interface}=NAME.",
    ),
    "nftables.mac": (
        "規則 {rule} ({place}) は送信元 MAC も条件にする。モデルは詐称できるものとして数えない。",
        "rule {rule} ({place}) also asks for the source MAC, which the model takes to be forged.",
    ),
    "nftables.conntrack": (
        (
            "セッションはカーネルの接続追跡による。TCP の手順、ICMP の識別子、エラーの引用も見る"
            "ので、モデルより狭い。"
        ),
        (
            "sessions are the kernel's connections, which also follow TCP handshakes, ICMP "
            "identifiers and what errors quote: narrower than the model."
        ),
    ),
    "nftables.helpers": (
        (
            "フィルター {filter} ({place}) の alg は接続追跡のヘルパーが知らせたポート"
            "だけを開ける。モデルは両端の間をすべて開ける。"
        ),
        (
            "alg of filter {filter} ({place}) opens what conntrack helpers announce; the model "
            "opens every port between the two ends."
        ),
    ),
    "nftables.nat-tracked": (
        "アドレス変換は接続ごとに働き、追跡できないパケットは転送しない。ICMP エラーも変換する。",
        (
            "translation works by connection: what cannot be tracked is not forwarded, and ICMP "
            "errors are translated too."
        ),
    ),
    "nftables.neighbours": (
        "リンク内の近隣探索 (ICMPv6 133-136、ホップ制限 255) は機器自身が受け、送る。",
        (
            "neighbour discovery on the link (ICMPv6 133-136, hop limit 255) reaches and leaves "
            "the device itself."
        ),
    ),
    "nftables.policy-routes": (
        "{device} のポリシールーティングはルールセットに含まない（ip rule で設定する）。",
        "the policy routes of {device} are not in the ruleset (set them with ip rule).",
    ),
    "nftables.fragments": (
        "断片は組み立ててから調べる。先頭のない断片は通らない。",
        "fragments are put together first; one without its beginning does not pass.",
    ),
    "error.interface-pair": (
        "--interface {given} は ID=名前 の形でないか、{device} にないインターフェイスです",
        "--interface {given} is not ID=NAME, or names no interface of {device}",
    ),
    "export.differs": ("モデルとの違い: {text}", "differs from the model: {text}"),
}
