"""The declaration of address translation."""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ADDRESSES, BOOLEAN, PORT, TEXT
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import ADDRESS_TERMS, INTERFACES, NOTE, SERVICES
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT

OUTGOING = "interface"
STATIC = Record(
    "static-nat",
    {
        "inside": Field(ADDRESSES, required=True, doc_en="Inside.", doc_ja="内側のアドレス。"),
        "outside": Field(ADDRESSES, required=True, doc_en="Outside.", doc_ja="外側のアドレス。"),
    },
    doc_en="Addresses that stand for each other, one to one.",
    doc_ja="1対1で対応するアドレス。",
)
NAT = Record(
    "nat",
    {
        "name": Field(TEXT, doc_en="Its name; else its position.", doc_ja="名前。なければ順番。"),
        "in": Field(INTERFACES, doc_en="Incoming, by name or label.", doc_ja="入力側。"),
        "out": Field(INTERFACES, doc_en="Outgoing, by name or label.", doc_ja="出力側。"),
        "from": Field(ADDRESS_TERMS),
        "to": Field(ADDRESS_TERMS),
        "service": Field(SERVICES),
        "source": Field(
            Choice({OUTGOING: OUTGOING}, ListOf(ADDRESSES, min_items=1, allow_single=True)),
            doc_en="What the source becomes: any of these, or the outgoing interface's address.",
            doc_ja="変換後の送信元。このどれか、または出力側インターフェースのアドレス(interface)。",
        ),
        "destination": Field(
            ADDRESSES, doc_en="What the destination becomes.", doc_ja="変換後の宛先。"
        ),
        "port": Field(PORT, doc_en="What its port becomes.", doc_ja="変換後の宛先ポート。"),
        "static": Field(STATIC),
        "exempt": Field(
            BOOLEAN,
            default=False,
            doc_en="What matches stays as it is.",
            doc_ja="当てはまるものを変換しない。",
        ),
        "kind": Field(
            Choice.of(SOURCE_NAT, DESTINATION_NAT),
            doc_en="Of an exemption: from which translation.",
            doc_ja="exempt の場合に、どちらの変換から除くか。",
        ),
        "note": NOTE,
    },
    doc_en="One line of address translation.",
    doc_ja="アドレス変換の1行。",
)
NAT_TABLE = Field(ListOf(NAT, allow_single=True), doc_en="Translation.", doc_ja="アドレス変換。")
