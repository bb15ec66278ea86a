"""Reading a profile: what one policy asks for, as a YAML data file."""

import os
from dataclasses import replace
from itertools import combinations
from typing import Any

from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, ID, TEXT
from zonecheck.formats.scalars import integer
from zonecheck.formats.shape import Choice, ListOf, MapOf, Scalar
from zonecheck.formats.written import NOTE
from zonecheck.formats.yaml_nodes import read_document
from zonecheck.model.attribute import LINE_KINDS
from zonecheck.model.host import Method
from zonecheck.model.profile import CheckPolicy, Citation, FlowLimits, Profile
from zonecheck.model.zone import Zone

LEVELS = ("error", "warning", "advice")
SEVERITIES = ("critical", "high", "medium", "low", "info")
SANITISE = ("import", "both")
BINDINGS = ("ip", "port", "mac")
MOST_PORTS = 65536
MOST_STEPS = 1000
_CLAUSE = Record(
    "clause",
    {
        "clause": Field(TEXT, required=True, doc_en="As reports print it.", doc_ja="条項。"),
        "quote": Field(TEXT, default="", doc_en="The words it stands on.", doc_ja="原文。"),
    },
)
_CHECK = Record(
    "check",
    {
        "level": Field(Choice.of(*LEVELS), default="error"),
        "severity": Field(Choice.of(*SEVERITIES), default="high"),
        "waivable": Field(BOOLEAN, default=True),
        "clauses": Field(ListOf(_CLAUSE, allow_single=True), required=True),
        "note": NOTE,
    },
)
_ZONE = Record("zone", {"id": Field(ID, required=True), "ja": Field(TEXT, required=True)})


def _number(low: int, high: int) -> Scalar[int]:
    return Scalar(integer(low, high), {"type": "integer", "minimum": low, "maximum": high})


_WIDEST = FlowLimits()
_FLOW_LIMITS = Record(
    "flow-limits",
    {
        "bind": Field(ListOf(Choice.of(*BINDINGS), allow_single=True), default=_WIDEST.bind),
        "ipv4_prefix": Field(_number(0, 32), default=_WIDEST.ipv4_prefix),
        "ipv6_prefix": Field(_number(0, 128), default=_WIDEST.ipv6_prefix),
        "ports": Field(_number(1, MOST_PORTS), default=_WIDEST.ports),
    },
    doc_en="How narrow a specific flow has to be.",
    doc_ja="特定通信に求める限定。",
)
PROFILE = Record(
    "profile",
    {
        "profile": Field(ID, required=True, doc_en="Its id.", doc_ja="ID。"),
        "title": Field(TEXT, required=True),
        "document": Field(TEXT, required=True),
        "edition": Field(TEXT, required=True),
        "zones": Field(ListOf(_ZONE, min_items=1), required=True),
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
        "nac_zones": Field(
            ListOf(ID, allow_single=True),
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
            ListOf(ID, allow_single=True),
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
        "note": NOTE,
        "checks": Field(MapOf(ID, _CHECK), required=True),
    },
    doc_en="What one policy in one edition asks for.",
    doc_ja="ある版のポリシーが求めること。",
)


def read_profile(path: str | os.PathLike[str]) -> Profile:
    """Return the profile in a YAML file.

    Raises:
        BadInput: with everything that is wrong with the file.
    """
    problems = Problems()
    root = read_document(path, problems)
    element = None if root is None else PROFILE.read(root, problems)
    if element is not None:
        _check_zones(element, problems)
    problems.raise_if_any()
    if element is None:
        raise AssertionError("a profile that cannot be read has a problem")
    (file,) = problems.files
    return replace(_profile(element), sha256=file.sha256)


def _check_zones(element: Element, problems: Problems) -> None:
    taken: dict[Any, str] = {}
    for part in element["zones"] or ():
        for key in ("id", "ja"):
            word = part[key]
            if word is not None and (key, word) in taken:
                first = taken[key, word]
                problems.add(part.source_of(key), "shape.duplicate-id", key=word, first=first)
            taken.setdefault((key, word), part.source_of(key).short)


def _profile(element: Element) -> Profile:
    checks = [
        CheckPolicy(
            check=name,
            citations=tuple(Citation(part["clause"], part["quote"]) for part in policy["clauses"]),
            level=policy["level"],
            severity=policy["severity"],
            waivable=policy["waivable"],
        )
        for name, policy in element["checks"].items()
    ]
    return Profile(
        id=element["profile"],
        title=element["title"],
        document=element["document"],
        edition=element["edition"],
        zones=tuple(Zone(part["id"], part["ja"], part.source) for part in element["zones"]),
        checks=tuple(checks),
        methods=tuple(element["methods"] or ()),
        sanitise=element["sanitise"],
        nac_zones=tuple(element["nac_zones"] or ()),
        specific_flow=_limits(element["specific_flow"]),
        public_body_exception=element["public_body_exception"],
        maintenance_depth=element["maintenance_depth"],
        wlan_zones=None if element["wlan_zones"] is None else tuple(element["wlan_zones"]),
        shared_platforms=tuple(
            frozenset(pair)
            for zones in element["shared_platforms"] or ()
            for pair in combinations(zones, 2)
        ),
        printer_ports=element["printer_ports"],
        line_kinds=tuple(element["line_kinds"]),
        cloud_regions=tuple(element["cloud_regions"]),
        note=element["note"],
        source=element.source,
    )


def _limits(element: Element | None) -> FlowLimits:
    if element is None:
        return FlowLimits()
    return FlowLimits(
        tuple(element["bind"]), element["ipv4_prefix"], element["ipv6_prefix"], element["ports"]
    )
