"""Wordings of what a ledger says of attributes and systems."""

from zonecheck.report.lang import Words

TRUST_WORDS: Words = {
    "assumption.system": (
        "情報システムは台帳の宣言のとおりである",
        "systems are as the ledger declares",
    ),
    "assumption.attribute-mfa": (
        "認証の要素は宣言のとおりである",
        "users authenticate by the declared factors",
    ),
    "assumption.attribute-media-export": (
        "記録媒体への書き出しの制限は宣言のとおりである",
        "what may be written to removable media is as declared",
    ),
    "assumption.attribute-internet-required": (
        "インターネットを必要とする端末かどうかは宣言のとおりである",
        "which terminals need the Internet is as declared",
    ),
    "assumption.attribute-ownership": ("所有者は宣言のとおりである", "ownership is as declared"),
    "assumption.attribute-exposure": (
        "システムの公開範囲は宣言のとおりである",
        "to whom systems are open is as declared",
    ),
    "assumption.attribute-dos-protection": (
        "サービス不能攻撃への対策は宣言のとおりである",
        "protection against floods is as declared",
    ),
    "assumption.attribute-mail-size-limit": (
        "メールの容量制限は宣言のとおりである",
        "the limit on mail is as declared",
    ),
    "assumption.attribute-capabilities": (
        "通過する通信に対する監視・制御は宣言のとおりである",
        "what watches and controls traffic is as declared",
    ),
    "assumption.attribute-responsible": (
        "監視の記録を確認する担当は宣言のとおりである",
        "who reads what is reported is as declared",
    ),
    "assumption.attribute-support-until": (
        "サポートの期限は宣言のとおりである",
        "support ends as declared",
    ),
    "assumption.attribute-location": (
        "設置場所は宣言のとおりである",
        "things stand where declared",
    ),
    "assumption.attribute-approvals": (
        "庁外設置は記録のとおり承認されている",
        "off-site placement was approved as recorded",
    ),
    "assumption.attribute-operated-by": (
        "他者が運用する機器は宣言のとおりである",
        "devices are run by others as declared",
    ),
    "assumption.attribute-unused-ports": (
        "使っていないポートの扱いは宣言のとおりである",
        "what becomes of unused ports is as declared",
    ),
    "assumption.attribute-config-snapshot": (
        "設定の保管は宣言のとおりである",
        "where configurations are kept is as declared",
    ),
    "assumption.attribute-approval": ("許可は記録のとおりである", "approvals are as recorded"),
    "assumption.attribute-line-kind": (
        "回線の種別は宣言のとおりである",
        "lines are of the declared kinds",
    ),
    "assumption.attribute-encryption": (
        "回線の暗号化は宣言のとおりである",
        "whether lines are encrypted is as declared",
    ),
    "assumption.attribute-redundant": (
        "障害に備えた回線の有無は宣言のとおりである",
        "whether lines are kept for failures is as declared",
    ),
    "assumption.attribute-exception": (
        "LGWANに集約しない根拠は宣言のとおりである",
        "lines are excepted from LGWAN on the declared basis",
    ),
    "assumption.attribute-disconnect": (
        "切り離せる遮断点は宣言のとおりである",
        "what can be cut is as declared",
    ),
    "assumption.attribute-internal-control": (
        "他者の網の内部の制御は宣言のとおりである",
        "how traffic inside networks of others is controlled is as declared",
    ),
    "assumption.attribute-cloud": (
        "クラウドサービスかどうかは宣言のとおりである",
        "which peers are cloud services is as declared",
    ),
    "assumption.attribute-importance": (
        "クラウドサービスの取扱区分は宣言のとおりである",
        "cloud services are approved for the declared class",
    ),
    "assumption.attribute-region": (
        "情報の保存地域は宣言のとおりである",
        "data is kept where declared",
    ),
    "assumption.attribute-via": (
        "クラウドサービスの経由点は宣言のとおりである",
        "waypoints of cloud services are as declared",
    ),
}
