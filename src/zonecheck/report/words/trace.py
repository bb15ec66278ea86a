"""Wordings of what the simulator says of one packet."""

from zonecheck.report.lang import Words

TRACE_WORDS: Words = {
    "trace.title": ("{packet}  送信 {origin}", "{packet}  sent by {origin}"),
    "trace.delivered": ("到達 {point}", "delivered to {point}"),
    "trace.dropped": ("破棄: {reason}", "dropped: {reason}"),
    "trace.nothing": (
        "どこにも届かず、どの機器にも入らない。",
        "it reaches nothing: no host or device takes it.",
    ),
    "trace.count": (
        "到達 {delivered}、破棄 {dropped}",
        "delivered {delivered}, dropped {dropped}",
    ),
    "trace.meant": ("（指定した宛先）", " (the destination asked for)"),
    "trace.not-meant": (
        "指定した宛先 {destination} には届かない。",
        "it is not delivered to {destination}, the destination asked for.",
    ),
    "trace.forged": (
        "注意: {source} は {origin} の正当なアドレスではない（詐称）。",
        "note: {source} is not an address {origin} may rightly use (forged).",
    ),
    "trace.arrived-as": ("到達時: {packet}", "arrives as {packet}"),
    "trace.translated-destination": (
        "宛先変換 {before} -> {after} ({node} nat {rule})",
        "destination translated {before} -> {after} ({node} nat {rule})",
    ),
    "trace.translated-source": (
        "送信元変換 {before} -> {after} ({node} nat {rule})",
        "source translated {before} -> {after} ({node} nat {rule})",
    ),
    "trace.restored-destination": (
        "応答の宛先を戻す {before} -> {after} ({node} nat {rule}、元のパケット {first})",
        "destination of a reply restored {before} -> {after} ({node} nat {rule}, first {first})",
    ),
    "trace.restored-source": (
        "応答の送信元を戻す {before} -> {after} ({node} nat {rule}、元のパケット {first})",
        "source of a reply restored {before} -> {after} ({node} nat {rule}, first {first})",
    ),
    "trace.session": (
        "途中のフィルターが作るセッション: {filters}",
        "sessions opened on the way: {filters}",
    ),
    "drop.nobody": (
        "{node} の {interface} の先に、この宛先を受け取るものがない",
        "nothing beyond {interface} of {node} takes this destination",
    ),
    "drop.loop": (
        "{node} の {interface} に戻ってきた（ループ）",
        "it came back to {interface} of {node} (a loop)",
    ),
    "drop.no-route": (
        "{node} に {destination} への経路がない",
        "{node} has no route to {destination}",
    ),
    "drop.discard": (
        "{node} の経路 {prefix} が破棄する",
        "route {prefix} of {node} discards it",
    ),
    "drop.source-prefix": (
        "{node} の {interface} が受け入れる送信元（sources）に {source} がない",
        "{interface} of {node} does not accept source {source} (`sources`)",
    ),
    "drop.reverse-path": (
        "{node} の {interface} の逆経路検査（reverse_path）が送信元 {source} を拒む",
        "the reverse-path check of {interface} of {node} refuses source {source}",
    ),
    "drop.local": (
        "{node} 自身宛て（{destination}）の接続は許されていない（management）",
        "{node} itself admits no such session to {destination} (`management`)",
    ),
    "drop.denied": (
        "{node} のフィルター {filter} が拒否した",
        "filter {filter} of {node} denies it",
    ),
    "drop.no-session": (
        "{node} のフィルター {filter} に該当するセッションがない（途中のTCPは新規に認めない）",
        "filter {filter} of {node} has no session for it, and opens none mid-stream",
    ),
    "drop.not-opened": (
        "{node} はこのようなセッションを開くと宣言されていない（opens）",
        "{node} is not declared to open such a session (`opens`)",
    ),
    "drop.guard": (
        "セグメント {segment} のソースガードが送信元 {source} を止める",
        "the source guard of segment {segment} stops source {source}",
    ),
}
