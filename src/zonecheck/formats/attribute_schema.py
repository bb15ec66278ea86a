"""The declaration of attributes: what no packet can show and a clause asks for."""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BASIS, BOOLEAN, DATE, PRESENT, TEXT
from zonecheck.formats.shape import Choice, ListOf
from zonecheck.formats.written import reference
from zonecheck.model.attribute import CAPABILITIES, FACTORS, LINE_KINDS

APPROVAL = Record(
    "approval",
    {
        "id": Field(PRESENT, required=True, doc_en="Its number.", doc_ja="許可の番号。"),
        "by": Field(PRESENT, required=True, doc_en="Who gave it.", doc_ja="許可した者。"),
        "date": Field(DATE, required=True, doc_en="When.", doc_ja="許可の日。"),
    },
    doc_en="A recorded permission.",
    doc_ja="許可の記録。",
)
_APPROVAL = Field(APPROVAL)
_CAPABILITIES = {
    "capabilities": Field(
        ListOf(Choice.of(*CAPABILITIES), allow_single=True),
        doc_en="What it does with the traffic that passes it.",
        doc_ja="通過する通信に対して行うこと。",
    ),
    "responsible": Field(
        PRESENT, doc_en="Who reads what it reports.", doc_ja="その記録を確認する担当。"
    ),
}
_OF_MACHINES = {
    **_CAPABILITIES,
    "support_until": Field(DATE, doc_en="End of support.", doc_ja="サポートの期限。"),
    "location": Field(
        Choice.of("onsite", "offsite"), doc_en="Where it stands.", doc_ja="設置場所。"
    ),
    "approvals": Field(
        ListOf(PRESENT, allow_single=True),
        doc_en="Who approved that it stands outside.",
        doc_ja="庁外設置を承認した者。",
    ),
}
HOST_ATTRIBUTES = Record(
    "host-attributes",
    {
        **_OF_MACHINES,
        "mfa": Field(
            ListOf(Choice.of(*FACTORS), allow_single=True),
            doc_en="The factors its users authenticate with.",
            doc_ja="利用者認証に使う要素(知識・所持・存在)。",
        ),
        "media_export": Field(
            Choice.of("blocked", "exception", "allowed"),
            doc_en="Whether data can be carried off on removable media.",
            doc_ja="記録媒体への書き出し。",
        ),
        "internet_required": Field(
            BOOLEAN,
            doc_en="Whether its users need the Internet or mail.",
            doc_ja="インターネットや電子メールを業務に必要とするか。",
        ),
        "ownership": Field(
            Choice.of("body", "leased", "private"), doc_en="Whose it is.", doc_ja="所有者。"
        ),
        "exposure": Field(
            Choice.of("internal", "public"),
            doc_en="'public': people outside use it.",
            doc_ja="public: 外部の者が利用する。",
        ),
        "dos_protection": Field(
            PRESENT,
            doc_en="What protects it against denial of service.",
            doc_ja="サービス不能攻撃への対策。",
        ),
        "mail_size_limit": Field(
            PRESENT, doc_en="Its limit on the size of mail.", doc_ja="メールの容量制限。"
        ),
    },
)
DEVICE_ATTRIBUTES = Record(
    "device-attributes",
    {
        **_OF_MACHINES,
        "operated_by": Field(
            PRESENT,
            doc_en="Who runs it instead of you (a carrier).",
            doc_ja="運用する他者(回線事業者など)。",
        ),
        "unused_ports": Field(
            Choice.of("shut", "nac", "quarantine"),
            doc_en="What unused switch ports are.",
            doc_ja="使っていないポートの扱い。",
        ),
        "config_snapshot": Field(
            PRESENT,
            doc_en="The stored configuration: where it is, or 'sha256:' and its digest.",
            doc_ja="保管している設定。保管場所、または 'sha256:' とハッシュ値。",
        ),
    },
)
EDGE_ATTRIBUTES = Record(
    "edge-attributes",
    {
        "approval": _APPROVAL,
        "line_kind": Field(Choice.of(*LINE_KINDS), doc_en="Its kind.", doc_ja="回線の種別。"),
        "encryption": Field(
            TEXT,
            doc_en="How the line is encrypted, or 'none'.",
            doc_ja="回線の暗号化。なければ none。",
        ),
        "redundant": Field(
            BOOLEAN,
            doc_en="Whether it is one of several lines kept for failures.",
            doc_ja="障害に備えた複数回線の一つか。",
        ),
        "exception": Field(
            BASIS,
            doc_en="On what it rests that this line does not go by LGWAN.",
            doc_ja="LGWANに集約しないことの根拠。",
        ),
    },
)
EXTERNAL_ATTRIBUTES = Record(
    "external-attributes",
    {
        **_CAPABILITIES,
        "disconnect": Field(
            ListOf(
                reference(
                    "A device, or one of its ports: 'a/b'.", "機器、またはそのポート「a/b」。"
                ),
                min_items=1,
                allow_single=True,
            ),
            doc_en="What is cut to leave this network, all of it together.",
            doc_ja="このネットワークを遮断するとき、あわせて切り離すもの。",
        ),
        "internal_control": Field(
            BASIS,
            doc_en="On what it rests that traffic inside is controlled.",
            doc_ja="内部の通信が制御されていることの根拠。",
        ),
    },
)
PEER_ATTRIBUTES = Record(
    "peer-attributes",
    {
        "cloud": Field(
            BOOLEAN, doc_en="Whether it is a cloud service.", doc_ja="クラウドサービスか。"
        ),
        "approval": _APPROVAL,
        "importance": Field(
            Choice.of("A", "B", "C"),
            doc_en="The highest class of information approved for it.",
            doc_ja="取扱いを認めた情報の最も高い重要性分類。",
        ),
        "region": Field(PRESENT, doc_en="Where data is kept.", doc_ja="情報を保存する国・地域。"),
        "via": Field(
            ListOf(
                reference("A device or a host.", "機器またはホスト。"),
                min_items=1,
                allow_single=True,
            ),
            doc_en="What all traffic with it passes, one of these.",
            doc_ja="必ず通る機器またはホスト(いずれか)。",
        ),
    },
)
SSID_ATTRIBUTES = Record("ssid-attributes", {"approval": _APPROVAL})
MAINTENANCE_ATTRIBUTES = Record("maintenance-attributes", {"approval": _APPROVAL})
