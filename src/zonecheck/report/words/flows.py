"""Wordings of the checks on specific flows, waypoints and remote maintenance."""

from zonecheck.report.lang import Words

_SENT = (
    "{origin}（{from_zone}）から {destination}（{to_zone}）へパケットが到達します",
    "{origin} ({from_zone}) gets packets to {destination} ({to_zone})",
)

_SPECIFIC: Words = {
    "check.specific-flow-bounded.title": ("特定通信の限定", "specific flows are narrow"),
    "check.specific-flow-bounded.proves": (
        (
            "特定通信は、限られたアドレスとポートの間で宣言され、IP・ポート・"
            "MACによる限定を求めている。その両端の間では、宣言した通信のほかに新たに"
            "始まる通信はどちら向きにも届かない。"
        ),
        (
            "Specific flows are declared between few addresses on few ports and are to be "
            "bound by IP address, port and MAC address. Between their ends nothing but what "
            "is declared can be opened, either way."
        ),
    ),
    "check.specific-flow-bounded.counterexample": (
        "広すぎる宣言、または宣言の外で同じ両端の間に届くパケット。",
        "a declaration that is too wide, or a packet between the same ends outside it.",
    ),
    "specific-flow-bounded.end": (
        "特定通信 {flow} の端 {end} は、セグメントや外部ネットワーク全体です",
        "end {end} of specific flow {flow} is a whole segment or external network",
    ),
    "specific-flow-bounded.no-address": (
        "特定通信 {flow} の端 {end} に、アドレスを宣言していないインターフェイスがあります",
        "end {end} of specific flow {flow} has an interface without declared addresses",
    ),
    "specific-flow-bounded.addresses": (
        "特定通信 {flow} の端 {end} の {version} アドレスが /{prefix} 一つ分を超えます",
        "end {end} of specific flow {flow} has more {version} addresses than one /{prefix}",
    ),
    "specific-flow-bounded.service": (
        "特定通信 {flow} のサービスに、プロトコルやポートを限定していないものがあります",
        "specific flow {flow} has a service that names no protocol or no ports",
    ),
    "specific-flow-bounded.ports": (
        "特定通信 {flow} のポートが {limit} 個を超えます",
        "specific flow {flow} has more than {limit} ports",
    ),
    "specific-flow-bounded.bind": (
        "特定通信 {flow} の限定（bind）に {lacking} がありません",
        "`bind` of specific flow {flow} lacks {lacking}",
    ),
    "specific-flow-bounded.extra": (
        f"特定通信 {{flow}} の両端の間で、宣言の外で{_SENT[0]}",
        f"between the ends of specific flow {{flow}}, outside its declaration, {_SENT[1]}",
    ),
    "check.mac-binding-enforced.title": (
        "MACアドレスによる経路限定",
        "flows are bound to MAC addresses",
    ),
    "check.mac-binding-enforced.proves": (
        (
            "MACで限定した特定通信を庁内から開始するカードはMACアドレスを宣言しており、"
            "そのL2ドメインのどのアクセスポートも、登録外のMACアドレスを最初のルーターより"
            "手前で遮断する。外部から始まる特定通信は対象外である。"
        ),
        (
            "Cards of ours that open specific flows bound by MAC address declare it, and every "
            "access port of their broadcast domain drops foreign MAC addresses before the "
            "first router. Flows that start outside are not spoken of."
        ),
    ),
    "check.mac-binding-enforced.counterexample": (
        "遮断のない場所と、そこから詐称して届くパケット。",
        "the place that drops nothing, with a forged packet from there that is delivered.",
    ),
    "mac-binding-enforced.segment": (
        "セグメント {place} のアクセスポートは登録外のMACを遮断しません（特定通信 {flow}）",
        "the access ports of segment {place} drop no foreign MAC addresses (specific flow {flow})",
    ),
    "mac-binding-enforced.ssid": (
        "特定通信 {flow} のL2ドメインにあるSSID {place} は、端末のMACとIPを縛りません",
        "SSID {place} in the domain of specific flow {flow} does not bind its stations",
    ),
    "mac-binding-enforced.edge": (
        "特定通信 {flow} のL2ドメインに、MACを縛れない外部ネットワークの {place} があります",
        "{place} of an external network in the domain of specific flow {flow} is bound by nothing",
    ),
    "mac-binding-enforced.card": (
        "{place} は、特定通信 {flow} のL2ドメインで、アクセスポート以外に接続されています",
        "{place} in the domain of specific flow {flow} is not on an access port of its segment",
    ),
}

_PEERS: Words = {
    "check.peer-not-internet-connected.title": (
        "接続先のインターネット非接続",
        "peers of specific flows are off the Internet",
    ),
    "check.peer-not-internet-connected.proves": (
        (
            "特定通信の外部の接続先はすべて、根拠とともにインターネット非接続と宣言され、"
            "庁内を通らずに開かれたネットワークへ至る経路もない。例外とした公共機関の"
            "システムは除く。接続先が庁内の機器なら、インターネット接続系になく、開かれた"
            "ネットワークとの間で、無害化した取り込みと一方向の持ち出しのほかに情報が行き来しない。"
        ),
        (
            "Every outside peer of a specific flow is declared off the Internet with a basis, "
            "and no way leads from it to an open network past us. Systems of public bodies the "
            "policy excepts are left out. An end of our own outside the My Number area stands "
            "outside the Internet area, and payload passes between it and open networks only "
            "sanitised on the way in and one-way on the way out."
        ),
    ),
    "check.peer-not-internet-connected.counterexample": (
        "接続先からインターネットへの経路、または欠けている宣言。",
        "the way from the peer to the Internet, or the declaration that is missing.",
    ),
    "peer-not-internet-connected.connected": (
        "特定通信 {flow} の接続先 {peer} はインターネット等に接続しています",
        "peer {peer} of specific flow {flow} is connected to the Internet",
    ),
    "peer-not-internet-connected.relay": (
        "特定通信 {flow} の接続先 {peer} から、開かれた {destination} へ情報が届きます",
        "information gets from peer {peer} of specific flow {flow} to {destination}, which is open",
    ),
    "peer-not-internet-connected.area": (
        "特定通信 {flow} の相手 {peer} はインターネット接続系にあります",
        "end {peer} of specific flow {flow} lies in the Internet area",
    ),
    "peer-not-internet-connected.ours": (
        (
            "特定通信 {flow} の相手 {peer} はインターネット等につながっています"
            "（{origin} から {destination} へ情報が届きます）"
        ),
        (
            "end {peer} of specific flow {flow} is connected to the Internet: "
            "information gets from {origin} to {destination}"
        ),
    ),
    "check.public-body-exception.title": (
        "公共機関例外の根拠",
        "exceptions for public bodies have a basis",
    ),
    "check.public-body-exception.proves": (
        (
            "接続先のインターネット非接続を求めない例外は、ポリシーが認め、運営主体と"
            "法令上の根拠を宣言した公共機関のシステムにだけ使われている。"
        ),
        (
            "Being connected to the Internet is excused only for systems of public bodies with "
            "an operator and a legal basis, where the policy knows such an exception."
        ),
    ),
    "check.public-body-exception.counterexample": (
        "例外を使う接続先と、欠けている宣言。",
        "the peer that uses the exception, and what it lacks.",
    ),
    "public-body-exception.not-allowed": (
        "特定通信 {flow} の接続先 {peer} が使う公共機関の例外は、ポリシーにありません",
        (
            "peer {peer} of specific flow {flow} relies on an exception for public bodies the "
            "policy does not know"
        ),
    ),
}

_WAYPOINTS: Words = {
    "check.public-body-via-lgwan.title": (
        "LGWAN経由の強制",
        "public bodies are reached through the LGWAN",
    ),
    "check.public-body-via-lgwan.proves": (
        (
            "マイナンバー利用事務系と、例外とした公共機関のシステムとの間のパケットは、"
            "どちら向きもすべてLGWANのゲートウェイを通り、LGWANの回線を使う。"
        ),
        (
            "Every packet between the My Number area and a public body's system that uses the "
            "exception passes the gateway of the LGWAN and its line, either way."
        ),
    ),
    "check.public-body-via-lgwan.counterexample": (
        "LGWANのゲートウェイを通らずに届くパケット。",
        "a packet delivered around the gateway of the LGWAN.",
    ),
    "public-body-via-lgwan.around": (
        f"{{peer}} との通信がLGWANのゲートウェイを通らず、{_SENT[0]}",
        f"around the gateway of the LGWAN to or from {{peer}}, {_SENT[1]}",
    ),
    "check.egress-via-security-cloud.title": (
        "自治体情報セキュリティクラウド経由",
        "the Internet is reached through the security cloud",
    ),
    "check.egress-via-security-cloud.proves": (
        (
            "ポリシーの各領域と開かれた外部ネットワークとの間のパケットは、どちら向きもすべて"
            "自治体情報セキュリティクラウドのゲートウェイとその回線を通る。構成で追加した領域は"
            "対象外である。"
        ),
        (
            "Every packet between an area of the policy and an open network passes the "
            "gateway and the line of the municipal security cloud, either way. Zones the design "
            "adds are not spoken of."
        ),
    ),
    "check.egress-via-security-cloud.counterexample": (
        "セキュリティクラウドを通らずに届くパケット。",
        "a packet delivered around the security cloud.",
    ),
    "egress-via-security-cloud.around": (
        f"自治体情報セキュリティクラウドを通らず、{_SENT[0]}",
        f"around the security cloud, {_SENT[1]}",
    ),
}

_MAINTENANCE: Words = {
    "check.remote-maintenance-bounded.title": (
        "リモート保守の限定",
        "remote maintenance reaches what is maintained",
    ),
    "check.remote-maintenance-bounded.proves": (
        (
            "保守業者から新たに始まる通信は宣言した保守対象にだけ届き、保守対象や踏み台から"
            "宣言のない別の領域へは届かない。マイナンバー利用事務系には特定通信としてだけ"
            "届く。保守が庁内のホストやセグメントから始まるときは、そこにいる者を業者とみなす。"
            "認証・暗号化・接続時間が宣言され、「なし」や終日ではない。"
        ),
        (
            "What vendors open reaches only the systems declared as maintained, and from "
            "those nothing undeclared can be opened into another zone; into the My Number area "
            "only specific flows. Where maintenance starts at a host or segment of ours, whoever "
            "is there is the vendor. Authentication, encryption and the time window are declared, "
            "and not as none or all day."
        ),
    ),
    "check.remote-maintenance-bounded.counterexample": (
        "宣言の外で業者から届くパケット、または踏み台の連なり。",
        "a packet of a vendor outside the declaration, or a chain of stepping stones.",
    ),
    "remote-maintenance-bounded.no-entry": (
        "保守用の外部ネットワーク {external} に、リモート保守の宣言（maintenance）がありません",
        "external network {external} is there for maintenance that `maintenance` does not declare",
    ),
    "remote-maintenance-bounded.extra": (
        f"リモート保守の宣言の外で、{_SENT[0]}",
        f"outside what is declared as maintained, {_SENT[1]}",
    ),
    "remote-maintenance-bounded.leaves": (
        "リモート保守 {entry} の始まる {origin} から、宣言なしに {destination} へ届きます",
        "{origin}, where remote maintenance {entry} starts, gets to {destination} undeclared",
    ),
    "remote-maintenance-bounded.no-safeguard": (
        "リモート保守 {entry} の {setting} が「{text}」で、対策になっていません",
        "`{setting}: {text}` of remote maintenance {entry} is no safeguard",
    ),
    "remote-maintenance-bounded.relay": (
        "リモート保守 {entry} で、{origin} から {through} を踏み台に {destination} へ届きます",
        "by remote maintenance {entry}, {origin} gets to {destination} through {through}",
    ),
}

FLOW_WORDS: Words = {**_SPECIFIC, **_PEERS, **_WAYPOINTS, **_MAINTENANCE}
