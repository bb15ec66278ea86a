"""Wordings of the comparison with a kernel."""

from zonecheck.report.lang import Words

_CANNOT: Words = {
    "kernel.not-root": (
        "カーネルでの再生には root 権限が必要です（ネットワーク名前空間を作るため）",
        "replaying in the kernel needs root, to make network namespaces",
    ),
    "kernel.no-command": (
        "コマンド {command} がありません。パッケージ {package} を入れてください",
        "there is no command {command}; install the package {package}",
    ),
    "kernel.command-failed": (
        "コマンド {command} が失敗しました（{said}）",
        "the command {command} failed ({said})",
    ),
    "kernel.no-log": (
        "カーネルの nflog が使えません（{said}）。拒否を確かめられないため比較しません",
        (
            "nflog of the kernel cannot be used ({said}); denials could not be seen, so nothing is "
            "compared"
        ),
    ),
    "kernel.log-overflow": (
        "カーネルの記録が溢れました。--probes を減らしてください",
        "the log of the kernel overflowed; give fewer --probes",
    ),
    "kernel.lacks": (
        "このカーネルには比較に必要な機能がありません: {features}",
        "this kernel lacks what the comparison needs: {features}",
    ),
    "kernel.not-forwarding": (
        "ブリッジのポートが転送状態になりません（{expected} のうち {ready}）",
        "bridge ports do not come to forward ({ready} of {expected})",
    ),
    "kernel.nothing": (
        "比較できるパケットがありません",
        "there is no packet to compare",
    ),
}

_REFUSED: Words = {
    "kernel.transparent": (
        "透過型の機器 {device} は名前空間では作れません。",
        "the transparent firewall {device} cannot be built in namespaces.",
    ),
    "kernel.undeclared-routes": (
        "{node} の経路が宣言されていません。カーネルは任意の経路を取れません。",
        "the routes of {node} are not declared; a kernel cannot take any way there is.",
    ),
    "kernel.policy-route": (
        "機器 {device} のポリシールーティング {rule} は作れません。",
        "policy route {rule} of {device} is not built.",
    ),
    "kernel.same-prefix": (
        "機器 {device} の二つのインターフェイスが同じプレフィックス {prefix} を持ちます。",
        "two interfaces of {device} are on the prefix {prefix}.",
    ),
    "kernel.vrf-leak": (
        "機器 {device} の経路 {prefix} は別の VRF へ出ます。VRF ごとの名前空間では作れません。",
        (
            "route {prefix} of {device} leads into another VRF, which namespaces of one VRF each "
            "cannot do."
        ),
    ),
    "kernel.undeclared-forwarding": (
        "ホスト {host} の ip_forward が宣言されていません。",
        "whether host {host} forwards (ip_forward) is not declared.",
    ),
    "kernel.forwards-without-address": (
        "転送するホスト {host} のインターフェイスにアドレスがありません。",
        "an interface of the forwarding host {host} has no address.",
    ),
    "kernel.edge-without-address": (
        "外部との接点 {edge} にアドレスがありません。",
        "the external edge {edge} has no address.",
    ),
    "kernel.several-domains": (
        "{point} は複数のブロードキャストドメインにつながります。",
        "{point} is attached to several broadcast domains.",
    ),
    "kernel.twice-in-domain": (
        "{point} と同じ機器の別のインターフェイスが同じブロードキャストドメインにあります。",
        "another interface of the node of {point} is in the same broadcast domain.",
    ),
}

_REPORT: Words = {
    "kernel.title": (
        "{design}{state}: カーネルとシミュレーターの比較",
        "{design}{state}: the kernel beside the simulator",
    ),
    "kernel.in-state": ("（状態 {name}）", " (state {name})"),
    "kernel.count": (
        "パケット {probes}（フレーム {copies}）、到達の一致 {deliveries}、不一致 {disagreements}",
        (
            "{probes} packets ({copies} frames), {deliveries} deliveries agreed on, "
            "{disagreements} disagreements"
        ),
    ),
    "kernel.endings": (
        "拒否を確かめたフレーム（カーネルの記録による）:",
        "frames whose drop was seen (by what the kernel logged):",
    ),
    "kernel.ending": ("{why}: {count}", "{why}: {count}"),
    "kernel.why-denied": ("フィルターの規則", "a filter's rule"),
    "kernel.why-no-session": ("セッションがない", "no session"),
    "kernel.why-source-prefix": ("送信元プレフィックス", "source prefix"),
    "kernel.why-reverse-path": ("リバースパス検査", "reverse path"),
    "kernel.why-local": ("機器自身宛て", "the device's own plane"),
    "kernel.why-no-route": ("経路がない", "no route"),
    "kernel.why-nobody": ("受け取るものがない", "nobody takes it"),
    "kernel.why-untracked": ("接続として追えない", "not of a connection"),
    "kernel.disagreement": (
        "{packet}  送信 {origin}（{turn}）",
        "{packet}  sent by {origin} ({turn})",
    ),
    "kernel.turn-0": ("単独", "by itself"),
    "kernel.turn-1": ("応答", "an answer"),
    "kernel.turn-2": ("応答の次", "after the answer"),
    "kernel.turn-3": ("ICMP エラー", "an ICMP error"),
    "kernel.by-kernel": ("カーネルだけ: {text}", "kernel only: {text}"),
    "kernel.by-model": ("モデルだけ: {text}", "model only: {text}"),
    "kernel.delivered": ("{point} に {packet} が到達", "{packet} delivered to {point}"),
    "kernel.forwarded": (
        "転送しないはずの {node} が {packet} を転送",
        "{node} forwarded {packet}, which it must not",
    ),
    "kernel.dropped-by": ("{node} で破棄（{why}、{place}）", "dropped by {node} ({why}, {place})"),
    "kernel.lost": (
        "{target} へ送ったフレームの行方が見えない（拒否の証拠がない）",
        "what became of the frame for {target} was not seen: no evidence of a denial",
    ),
    "kernel.left-out": ("比較しなかったもの:", "not compared:"),
    "kernel.counted": ("{text}: {count}", "{text}: {count}"),
    "kernel.left-out-boxes": (
        "--probes の上限により試さなかった集合（箱）",
        "boxes of proved sets not tried, for the limit of --probes",
    ),
    "kernel.left-out-own": (
        "機器や転送するホスト自身が送るパケット",
        "packets that devices or forwarding hosts send themselves",
    ),
    "kernel.left-out-loop": ("ループするパケット", "packets that loop"),
    "kernel.left-out-guard": (
        "スイッチのポートの制限が止めるパケット（作っていない）",
        "packets that guards of switch ports stop (not built)",
    ),
    "kernel.left-out-untracked": (
        "変換する機器が接続として追えず転送しなかったパケット",
        "packets a translating device did not forward as being of no connection",
    ),
    "kernel.left-out-unheard": (
        "送信元のドメインに受け取り得るものがないパケット",
        "packets that nothing in the sender's domain could take",
    ),
    "kernel.left-out-handshake": (
        "応答が往路の機器を通らず、カーネルの TCP の手順が進まないもの",
        (
            "packets after an answer that missed a device of the way there, so that TCP's "
            "handshake there has no end"
        ),
    ),
    "kernel.left-out-alike": (
        "変換すると別のパケットと同じ接続になるパケット",
        "packets that translation makes one connection with another",
    ),
    "kernel.built": ("作ったもの:", "what was built:"),
    "kernel.real-stacks": (
        "実物: 機器と複数インターフェイスのホストの IP 転送・経路・ip_forward",
        "real: IP forwarding, routes and ip_forward of devices and hosts with several cards",
    ),
    "kernel.real-filters": (
        "実物: nft のフィルター、送信元検査、アドレス変換、管理通信",
        "real: filters, source checks, translation and own plane, by nft",
    ),
    "kernel.real-sessions": (
        "実物: 接続追跡によるセッション",
        "real: sessions, by connection tracking",
    ),
    "kernel.emulated-vlans": (
        "模擬: VLAN とスイッチ、SSID（モデルのブロードキャストドメインごとのブリッジ）",
        "emulated: VLANs, switches and SSIDs, as a bridge for each broadcast domain of the model",
    ),
    "kernel.emulated-free": (
        "模擬: 誰のものでもないアドレス（ドメインごとに一つの受け手）と近隣探索（静的）",
        "emulated: addresses nobody declares (one taker a domain) and neighbours (static)",
    ),
    "kernel.emulated-vrfs": (
        "模擬: VRF（一つずつ名前空間）",
        "emulated: VRFs, as a namespace each",
    ),
    "kernel.emulated-tunnels": (
        "模擬: トンネルの中（普通のセグメントとして）",
        "emulated: the inside of tunnels, as ordinary segments",
    ),
    "kernel.emulated-guards": (
        "なし: スイッチのポートの制限（IP ソースガードなど）",
        "absent: guards of switch ports (IP source guard and the like)",
    ),
    "kernel.absent": (
        "このカーネルにない機能: {feature}",
        "not in this kernel: {feature}",
    ),
    "kernel.chosen": (
        "モデルが許すすべてのうち、カーネルが取る一つ（{count}、-v で列挙）:",
        "of all that the model allows, the one the kernel takes ({count}; -v lists them):",
    ),
    "kernel.chose-owner": (
        "共有アドレス {address} は {node} が持つ",
        "{node} has the shared address {address}",
    ),
    "kernel.chose-route": (
        "{node} の経路 {prefix} は次の転送先を一つだけ使う",
        "{node} uses one of several next hops for {prefix}",
    ),
    "kernel.chose-target": (
        "{node} の nat {rule} は一つのアドレスに変換する",
        "nat {rule} of {node} translates to one address",
    ),
    "kernel.macs-forged": (
        "{node} のフィルター {filter} の MAC 条件は、詐称できるものとして外す",
        "MAC conditions of filter {filter} of {node} are left out, as anyone forges them",
    ),
    "kernel.differs": (
        "モデルより狭い点（nft の出力と同じ）:",
        "where the kernel is stricter than the model (as for export nftables):",
    ),
}

KERNEL_WORDS: Words = {**_CANNOT, **_REFUSED, **_REPORT}
