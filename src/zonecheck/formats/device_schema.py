"""The declaration of devices: ports, interfaces, routes and filters."""

from zonecheck.formats.host_schema import ATTRIBUTES
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import (
    ADDRESS,
    BOOLEAN,
    ID,
    PORT_NAME,
    PREFIX,
    TEXT,
    VLAN,
    VLAN_RANGE,
)
from zonecheck.formats.shape import Choice, Items, ListOf, MapOf
from zonecheck.formats.written import (
    ADDRESS_TERMS,
    ENDPOINTS,
    INTERFACE,
    INTERFACES,
    NOTE,
    SEGMENT,
    SERVICES,
    STATION,
    ZONES,
    reference,
)
from zonecheck.model.device import DeviceKind, PortMode, ReversePath
from zonecheck.model.filter import Action

ACTION = Choice({action.value: action for action in Action})
VLAN_RANGES = ListOf(VLAN_RANGE, min_items=1, allow_single=True)
UNDEFINED = "undefined"
NONE: Items[Element] = Items.of([])

PORT_RECORD = Record(
    "port",
    {
        "mode": Field(Choice({mode.value: mode for mode in PortMode}), required=True),
        "vlan": Field(VLAN, doc_en="The VLAN of an access port.", doc_ja="アクセスポートのVLAN。"),
        "allowed": Field(
            VLAN_RANGES,
            doc_en="The VLANs a trunk carries.",
            doc_ja="トランクが運ぶVLAN。",
        ),
        "native": Field(
            VLAN,
            doc_en="The VLAN of untagged frames on a trunk; without it they are dropped.",
            doc_ja="トランクのタグなしフレームのVLAN。なければ破棄する。",
        ),
        "shutdown": Field(BOOLEAN, default=False),
        "note": NOTE,
    },
    doc_en="A port of a switch.",
    doc_ja="スイッチのポート。",
)
_FILTER_NAME = reference("The name of a filter of this device.", "この機器のフィルターの名前。")
INTERFACE_RECORD = Record(
    "device-interface",
    {
        "segment": Field(SEGMENT),
        "ip": Field(ListOf(STATION, allow_single=True)),
        "vrf": Field(ID, default="default"),
        "label": Field(
            ID,
            doc_en="The device's own zone name for it, used by rules.",
            doc_ja="機器側のゾーン名。ルールで使う。",
        ),
        "vlan": Field(VLAN, doc_en="The VLAN of an SVI.", doc_ja="SVIのVLAN。"),
        "port": Field(PORT_NAME, doc_en="The physical port.", doc_ja="物理ポート。"),
        "tag": Field(
            VLAN,
            doc_en="The 802.1Q tag of a subinterface.",
            doc_ja="サブインターフェースの802.1Qタグ。",
        ),
        "sources": Field(
            ListOf(PREFIX, min_items=1, allow_single=True),
            doc_en="Only these source prefixes are accepted.",
            doc_ja="受け付ける送信元プレフィックス。",
        ),
        "reverse_path": Field(
            Choice({mode.value: mode for mode in ReversePath}),
            doc_en="The reverse-path check (uRPF).",
            doc_ja="逆方向経路検査(uRPF)。",
        ),
        "filter_in": Field(_FILTER_NAME),
        "filter_out": Field(_FILTER_NAME),
        "note": NOTE,
    },
    doc_en="An IP interface of a device.",
    doc_ja="機器のIPインターフェース。",
)
ROUTE = Record(
    "route",
    {
        "to": Field(PREFIX, required=True),
        "via": Field(
            ListOf(ADDRESS, min_items=1, allow_single=True),
            doc_en="The next hop, or several of equal cost.",
            doc_ja="ネクストホップ。等コストなら複数。",
        ),
        "interface": Field(INTERFACE),
        "discard": Field(BOOLEAN, default=False),
        "vrf": Field(ID, default="default"),
        "note": NOTE,
    },
    doc_en="A static route.",
    doc_ja="静的経路。",
)
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
        "note": NOTE,
    },
    doc_en="One line of a filter; the first that matches decides.",
    doc_ja="フィルターの1行。最初に当てはまった行で決まる。",
)
_RULES = Field(ListOf(RULE))
_DEFAULT = Field(
    ACTION,
    doc_en="What happens to packets no rule matches.",
    doc_ja="どのルールにも当てはまらないパケットの扱い。",
)
_STATEFUL = Field(
    BOOLEAN,
    doc_en="Whether replies of admitted sessions pass by themselves.",
    doc_ja="許可した通信の戻りを自動的に通すか。",
)
FILTER = Record(
    "filter", {"rules": _RULES, "default": _DEFAULT, "stateful": _STATEFUL, "note": NOTE}
)
MANAGEMENT = Record(
    "management",
    {
        "from": Field(ADDRESS_TERMS),
        "service": Field(SERVICES),
        "interface": Field(INTERFACES),
        "note": NOTE,
    },
    doc_en="Who may open sessions to the device itself.",
    doc_ja="機器自身への接続を許す相手。",
)
OPENING = Record(
    "opening",
    {
        "to": Field(ENDPOINTS, required=True),
        "service": Field(SERVICES, required=True),
        "note": NOTE,
    },
    doc_en="A session the device itself opens.",
    doc_ja="機器自身が開始する通信。",
)
DEVICE_RECORD = Record(
    "device",
    {
        "kind": Field(Choice({kind.value: kind for kind in DeviceKind}), required=True),
        "zones": Field(ZONES, doc_en="The zones it stands between.", doc_ja="間に立つ領域。"),
        "ports": Field(MapOf(PORT_NAME, PORT_RECORD)),
        "interfaces": Field(MapOf(PORT_NAME, INTERFACE_RECORD)),
        "routes": Field(
            ListOf(ROUTE, allow_single=True),
            doc_en="Static routes; without the key, every outgoing interface counts.",
            doc_ja="静的経路。キー自体がなければ、どのインターフェースからも出られるとみなす。",
        ),
        "rules": _RULES,
        "default": _DEFAULT,
        "stateful": _STATEFUL,
        "filters": Field(
            MapOf(PORT_NAME, Choice({UNDEFINED: UNDEFINED}, FILTER)),
            doc_en="Filters by name, for filter_in and filter_out.",
            doc_ja="filter_in と filter_out で使うフィルター。",
        ),
        "management": Field(Choice({"none": NONE}, ListOf(MANAGEMENT, allow_single=True))),
        "opens": Field(ListOf(OPENING, allow_single=True)),
        "attributes": Field(ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A switch, router or firewall.",
    doc_ja="スイッチ、ルーター、ファイアウォール。",
)
