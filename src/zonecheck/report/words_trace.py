"""Wordings of what the simulator says of one packet."""

from zonecheck.report.lang import Words

TRACE_WORDS: Words = {
    "trace.title": ("{packet}  送信 {origin}", "{packet}  sent by {origin}"),
    "trace.delivered": ("到達 {point}", "delivered to {point}"),
    "trace.dropped": ("破棄 {place}: {reason}", "dropped at {place}: {reason}"),
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
    "trace.session": (
        "途中のフィルタが作るセッション: {filters}",
        "sessions opened on the way: {filters}",
    ),
}
