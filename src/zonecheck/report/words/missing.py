"""Wordings of what a topology does not say."""

from zonecheck.report.lang import Words

MISSING_WORDS: Words = {
    "missing.segment": (
        "{subject} のインターフェイス {interface} のセグメントが未宣言です",
        "the segment of interface {interface} of {subject}",
    ),
    "missing.external-basis": (
        "外部ネットワーク {subject} の宣言（閉域、相手先間の非中継）の根拠（basis）が未宣言です",
        "the basis of what is declared about external network {subject} (`basis`)",
    ),
    "missing.openness": (
        "外部ネットワーク {subject} が開かれたものか閉域か（openness）が未宣言です",
        "whether external network {subject} is open or closed (`openness`)",
    ),
    "missing.open-by-role": (
        (
            "外部ネットワーク {subject} は閉域（openness: closed）と宣言されていますが、"
            "role は {role} で、インターネットに通じています。どちらかを改めてください"
        ),
        (
            "whether external network {subject} is closed (`openness: closed`) or leads to the"
            " Internet (`role: {role}`); it cannot be both"
        ),
    ),
    "missing.open-by-peer": (
        (
            "閉域の外部ネットワーク {subject} が何であるか（role）が未宣言です"
            "（{peer} はインターネットに接続しています）"
        ),
        (
            "what the closed external network {subject} is (`role`), since its peer {peer} is"
            " connected to the Internet"
        ),
    ),
    "missing.zone": (
        "セグメント {subject} の領域（zone）が未宣言です",
        "the zone of segment {subject} (`zone`)",
    ),
    "missing.zone-of-profile": (
        (
            "設計の領域 {subject}（{name}）はプロファイルになく、プロファイルの領域 {wanted}"
            "（{wanted_name}）は設計にありません。同じ領域なら {subject} を {wanted} に書き換え、"
            "別の領域なら zones に {wanted} も宣言してください（セグメントがない領域でもよい）"
        ),
        (
            "whether zone {subject} ({name}) of the design, unknown to the profile, is the"
            " profile's zone {wanted} ({wanted_name}), which the design does not have: if it is,"
            " write {wanted} in place of {subject}; if not, declare {wanted} under `zones` as well,"
            " even if nothing lies in it"
        ),
    ),
    "missing.zone-of-that-name": (
        (
            "設計の領域 {subject}（{name}）は、プロファイルの領域 {wanted}（{wanted_name}）と"
            "同じ名前でIDが異なります。同じ領域なら {subject} を {wanted} に書き換え、"
            "別の領域なら別の名前を付けてください"
        ),
        (
            "whether zone {subject} ({name}) of the design is the profile's zone {wanted}"
            " ({wanted_name}), whose name it has under another id: if it is, write {wanted} in"
            " place of {subject}; if not, give it another name"
        ),
    ),
    "missing.link-tag": (
        "リンク {subject} の領域タグ（zone）が未宣言です",
        "the zone tag of link {subject} (`zone`)",
    ),
    "missing.tunnel": (
        "{subject} のサービスにトンネルが含まれ中身を検査できません。必要なポートに絞ってください",
        "what the tunnels carry that {subject} admits; narrow its services to what is needed",
    ),
    "missing.ip-forward": (
        "複数のインターフェイスを持つホスト {subject} がIPを転送するか（ip_forward）が未宣言です",
        "whether host {subject}, which has several interfaces, forwards IP (`ip_forward`)",
    ),
    "missing.relay-basis": (
        "ホスト {subject} が中継しないこと（relay: none）の根拠（basis）が未宣言です",
        "the basis on which host {subject} is said not to relay (`relay: none`)",
    ),
    "missing.listens-basis": (
        "ホスト {subject} の {interface} の待受け（listens）の根拠（basis）が未宣言です",
        "the basis of what {interface} of host {subject} listens to (`listens`)",
    ),
    "missing.basis": (
        "{subject} の両側が分離されていることの根拠（basis）が未宣言です",
        "the basis on which the two sides of {subject} are said to be isolated (`basis`)",
    ),
    "missing.side": (
        "{subject} のインターフェイス {interface} が outer・inner のどちら側か（side）が未宣言です",
        "which side interface {interface} of {subject} is on (`side`)",
    ),
    "missing.relay-service": (
        (
            "チャネル {channel} が通る {subject} の services（method: {method}）が未宣言です。"
            "未宣言の間は無害化装置に数えません"
        ),
        (
            "the service of {subject} that channel {channel} uses (`services`,"
            " `method: {method}`); without it the host sanitises nothing"
        ),
    ),
    "missing.side-listens": (
        (
            "{subject} のインターフェイス {interface} が受け付けるサービス（listens）が未宣言です。"
            "未宣言の間は何でも受け付け、装置の内部（{subject}/core）に渡り得るとみなします"
        ),
        (
            "what interface {interface} of {subject} accepts (`listens`); without it anything may"
            " be accepted and get inside the host ({subject}/core)"
        ),
    ),
    "missing.host-zones": (
        "{node} の両側の領域（zones）が未宣言です: {zones}",
        "the zones that the sides of {node} stand in (`zones`): {zones}",
    ),
    "missing.device-zones": (
        "機器 {node} が接続してよい領域（zones）が未宣言です: {zones}",
        "the zones that device {node} may join (`zones`): {zones}",
    ),
    "missing.other-tag": (
        "{subject} のタグ（tag）{tag} が、セグメント {segment} の vlan {vlan} と異なります",
        "`tag` {tag} of {subject} is another than `vlan` {vlan} of segment {segment}",
    ),
    "missing.tag-on-link": (
        "{point} のタグ {tag} が、{link} の vlans（{vlans}）にありません",
        "the tag {tag} of {point} is not among the `vlans` of {link} ({vlans})",
    ),
    "missing.setting": (
        "無害化装置 {subject} の設定 {setting} が未宣言です",
        "setting {setting} of sanitiser {subject}",
    ),
    "missing.routes": (
        "機器 {subject} の経路（routes）が未宣言です",
        "the routes of device {subject} (`routes`)",
    ),
    "missing.wireless-auth": (
        "SSID {subject} の認証方式（auth）が未宣言です",
        "how SSID {subject} authenticates (`auth`)",
    ),
    "missing.management": (
        "機器 {subject} 自身に誰が接続できるか（management）が未宣言です",
        "who may reach device {subject} itself (`management`)",
    ),
    "missing.untranslated": (
        (
            "機器 {subject} は接続追跡の対象にならないパケット（INVALID・UNTRACKED）を"
            "アドレス変換せずに通し得ます（規則の先頭で INVALID を破棄してください）"
        ),
        (
            "device {subject} may pass packets that connection tracking does not know (INVALID,"
            " UNTRACKED) without translating them; deny INVALID first in its rules"
        ),
    ),
    "missing.also-forwards": (
        "機器 {subject} は {feature} を転送します（also_forwards）。この転送は証明の対象外です",
        "device {subject} forwards {feature} (`also_forwards`), which no proof covers",
    ),
    "missing.non-ip": (
        "透過型ファイアウォール {subject} がIP以外のフレームを通すか（non_ip）が未宣言です",
        "whether transparent firewall {subject} hands on frames that are not IP (`non_ip`)",
    ),
    "missing.rules": (
        "機器 {subject} のフィルター {filter} の規則（rules）が未宣言です",
        "the rules of filter {filter} of device {subject} (`rules`)",
    ),
    "missing.default": (
        "機器 {subject} のフィルター {filter} の既定動作（default）が未宣言です",
        "what filter {filter} of device {subject} does with the rest (`default`)",
    ),
    "missing.rule-meaning": (
        "機器 {subject} の規則「{rule}」の意味が定まりません（{reason}）",
        'what rule "{rule}" of device {subject} means ({reason})',
    ),
    "missing.long-way": (
        "パケットが {detail} などで際限なくアドレス変換され、証明できません",
        "where packets translated again and again, at {detail} among others, end",
    ),
    "missing.mac": (
        "特定通信を開始するホスト {subject} の {interface} のMACアドレス（mac）が未宣言です",
        "the MAC address of {interface} of host {subject}, which opens a specific flow (`mac`)",
    ),
    "missing.internet-connected": (
        "接続先 {subject} のインターネット接続の有無（internet_connected）が未宣言です",
        "whether peer {subject} is connected to the Internet (`internet_connected`)",
    ),
    "missing.peer-basis": (
        "接続先 {subject} がインターネットに接続していないことの根拠（basis）が未宣言です",
        "the basis on which peer {subject} is said not to be connected to the Internet (`basis`)",
    ),
    "missing.public-body": (
        "公共機関のシステムとされた接続先 {subject} の {setting} が未宣言です",
        "{setting} of peer {subject}, said to be a system of a public body",
    ),
    "missing.role": (
        "外部ネットワーク {subject} の役割（role: lgwan、security-cloud など）が未宣言です",
        "what external network {subject} is (`role`: lgwan, security-cloud or another)",
    ),
    "missing.safeguard": (
        "リモート保守 {subject} の {setting} が未宣言です",
        "{setting} of remote maintenance {subject}",
    ),
    "missing.safeguard-unclear": (
        (
            "{subject} の {setting}「{text}」は、打ち消しや保護しない方式を含むか、"
            "既知の対策の名がなく、対策があるかどうか分かりません。"
            "あるものだけを書いてください（例: IPsec、証明書）"
        ),
        (
            "whether `{setting}: {text}` of {subject} is a safeguard: it denies something, names "
            "what protects nothing, or names no safeguard that is known; write only what there is "
            "(IPsec, certificate)"
        ),
    ),
    "missing.window-unread": (
        (
            "{subject} の時間帯「{window}」の「{unread}」の意味が分かりません。開いている時間と、"
            "曜日、絞り込みだけを書いてください（例: 平日 09:00-17:00、申請時のみ）"
        ),
        (
            "what '{unread}' means in the window '{window}' of {subject}: write the hours it is "
            "open, days, and what narrows them (weekdays 09:00-17:00, on request only)"
        ),
    ),
    "missing.replay": (
        "証明が届くとしたパケットをシミュレータが再現できません（{detail}）。不具合として報告してください",
        "the simulator does not repeat a packet the proof delivers ({detail}); please report this",
    ),
}
