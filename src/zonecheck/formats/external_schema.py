"""The declaration of external networks."""

from zonecheck.formats.attribute_schema import (
    EDGE_ATTRIBUTES,
    EXTERNAL_ATTRIBUTES,
    PEER_ATTRIBUTES,
)
from zonecheck.formats.port_schema import MACS
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ADDRESS_RANGE, BASIS, BOOLEAN, ID, PRESENT
from zonecheck.formats.segment_schema import PREFIXES
from zonecheck.formats.shape import Choice, ListOf, MapOf
from zonecheck.formats.written import NOTE, SEGMENT, ZONE, reference
from zonecheck.model.external import EXTERNAL_ROLES, Openness

_BASIS = Field(BASIS, doc_en="On what the declarations rest.", doc_ja="宣言の根拠。")
_IP = ListOf(ADDRESS_RANGE, allow_single=True)
EDGE = Record(
    "edge",
    {
        "segment": Field(SEGMENT, required=True),
        "ip": Field(_IP),
        "mac": MACS,
        "purpose": Field(PRESENT, doc_en="What it is for.", doc_ja="接続の目的。"),
        "line": Field(PRESENT, doc_en="The line.", doc_ja="回線。"),
        "owner": Field(PRESENT, doc_en="Who answers for it.", doc_ja="管理者。"),
        "attributes": Field(EDGE_ATTRIBUTES),
        "note": NOTE,
    },
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
        "public_body": Field(
            BOOLEAN,
            default=False,
            doc_en="Whether a public body built it.",
            doc_ja="国等の公的機関が構築したものか。",
        ),
        "operator": Field(PRESENT, doc_en="Who runs it.", doc_ja="運用者。"),
        "legal_basis": Field(
            BASIS,
            doc_en="On what law or notice the exception rests.",
            doc_ja="例外の根拠となる法令・通知。",
        ),
        "attributes": Field(PEER_ATTRIBUTES),
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
        "role": Field(
            Choice.of(*EXTERNAL_ROLES),
            doc_en="What it is to the policy.",
            doc_ja="ポリシー上の位置付け。",
        ),
        "gateways": Field(
            ListOf(reference("The id of a device.", "機器のID。"), allow_single=True),
            doc_en="The devices its traffic has to pass.",
            doc_ja="必ず通る機器。",
        ),
        "scope": Field(
            PRESENT,
            doc_en="Why the policy leaves it out (a school, another body).",
            doc_ja="ポリシーの対象外とする理由(学校、他団体など)。",
        ),
        "attributes": Field(EXTERNAL_ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A network run by others.",
    doc_ja="他者が運用するネットワーク。",
)
