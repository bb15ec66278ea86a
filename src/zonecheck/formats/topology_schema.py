"""The declaration of the whole topology file."""

from zonecheck.formats.device_schema import DEVICE_RECORD
from zonecheck.formats.external_schema import EXTERNAL
from zonecheck.formats.flow_schema import (
    CHANNEL,
    LINK,
    MAINTENANCE,
    OBJECTS,
    SERVICE_NAMES,
    SPECIFIC_FLOW,
    TUNNEL,
)
from zonecheck.formats.host_schema import HOST_RECORD
from zonecheck.formats.include import INCLUDE
from zonecheck.formats.overlay_changes import CHANGES
from zonecheck.formats.platform_schema import DATASTORE, HYPERVISOR, OUT_OF_BAND, STATE
from zonecheck.formats.policy_schema import OWN_POLICY
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ID, TEXT, integer
from zonecheck.formats.segment_schema import SEGMENT_RECORD, SSID_RECORD
from zonecheck.formats.shape import ListOf, MapOf
from zonecheck.formats.system_schema import SYSTEM
from zonecheck.formats.templates import TEMPLATES, USE
from zonecheck.formats.waiver_schema import WAIVER
from zonecheck.formats.written import NOTE

ZONE_RECORD = Record(
    "zone",
    {
        "ja": Field(
            TEXT, required=True, doc_en="As the policy writes it.", doc_ja="ポリシーの書き方。"
        ),
        "note": NOTE,
    },
)
HEAD = {
    "zonecheck": Field(integer(1, 1), doc_en="Version of this format.", doc_ja="この形式の版。"),
    "name": Field(TEXT, default="", doc_en="Name of the design.", doc_ja="設計の名前。"),
    "profile": Field(
        TEXT,
        default="",
        doc_en="The profile used when the command line names none: an id, or a file beside this.",
        doc_ja="コマンドラインで指定しないときのプロファイル。IDまたはファイル。",
    ),
    "note": NOTE,
}
SECTIONS = {
    "zones": Field(
        MapOf(ID, ZONE_RECORD),
        doc_en="Zones beside the built-in ones, those of the profile by the id it gives them.",
        doc_ja="組込みのもの以外の領域。プロファイルにあるものは、そのIDで書く。",
    ),
    "segments": Field(
        MapOf(ID, SEGMENT_RECORD),
        doc_en="Networks, each with its zone.",
        doc_ja="セグメント。それぞれに領域がある。",
    ),
    "ssids": Field(MapOf(ID, SSID_RECORD), doc_en="Wireless networks.", doc_ja="無線。"),
    "hosts": Field(
        MapOf(ID, HOST_RECORD),
        doc_en="Terminals, servers, printers, sanitisers.",
        doc_ja="端末、サーバー、複合機、無害化装置など。",
    ),
    "devices": Field(
        MapOf(ID, DEVICE_RECORD),
        doc_en="Switches, routers and firewalls.",
        doc_ja="スイッチ、ルーター、ファイアウォール。",
    ),
    "objects": Field(OBJECTS, doc_en="Named address groups.", doc_ja="アドレスのグループ。"),
    "services": Field(SERVICE_NAMES, doc_en="Named services.", doc_ja="名前を付けたサービス。"),
    "links": Field(ListOf(LINK), doc_en="Cables.", doc_ja="配線。"),
    "externals": Field(
        MapOf(ID, EXTERNAL),
        doc_en="Networks of others: the Internet, the LGWAN, vendors.",
        doc_ja="外部ネットワーク。インターネット、LGWAN、保守事業者など。",
    ),
    "channels": Field(
        MapOf(ID, CHANNEL),
        doc_en="What may cross zones, beside what follows.",
        doc_ja="領域を越えてよい通信。",
    ),
    "specific_flows": Field(
        MapOf(ID, SPECIFIC_FLOW),
        doc_en="What may cross the border of the My Number area.",
        doc_ja="特定通信。マイナンバー利用事務系の境界を越えてよい通信。",
    ),
    "maintenance": Field(
        MapOf(ID, MAINTENANCE),
        doc_en="Remote maintenance, and remote access of staff.",
        doc_ja="リモート保守と、職員の外部からのアクセス。",
    ),
    "systems": Field(
        MapOf(ID, SYSTEM),
        doc_en="Information systems, as the ledger lists them.",
        doc_ja="情報システム台帳にある情報システム。",
    ),
    "tunnels": Field(
        MapOf(ID, TUNNEL),
        doc_en="Segments carried inside other packets.",
        doc_ja="ほかのパケットの中で運ばれるセグメント。",
    ),
    "hypervisors": Field(
        MapOf(ID, HYPERVISOR),
        doc_en="Which hosts share a machine.",
        doc_ja="一台の機械を共用するホスト。",
    ),
    "datastores": Field(
        MapOf(ID, DATASTORE),
        doc_en="Which hosts share storage.",
        doc_ja="ストレージを共用するホスト。",
    ),
    "out_of_band": Field(
        MapOf(ID, OUT_OF_BAND),
        doc_en="Paths beside the network: modems, consoles, LTE.",
        doc_ja="帯域外の経路。モデム、コンソール、LTEなど。",
    ),
    "policies": Field(
        MapOf(ID, OWN_POLICY),
        doc_en="Segments of bodies that have a policy of their own.",
        doc_ja="独自のポリシーを持つ機関のセグメント。",
    ),
    "states": Field(
        MapOf(ID, STATE), doc_en="Further states to be proved.", doc_ja="ほかに証明する状態。"
    ),
    "waivers": Field(
        MapOf(ID, WAIVER),
        doc_en="Findings that somebody answers for.",
        doc_ja="例外措置。責任者のいる違反。",
    ),
}
PARTS = {
    "include": Field(
        INCLUDE,
        doc_en="Further files, relative to this one; their sections are joined.",
        doc_ja="このファイルから見たほかのファイル。各節をつなぎ合わせる。",
    ),
    "templates": Field(
        TEMPLATES,
        doc_en="Sections with parameters, for what repeats.",
        doc_ja="繰り返すものの雛形。パラメーターを持つ。",
    ),
    "use": Field(
        USE,
        doc_en="Templates to put in, with the texts of their parameters.",
        doc_ja="使う雛形と、そのパラメーター。",
    ),
}
OVERLAY_KEYS = {
    "overlay": Field(TEXT, doc_en="The design this one changes.", doc_ja="変更の元になる設計。"),
    "changes": Field(
        CHANGES,
        doc_en="What is changed in that design, in order.",
        doc_ja="その設計への変更。順に行う。",
    ),
}
OVERLAY = Record("overlay", {"zonecheck": HEAD["zonecheck"], **OVERLAY_KEYS, "note": NOTE})
TOPOLOGY = Record(
    "topology",
    {**HEAD, **PARTS, **OVERLAY_KEYS, **SECTIONS},
    doc_en="A network design.",
    doc_ja="ネットワークの設計。",
)
