"""Wordings of the assumption ledger and of the limits every report states."""

from zonecheck.report.lang import Words

LIMITS = (
    "limit.model",
    "limit.media",
    "limit.covert",
    "limit.firmware",
    "limit.states",
    "limit.opinion",
)
"""The limits in the order in which every report prints them."""

LEDGER_WORDS: Words = {
    "assumption.routing-declared": (
        "宣言した経路が実際の経路である",
        "the declared routes are the routes",
    ),
    "assumption.routing-any": (
        "経路を宣言していない機器は、どのインターフェイスへ出てもよいものとして証明した",
        "devices without declared routes were proved for any outgoing interface",
    ),
    "assumption.routing-shortest": (
        "経路を宣言していない機器は、最短経路で転送するものとして証明した",
        "devices without declared routes were proved to forward along shortest paths",
    ),
    "assumption.declared-states": (
        "ネットワークは、証明した状態のどれかにある",
        "the network is in one of the states that were proved",
    ),
    "assumption.standby-silent": (
        "稼働していない待機系は、何も転送せず何にも応答しない",
        "a standby member that is not in charge forwards nothing and answers nothing",
    ),
    "assumption.nat-ports": (
        "送信元変換は送信元ポートを保つか、先のフィルターが区別しないポートを選ぶ",
        "source translation keeps the source port, or picks one no filter behind it distinguishes",
    ),
    "assumption.tunnel-ends": (
        "宣言したトンネルの両端は、運ぶと宣言したもの以外を引き渡さない",
        "the ends of a declared tunnel hand on nothing but what it carries",
    ),
    "assumption.platform-isolation": (
        (
            "ハイパーバイザーの仮想マシンは互いにも管理面にも届かず、管理面が読み取った内容も先へ渡らない。"
            "データストアは共有領域を分離している"
        ),
        (
            "guests of hypervisors reach neither one another nor the management, and what this "
            "reads of them goes no further; datastores keep their shares apart"
        ),
    ),
    "assumption.platform-management": (
        "management: none と宣言した仮想化基盤は、どのネットワークからも管理されない",
        "hypervisors with `management: none` are managed from no network",
    ),
    "assumption.no-forwarding": (
        "ip_forward: false と宣言したホストは、インターフェイス間でパケットを転送しない",
        "hosts with `ip_forward: false` forward no packets between their interfaces",
    ),
    "assumption.management": (
        "ネットワーク機器自身は、management に宣言したアクセスだけを受け入れる",
        "devices admit to themselves only what `management` says",
    ),
    "assumption.stateful-strict": (
        "ステートフルフィルターは途中からのセッションを受け入れない",
        "stateful filters pick up no session mid-stream",
    ),
    "assumption.icmp-errors": (
        "許容されたセッションに付随するICMPエラーは、そのセッション以上の情報を運ばない",
        "ICMP errors of an excused session carry no more than that session",
    ),
    "assumption.extension-headers": (
        "フィルターはIPv6拡張ヘッダを解釈するか破棄する",
        "filters parse IPv6 extension headers or drop the packet",
    ),
    "assumption.declared-flows": (
        "宣言したチャネルと特定通信は、業務上必要なものとして認められている",
        "the declared channels and specific flows are approved as necessary",
    ),
    "assumption.proxy-arp": (
        "どの機器も自分のアドレスについてだけARP・近隣要請に応答する",
        "everything answers ARP and neighbour solicitations for its own addresses only",
    ),
    "assumption.free-trunk-port": (
        "リンクのないトランクポートには何も接続されていない",
        "nothing is plugged into trunk ports drawn without a link",
    ),
    "assumption.not-forwarded": (
        "ディレクテッドブロードキャスト、マルチキャスト、IPv4ソースルーティングは転送されない",
        "directed broadcast, multicast and IPv4 source routing are not forwarded",
    ),
    "assumption.source-guard": (
        "IPソースガードとポートセキュリティは宣言どおり有効である（IPv4・IPv6とも）",
        "segments declared guarded are guarded, for IPv4 and IPv6",
    ),
    "assumption.source-check": (
        "sources や reverse_path を宣言したインターフェイスは、該当しない送信元を破棄する",
        "interfaces with `sources` or `reverse_path` drop the sources these exclude",
    ),
    "assumption.device-opens": (
        "ネットワーク機器は宣言した以外のセッションを開かない",
        "devices open no sessions but those declared",
    ),
    "assumption.device-admission": (
        "アクセスポートとSSIDは、宣言どおりに機器を認証する",
        "access ports and radio cells authenticate devices as declared",
    ),
    "assumption.admission-server": (
        (
            "機器を認証する RADIUS サーバーが宣言されていない（どのスイッチの opens にもない）。"
            "接続する機器と同じ領域にあるとみなす"
        ),
        (
            "the RADIUS server that admits devices is not declared (no switch `opens` sessions to "
            "it) and is taken to stand in the zone of these devices"
        ),
    ),
    "assumption.listens": (
        "待受けサービスは listens の宣言どおりである",
        "the host accepts only what `listens` declares",
    ),
    "assumption.relay-none": (
        "relay: none と宣言したホストは情報を中継しない",
        "a host declared `relay: none` passes nothing on",
    ),
    "assumption.side-isolation": (
        "二つの側の間では、宣言したサービス以外に情報は移らない",
        "nothing but the declared services joins the two sides",
    ),
    "assumption.one-way": (
        "一方向中継装置は逆向きに情報を通さない",
        "the one-way relay passes nothing backwards",
    ),
    "assumption.reverse-blocked": (
        "サービスの逆向きは宣言どおり遮断されている",
        "the opposite direction of the service is shut as declared",
    ),
    "assumption.service-settings": (
        "無害化サービスの設定は宣言どおりである",
        "the sanitiser service is set as declared",
    ),
    "assumption.carrier-sources": (
        "外部ネットワークの運営主体は、加入者の送信元アドレスの詐称を許さない",
        "the operator of the external network keeps source addresses true",
    ),
    "assumption.carrier-isolation": (
        "外部ネットワークの運営主体は、加入者同士の通信を中継しない",
        "the operator of the external network does not relay between its members",
    ),
    "assumption.external-closed": (
        "閉域と宣言した外部ネットワークには、加入者しか接続できない",
        "only admitted members can send from a network declared closed",
    ),
    "assumption.peer-offline": (
        "特定通信の接続先は、宣言どおりインターネット等に接続していない",
        "the peer of a specific flow is not connected to the Internet, as declared",
    ),
    "assumption.public-body": (
        "接続先は、宣言した根拠により公共機関が構築したシステムである",
        "the peer is a system a public body built, on the legal basis declared",
    ),
    "assumption.mac-enforced": (
        "アクセスポートは、宣言どおり登録外のMACアドレスを遮断する",
        "the access ports drop foreign MAC addresses as declared",
    ),
    "assumption.external-role": (
        "外部ネットワークの役割とゲートウェイは宣言どおりである",
        "external networks and their gateways are what their role says",
    ),
    "assumption.maintenance-safeguards": (
        "リモート保守の認証・暗号化・接続時間は宣言のとおりである",
        "authentication, encryption and hours of remote maintenance are as declared",
    ),
    "limit.model": (
        "判定は構成ファイルに書かれた内容についてのもので、書かれていないものには及ばない。",
        "A verdict speaks about the network as the file describes it, and nothing else.",
    ),
    "limit.media": (
        "可搬媒体や人によるデータの持ち運びは対象外である。",
        "Removable media and people carrying data are outside the model.",
    ),
    "limit.covert": (
        "隠れチャネルやサイドチャネルは対象外である。",
        "Covert and side channels are outside the model.",
    ),
    "limit.firmware": (
        "設定どおりに動かない機器やファームウェアは対象外である。",
        "A device or firmware that does not do what its configuration says is outside the model.",
    ),
    "limit.states": (
        "宣言のない状態の組合せ（複数の装置の同時切替など）は証明していない。",
        "Combinations of states that are not declared, such as two failovers, are not proved.",
    ),
    "limit.opinion": (
        "この報告は技術的な証拠であり、法律上の見解でも監査意見でもない。",
        "This report is engineering evidence; it is neither a legal nor an audit opinion.",
    ),
}
