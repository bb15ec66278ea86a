"""The declaration of filters and their rules."""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, MAC, TEXT
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import ADDRESS_TERMS, INTERFACES, NOTE, SERVICES
from zonecheck.model.filter import ALG_PORTS, Action

ACTION = Choice({action.value: action for action in Action})
UNDEFINED = "undefined"
# What a device decides by looking beyond the packet: nobody can say which packets that will be.
OPEN_CONDITIONS = {
    "fqdn": ("A host name the device looks up.", "機器が名前解決するホスト名。"),
    "application": ("An application the device recognises.", "機器が識別するアプリケーション。"),
    "user": ("A user or group.", "ユーザーまたはグループ。"),
    "schedule": ("When the rule is in force.", "ルールが有効な時間帯。"),
    "geo": ("A country or region.", "国・地域。"),
    "unclear": ("What else decides, in words.", "ほかに何で決まるか(言葉で)。"),
    "url": ("A URL or a category of them.", "URLまたはその分類。"),
}
_TEXTS = ListOf(TEXT, min_items=1, allow_single=True)
RULE = Record(
    "rule",
    {
        "name": Field(TEXT, doc_en="Its name; else its position.", doc_ja="名前。なければ順番。"),
        "action": Field(ACTION, required=True),
        "from": Field(ADDRESS_TERMS),
        "to": Field(ADDRESS_TERMS),
        "service": Field(SERVICES),
        "in": Field(INTERFACES, doc_en="Incoming, by name or label.", doc_ja="入力側。"),
        "out": Field(INTERFACES, doc_en="Outgoing, by name or label.", doc_ja="出力側。"),
        "mac": Field(
            ListOf(MAC, min_items=1, allow_single=True),
            doc_en="Source MAC addresses; senders forge them.",
            doc_ja="送信元MACアドレス(詐称できる)。",
        ),
        **{
            name: Field(_TEXTS, doc_en=english, doc_ja=japanese)
            for name, (english, japanese) in OPEN_CONDITIONS.items()
        },
        "note": NOTE,
    },
    doc_en="One line of a filter; the first that matches decides.",
    doc_ja="フィルターの1行。最初に当てはまった行で決まる。",
)
FILTER_FIELDS = {
    "rules": Field(ListOf(RULE)),
    "default": Field(
        ACTION,
        doc_en="What happens to packets no rule matches.",
        doc_ja="どのルールにも当てはまらないパケットの扱い。",
    ),
    "stateful": Field(
        BOOLEAN,
        doc_en="Whether replies of admitted sessions pass by themselves.",
        doc_ja="許可した通信の戻りを自動的に通すか。",
    ),
    "loose": Field(
        BOOLEAN,
        default=False,
        doc_en="Whether a TCP session may begin in the middle (mid-stream pickup).",
        doc_ja="TCP通信を途中のパケットからでも許可するか。",
    ),
    "alg": Field(
        ListOf(Choice.of(*ALG_PORTS), allow_single=True),
        doc_en="Application gateways that open further ports between both ends of a session.",
        doc_ja="通信の両端の間で別のポートも開けるアプリケーションゲートウェイ。",
    ),
    "session_rules": Field(
        ListOf(RULE),
        doc_en="What of admitted sessions passes; without the key, all of it.",
        doc_ja="許可した通信に属するパケットのうち通すもの。キーがなければすべて通す。",
    ),
}
"""What a device says of its own policy, and a named filter of itself."""
FILTER = Record("filter", {**FILTER_FIELDS, "note": NOTE})
