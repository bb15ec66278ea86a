"""The declaration of hypervisors, storage, out-of-band paths, and states of the network."""

from typing import Final

from zonecheck.formats.attribute_schema import EDGE_ATTRIBUTES
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BASIS, BOOLEAN, PRESENT
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import ENDPOINT, HOST, HOSTS, NOTE, reference
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.platform import MEDIA
from zonecheck.model.source import NOWHERE

NO_MANAGEMENT: Final = ScalarNode("none", plain=True, source=NOWHERE)
"""What stands for the word that says that nobody manages a hypervisor over a network."""
_ISOLATION = Field(
    BASIS,
    doc_en="On what it rests that they are kept apart inside.",
    doc_ja="内部で分離されていることの根拠。",
)
HYPERVISOR = Record(
    "hypervisor",
    {
        "guests": Field(HOSTS, required=True, doc_en="Hosts it runs.", doc_ja="動かすホスト。"),
        "management": Field(
            Choice({"none": NO_MANAGEMENT, "なし": NO_MANAGEMENT}, HOST),
            doc_en="The host that is its management; 'none' if no network leads to it.",
            doc_ja="管理面にあたるホスト。どのネットワークからも管理しないなら「none」。",
        ),
        "isolation": _ISOLATION,
        "note": NOTE,
    },
    doc_en="A machine that runs hosts as guests.",
    doc_ja="ホストをゲストとして動かす仮想化基盤。",
)
DATASTORE = Record(
    "datastore",
    {
        "used_by": Field(HOSTS, required=True, doc_en="Hosts.", doc_ja="使うホスト。"),
        "isolation": _ISOLATION,
        "note": NOTE,
    },
    doc_en="Storage that hosts mount.",
    doc_ja="ホストが使う共有ストレージ。",
)
OUT_OF_BAND = Record(
    "out-of-band",
    {
        "medium": Field(Choice.of(*MEDIA), required=True),
        "joins": Field(
            ListOf(ENDPOINT, min_items=2),
            required=True,
            doc_en="What can reach one another by it.",
            doc_ja="これで互いに届くもの。",
        ),
        "enabled": Field(BOOLEAN, default=True),
        "purpose": Field(PRESENT, doc_en="What it is for.", doc_ja="接続の目的。"),
        "line": Field(PRESENT, doc_en="The line.", doc_ja="回線。"),
        "owner": Field(PRESENT, doc_en="Who answers for it.", doc_ja="管理者。"),
        "attributes": Field(EDGE_ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A path beside the network.",
    doc_ja="ネットワーク外の経路。",
)
_NAMES = ListOf(reference("An id.", "ID。"), allow_single=True)
STATE = Record(
    "state",
    {
        "active": Field(_NAMES, doc_en="Members in charge.", doc_ja="稼働する待機側。"),
        "floating": Field(
            _NAMES, doc_en="Devices whose best routes are gone.", doc_ja="最良経路を失った機器。"
        ),
        "down": Field(
            _NAMES,
            doc_en="What is dead: devices, externals, ports 'a/b', links 'a/b -- c/d'.",
            doc_ja="停止したもの。機器、外部ネットワーク、ポート「a/b」、リンク「a/b -- c/d」。",
        ),
        "note": NOTE,
    },
    doc_en="A state of the network to be proved as well.",
    doc_ja="あわせて検証するネットワークの状態。",
)
