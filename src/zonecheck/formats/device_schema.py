"""The declaration of devices: ports, interfaces, routes and filters."""

from zonecheck.formats.filter_schema import FILTER, FILTER_FIELDS, UNDEFINED
from zonecheck.formats.host_schema import ATTRIBUTES
from zonecheck.formats.nat_schema import NAT_TABLE
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
    integer,
)
from zonecheck.formats.shape import Choice, Items, ListOf, MapOf
from zonecheck.formats.written import (
    ADDRESS_TERMS,
    ENDPOINTS,
    HOST,
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

VLAN_RANGES = ListOf(VLAN_RANGE, min_items=1, allow_single=True)
NONE: Items[Element] = Items.of([])
MOST_GROUPS = 4095
MOST_DISTANCE = 255
ORIGINAL = "original"

DOT1X = Record(
    "dot1x",
    {
        "assigned": Field(
            ListOf(VLAN, allow_single=True),
            doc_en="VLANs the authentication server assigns.",
            doc_ja="認証サーバーが割り当てるVLAN。",
        ),
        "guest_vlan": Field(VLAN, doc_en="Without 802.1X.", doc_ja="認証しない端末のVLAN。"),
        "critical_vlan": Field(
            VLAN, doc_en="While no server answers.", doc_ja="認証サーバー停止時のVLAN。"
        ),
        "note": NOTE,
    },
)
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
        "dot1x": Field(
            DOT1X,
            doc_en="802.1X and the other VLANs it may put the port in.",
            doc_ja="IEEE 802.1X認証と、それによって入りうる別のVLAN。",
        ),
        "dtp": Field(
            BOOLEAN,
            default=False,
            doc_en="Whether the port may be talked into being a trunk.",
            doc_ja="相手の要求でトランクになりうるか(DTP)。",
        ),
        "note": NOTE,
    },
    doc_en="A port of a switch.",
    doc_ja="スイッチのポート。",
)
_FILTER_NAME = reference("The name of a filter of this device.", "この機器のフィルターの名前。")
VRRP = Record(
    "vrrp",
    {
        "group": Field(integer(0, MOST_GROUPS)),
        "ip": Field(
            ListOf(ADDRESS, min_items=1, allow_single=True),
            required=True,
            doc_en="The addresses the group shares.",
            doc_ja="グループで共有するアドレス。",
        ),
        "note": NOTE,
    },
    doc_en="Addresses shared with other devices (VRRP, HSRP and the like).",
    doc_ja="他の機器と共有する仮想アドレス(VRRP、HSRPなど)。",
)
INTERFACE_RECORD = Record(
    "device-interface",
    {
        "segment": Field(SEGMENT),
        "ip": Field(ListOf(STATION, allow_single=True)),
        "vrrp": Field(ListOf(VRRP, allow_single=True)),
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
        "distance": Field(
            integer(1, MOST_DISTANCE),
            default=1,
            doc_en="Of several routes of one prefix the least is used; the others float.",
            doc_ja="同じプレフィックスでは最小のものを使い、残りは予備になる。",
        ),
        "note": NOTE,
    },
    doc_en="A static route.",
    doc_ja="静的経路。",
)
_ROUTES = Field(
    ListOf(ROUTE, allow_single=True),
    doc_en="Static routes; without the key, every outgoing interface counts.",
    doc_ja="静的経路。キー自体がなければ、どのインターフェースからも出られるとみなす。",
)
POLICY_ROUTE = Record(
    "policy-route",
    {
        "name": Field(TEXT, doc_en="Its name; else its position.", doc_ja="名前。なければ順番。"),
        "in": Field(INTERFACES, doc_en="Incoming, by name or label.", doc_ja="入力側。"),
        "from": Field(ADDRESS_TERMS),
        "to": Field(ADDRESS_TERMS),
        "service": Field(SERVICES),
        "via": Field(ADDRESS, doc_en="The next hop.", doc_ja="ネクストホップ。"),
        "interface": Field(INTERFACE),
        "note": NOTE,
    },
    doc_en="What goes its own way, whatever the routes say.",
    doc_ja="経路表によらず転送先を決める1行。",
)
SPAN = Record(
    "span",
    {
        "from": Field(PORT_NAME, doc_en="The watched port.", doc_ja="監視するポート。"),
        "vlan": Field(VLAN, doc_en="The watched VLAN.", doc_ja="監視するVLAN。"),
        "to": Field(HOST, required=True, doc_en="The sensor.", doc_ja="センサー。"),
        "note": NOTE,
    },
    doc_en="A mirror session: a copy of all frames goes to a host.",
    doc_ja="ミラーポート。全フレームの写しをホストに送る。",
)
_FILTERS = Field(
    MapOf(PORT_NAME, Choice({UNDEFINED: UNDEFINED}, FILTER)),
    doc_en="Filters by name, for filter_in and filter_out.",
    doc_ja="filter_in と filter_out で使うフィルター。",
)
STANDBY = Record(
    "standby",
    {
        "member": Field(ID, required=True, doc_en="Its id.", doc_ja="待機側のID。"),
        **FILTER_FIELDS,
        "filters": _FILTERS,
        "routes": _ROUTES,
        "nat": NAT_TABLE,
        "note": NOTE,
    },
    doc_en="A member that takes over if the device fails; what is not said is as on the device.",
    doc_ja="故障時に交代する待機側。書かないものは機器本体と同じ。",
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
        "routes": _ROUTES,
        "policy_routes": Field(ListOf(POLICY_ROUTE, allow_single=True)),
        **FILTER_FIELDS,
        "filters": _FILTERS,
        "nat": NAT_TABLE,
        "policy_sees": Field(
            Choice.of(ORIGINAL, "translated"),
            default="translated",
            doc_en="Which destination the rules see where nat translates it.",
            doc_ja="宛先を変換する場合に、ルールが変換前後のどちらの宛先を見るか。",
        ),
        "non_ip": Field(
            BOOLEAN,
            doc_en="Whether a transparent firewall hands on frames that are not IP.",
            doc_ja="透過型ファイアウォールがIP以外のフレームを通すか。",
        ),
        "span": Field(ListOf(SPAN, allow_single=True)),
        "ha": Field(ListOf(STANDBY, allow_single=True)),
        "management": Field(Choice({"none": NONE}, ListOf(MANAGEMENT, allow_single=True))),
        "opens": Field(ListOf(OPENING, allow_single=True)),
        "attributes": Field(ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A switch, router or firewall.",
    doc_ja="スイッチ、ルーター、ファイアウォール。",
)
