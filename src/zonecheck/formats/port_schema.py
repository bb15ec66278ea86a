"""The declaration of switch ports and of the IP interfaces of devices."""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import (
    ADDRESS,
    BOOLEAN,
    ID,
    MAC,
    PORT_NAME,
    PREFIX,
    VLAN,
    VLAN_RANGE,
    integer,
)
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import NOTE, SEGMENT, STATION, reference
from zonecheck.model.device import PortMode, ReversePath

VLAN_RANGES = ListOf(VLAN_RANGE, min_items=1, allow_single=True)
MOST_GROUPS = 4095
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
MACS = Field(
    ListOf(MAC, min_items=1, allow_single=True),
    doc_en="All MAC addresses its frames may come from, those of standby members included.",
    doc_ja="送信元となりうるMACアドレスのすべて(待機系を含む)。",
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
        "mac": MACS,
        "note": NOTE,
    },
    doc_en="An IP interface of a device.",
    doc_ja="機器のIPインターフェース。",
)
