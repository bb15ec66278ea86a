"""Wordings of checks on what is exchanged with others: watching, egress, public systems."""

from zonecheck.report.lang import Words

_FROM_TO = (
    "{origin}（{from_zone}）から {destination}（{to_zone}）へ",
    "{origin} ({from_zone}) gets to {destination} ({to_zone})",
)

EXCHANGE_WORDS: Words = {
    # --- watching and control ---
    "check.internet-monitoring-coverage.title": (
        "監視の網羅",
        "every Internet path is monitored",
    ),
    "check.internet-monitoring-coverage.proves": (
        (
            "インターネット接続系と開かれた外部ネットワークとの間では、監視（ids、sandbox、"
            "proxy-log）を行う箇所を通らずに届くパケットはない。"
        ),
        (
            "Between the Internet area and open networks no packet is delivered without passing a "
            "place that monitors (ids, sandbox, proxy-log)."
        ),
    ),
    "check.internet-monitoring-coverage.counterexample": (
        "監視を通らずに届くパケットと経路。",
        "a packet that passes no monitor, and its path.",
    ),
    "internet-monitoring-coverage.unwatched": (
        f"{_FROM_TO[0]}監視を通らずにパケットが到達します",
        f"{_FROM_TO[1]} past every monitor",
    ),
    "check.lgwan-access-monitoring.title": (
        "LGWANへのアクセス監視",
        "access to the LGWAN area is monitored",
    ),
    "check.lgwan-access-monitoring.proves": (
        "インターネット接続系や外部ネットワークからLGWAN接続系に届くパケットはすべて、監視を通る。",
        (
            "Whatever gets to the LGWAN area from the Internet area or a network of others passes "
            "a monitor."
        ),
    ),
    "check.lgwan-access-monitoring.counterexample": (
        "監視を通らずに届くパケットと経路。",
        "a packet that passes no monitor, and its path.",
    ),
    "lgwan-access-monitoring.unwatched": (
        f"{_FROM_TO[0]}監視を通らずにパケットが到達します",
        f"{_FROM_TO[1]} past every monitor",
    ),
    "check.ids-on-external-link.title": (
        "外部常時接続の侵入検知",
        "intrusion detection on external links",
    ),
    "check.ids-on-external-link.proves": (
        (
            "外部ネットワークとの間で届くパケットはすべて、侵入検知（ids）を通る。"
            "境界の機器自身との通信は除く。"
        ),
        (
            "Whatever is exchanged with a network of others passes intrusion detection (ids), but "
            "for what ends in the device at the boundary itself."
        ),
    ),
    "check.ids-on-external-link.counterexample": (
        "侵入検知を通らずに届くパケットと経路。",
        "a packet that passes none, and its path.",
    ),
    "ids-on-external-link.unwatched": (
        f"{_FROM_TO[0]}侵入検知を通らずにパケットが到達します",
        f"{_FROM_TO[1]} past every intrusion detection",
    ),
    "check.east-west-monitoring.title": ("内部の監視", "paths to servers are monitored"),
    "check.east-west-monitoring.proves": (
        (
            "領域内で端末からほかのセグメントのサーバーに届くパケットはすべて、"
            "監視（ids、flow-monitor）を通る。"
        ),
        (
            "Whatever terminals get to servers of other segments within the areas passes a monitor "
            "(ids, flow-monitor)."
        ),
    ),
    "check.east-west-monitoring.counterexample": (
        "監視を通らずに届くパケットと経路。",
        "a packet that passes no monitor, and its path.",
    ),
    "east-west-monitoring.unwatched": (
        f"{_FROM_TO[0]}監視を通らずにパケットが到達します",
        f"{_FROM_TO[1]} past every monitor",
    ),
    "check.mail-egress-control.title": ("送信メールの統制", "outgoing mail passes a control"),
    "check.mail-egress-control.proves": (
        "開かれた外部ネットワークへ出るメール（TCP/25、465、587）はすべて、統制（mail-control）を通る。",
        "Mail that leaves for open networks (TCP/25, 465, 587) passes a control (mail-control).",
    ),
    "check.mail-egress-control.counterexample": (
        "統制を通らずに出るパケットと経路。",
        "a packet that passes no control, and its path.",
    ),
    "mail-egress-control.uncontrolled": (
        f"{_FROM_TO[0]}統制を通らずにメールが出ます",
        f"{_FROM_TO[1]} with mail past every control",
    ),
    "check.web-category-blocked.title": (
        "Webメール等の遮断",
        "web mail and storage are blocked",
    ),
    "check.web-category-blocked.proves": (
        (
            "開かれた外部ネットワークへのウェブ閲覧（TCP/80、443、8080、UDP/443）はすべて、"
            "分類によるフィルター（web-filter）を通る。"
        ),
        (
            "Whatever is browsed in open networks (TCP/80, 443, 8080, UDP/443) passes a filter of "
            "categories (web-filter)."
        ),
    ),
    "check.web-category-blocked.counterexample": (
        "フィルターを通らずに出るパケットと経路。",
        "a packet that passes no filter, and its path.",
    ),
    "web-category-blocked.unfiltered": (
        f"{_FROM_TO[0]}フィルター（capabilities: web-filter）を通らずにウェブ閲覧ができます",
        f"{_FROM_TO[1]} to browse past every filter (`capabilities: web-filter`)",
    ),
    "check.dos-protection-declared.title": ("DoS対策", "public services withstand floods"),
    "check.dos-protection-declared.proves": (
        (
            "開かれた外部ネットワークから公開システムへの通信は、サービス不能攻撃への"
            "対策（dos-protection）を通るか、システム自身に対策がある。"
        ),
        (
            "Whatever open networks open to public systems passes a protection against denial of "
            "service (dos-protection), or the system has its own."
        ),
    ),
    "check.dos-protection-declared.counterexample": (
        "対策を通らずに届くパケットと経路。",
        "a packet that passes no protection, and its path.",
    ),
    "dos-protection-declared.unprotected": (
        f"{_FROM_TO[0]}サービス不能攻撃への対策を通らずに到達します",
        f"{_FROM_TO[1]} past every protection against floods",
    ),
    # --- egress ---
    "check.egress-control.title": ("外向き通信の制御", "only relays reach outside"),
    "check.egress-control.proves": (
        (
            "領域内から開かれた外部ネットワークへ通信を開始できるのは、中継する"
            "システム（proxy、mail、dns、time、update）と無害化装置の、宣言した通信だけである。"
        ),
        (
            "Only systems that relay (proxy, mail, dns, time, update) and sanitisers open sessions "
            "from the areas to open networks, and only declared ones."
        ),
    ),
    "check.egress-control.counterexample": (
        "直接外へ出るパケットと経路。",
        "a packet that leaves directly, and its path.",
    ),
    "egress-control.direct": (
        f"{_FROM_TO[0]}中継を経ずに直接通信を開始できます",
        "{origin} ({from_zone}) opens sessions to {destination} ({to_zone}) directly",
    ),
    "check.smtp-restricted.title": ("SMTPの限定", "mail only between relays"),
    "check.smtp-restricted.proves": (
        (
            "領域を越えるメール（TCP/25、465、587）は、登録された中継（provides: mail、"
            "メールの無害化装置、外部の相手）どうしの宣言した通信だけである。"
        ),
        (
            "Mail that crosses between zones (TCP/25, 465, 587) is a declared session between "
            "registered relays: systems that provide mail, mail sanitisers, named peers."
        ),
    ),
    "check.smtp-restricted.counterexample": ("届くパケットと経路。", "a packet and its path."),
    "smtp-restricted.extra": (
        f"{_FROM_TO[0]}登録された中継ではないのにメールが届きます",
        f"{_FROM_TO[1]} with mail, and they are no registered relays",
    ),
    "check.internet-not-required-terminal.title": (
        "インターネット不要端末",
        "no Internet where none is needed",
    ),
    "check.internet-not-required-terminal.proves": (
        (
            "インターネットを必要としない端末（internet_required: false）からは、インターネット、"
            "インターネット接続系、画面転送、メールサーバーのどれにも接続できない。"
            "どこにあっても、そこから（または中継を重ねて）インターネットに接続できるホストにも"
            "接続できない。"
        ),
        (
            "Terminals that need no Internet (`internet_required: "
            "false`) can open sessions to none "
            "of the Internet, its area, screen transfer and mail servers, nor to any host, "
            "wherever it stands, that opens sessions to the Internet itself or by further relays."
        ),
    ),
    "check.internet-not-required-terminal.counterexample": (
        "該当する端末から届くパケット。",
        "a packet such a terminal gets there.",
    ),
    "internet-not-required-terminal.opens": (
        "インターネットを必要としない端末 {host} から {destination}（{to_zone}）に接続できます",
        "terminal {host}, which needs no Internet, can open sessions to {destination} ({to_zone})",
    ),
    "check.classified-egress-bounded.title": (
        "個人情報系の外向き",
        "personal data leaves as declared only",
    ),
    "check.classified-egress-bounded.proves": (
        (
            "個人情報を扱うシステム（personal: true）から領域の外へ開始できる通信は、"
            "宣言したものだけである。"
        ),
        (
            "Systems with personal data (`personal: true`) "
            "open only declared sessions beyond their zone."
        ),
    ),
    "check.classified-egress-bounded.counterexample": (
        "宣言のない外向きのパケット。",
        "a packet that is not declared.",
    ),
    "classified-egress-bounded.extra": (
        "個人情報を扱う {system} から、宣言のない通信が {destination}（{to_zone}）へ届きます",
        "{system}, with personal data, gets to {destination} ({to_zone}) undeclared",
    ),
    # --- public systems ---
    "check.public-service-separated.title": (
        "公開システムの分離",
        "public services stand apart",
    ),
    "check.public-service-separated.proves": (
        (
            "公開システム（exposure: public）はほかのホストとL2ドメインを共有せず、既定で拒否する"
            "ファイアウォールの奥にあり、内側へは宣言した通信しか開始できない。開かれた外部"
            "ネットワークからの利用を宣言したホストは公開システムである。同じネットワークから、公開と宣言していないホストに宣言のない通信は届かない。"
        ),
        (
            "Public systems (`exposure: public`) share no broadcast domain with other hosts, stand "
            "behind a firewall that denies by default, and open only declared sessions inwards. A "
            "host that an open network is declared to use is public, whatever it says. No open "
            "network gets anything undeclared to a host that is not declared to be public."
        ),
    ),
    "check.public-service-separated.counterexample": (
        "内側へ届くパケット、またはL2ドメインを共有するホスト。",
        "a packet that gets inwards, or the hosts that share a domain.",
    ),
    "public-service-separated.internal": (
        (
            "ホスト {host} は公開しない（exposure: {said}）と宣言していますが、"
            "開かれた外部ネットワークの {origin} からの利用も宣言されています"
        ),
        (
            "host {host} is declared not to be public (`exposure: {said}`), and to be used by "
            "{origin} of an open network"
        ),
    ),
    "public-service-separated.shared": (
        "公開システム {host} が、ほかのホスト（{others}）と同じL2ドメインにあります",
        "public system {host} shares a broadcast domain with other hosts ({others})",
    ),
    "public-service-separated.inwards": (
        "公開システム {origin} から、宣言のない通信が内側の {destination}（{to_zone}）へ届きます",
        "public system {origin} gets inwards to {destination} ({to_zone}) undeclared",
    ),
    "public-service-separated.exposed": (
        (
            "開かれた外部ネットワーク {origin} から、公開と宣言していない "
            "{destination}（{to_zone}）へ、"
            "宣言のない通信が届きます"
        ),
        (
            "open network {origin} gets to {destination} ({to_zone}) undeclared, which is not "
            "declared to be public"
        ),
    ),
    "public-service-separated.no-firewall": (
        "公開システム {host} へは、既定で拒否するファイアウォールを通らずに届きます",
        "public system {host} is reached past every firewall that denies by default",
    ),
    "check.exposed-port-minimal.title": ("公開ポートの最小化", "only declared ports are public"),
    "check.exposed-port-minimal.proves": (
        "開かれた外部ネットワークから公開システムに届くのは、宣言した通信だけである。",
        "Open networks open only declared sessions to public systems.",
    ),
    "check.exposed-port-minimal.counterexample": (
        "宣言のないパケット。",
        "a packet that is not declared.",
    ),
    "exposed-port-minimal.extra": (
        "開かれた外部ネットワーク {origin} から公開システム {host} へ、宣言のない通信が届きます",
        "open network {origin} gets to public system {host} undeclared",
    ),
    # --- what is missing ---
    "missing.capabilities": (
        "{subject} が通過する通信に何を行うか（attributes の capabilities）が未宣言です",
        "what {subject} does with traffic that passes it (`capabilities` under `attributes`)",
    ),
    "missing.mirror-cable": (
        (
            "{device} のミラーの写しがどの線で {subject} に届くか"
            "（links の {device} からの線）が未宣言です"
        ),
        "by which cable of its own what {device} mirrors gets to {subject} (`links`)",
    ),
    "missing.responsible": (
        "{subject} の記録を誰が確認するか（attributes の responsible）が未宣言です",
        "who reads what {subject} reports (`responsible` under `attributes`)",
    ),
}
