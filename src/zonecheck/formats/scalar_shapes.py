"""The scalar shapes every schema of ours is made of."""

from typing import Any

from zonecheck.formats import address_text, date_text, scalars, service_text
from zonecheck.formats.shape import Scalar

# Editors type unquoted scalars before they validate: an id may look like a number, a date or
# `no` to them.
_ANY_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NUMBER = r"(0|[1-9][0-9]*)"
_RANGE = rf"^{_NUMBER}( *- *{_NUMBER})?$"


def integer(low: int, high: int) -> Scalar[int]:
    """Return the shape of numbers in `low`..`high`."""
    schema = {
        "anyOf": [
            {"type": "integer", "minimum": low, "maximum": high},
            {"type": "string", "pattern": "^-?[0-9]+$"},
        ]
    }
    return Scalar(scalars.integer(low, high), schema)


def _number_or_range(low: int, high: int) -> dict[str, Any]:
    return {
        "anyOf": [
            {"type": "integer", "minimum": low, "maximum": high},
            {"type": "string", "pattern": _RANGE},
        ]
    }


TEXT = Scalar(scalars.text, _ANY_TEXT, "Free text.", "自由記述。")
PRESENT = Scalar(
    scalars.present,
    _ANY_TEXT,
    "Free text that names something, no word that says that there is none.",
    "自由記述。「なし」など、何もないという語は書けない。",
)
BASIS = Scalar(scalars.basis, _ANY_TEXT, "On what a claim rests.", "主張の根拠。")
ID = Scalar(
    scalars.identifier,
    {**_ANY_TEXT, "pattern": r"^[^\s/:,;#\"'<>(){}\[\]|]+$"},
    "An id: letters and digits of any script, '-', '_' and '.'.",
    "ID。文字・数字(日本語可)と '-'、'_'、'.'。",
)
FINDING = Scalar(
    scalars.finding_id,
    {"type": "string", "pattern": "^f-[a-z2-7]{16}$"},
    "The id of a finding: 'f-eh5l6djdlakogqed'.",
    "違反のID。例: 'f-eh5l6djdlakogqed'。",
)
PORT_NAME = Scalar(
    scalars.port_name,
    {**_ANY_TEXT, "pattern": r"^\S+$"},
    "The name of a port or interface.",
    "ポートまたはインターフェースの名前。",
)
REFERENCE = Scalar(
    scalars.reference,
    {**_ANY_TEXT, "pattern": r"^\S+$"},
    "An id, or an id and a part of it: 'sw-1f/Gi1/0/1'.",
    "ID、またはIDとその一部。例: 'sw-1f/Gi1/0/1'。",
)
BOOLEAN = Scalar(scalars.boolean, {"enum": [True, False, "true", "false"]})
DATE = Scalar(
    date_text.day,
    # A YAML 1.1 editor reads a day as one, which is none of JSON's types.
    {"pattern": date_text.PATTERN, "not": {"type": ["number", "boolean", "null"]}},
    "A day: '2027-03-31'.",
    "日付。例: '2027-03-31'。",
)
VLAN = Scalar(
    scalars.vlan,
    {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": scalars.MAX_VLAN},
            {"type": "string", "pattern": "^[1-9][0-9]*$"},
        ]
    },
    "A VLAN id, 1-4094.",
    "VLAN ID(1〜4094)。",
)
VLAN_RANGE = Scalar(
    scalars.vlan_range,
    _number_or_range(1, scalars.MAX_VLAN),
    "A VLAN id or a range: '110-190'.",
    "VLAN IDまたは範囲。例: '110-190'。",
)
PORT = Scalar(
    scalars.port,
    {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": scalars.MAX_PORT},
            {"type": "string", "pattern": "^[0-9]+$"},
        ]
    },
)
PORT_RANGE = Scalar(
    scalars.port_range,
    _number_or_range(0, scalars.MAX_PORT),
    "A port or a range: '1000-2000'.",
    "ポート番号または範囲。例: '1000-2000'。",
)
_ADDRESS_CHARACTERS = {"type": "string", "pattern": "^[0-9A-Fa-f.:]+$"}
_PREFIX_CHARACTERS = {"type": "string", "pattern": "^[0-9A-Fa-f.:]+/[0-9]+$"}
ADDRESS = Scalar(address_text.address, _ADDRESS_CHARACTERS, "An IP address.", "IPアドレス。")
IPV4_ADDRESS = Scalar(address_text.ipv4_address, _ADDRESS_CHARACTERS)
IPV6_ADDRESS = Scalar(address_text.ipv6_address, _ADDRESS_CHARACTERS)
PREFIX = Scalar(
    address_text.prefix,
    _PREFIX_CHARACTERS,
    "An IP prefix: '10.20.20.0/24'.",
    "IPプレフィックス。例: '10.20.20.0/24'。",
)
INTERFACE_ADDRESS = Scalar(
    address_text.interface_address,
    _PREFIX_CHARACTERS,
    "An address with its prefix length: '10.20.20.1/24'.",
    "プレフィックス長付きのアドレス。例: '10.20.20.1/24'。",
)
ADDRESS_RANGE = Scalar(
    address_text.address_range,
    {"type": "string", "pattern": "^[0-9A-Fa-f.: -]+$"},
    "An address or a range: '10.0.0.5-10.0.0.9'.",
    "アドレスまたは範囲。例: '10.0.0.5-10.0.0.9'。",
)
ADDRESSES = Scalar(
    address_text.addresses,
    {"type": "string", "pattern": "^[0-9A-Fa-f.:/ -]+$"},
    "An address, a range or a prefix.",
    "アドレス、範囲、またはプレフィックス。",
)
MAC = Scalar(
    address_text.mac,
    # A YAML 1.1 editor reads 12:34:56:12:34:56 as a number.
    {"type": ["string", "number"], "pattern": "^[0-9A-Fa-f]{2,4}([:.-][0-9A-Fa-f]{2,4}){2,5}$"},
    "A MAC address.",
    "MACアドレス。",
)
SERVICE = Scalar(
    service_text.service,
    {"type": "string", "pattern": service_text.PATTERN},
    "A service: 'tcp/443', 'udp/53', 'icmp/8', 'esp', 'proto/89', 'any'.",
    "サービス。例: 'tcp/443'、'udp/53'、'icmp/8'、'esp'、'proto/89'、'any'。",
)
