"""Wordings of the checks on radio, printers, platforms, lines beside the network, and the edge."""

from zonecheck.report.lang import Words

_SENT = (
    "{origin}（{from_zone}）から {destination}（{to_zone}）へパケットが到達します",
    "{origin} ({from_zone}) gets packets to {destination} ({to_zone})",
)

_EDGE: Words = {
    "check.scope-boundary-declared.title": ("適用範囲の境界", "where the policy ends is declared"),
    "check.scope-boundary-declared.proves": (
        (
            "適用範囲外のセグメントは、庁内の機器ともL2ドメインとも交わらず、外部ネットワーク"
            "としてだけ接続されている。すべてのリンクはいずれかの領域に属し、すべての外部"
            "ネットワークは役割（role）または範囲外である理由（scope）を宣言している。"
        ),
        (
            "Segments outside the scope share no device and no broadcast domain with ours: they "
            "meet it as external networks only. Every link belongs to some zone, and every "
            "external network declares its role or why it is out of scope."
        ),
    ),
    "check.scope-boundary-declared.counterexample": (
        "範囲の内外にまたがる機器、共有されたL2ドメイン、またはどの領域にも属さないリンク。",
        "a node on both sides, a shared broadcast domain, or a link that belongs to no zone.",
    ),
    "scope-boundary-declared.node": (
        "{node} が、範囲外のセグメント {segment} と範囲内の {other} の両方を収容しています",
        "{node} serves segment {segment}, which is out of scope, and {other}, which is in scope",
    ),
    "scope-boundary-declared.domain": (
        "範囲外のセグメント {segment} と {point} が同じL2ドメインにあります",
        "segment {segment}, which is out of scope, shares a broadcast domain with {point}",
    ),
    "scope-boundary-declared.link": (
        "リンク {link} は、どの領域のセグメントにも属しません",
        "link {link} belongs to no segment of any zone",
    ),
    "check.external-attachment-registered.title": (
        "外部接続の登録",
        "external attachments are registered",
    ),
    "check.external-attachment-registered.proves": (
        (
            "外部ネットワークへの接続（外部につながる帯域外経路を含む）はすべて、"
            "目的（purpose）、回線（line）、管理者（owner）とともに登録されている。"
        ),
        (
            "Every attachment to an external network, lines beside the network included, is "
            "registered with its purpose, line and owner."
        ),
    ),
    "check.external-attachment-registered.counterexample": (
        "登録のない接続。",
        "an attachment without an entry.",
    ),
    "external-attachment-registered.absent": (
        "外部接続 {attachment} が登録されていません（purpose、line、owner のいずれもない）",
        "external attachment {attachment} is not registered: no `purpose`, `line` or `owner`",
    ),
}

_PLATFORMS: Words = {
    "check.shared-platform.title": ("共用基盤", "platforms that zones share"),
    "check.shared-platform.proves": (
        (
            "二つの領域が仮想化基盤やストレージを共用するのは、管理ホストの領域も含めてポリシーが認める組に限られ、"
            "内部の分離に根拠があり、管理面へはその管理面の領域からしか届かない。"
        ),
        (
            "Two zones, that of the management host among them, share a hypervisor or storage only "
            "where the policy allows it, with a basis for their isolation inside, and its "
            "management is reached from its own zone only."
        ),
    ),
    "check.shared-platform.counterexample": (
        "共用する二台のホスト、または別の領域から管理面へ届くパケット。",
        "two hosts that share it, or a packet that reaches the management from another zone.",
    ),
    "shared-platform.zones": (
        "基盤 {platform} を {a}（{from_zone}）と {b}（{to_zone}）が共用しています",
        "{a} ({from_zone}) and {b} ({to_zone}) share platform {platform}",
    ),
    "shared-platform.management-zones": (
        "基盤 {platform} の管理ホスト {host} が複数の領域（{zones}）にあります",
        "management host {host} of platform {platform} stands in several zones ({zones})",
    ),
    "shared-platform.management": (
        f"基盤 {{platform}} の管理面へ、{_SENT[0]}",
        f"management of platform {{platform}} is reached from another zone: {_SENT[1]}",
    ),
    "check.oob-path.title": ("帯域外経路", "paths beside the network"),
    "check.oob-path.proves": (
        (
            "有効な帯域外経路（BMC、コンソールサーバー、LTE、モデム、テザリング、KVMなど）が、"
            "二つの領域を、または領域と開かれたネットワークをつなぐことはない。"
        ),
        (
            "No enabled path beside the network (BMC, console server, LTE, modem, tether, KVM) "
            "joins two zones, or a zone and an open network."
        ),
    ),
    "check.oob-path.counterexample": (
        "経路とその媒体、それがつなぐ二つの端。",
        "the path and its medium, and two ends that it joins.",
    ),
    "oob-path.zones": (
        "帯域外経路 {entry}（{medium}）が {a}（{from_zone}）と {b}（{to_zone}）をつないでいます",
        "path {entry} ({medium}) joins {a} ({from_zone}) with {b} ({to_zone})",
    ),
    "oob-path.open": (
        (
            "帯域外経路 {entry}（{medium}）が {a}（{from_zone}）を"
            "開かれたネットワーク {b} につないでいます"
        ),
        "path {entry} ({medium}) joins {a} ({from_zone}) with open network {b}",
    ),
    "oob-path.far-end": (
        "帯域外経路 {entry}（{medium}）は外部につながりますが、その先が宣言されていません",
        "path {entry} ({medium}) leads outside and does not say where",
    ),
    "report.platform-hypervisor": (
        "仮想化基盤 {subject} がゲストの内容に触れる",
        "hypervisor {subject} reaches into its guests",
    ),
    "report.platform-datastore": (
        "ストレージ {subject} を共用する",
        "both use datastore {subject}",
    ),
    "report.platform-span": (
        "ミラー {subject} がフレームの写しを渡す",
        "mirror session {subject} copies the frames",
    ),
    "report.platform-out-of-band": (
        "帯域外経路 {subject} でつながっている",
        "path {subject} beside the network joins them",
    ),
    "report.platform-admission": (
        "802.1X（{subject}）がつながれた機器の申告を認証サーバーに渡す",
        "802.1X ({subject}) hands what is plugged in on to the server that admits it",
    ),
}

_RADIO_AND_PRINTERS: Words = {
    "check.wlan-zone-allowed.title": ("無線LANの領域", "zones of wireless networks"),
    "check.wlan-zone-allowed.proves": (
        (
            "各SSIDは、対応付けられたセグメントと同じ一つの領域に属し、"
            "その領域はポリシーが無線LANを認める領域である。"
        ),
        (
            "Each SSID lies in the one zone of the segment it is laid on, and the policy allows "
            "wireless networks there."
        ),
    ),
    "check.wlan-zone-allowed.counterexample": ("SSIDとその領域。", "the SSID and its zone."),
    "wlan-zone-allowed.other-zone": (
        "SSID {ssid}（{from_zone}）が別の領域のセグメント {segment}（{to_zone}）に載っています",
        "SSID {ssid} ({from_zone}) is laid on segment {segment} of another zone ({to_zone})",
    ),
    "wlan-zone-allowed.zone": (
        "SSID {ssid} が、無線LANを認めていない領域 {zone} にあります",
        "SSID {ssid} lies in zone {zone}, where wireless networks are not allowed",
    ),
    "check.wlan-strong-auth.title": ("無線LANの暗号・認証", "authentication of wireless networks"),
    "check.wlan-strong-auth.proves": (
        (
            "職員用のSSIDはすべて WPA2/WPA3-Enterprise（802.1X）で認証すると宣言されており、"
            "来訪者用のSSIDはポリシーの領域のいずれにも属さない。"
        ),
        (
            "Every SSID for staff is declared to authenticate with WPA2 or WPA3 Enterprise "
            "(802.1X); one for guests lies in none of the policy's areas."
        ),
    ),
    "check.wlan-strong-auth.counterexample": (
        "弱い認証のSSID、または領域内の来訪者用SSID。",
        "an SSID with weak authentication, or one for guests inside an area.",
    ),
    "wlan-strong-auth.weak": (
        "SSID {ssid} の認証が {auth} です",
        "SSID {ssid} authenticates with {auth}",
    ),
    "wlan-strong-auth.guest": (
        "来訪者用のSSID {ssid} が領域 {zone} にあります",
        "SSID {ssid} is for guests and lies in zone {zone}",
    ),
    "check.mfp-single-zone.title": ("複合機の領域", "printers stand in one zone"),
    "check.mfp-single-zone.proves": (
        (
            "各複合機は一つの領域だけにあり、他の領域との間で、どちらから始まる通信も届かず、"
            "FAX回線がLANにつながっていない。"
        ),
        (
            "Each printer stands in one zone, opens nothing to other zones and is reached from "
            "none, and its telephone line is not bridged into the network."
        ),
    ),
    "check.mfp-single-zone.counterexample": (
        "複合機と二つめのインターフェイス、回線、または領域を越えるパケット。",
        "the printer with its second interface or line, or a packet that leaves its zone.",
    ),
    "mfp-single-zone.zones": (
        "複合機 {host} のインターフェイスが複数の領域（{zones}）にあります",
        "printer {host} has interfaces in several zones ({zones})",
    ),
    "mfp-single-zone.fax": (
        "複合機 {host} のFAX回線がLANにつながっています（bridged）",
        "the telephone line of printer {host} is bridged into the network",
    ),
    "mfp-single-zone.reached": (
        f"別の領域から複合機へ、{_SENT[0]}",
        f"a printer is reached from another zone: {_SENT[1]}",
    ),
    "mfp-single-zone.opens": (
        f"複合機が別の領域へ通信を始めます。{_SENT[0]}",
        f"a printer opens sessions to another zone: {_SENT[1]}",
    ),
    "mfp-single-zone.port": (
        f"複合機が印刷・スキャン・管理以外を受け付けます。{_SENT[0]}",
        f"a printer accepts more than printing, scanning and management: {_SENT[1]}",
    ),
}

_MISSING: Words = {
    "missing.isolation": (
        "基盤 {subject} の内部の分離の根拠（isolation）が未宣言です",
        "the basis on which platform {subject} keeps apart what it holds (`isolation`)",
    ),
    "missing.platform-management": (
        "仮想化基盤 {subject} の管理ホスト（management。なければ none）が未宣言です",
        "the host that is the management of hypervisor {subject} (`management`), or `none`",
    ),
    "missing.far-end": (
        "帯域外経路 {subject}（{medium}）の先の外部ネットワーク（joins）が未宣言です",
        "the external network to which line {subject} ({medium}) leads (`joins`)",
    ),
    "missing.wlan-auth": (
        "SSID {subject} の認証方式（auth）が未宣言です",
        "how SSID {subject} authenticates (`auth`)",
    ),
    "missing.fax": (
        "複合機 {subject} のFAX回線（fax）が未宣言です",
        "what the telephone line of printer {subject} is joined to (`fax`)",
    ),
    "missing.register": (
        "外部接続 {subject} の登録に {field} がありません",
        "`{field}` in the register entry of external attachment {subject}",
    ),
    "missing.scope": (
        "外部ネットワーク {subject} の役割（role）も範囲外の理由（scope）も未宣言です",
        "what external network {subject} is (`role`), or why it is out of scope (`scope`)",
    ),
}

_ASSUMED: Words = {
    "assumption.out-of-band-off": (
        "無効とした帯域外経路は無効のままである",
        "paths beside the network that are declared off stay off",
    ),
    "assumption.wlan-auth": (
        "SSIDは宣言した方式で認証し、来訪者用とした区別も正しい",
        "SSIDs authenticate as declared, and those for guests are",
    ),
    "assumption.fax-line": (
        "複合機のFAX回線は宣言のとおりである",
        "telephone lines of printers are as declared",
    ),
    "assumption.register": (
        "外部接続の登録内容は正しく、ファイルにない外部接続は存在しない",
        "entries of the register are true, and nothing is attached that is not in the file",
    ),
    "assumption.out-of-scope": (
        "範囲外とした外部ネットワークは、その理由のとおりポリシーの対象外である",
        "external networks declared out of scope are, for the reason they give",
    ),
}

ATTACHMENT_WORDS: Words = {
    **_EDGE,
    **_PLATFORMS,
    **_RADIO_AND_PRINTERS,
    **_MISSING,
    **_ASSUMED,
}
