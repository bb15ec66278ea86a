"""The declaration of information systems."""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BASIS, BOOLEAN, PRESENT, TEXT
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import ENDPOINT, HOSTS, NOTE, SERVICES
from zonecheck.model.system import ENVIRONMENTS, IMPORTANCE, PRODUCTION, PROVIDES

_ENDS = ListOf(ENDPOINT, allow_single=True)
SYSTEM = Record(
    "system",
    {
        "title": Field(TEXT, default="", doc_en="What people call it.", doc_ja="名称。"),
        "ledger": Field(
            PRESENT,
            doc_en="Its number in the ledger of systems.",
            doc_ja="情報システム台帳の番号。",
        ),
        "importance": Field(
            Choice.of(*IMPORTANCE), doc_en="Its class of importance.", doc_ja="重要性分類。"
        ),
        "hosts": Field(HOSTS, required=True, doc_en="Hosts it runs on.", doc_ja="動かすホスト。"),
        "clients": Field(
            _ENDS,
            doc_en="Who may open sessions to it; [] for nobody.",
            doc_ja="利用してよい接続元。なければ []。",
        ),
        "service": Field(
            SERVICES,
            doc_en="What its clients use; any service without it.",
            doc_ja="利用するサービス。なければすべて。",
        ),
        "admins": Field(
            _ENDS,
            doc_en="From where it is administered; [] for nowhere.",
            doc_ja="管理の接続元。なければ []。",
        ),
        "admin_service": Field(
            SERVICES,
            doc_en="What they use; any service without it.",
            doc_ja="管理に使うサービス。なければすべて。",
        ),
        "admin_basis": Field(
            BASIS,
            doc_en="On what it rests that its hosts refuse administration from anywhere else.",
            doc_ja="ほかの接続元からの管理をホスト自身が拒否することの根拠。",
        ),
        "provides": Field(
            ListOf(Choice.of(*PROVIDES), allow_single=True),
            doc_en="What it is to other hosts.",
            doc_ja="ほかのホストにとっての役割。",
        ),
        "environment": Field(
            Choice.of(*ENVIRONMENTS),
            default=PRODUCTION,
            doc_en="'test' for what is developed or tried out.",
            doc_ja="開発・検証環境なら test。",
        ),
        "personal": Field(
            BOOLEAN,
            default=False,
            doc_en="Whether it holds personal data.",
            doc_ja="個人情報を扱うか。",
        ),
        "business": Field(PRESENT, doc_en="The business it serves.", doc_ja="業務。"),
        "note": NOTE,
    },
    doc_en="An information system, as the ledger lists it.",
    doc_ja="情報システム台帳にある情報システム。",
)
