"""The declaration of hosts."""

from zonecheck.formats.attribute_schema import HOST_ATTRIBUTES
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import (
    ADDRESS,
    ADDRESS_RANGE,
    BASIS,
    BOOLEAN,
    ID,
    MAC,
    PORT_NAME,
    PREFIX,
    TEXT,
    integer,
)
from zonecheck.formats.shape import Choice, ListOf, MapOf, OneOf
from zonecheck.formats.written import (
    INTERFACE,
    NOTE,
    ON_OFF,
    SEGMENT,
    SERVICE_ENTRY,
    SERVICE_NAME,
    SERVICES,
    ZONES,
)
from zonecheck.model.host import Method, Side

MOST_HOSTS = 1_000_000
SIDE = Choice({side.value: side for side in Side})
REDIRECTIONS = ("clipboard", "drive", "printer", "usb")

LISTENS_RECORD = Record(
    "listens",
    {
        "services": Field(ListOf(SERVICE_ENTRY, allow_single=True), required=True),
        "basis": Field(BASIS, doc_en="On what the claim rests.", doc_ja="その根拠。"),
        "note": NOTE,
    },
)
_LISTENS = Field(
    OneOf(ListOf(SERVICE_ENTRY), SERVICE_NAME, LISTENS_RECORD),
    doc_en="The closed list of services accepted here; [] for none.",
    doc_ja="ここで受け付けるサービスのすべて。何も受け付けなければ []。",
)
_CARD = {
    "segment": Field(SEGMENT),
    "ip": Field(
        ListOf(ADDRESS_RANGE, allow_single=True),
        doc_en="Its addresses; without any, every address of the segment nobody declares.",
        doc_ja="アドレス。なければ、セグメントのうち誰も宣言していないアドレス。",
    ),
    "mac": Field(MAC),
    "listens": _LISTENS,
}
CARD_KEYS = tuple(_CARD)
HOST_INTERFACE = Record(
    "host-interface",
    {
        **_CARD,
        "side": Field(
            SIDE,
            doc_en="The side of a sanitiser, VDI broker or one-way relay.",
            doc_ja="無害化装置・VDI・片方向装置のどちら側か。",
        ),
        "note": NOTE,
    },
)
HOST_ROUTE = Record(
    "host-route",
    {
        "to": Field(PREFIX, required=True),
        "via": Field(ADDRESS, doc_en="The next hop.", doc_ja="ネクストホップ。"),
        "interface": Field(INTERFACE),
        "note": NOTE,
    },
)
RELAY_SERVICE = Record(
    "relay-service",
    {
        "method": Field(
            Choice({method.value: method for method in Method}),
            required=True,
            doc_en="How payload is treated on its way.",
            doc_ja="受け渡しの方式。",
        ),
        "data_from": Field(
            SIDE, required=True, doc_en="The side payload comes from.", doc_ja="データが来る側。"
        ),
        "outer": Field(
            SERVICES,
            doc_en="Services the outer side accepts for it.",
            doc_ja="外側で受け付けるサービス。",
        ),
        "inner": Field(
            SERVICES,
            doc_en="Services the inner side accepts for it.",
            doc_ja="内側で受け付けるサービス。",
        ),
        "mail_mode": Field(TEXT, doc_en="For example 'text-only'.", doc_ja="例: 'text-only'。"),
        "file_mode": Field(
            TEXT,
            doc_en="For example 'cdr', 'reconstruct', 'image', 'multi-av'.",
            doc_ja="例: 'cdr'、'reconstruct'、'image'、'multi-av'。",
        ),
        "unsanitisable": Field(
            TEXT,
            doc_en="What happens to files that cannot be cleaned, for example 'block'.",
            doc_ja="無害化できないファイルの扱い。例: 'block'。",
        ),
        "redirection": Field(
            Record("redirection", {name: Field(ON_OFF) for name in REDIRECTIONS}),
            doc_en="What the screen transfer passes on.",
            doc_ja="画面転送での持ち込み・持ち出し機能。",
        ),
        "reverse_blocked": Field(
            BASIS,
            doc_en="On what it rests that nothing goes the other way.",
            doc_ja="逆方向に何も通らないことの根拠。",
        ),
        "note": NOTE,
    },
)
HOST_RECORD = Record(
    "host",
    {
        **_CARD,
        "interfaces": Field(
            MapOf(PORT_NAME, HOST_INTERFACE, min_items=1),
            doc_en="Its network cards, where it has several.",
            doc_ja="ネットワークカード(複数あるとき)。",
        ),
        "count": Field(
            integer(1, MOST_HOSTS),
            default=1,
            doc_en="A group of that many alike hosts.",
            doc_ja="同じ設定のホストの台数。",
        ),
        "role": Field(ID, default="server", doc_en="What it is for.", doc_ja="役割。"),
        "zones": Field(ZONES, doc_en="Its zone tags.", doc_ja="領域のタグ。"),
        "ip_forward": Field(
            BOOLEAN,
            doc_en="Whether it forwards IP packets; declare it for hosts with several interfaces.",
            doc_ja="IPパケットを転送するか。インターフェースが複数あれば書く。",
        ),
        "routes": Field(ListOf(HOST_ROUTE, allow_single=True)),
        "relay": Field(
            Choice.of("none"),
            doc_en="'none': it does not pass data on.",
            doc_ja="'none': データを中継しない。",
        ),
        "relay_basis": Field(
            BASIS, doc_en="On what 'relay: none' rests.", doc_ja="relay: none の根拠。"
        ),
        "basis": Field(
            BASIS,
            doc_en="On what the isolation of its two sides rests.",
            doc_ja="両側の分離の根拠。",
        ),
        "services": Field(ListOf(RELAY_SERVICE, allow_single=True)),
        "fax": Field(
            Choice.of("none", "isolated", "bridged"),
            doc_en="Of a printer: its telephone line, and whether it is apart from the network.",
            doc_ja="複合機のFAX回線。なし、ネットワークと分離、ネットワークに接続。",
        ),
        "attributes": Field(HOST_ATTRIBUTES),
        "note": NOTE,
    },
    doc_en="A host, or a group of alike hosts.",
    doc_ja="ホスト、または同じ設定のホストの集まり。",
)
