"""The declaration of devices: routes, mirrors, standby members and the rest."""

from zonecheck.formats.attribute_schema import DEVICE_ATTRIBUTES
from zonecheck.formats.filter_schema import FILTER, FILTER_FIELDS, UNDEFINED
from zonecheck.formats.iptables.read_save import FORMATS
from zonecheck.formats.nat_schema import NAT_TABLE
from zonecheck.formats.port_schema import INTERFACE_RECORD, PORT_RECORD
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import (
    ADDRESS,
    BOOLEAN,
    ID,
    PORT_NAME,
    PREFIX,
    TEXT,
    VLAN,
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
    SERVICES,
    ZONES,
)
from zonecheck.model.device import ALSO_FORWARDED, DeviceKind

NONE: Items[Element] = Items.of([])
MOST_DISTANCE = 255
ORIGINAL = "original"

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
CONFIG = Record(
    "config",
    {
        "format": Field(Choice.of(*FORMATS), required=True),
        "file": Field(
            TEXT,
            required=True,
            doc_en="The file, relative to this one.",
            doc_ja="このファイルから見たファイル名。",
        ),
        "interfaces": Field(
            MapOf(PORT_NAME, INTERFACE),
            doc_en="Interfaces by the names the file uses, where they differ.",
            doc_ja="ファイル中の名前が異なる場合の、名前とインターフェースの対応。",
        ),
        "note": NOTE,
    },
    doc_en="Rules read from the configuration of the device itself.",
    doc_ja="機器自身の設定から読むルール。",
)
DEVICE_RECORD = Record(
    "device",
    {
        "kind": Field(
            Choice({kind.value: kind for kind in DeviceKind}),
            required=True,
            doc_en="What it does with frames and packets.",
            doc_ja="機器の種類。",
        ),
        "zones": Field(ZONES, doc_en="The zones it stands between.", doc_ja="間に立つ領域。"),
        "ports": Field(MapOf(PORT_NAME, PORT_RECORD)),
        "interfaces": Field(MapOf(PORT_NAME, INTERFACE_RECORD)),
        "routes": _ROUTES,
        "policy_routes": Field(ListOf(POLICY_ROUTE, allow_single=True)),
        "config": Field(ListOf(CONFIG, min_items=1, allow_single=True)),
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
        "also_forwards": Field(
            ListOf(Choice.of(*ALSO_FORWARDED), min_items=1, allow_single=True),
            doc_en="What it is switched on to forward that no proof covers: verdicts are unknown.",
            doc_ja="有効にしてある、証明の対象外の転送。書くと判定は不明になる。",
        ),
        "span": Field(ListOf(SPAN, allow_single=True)),
        "ha": Field(ListOf(STANDBY, allow_single=True)),
        "management": Field(Choice({"none": NONE}, ListOf(MANAGEMENT, allow_single=True))),
        "opens": Field(ListOf(OPENING, allow_single=True)),
        "attributes": Field(
            DEVICE_ATTRIBUTES,
            doc_en="What no packet shows and clauses ask for.",
            doc_ja="パケットには現れず、条項が求めること。",
        ),
        "note": NOTE,
    },
    doc_en="A switch, router or firewall.",
    doc_ja="スイッチ、ルーター、ファイアウォール。",
)
