"""Shapes of scalars that are understood later, once every name of the design is known."""

from zonecheck.formats.address_text import address, interface_address
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, PORT_RANGE, TEXT
from zonecheck.formats.shape import Items, ListOf, OneOf, Scalar
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import IPAddress, IPInterface

_ANY_TEXT = {"type": ["string", "number", "boolean"]}
_ON_OFF = {"off": False, "on": True, "false": False, "true": True}


def _written(node: ScalarNode, problems: Problems) -> ScalarNode | None:
    if node.text.strip():
        return node
    problems.add(node.source, "scalar.blank")
    return None


def _station(node: ScalarNode, problems: Problems) -> IPAddress | IPInterface | None:
    read = interface_address if "/" in node.text else address
    return read(node, problems)


def _on_off(node: ScalarNode, problems: Problems) -> bool | None:
    if node.text in _ON_OFF:
        return _ON_OFF[node.text]
    hint = did_you_mean(node.text, _ON_OFF)
    problems.add(
        node.source, "shape.unknown-word", text=node.text, allowed=", ".join(_ON_OFF), hint=hint
    )
    return None


def reference(doc_en: str, doc_ja: str) -> Scalar[ScalarNode]:
    """Return the shape of a name that is looked up when all names are known."""
    return Scalar(_written, _ANY_TEXT, doc_en, doc_ja)


# Editors read the words on and off as truth values.
ON_OFF = Scalar(_on_off, {"enum": [*_ON_OFF, False, True]})
ZONE = reference(
    "A zone by its id, or as the policy writes it: 'lgwan' or 'LGWAN接続系'.",
    "領域。IDか、ポリシーの書き方で書く。例: 'lgwan'、'LGWAN接続系'。",
)
ZONES = ListOf(ZONE, allow_single=True)
SEGMENT = reference("The id of a segment.", "セグメントのID。")
HOST = reference("The id of a host.", "ホストのID。")
HOSTS = ListOf(HOST, min_items=1, allow_single=True)
INTERFACE = reference("The name of an interface.", "インターフェースの名前。")
INTERFACES = ListOf(INTERFACE, min_items=1, allow_single=True)
STATION = Scalar(
    _station,
    {"type": "string", "pattern": "^[0-9A-Fa-f.:]+(/[0-9]+)?$"},
    "An address, with or without the length of its prefix.",
    "アドレス。プレフィックス長は付けても付けなくてもよい。",
)
ENDPOINT = reference(
    "A host, segment, device, external network, or 'external/peer'.",
    "ホスト、セグメント、機器、外部ネットワーク、または「外部/相手」。",
)
ENDPOINTS = ListOf(ENDPOINT, min_items=1, allow_single=True)
ADDRESS_TERM = reference(
    "'any', an address, a range, a prefix, or a name that has addresses.",
    "「any」、アドレス、範囲、プレフィックス、またはアドレスを持つ名前。",
)
_TERMS = ListOf(ADDRESS_TERM, min_items=1, allow_single=True)
NOT = Record(
    "not",
    {
        "not": Field(
            _TERMS,
            required=True,
            doc_en="Every address but these, of the IP versions that occur in them.",
            doc_ja="ここに現れるIPバージョンの、これら以外のすべてのアドレス。",
        )
    },
)
ADDRESS_TERMS = OneOf(_TERMS, NOT)
SERVICE_NAME = reference(
    "A service such as 'tcp/443', or a name under services.",
    "サービス(例: 'tcp/443')、または services に書いた名前。",
)
SERVICE_DETAIL = Record(
    "service",
    {
        "service": Field(SERVICE_NAME, required=True),
        "source": Field(
            ListOf(PORT_RANGE, min_items=1, allow_single=True),
            doc_en="Source ports.",
            doc_ja="送信元ポート。",
        ),
        "established": Field(
            BOOLEAN,
            default=False,
            doc_en="Only TCP packets with ACK or RST.",
            doc_ja="ACKまたはRSTの立ったTCPパケットだけ。",
        ),
    },
)
SERVICE_ENTRY: OneOf[ScalarNode | Element] = OneOf(SERVICE_NAME, SERVICE_DETAIL)
SERVICES = ListOf(SERVICE_ENTRY, min_items=1, allow_single=True)
NOTE = Field(TEXT, default="", doc_en="Free text.", doc_ja="自由記述。")
ServiceItems = Items[ScalarNode | Element]
