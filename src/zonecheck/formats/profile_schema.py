"""The declaration of profile files."""

import re

from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, ID, TEXT
from zonecheck.formats.scalars import integer
from zonecheck.formats.shape import Choice, ListOf, MapOf, Scalar
from zonecheck.formats.written import NOTE
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.attribute import LINE_KINDS
from zonecheck.model.host import Method
from zonecheck.model.profile import (
    BASES,
    INTERNET_EDGES,
    ISOLATION_EXCEPTIONS,
    STRENGTHS,
    FlowLimits,
    Profile,
)

LEVELS = ("error", "warning", "advice")
SEVERITIES = ("critical", "high", "medium", "low", "info")
SANITISE = ("import", "both")
PAYLOAD = ("in", "both")
BINDINGS = ("ip", "port", "mac")
WAIVERS = ("in-principle", "any", "none")
PARTITIONS = ("covered", "exact")
ALL = "all"
MOST_PORTS = 65536
MOST_STEPS = 1000
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def _date(node: ScalarNode, problems: Problems) -> str | None:
    if _DATE.fullmatch(node.text):
        return node.text
    problems.add(node.source, "profile.date", text=node.text)
    return None


def _number(low: int, high: int) -> Scalar[int]:
    return Scalar(integer(low, high), {"type": "integer", "minimum": low, "maximum": high})


_IDS = ListOf(ID, allow_single=True)
_CLAUSE = Record(
    "clause",
    {
        "clause": Field(TEXT, required=True, doc_en="As reports print it.", doc_ja="条項。"),
        "quote": Field(TEXT, default="", doc_en="The words it stands on.", doc_ja="原文。"),
    },
)
_CLAUSES = ListOf(_CLAUSE, allow_single=True)
_CHECK = Record(
    "check",
    {
        "strength": Field(
            Choice.of(*STRENGTHS),
            default="must",
            doc_en="How the text puts the rule; it limits the level.",
            doc_ja="規定の書きぶり。扱いの上限を決める。",
        ),
        "level": Field(
            Choice.of(*LEVELS),
            doc_en="How a violation counts; else that of the strength.",
            doc_ja="違反の扱い。なければ書きぶりによる。",
        ),
        "severity": Field(
            Choice.of(*SEVERITIES),
            default="high",
            doc_en="How grave a violation is.",
            doc_ja="違反の重要度。",
        ),
        "waivable": Field(
            BOOLEAN,
            doc_en="Whether its findings may be waived.",
            doc_ja="違反を例外措置にできるか。",
        ),
        "clauses": Field(
            _CLAUSES, required=True, doc_en="The clauses that ask for it.", doc_ja="求める条項。"
        ),
        "more_clauses": Field(
            _CLAUSES, doc_en="Clauses beside those of the base.", doc_ja="元に加える条項。"
        ),
        "note": NOTE,
    },
)
_ZONE = Record("zone", {"id": Field(ID, required=True), "ja": Field(TEXT, required=True)})
_ISOLATION = Record(
    "isolation",
    {
        "zone": Field(ID, required=True, doc_en="The zone kept apart.", doc_ja="分離する領域。"),
        "from": Field(
            ListOf(ID, min_items=1, allow_single=True),
            required=True,
            doc_en="Zones, or 'all'.",
            doc_ja="領域か 'all'。",
        ),
        "exceptions": Field(
            ListOf(Choice.of(*ISOLATION_EXCEPTIONS), allow_single=True),
            doc_en="What may pass nevertheless.",
            doc_ja="それでも通してよいもの。",
        ),
        "payload": Field(
            Choice.of(*PAYLOAD),
            default="both",
            doc_en="The direction of information that is judged.",
            doc_ja="判定する情報の向き。",
        ),
    },
    doc_en="A zone that is kept apart from others.",
    doc_ja="他の領域から分離する領域。",
)
_WIDEST = FlowLimits()
_FLOW_LIMITS = Record(
    "flow-limits",
    {
        "bind": Field(
            ListOf(Choice.of(*BINDINGS), allow_single=True),
            default=_WIDEST.bind,
            doc_en="What its ends have to be bound by.",
            doc_ja="両端を限定するもの。",
        ),
        "ipv4_prefix": Field(
            _number(0, 32),
            default=_WIDEST.ipv4_prefix,
            doc_en="The shortest IPv4 prefix of an end.",
            doc_ja="端に許す最短のIPv4プレフィックス長。",
        ),
        "ipv6_prefix": Field(
            _number(0, 128),
            default=_WIDEST.ipv6_prefix,
            doc_en="The shortest IPv6 prefix of an end.",
            doc_ja="端に許す最短のIPv6プレフィックス長。",
        ),
        "ports": Field(
            _number(1, MOST_PORTS),
            default=_WIDEST.ports,
            doc_en="How many ports at most.",
            doc_ja="ポート数の上限。",
        ),
    },
    doc_en="How narrow a specific flow has to be.",
    doc_ja="特定通信に求める限定。",
)
_EDGE = Record(
    "internet-edge",
    {
        "count_rule": Field(
            Choice.of(*INTERNET_EDGES),
            required=True,
            doc_en="Whether traffic, or attachments too, have to go by the security cloud.",
            doc_ja="通信、または接続口もセキュリティクラウドに集約するか。",
        )
    },
)
_HEAD = {
    "profile": Field(ID, required=True, doc_en="Its id.", doc_ja="ID。"),
    "title": Field(
        TEXT,
        required=True,
        doc_en="The name of the policy, as reports print it.",
        doc_ja="報告に出すポリシーの名称。",
    ),
    "document": Field(
        TEXT, required=True, doc_en="The document whose words it says.", doc_ja="元の文書。"
    ),
    "edition": Field(TEXT, required=True, doc_en="Its edition.", doc_ja="その版。"),
    "date": Field(
        Scalar(_date, {"type": "string"}),
        default="",
        doc_en="From when it is in force: 2026, 2026-04 or 2026-04-01.",
        doc_ja="施行の時期。",
    ),
    "basis": Field(
        Choice.of(*BASES),
        default="custom",
        doc_en="What kind of document that is.",
        doc_ja="文書の位置付け。",
    ),
    "note": NOTE,
}
_LAYER = {
    "extends": Field(
        TEXT,
        doc_en="The profile this one changes: an id, or a file beside this one.",
        doc_ja="元にするプロファイル。IDまたはファイル。",
    ),
    "disabled": Field(_IDS, doc_en="Checks of it left out.", doc_ja="外す検査。"),
    "removed_zones": Field(_IDS, doc_en="Zones of it left out.", doc_ja="外す領域。"),
}
_ZONES = {
    "zones": Field(
        ListOf(_ZONE, min_items=1),
        required=True,
        doc_en="The areas of the policy.",
        doc_ja="ポリシーの領域。",
    ),
    "extra_zones": Field(
        _IDS, doc_en="Further zones a design may have.", doc_ja="設計が加えてよい領域。"
    ),
    "partition": Field(
        Choice.of(*PARTITIONS),
        default="covered",
        doc_en="'exact': a design has no other zones.",
        doc_ja="'exact' なら他の領域を認めない。",
    ),
    "isolation": Field(ListOf(_ISOLATION)),
    "out_of_scope": Field(
        _IDS, doc_en="Zones the policy leaves out.", doc_ja="適用範囲外とする領域。"
    ),
}
_CHANNELS = {
    "methods": Field(
        ListOf(Choice.of(*(method.value for method in Method)), allow_single=True),
        doc_en="The sanitising methods the text accepts.",
        doc_ja="本文が認める無害化の方式。",
    ),
    "sanitise": Field(
        Choice.of(*SANITISE),
        default="import",
        doc_en="'import': only what comes into the LGWAN area; or 'both' ways.",
        doc_ja="'import' はLGWAN接続系への取り込みだけ、'both' は両方向。",
    ),
    "screen_initiators": Field(
        _IDS,
        doc_en="Zones from which screen transfer may be opened; any without it.",
        doc_ja="画面転送を開始してよい領域。",
    ),
    "local_breakout": Field(
        BOOLEAN,
        default=False,
        doc_en="Whether the LGWAN area may use approved cloud services directly.",
        doc_ja="LGWAN接続系からのローカルブレイクアウトを認めるか。",
    ),
    "internet_edge": Field(
        _EDGE,
        doc_en="How ways to the Internet are counted.",
        doc_ja="インターネットへの道の数え方。",
    ),
}
_LIMITS = {
    "nac_zones": Field(
        _IDS,
        doc_en="Zones whose access ports authenticate devices; all of `zones` without it.",
        doc_ja="接続機器を認証すべき領域。なければ zones のすべて。",
    ),
    "specific_flow": Field(_FLOW_LIMITS),
    "public_body_exception": Field(
        BOOLEAN,
        default=False,
        doc_en="Whether systems of public bodies may be connected to the Internet.",
        doc_ja="公共機関のシステムはインターネットに接続していてもよいか。",
    ),
    "maintenance_depth": Field(
        _number(1, MOST_STEPS),
        doc_en="How many hosts remote maintenance is followed through; all if not given.",
        doc_ja="リモート保守を何台先までたどるか。指定がなければすべて。",
    ),
    "wlan_zones": Field(
        _IDS,
        doc_en="Zones in which there may be wireless networks; all but mynumber without it.",
        doc_ja="無線LANを置いてよい領域。なければ mynumber 以外。",
    ),
    "shared_platforms": Field(
        ListOf(ListOf(ID, min_items=2)),
        doc_en="Zones any two of which may share a hypervisor or storage.",
        doc_ja="仮想化基盤やストレージを共用してよい領域の組。",
    ),
    "printer_ports": Field(
        BOOLEAN,
        default=False,
        doc_en="Whether printers may accept only printing, scanning and management.",
        doc_ja="複合機の受付を印刷・スキャン・管理に限るか。",
    ),
    "line_kinds": Field(
        ListOf(Choice.of(*LINE_KINDS), allow_single=True),
        default=Profile.line_kinds,
        doc_en="Kinds of lines attachments may use.",
        doc_ja="外部接続に使ってよい回線の種別。",
    ),
    "cloud_regions": Field(
        ListOf(TEXT, allow_single=True),
        default=Profile.cloud_regions,
        doc_en="Where cloud services may keep data.",
        doc_ja="クラウドサービスが情報を保存してよい国・地域。",
    ),
    "waivers": Field(
        Choice.of(*WAIVERS),
        default="in-principle",
        doc_en="Which findings may be waived with a reason.",
        doc_ja="理由を付けて例外とできる検査。",
    ),
}
PROFILE = Record(
    "profile",
    {
        **_HEAD,
        **_LAYER,
        **_ZONES,
        **_CHANNELS,
        **_LIMITS,
        "checks": Field(
            MapOf(ID, _CHECK),
            required=True,
            doc_en="The checks it asks for, with their clauses.",
            doc_ja="求める検査とその条項。",
        ),
    },
    doc_en="What one policy in one edition asks for.",
    doc_ja="ある版のポリシーが求めること。",
)
