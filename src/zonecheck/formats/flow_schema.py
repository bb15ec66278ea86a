"""The declaration of links, external networks, objects, channels and specific flows."""

from zonecheck.formats.device_schema import VLAN_RANGES
from zonecheck.formats.host_schema import PREFIXES
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ADDRESS_RANGE, BASIS, BOOLEAN, ID, TEXT, VLAN
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
from zonecheck.model.external import Openness

_BASIS = Field(BASIS, doc_en="On what the declarations rest.", doc_ja="宣言の根拠。")
_CLAUSE = Field(TEXT, default="", doc_en="The clause of the policy.", doc_ja="ポリシーの条項。")
_IP = ListOf(ADDRESS_RANGE, allow_single=True)
_END = reference(
    "'node/port': a switch port, a host interface, or the port of a device interface.",
    "「機器/ポート」。スイッチのポート、ホストのインターフェース、機器のインターフェースのポート。",
)
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
EDGE = Record(
    "edge",
    {"segment": Field(SEGMENT, required=True), "ip": Field(_IP), "note": NOTE},
    doc_en="The neighbour's interface in one of your segments.",
    doc_ja="自分のセグメントにある、相手側のインターフェース。",
)
PEER = Record(
    "peer",
    {
        "ip": Field(_IP, required=True),
        "internet_connected": Field(
            BOOLEAN,
            doc_en="Whether it is itself connected to the internet.",
            doc_ja="インターネットにも接続しているか。",
        ),
        "basis": _BASIS,
        "note": NOTE,
    },
    doc_en="A known system inside an external network.",
    doc_ja="外部ネットワークの中の、分かっている相手。",
)
EXTERNAL = Record(
    "external",
    {
        "openness": Field(
            Choice({item.value: item for item in Openness}),
            doc_en="Whether anyone or only admitted members can send from it.",
            doc_ja="誰でも送信できる(open)か、認められた者だけ(closed)か。",
        ),
        "basis": _BASIS,
        "zone": Field(ZONE),
        "prefix": Field(PREFIXES),
        "edges": Field(MapOf(ID, EDGE)),
        "peers": Field(MapOf(ID, PEER)),
        "note": NOTE,
    },
    doc_en="A network run by others.",
    doc_ja="他者が運用するネットワーク。",
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
LEG = Record("leg", {**_REQUIRED_ENDS, "note": NOTE})
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
        "legs": Field(ListOf(LEG, min_items=1)),
        **_ENDS,
        "note": NOTE,
    },
    doc_en="A declared flow between zones.",
    doc_ja="領域の間で宣言された通信。",
)
SPECIFIC_FLOW = Record(
    "specific-flow",
    {
        **_REQUIRED_ENDS,
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
