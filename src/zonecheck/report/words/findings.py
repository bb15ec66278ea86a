"""Wordings of what a check found."""

from zonecheck.report.lang import Words

_SENT = (
    "{origin}（{from_zone}）から {destination}（{to_zone}）へパケットが到達します",
    "{origin} ({from_zone}) gets packets to {destination} ({to_zone})",
)

_ZONING: Words = {
    "zone-assignment.open": (
        "外部ネットワーク {external} は閉域とは言えないため、領域 {zone} に属せません",
        "external network {external} is not known to be closed, so it cannot lie in zone {zone}",
    ),
    "zone-assignment.misplaced": (
        "{point} は、予定のセグメント {segment} が存在しない場所に接続されています",
        "{point} is cabled to where its segment {segment} does not live",
    ),
    "zone-assignment.unplanned": (
        "アクセスポート {port} の VLAN {vlan} は、どのセグメントにも属していません",
        "access port {port} is in VLAN {vlan}, which no segment plans there",
    ),
    "zone-assignment.no-zone": (
        "セグメント {segment} に領域がありません",
        "segment {segment} has no zone",
    ),
    "zone-assignment.host": (
        "ホスト {node} の領域タグは {tags} ですが、インターフェイスがあるのは {zones} です",
        "host {node} is tagged {tags}, but its interfaces lie in {zones}",
    ),
    "zone-assignment.link": (
        "リンク {node} の領域タグは {tags} ですが、実際に流れるのは {zones} です",
        "link {node} is tagged {tags}, but it carries {zones}",
    ),
    "zone-assignment.link-untagged": (
        "リンク {link} に領域タグがありません（実際に流れるのは {zones}）",
        "link {link} has no zone tag (it carries {zones})",
    ),
    "multi-zone-host.host": (
        "ホスト {node} が複数の領域（{zones}）に接続しています: {interfaces}",
        "host {node} is attached to several zones ({zones}): {interfaces}",
    ),
    "multi-zone-host.device": (
        "機器 {node} が、宣言（zones）にない複数の領域（{zones}）に接続しています: {interfaces}",
        (
            "device {node} is attached to several zones ({zones}) its `zones` does not name: "
            "{interfaces}"
        ),
    ),
    "shared-l2-domain.zones": (
        "{a}（{from_zone}）と {b}（{to_zone}）が同じL2ドメインにあります",
        "{a} ({from_zone}) and {b} ({to_zone}) share one broadcast domain",
    ),
}

_PACKETS: Words = {
    "mynumber-isolation.packet": (
        f"{_SENT[0]}（特定通信の宣言なし）",
        f"{_SENT[1]} that no specific flow declares",
    ),
    "mynumber-isolation.relay": (
        "{origin} から {destination} へ、中継により情報が届きます",
        "information gets from {origin} to {destination} through relays",
    ),
    "lgwan-internet-separation.packet": (
        f"{_SENT[0]}（チャネルの宣言なし）",
        f"{_SENT[1]} that no channel declares",
    ),
    "unfiltered-zone-crossing.packet": (
        f"末尾で拒否するフィルターを一つも通らず、{_SENT[0]}",
        f"{_SENT[1]} without crossing any filter that ends in a deny",
    ),
    "undeclared-permit.packet": (
        f"宣言にない通信が許可されています: {_SENT[0]}",
        f"permitted without a declaration: {_SENT[1]}",
    ),
}

_METHODS = {
    "sanitise-mail-text": ("メール無害化装置", "mail sanitiser"),
    "sanitise-screen-transfer": ("画面転送装置", "screen-transfer broker"),
    "sanitise-file": ("ファイル無害化装置", "file sanitiser"),
}


def _of_method(check: str, ja: str, en: str) -> Words:
    """Return the findings that the three methods have in common."""
    return {
        f"{check}.setting": (
            f"{ja} {{host}} の設定 {{setting}} は、求められる値ではありません",
            f"setting {{setting}} of {en} {{host}} is not what is required",
        ),
        f"{check}.forwards": (
            f"{ja} {{host}} がIPパケットを転送します（ip_forward）",
            f"{en} {{host}} forwards IP packets (`ip_forward`)",
        ),
        f"{check}.forwards-packet": (
            f"{ja}の転送（ip_forward）により、{_SENT[0]}",
            f"because the {en} forwards (`ip_forward`), {_SENT[1]}",
        ),
        f"{check}.no-sanitiser": (
            f"チャネル {{channel}} は{ja}を通りません",
            f"channel {{channel}} passes no {en}",
        ),
        f"{check}.against-data": (
            (
                "チャネル {channel} のデータの向き（data）は、{host} がデータを受け取る側"
                "（data_from: {side}）の領域からもう一方の側の領域へではありません"
            ),
            (
                "channel {channel}: `data` does not go from the zone of the side that {host}"
                " takes payload from (`data_from: {side}`) to that of its other side"
            ),
        ),
        f"{check}.leg-past": (
            f"チャネル {{channel}} の {{origin}} から {{destination}} への通信は{ja}を通りません",
            f"channel {{channel}}: its leg from {{origin}} to {{destination}} passes no {en}",
        ),
    }


_SANITISED: Words = {
    "sanitised-channel-only.relay": (
        "{origin} から {destination} へ、無害化を通らずに情報が届きます",
        "information gets from {origin} to {destination} without an accepted sanitiser",
    ),
    "sanitise-mail-text.packet": (
        f"メール無害化装置を経ずに、{_SENT[0]}（メール用ポート）",
        f"mail goes around the sanitiser: {_SENT[1]} (mail ports)",
    ),
    "sanitise-screen-transfer.packet": (
        f"宣言した画面転送以外に、{_SENT[0]}",
        f"beside the declared display session, {_SENT[1]}",
    ),
    "sanitise-screen-transfer.initiator": (
        "チャネル {channel} を開始する領域は {declared} と宣言されていますが、実際は {actual} です",
        (
            "channel {channel} is declared to be opened from {declared}, but it is opened "
            "from {actual}"
        ),
    ),
    "sanitise-file.wrong-side": (
        f"ファイル無害化装置の反対側へ直接、{_SENT[0]}",
        f"straight to the wrong side of a file sanitiser, {_SENT[1]}",
    ),
}

FINDING_WORDS: Words = {
    **_ZONING,
    **_PACKETS,
    **_SANITISED,
    **{
        code: wording
        for check, (ja, en) in _METHODS.items()
        for code, wording in _of_method(check, ja, en).items()
    },
}
