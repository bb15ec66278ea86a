"""The declaration of segments, and of the SSIDs laid on them."""

from zonecheck.formats.attribute_schema import SSID_ATTRIBUTES
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, PREFIX, VLAN
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import NOTE, SEGMENT, ZONE, reference

PREFIXES = ListOf(PREFIX, allow_single=True)
AUTHENTICATION = (
    "wpa3-enterprise",
    "wpa2-enterprise",
    "wpa3-personal",
    "wpa2-personal",
    "wep",
    "open",
)
_SWITCHES = Field(
    ListOf(reference("The id of a switch.", "スイッチのID。"), allow_single=True),
    doc_en="The switches on which this VLAN id means this segment; else all that carry it.",
    doc_ja="このVLAN IDがこのセグメントを指すスイッチ。書かなければVLANを運ぶすべて。",
)
_GUARDS = {
    "ip_source_guard": Field(
        BOOLEAN,
        default=False,
        doc_en="Every access port drops source addresses that are not its own.",
        doc_ja="すべてのアクセスポートで送信元IPアドレスの詐称を止める。",
    ),
    "port_security": Field(
        BOOLEAN,
        default=False,
        doc_en="Every access port drops MAC addresses that are not its own.",
        doc_ja="すべてのアクセスポートで送信元MACアドレスの詐称を止める。",
    ),
}
_NAC = Field(
    Choice.of("dot1x", "mac-auth"),
    doc_en="How access ports authenticate devices.",
    doc_ja="アクセスポートでの端末認証。",
)
SEGMENT_RECORD = Record(
    "segment",
    {
        "zone": Field(ZONE, doc_en="The zone it belongs to.", doc_ja="属する領域。"),
        "vlan": Field(VLAN),
        "prefix": Field(PREFIXES, doc_en="Its IP prefixes.", doc_ja="IPプレフィックス。"),
        "switches": _SWITCHES,
        **_GUARDS,
        "nac": _NAC,
        "mac_acl": Field(
            BOOLEAN,
            default=False,
            doc_en="Every access port drops MAC addresses that are not listed.",
            doc_ja="すべてのアクセスポートで登録外のMACアドレスを止める。",
        ),
        "arp_inspection": Field(
            BOOLEAN,
            default=False,
            doc_en="Every access port drops forged ARP.",
            doc_ja="すべてのアクセスポートで不正なARPを止める。",
        ),
        "scope": Field(
            Choice({"in": True, "out": False}),
            doc_en="'out': the policy does not apply to it.",
            doc_ja="out: ポリシーの対象外。",
        ),
        "note": NOTE,
    },
    doc_en="One planned broadcast domain with its prefixes.",
    doc_ja="設計上のブロードキャストドメインとそのプレフィックス。",
)
SSID_RECORD = Record(
    "ssid",
    {
        "segment": Field(SEGMENT),
        "vlan": Field(VLAN, doc_en="Instead of segment.", doc_ja="segment の代わり。"),
        "switches": _SWITCHES,
        "zone": Field(
            ZONE,
            doc_en="The zone its stations are meant to be in; else that of the segment.",
            doc_ja="利用端末の属する領域。なければセグメントの領域。",
        ),
        "auth": Field(
            Choice.of(*AUTHENTICATION), doc_en="How it authenticates.", doc_ja="認証方式。"
        ),
        "guest": Field(BOOLEAN, default=False, doc_en="Not for staff.", doc_ja="来庁者用。"),
        **_GUARDS,
        "nac": _NAC,
        "attributes": Field(SSID_ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A wireless network laid on a segment.",
    doc_ja="セグメントに対応付けた無線ネットワーク。",
)
