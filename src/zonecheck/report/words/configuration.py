"""Wordings of what checks of device and route configuration found."""

from zonecheck.report.lang import Words

_IPV6: Words = {
    "ipv6-parity.packet": (
        (
            "IPv6で、{origin}（{from_zone}）から {destination}（{to_zone}）へ"
            "宣言のないパケットが到達します"
        ),
        (
            "over IPv6, {origin} ({from_zone}) gets packets to {destination} ({to_zone}) that "
            "nothing declares"
        ),
    ),
    "ipv6-parity.link-local": (
        (
            "{a}（{from_zone}）と {b}（{to_zone}）は同じL2ドメインにあり、"
            "IPv6リンクローカルアドレスで通信できます"
        ),
        (
            "{a} ({from_zone}) and {b} ({to_zone}) share one broadcast domain and reach each "
            "other by IPv6 link-local addresses"
        ),
    ),
}

_TRUNKS: Words = {
    "trunk-vlan-scope.dtp": (
        "アクセスポート {port} でDTPが有効で、トランクにされるおそれがあります",
        "access port {port} negotiates trunks (DTP)",
    ),
    "trunk-vlan-scope.meets-access": (
        "リンク {link} の一方はトランク、他方はアクセスポートです",
        "link {link} has a trunk at one end and an access port at the other",
    ),
    "trunk-vlan-scope.unequal": (
        "トランク {link} の両端で許可VLANが一致しません（{vlans}）",
        "the two ends of trunk {link} do not allow the same VLANs ({vlans})",
    ),
    "trunk-vlan-scope.native-differs": (
        "トランク {link} の両端でネイティブVLANが一致しません（{a} / {b}）",
        "the two ends of trunk {link} have different native VLANs ({a} / {b})",
    ),
    "trunk-vlan-scope.native-used": (
        "トランク {port} のネイティブVLAN {vlan} は使用中です（{users}）",
        "the native VLAN {vlan} of trunk {port} is in use ({users})",
    ),
    "trunk-vlan-scope.unplanned": (
        "トランク {port} が、そこに予定のないVLANを許可しています（{vlans}）",
        "trunk {port} allows VLANs that nothing plans there ({vlans})",
    ),
    "trunk-vlan-scope.foreign": (
        (
            "トランク {port} が、リンクの領域タグ（{tags}）にない"
            "領域（{zones}）のVLANを許可しています（{vlans}）"
        ),
        (
            "trunk {port} allows VLANs ({vlans}) of zones ({zones}) that the link's tag ({tags}) "
            "leaves out"
        ),
    ),
}

_MANAGEMENT: Words = {
    "mgmt-plane-isolation.any": (
        "機器 {device} の管理（management）が任意の送信元を許しています（{place}）",
        "device {device} admits management from anywhere ({place})",
    ),
    "mgmt-plane-isolation.wide": (
        (
            "機器 {device} の管理（management）の送信元 {place} が、"
            "一つの領域のセグメントに収まりません"
        ),
        "device {device} admits management from {place}, more than segments of one zone",
    ),
    "mgmt-plane-isolation.external": (
        "外部の {origin} から機器 {device} 自身にパケットが到達します（{packet}）",
        "{origin}, outside, gets packets to device {device} itself ({packet})",
    ),
    "mgmt-plane-isolation.zone": (
        (
            "{origin}（{from_zone}）から機器 {device} 自身（{to_zone}）に"
            "パケットが到達します（{packet}）"
        ),
        "{origin} ({from_zone}) gets packets to device {device} itself ({to_zone}): {packet}",
    ),
    "mgmt-plane-isolation.segment": (
        "管理セグメントではない {origin} から機器 {device} 自身にパケットが到達します（{packet}）",
        "{origin}, in no management segment, gets packets to device {device} itself ({packet})",
    ),
    "mgmt-plane-isolation.second": (
        (
            "機器 {device} は二つの領域から管理できます: "
            "{origin}（{from_zone}）からも到達します（{packet}）"
        ),
        "device {device} is managed from two zones: {origin} ({from_zone}) too gets in ({packet})",
    ),
}

_ADMISSION: Words = {
    "nac-enforced.open": (
        "セグメント {segment} のアクセスポートは、接続する機器を認証しません（{place}）",
        "the access ports of segment {segment} do not authenticate devices ({place})",
    ),
    "nac-enforced.radio": (
        "SSID {segment} の認証（{auth}）は、機器を識別しません",
        "the authentication of SSID {segment} ({auth}) does not identify devices",
    ),
    "nac-enforced.undeclared": (
        "SSID {segment} が機器をどう認証するか未宣言です",
        "how SSID {segment} authenticates devices is not declared",
    ),
}

_STOPS: dict[str, tuple[str, str]] = {
    "nobody": ("の先に受け取るものがない", "nothing beyond it takes the packet"),
    "loop": ("に戻ってくる", "it comes back there"),
    "no-route": ("に経路がない", "it has no route"),
    "discard": ("の経路が破棄する", "its route discards it"),
    "source-prefix": ("が受け入れる送信元（sources）でない", "its `sources` refuse it"),
    "reverse-path": ("の逆経路検査（reverse_path）が拒む", "its reverse-path check refuses it"),
    "local": ("自身への接続が許されていない（management）", "it admits no such session itself"),
    "denied": ("のフィルターが拒否する", "its filter denies it"),
    "no-session": ("のフィルターにセッションがない", "its filter has no session for it"),
    "not-opened": ("が開くと宣言されていない（opens）", "it is not declared to open it (`opens`)"),
    "guard": ("のソースガードが止める", "the source guard of its segment stops it"),
    "changed": (
        "に戻るが、送った宛先からの応答になっていない",
        "it does not come from the address that was written to",
    ),
    "elsewhere": ("で止まる", "it stops there"),
}

_CONSISTENCY: Words = {
    "route-filter-consistency.nobody": (
        "宣言した通信（{flow}）を正当なアドレスで送れるものがありません",
        "nobody can send the declared flow {flow} from an address of its own",
    ),
    "route-filter-consistency.loop": (
        "経路が循環しています: {place}（{packet}）",
        "routes go round in a circle: {place} ({packet})",
    ),
    "route-filter-consistency.dead-next-hop": (
        "機器 {node} の経路 {prefix} の次ホップ {hop} を持つものがありません",
        "nothing has next hop {hop} of route {prefix} of device {node}",
    ),
    "route-filter-consistency.tunnel": (
        "トンネル {tunnel} の外側の経路がありません: {near} から {far} へ {services} が届きません",
        "tunnel {tunnel} has no outer path: no {services} gets from {near} to {far}",
    ),
    **{
        f"route-filter-consistency.stops-{reason}": (
            f"宣言した通信（{{flow}}）が成り立ちません: {{packet}} は {{node}} {ja}",
            f"the declared flow {{flow}} does not work: {{packet}} stops at {{node}}: {en}",
        )
        for reason, (ja, en) in _STOPS.items()
    },
    **{
        f"route-filter-consistency.part-{reason}": (
            f"宣言した通信（{{flow}}）の一部しか成り立ちません: {{packet}} は {{node}} {ja}",
            f"the declared flow {{flow}} works in part only: {{packet}} stops at {{node}}: {en}",
        )
        for reason, (ja, en) in _STOPS.items()
    },
}

_SYMMETRY: Words = {
    "asymmetric-path.no-session": (
        "{flow} の応答が、セッションを持たない {filter} で止まります（往路 {there}、復路 {back}）",
        (
            "the reply to {flow} stops at {filter}, which holds no session "
            "(there {there}, back {back})"
        ),
    ),
    "asymmetric-path.avoided": (
        "{flow} の応答が、往路の {devices} を通らずに戻ります（往路 {there}、復路 {back}）",
        "the reply to {flow} comes back around {devices} (there {there}, back {back})",
    ),
    "asymmetric-path.undeclared-rules": (
        "{flow} が通る {device} の規則が未宣言で、どのセッションを持つか分かりません",
        "{flow} passes {device}, whose rules and so sessions are not declared",
    ),
}

CONFIGURATION_WORDS: Words = {
    **_IPV6,
    **_TRUNKS,
    **_MANAGEMENT,
    **_ADMISSION,
    **_CONSISTENCY,
    **_SYMMETRY,
}
