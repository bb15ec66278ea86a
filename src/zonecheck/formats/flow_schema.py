"""The declaration of links, objects, channels, specific flows, maintenance and tunnels."""

from zonecheck.formats.attribute_schema import MAINTENANCE_ATTRIBUTES
from zonecheck.formats.port_schema import VLAN_RANGES
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ADDRESS, ADDRESSES, BASIS, ID, TEXT, VLAN
from zonecheck.formats.shape import Choice, ListOf, MapOf, OneOf
from zonecheck.formats.written import (
    ADDRESS_TERM,
    ENDPOINTS,
    NOTE,
    SEGMENT,
    SERVICES,
    ZONE,
    ZONES,
    reference,
)
from zonecheck.model.channel import CHANNEL_KINDS
from zonecheck.model.tunnel import TUNNEL_KINDS

_BASIS = Field(BASIS, doc_en="On what the declarations rest.", doc_ja="宣言の根拠。")
_CLAUSE = Field(TEXT, default="", doc_en="The clause of the policy.", doc_ja="ポリシーの条項。")
_END = reference(
    "'node/port': a switch port, a host interface, or the port of a device interface.",
    "「機器/ポート」。スイッチのポート、ホストのインターフェース、機器のインターフェースのポート。",
)
_VIA = reference("A host or device.", "ホストまたは機器。")
LINK = Record(
    "link",
    {
        "between": Field(ListOf(_END), required=True, doc_en="Both ends.", doc_ja="両端。"),
        "vlans": Field(
            VLAN_RANGES,
            doc_en="VLANs for switch ports that 'ports' does not declare.",
            doc_ja="ports に書いていないスイッチポートのVLAN。",
        ),
        "native": Field(VLAN),
        "zone": Field(ZONES, doc_en="The link's zone tag.", doc_ja="リンクの領域タグ。"),
        "note": NOTE,
    },
    doc_en="A cable.",
    doc_ja="ケーブル。",
)
_TERMS = ListOf(ADDRESS_TERM, allow_single=True)
OBJECT = Record(
    "object",
    {
        "members": Field(_TERMS, required=True),
        "when_empty": Field(
            Choice.of("any", "none"),
            doc_en="What the device takes an empty object for.",
            doc_ja="空のとき機器が何とみなすか。",
        ),
        "note": NOTE,
    },
)
OBJECTS = MapOf(ID, OneOf(_TERMS, OBJECT))
SERVICE_NAMES = MapOf(ID, SERVICES)
_ENDS = {
    "from": Field(ENDPOINTS, doc_en="Who opens the session.", doc_ja="通信を開始する側。"),
    "to": Field(ENDPOINTS, doc_en="Who accepts it.", doc_ja="受け付ける側。"),
    "service": Field(SERVICES),
}
_REQUIRED_ENDS = {
    name: Field(declared.shape, required=True, doc_en=declared.doc_en, doc_ja=declared.doc_ja)
    for name, declared in _ENDS.items()
}
_ADDRESSED_AS = Field(
    ListOf(ADDRESSES, min_items=1, allow_single=True),
    doc_en="The addresses the origin writes where translation replaces them on the way.",
    doc_ja="途中で宛先が変換される場合に、開始側が宛先とするアドレス。",
)
LEG = Record("leg", {**_REQUIRED_ENDS, "addressed_as": _ADDRESSED_AS, "note": NOTE})
DATA = Record("data", {"from": Field(ZONE, required=True), "to": Field(ZONE, required=True)})
CHANNEL = Record(
    "channel",
    {
        "kind": Field(Choice.of(*CHANNEL_KINDS), required=True),
        "data": Field(
            DATA,
            doc_en="The direction the policy wants payload to take.",
            doc_ja="ポリシーが定めるデータの向き。",
        ),
        "initiator": Field(
            ZONE,
            doc_en="The zone that opens the first session.",
            doc_ja="最初の通信を開始する領域。",
        ),
        "clause": _CLAUSE,
        "basis": _BASIS,
        "via": Field(
            ListOf(_VIA, min_items=1, allow_single=True),
            doc_en="What local breakout has to pass: proxies, firewalls.",
            doc_ja="ローカルブレイクアウトが必ず通る機器やプロキシ。",
        ),
        "legs": Field(ListOf(LEG, min_items=1)),
        **_ENDS,
        "addressed_as": _ADDRESSED_AS,
        "note": NOTE,
    },
    doc_en="A declared flow between zones.",
    doc_ja="領域の間で宣言された通信。",
)
SPECIFIC_FLOW = Record(
    "specific-flow",
    {
        **_REQUIRED_ENDS,
        "addressed_as": _ADDRESSED_AS,
        "bind": Field(
            ListOf(Choice.of("mac", "ip", "port"), allow_single=True),
            doc_en="What ties it to the two ends.",
            doc_ja="何によって両端を限定するか。",
        ),
        "clause": _CLAUSE,
        "note": NOTE,
    },
    doc_en="An enumerated exception of the My Number area.",
    doc_ja="マイナンバー利用事務系の特定通信。",
)
MAINTENANCE = Record(
    "maintenance",
    {
        "legs": Field(ListOf(LEG, min_items=1), required=True),
        "authentication": Field(TEXT, doc_en="For example 'mfa'.", doc_ja="認証。例: 'mfa'。"),
        "encryption": Field(TEXT, doc_en="For example 'ipsec'.", doc_ja="暗号化。例: 'ipsec'。"),
        "window": Field(
            TEXT,
            doc_en="When it is open: '09:00-17:00'.",
            doc_ja="接続を許す時間帯。例: '09:00-17:00'。",
        ),
        "users": Field(
            Choice({"vendor": False, "staff": True}),
            default="vendor",
            doc_en="Who comes in: a vendor, or staff from outside.",
            doc_ja="接続する者。事業者(vendor)、または庁外の職員(staff)。",
        ),
        "clause": _CLAUSE,
        "attributes": Field(MAINTENANCE_ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="Remote maintenance by one vendor, or access of staff from outside.",
    doc_ja="1つの事業者による遠隔保守、または職員の庁外からの接続。",
)
TUNNEL = Record(
    "tunnel",
    {
        "kind": Field(Choice.of(*TUNNEL_KINDS), required=True),
        "carries": Field(SEGMENT, required=True, doc_en="Inside.", doc_ja="中を通るセグメント。"),
        "ends": Field(
            ListOf(ADDRESS), doc_en="The two outer addresses.", doc_ja="外側の両端のアドレス。"
        ),
        "note": NOTE,
    },
    doc_en="A tunnel that carries a segment.",
    doc_ja="セグメントを運ぶトンネル。",
)
