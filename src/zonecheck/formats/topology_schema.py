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
    "zones": Field(MapOf(ID, ZONE_RECORD)),
    "segments": Field(MapOf(ID, SEGMENT_RECORD)),
    "ssids": Field(MapOf(ID, SSID_RECORD), doc_en="Wireless networks.", doc_ja="無線。"),
    "hosts": Field(MapOf(ID, HOST_RECORD)),
    "devices": Field(MapOf(ID, DEVICE_RECORD)),
    "objects": Field(OBJECTS, doc_en="Named address groups.", doc_ja="アドレスのグループ。"),
    "services": Field(SERVICE_NAMES, doc_en="Named services.", doc_ja="名前を付けたサービス。"),
    "links": Field(ListOf(LINK)),
    "externals": Field(MapOf(ID, EXTERNAL)),
    "channels": Field(MapOf(ID, CHANNEL)),
    "specific_flows": Field(MapOf(ID, SPECIFIC_FLOW)),
    "maintenance": Field(MapOf(ID, MAINTENANCE)),
    "systems": Field(
        MapOf(ID, SYSTEM),
        doc_en="Information systems, as the ledger lists them.",
        doc_ja="情報システム台帳にある情報システム。",
    ),
    "tunnels": Field(MapOf(ID, TUNNEL)),
    "hypervisors": Field(MapOf(ID, HYPERVISOR)),
    "datastores": Field(MapOf(ID, DATASTORE)),
    "out_of_band": Field(MapOf(ID, OUT_OF_BAND)),
    "policies": Field(MapOf(ID, OWN_POLICY)),
    "states": Field(MapOf(ID, STATE)),
    "waivers": Field(MapOf(ID, WAIVER)),
}
PARTS = {
    "include": Field(INCLUDE),
    "templates": Field(TEMPLATES),
    "use": Field(USE),
}
OVERLAY_KEYS = {
    "overlay": Field(TEXT, doc_en="The design this one changes.", doc_ja="変更の元になる設計。"),
    "changes": Field(CHANGES),
}
OVERLAY = Record("overlay", {"zonecheck": HEAD["zonecheck"], **OVERLAY_KEYS, "note": NOTE})
TOPOLOGY = Record(
    "topology",
    {**HEAD, **PARTS, **OVERLAY_KEYS, **SECTIONS},
    doc_en="A network design.",
    doc_ja="ネットワークの設計。",
)
