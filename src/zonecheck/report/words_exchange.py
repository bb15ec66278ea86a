"""Wordings of checks on who exchanges what: watching, egress, public systems, access, supply."""

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
            "分類によるフィルタ（web-filter）を通る。"
        ),
        (
            "Whatever is browsed in open networks (TCP/80, 443, 8080, UDP/443) passes a filter of "
            "categories (web-filter)."
        ),
    ),
    "check.web-category-blocked.counterexample": (
        "フィルタを通らずに出るパケットと経路。",
        "a packet that passes no filter, and its path.",
    ),
    "web-category-blocked.unfiltered": (
        f"{_FROM_TO[0]}フィルタを通らずにウェブ閲覧ができます",
        f"{_FROM_TO[1]} to browse past every filter",
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
        ),
        (
            "Terminals that need no Internet (`internet_required: "
            "false`) can open sessions to none "
            "of the Internet, its area, screen transfer and mail servers."
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
            "ネットワークから、公開と宣言していないホストに宣言のない通信は届かない。"
        ),
        (
            "Public systems (`exposure: public`) share no broadcast domain with other hosts, stand "
            "behind a firewall that denies by default, and open only declared sessions inwards. No "
            "open network gets anything undeclared to a host that is not declared to be public."
        ),
    ),
    "check.public-service-separated.counterexample": (
        "内側へ届くパケット、またはL2ドメインを共有するホスト。",
        "a packet that gets inwards, or the hosts that share a domain.",
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
    # --- access ---
    "check.system-access-minimal.title": (
        "アクセス元の最小化",
        "each system serves its clients only",
    ),
    "check.system-access-minimal.proves": (
        (
            "情報システムに接続できるのは、宣言した利用元（clients）と管理元（admins）、"
            "宣言した通信だけである。"
        ),
        (
            "Only the declared clients and administrators of a system, and declared flows, can "
            "open sessions to it."
        ),
    ),
    "check.system-access-minimal.counterexample": (
        "宣言のない接続元からのパケット。",
        ("a packet from somebody not declared."),
    ),
    "system-access-minimal.extra": (
        (
            "宣言のない {origin}（{from_zone}）から、情報システム "
            "{system} の {destination} に接続できます"
        ),
        "{origin} ({from_zone}) can open sessions to {destination} of system {system} undeclared",
    ),
    "check.admin-flow-from-mgmt-only.title": (
        "管理アクセス元の限定",
        "administration from jump hosts only",
    ),
    "check.admin-flow-from-mgmt-only.proves": (
        (
            "情報システムのホストに管理の通信（TCP/22、23、3389、5900、5985、5986）で"
            "接続できるのは、宣言した管理元（admins）と宣言した通信だけである。ホスト自身が拒否する"
            "と宣言したもの（admin_basis）は、それを信頼する。"
        ),
        (
            "Only the declared administrators of a system, and declared flows, reach its hosts by "
            "protocols of administration (TCP/22, 23, 3389, 5900, 5985, 5986). That hosts refuse "
            "others themselves is trusted where it is declared (`admin_basis`)."
        ),
    ),
    "check.admin-flow-from-mgmt-only.counterexample": (
        "宣言のない接続元からのパケット。",
        "a packet from somebody not declared.",
    ),
    "admin-flow-from-mgmt-only.extra": (
        (
            "宣言のない {origin}（{from_zone}）から、情報システム {system} の {destination} に"
            "管理の通信で接続できます"
        ),
        (
            "{origin} ({from_zone}) can administer {destination} of system {system} without being "
            "declared to"
        ),
    ),
    "check.log-store-protected.title": ("ログの保護", "logs are protected"),
    "check.log-store-protected.proves": (
        (
            "ログを保管するシステム（provides: log）に届くのは、宣言した送信元からの"
            "ログと、宣言した管理だけである。"
        ),
        (
            "A system that provides log takes records from its declared clients, and declared "
            "administration, and nothing else."
        ),
    ),
    "check.log-store-protected.counterexample": (
        "宣言のないパケット。",
        "a packet that is not declared.",
    ),
    "log-store-protected.extra": (
        (
            "{origin}（{from_zone}）から、ログを保管する "
            "{system} の {destination} へ、宣言のない通信が届きます"
        ),
        "{origin} ({from_zone}) gets to {destination} of log store {system} undeclared",
    ),
    "check.iot-isolated.title": ("特定用途機器の隔離", "special-purpose devices stand apart"),
    "check.iot-isolated.proves": (
        (
            "特定用途機器（iot、camera、signage）が通信できるのは、同じセグメントの同じ種類の機器と、"
            "それが属する情報システムの相手だけである。"
        ),
        (
            "Special-purpose equipment (iot, camera, "
            "signage) exchanges sessions only with its kind "
            "in its segment and with the parties of its own system."
        ),
    ),
    "check.iot-isolated.counterexample": (
        "宣言のないパケット。",
        "a packet that is not declared.",
    ),
    "iot-isolated.extra": (
        "特定用途機器 {host} との間で、宣言のない通信が {origin} から {destination} へ届きます",
        "with special-purpose equipment {host}, {origin} gets to {destination} undeclared",
    ),
    "check.lateral-movement-bounded.title": ("横展開の抑止", "terminals cannot spread"),
    "check.lateral-movement-bounded.proves": (
        (
            "端末どうしは、侵入の拡大に使われる通信（TCP/22、135、445、3389、5985）を開始できない。"
            "端末が受け付けないと宣言したもの（listens）は、根拠があれば信頼する。"
        ),
        (
            "No terminal can open sessions to another by protocols intruders spread with (TCP/22, "
            "135, 445, 3389, 5985). What terminals are declared not to listen to is trusted where "
            "it has a basis."
        ),
    ),
    "check.lateral-movement-bounded.counterexample": (
        "端末から端末へ届くパケット、または互いに通信できる端末の集まり。",
        "a packet from terminal to terminal, or a group of terminals that hear each other.",
    ),
    "lateral-movement-bounded.opens": (
        "端末 {origin} から端末 {destination} に、侵入の拡大に使われる通信を開始できます",
        "terminal {origin} can open sessions to terminal {destination} that intruders spread with",
    ),
    "lateral-movement-bounded.group": (
        "端末 {host}（{count} 台）は、互いに侵入の拡大に使われる通信を開始できます",
        "the {count} terminals {host} can open sessions to each other that intruders spread with",
    ),
    "check.dev-prod-separation.title": ("開発環境の分離", "development apart from production"),
    "check.dev-prod-separation.proves": (
        (
            "開発・検証環境（environment: test）"
            "から運用中のシステムへは、宣言した通信しか開始できない。"
        ),
        "From systems under test only declared sessions are opened to those in production.",
    ),
    "check.dev-prod-separation.counterexample": (
        "宣言のないパケット。",
        "a packet that is not declared.",
    ),
    "dev-prod-separation.extra": (
        "検証環境の {origin} から運用中の {system} の {destination} へ、宣言のない通信が届きます",
        "{origin}, under test, gets to {destination} of {system} in production undeclared",
    ),
    "check.unused-service-open.title": ("未使用サービス", "no service without a client"),
    "check.unused-service-open.proves": (
        (
            "端末・サーバー・複合機が待ち受けるサービス（listens）はどれも、"
            "宣言した通信のどれかが使う。"
        ),
        "Every service a terminal, server or printer listens to is used by a declared session.",
    ),
    "check.unused-service-open.counterexample": (
        "該当するホストとサービス。",
        "the host and its service.",
    ),
    "unused-service-open.idle": (
        "ホスト {host} の {interface} は、誰も使わない {services} を待ち受けています",
        "{interface} of host {host} listens to {services}, which nobody is declared to use",
    ),
    # --- supply ---
    "check.log-path-reachable.title": ("ログ送信経路", "logs reach their collector"),
    "check.log-path-reachable.proves": (
        "領域内の機器とサーバーはすべて、同じ領域のログの保管先（provides: log）に届く。",
        "Every device and server of an area reaches a log store (`provides: log`) of its zone.",
    ),
    "check.log-path-reachable.counterexample": (
        "届かない機器またはサーバー。",
        "the device or server that does not.",
    ),
    "log-path-reachable.lost": (
        "{element} からログの保管先（{providers}）に届きません",
        "{element} does not reach a log store ({providers})",
    ),
    "check.time-sync-reachable.title": ("時刻同期", "clocks are synchronised"),
    "check.time-sync-reachable.proves": (
        (
            "領域内の機器とサーバーはすべて、同じ領域の時刻源（provides: time）に届く。"
            "マイナンバー利用事務系とLGWAN接続系からインターネットの時刻源には届かない。"
        ),
        (
            "Every device and server of an area reaches a time source (`provides: time`) of its "
            "zone; from the My Number and LGWAN areas none in the Internet is reached."
        ),
    ),
    "check.time-sync-reachable.counterexample": (
        "届かない機器またはサーバー、またはインターネットの時刻源に届くパケット。",
        "the device or server that does not, or a packet that gets to the Internet.",
    ),
    "time-sync-reachable.lost": (
        "{element} から時刻源（{providers}）に届きません",
        "{element} does not reach a time source ({providers})",
    ),
    "time-sync-reachable.internet": (
        "{origin}（{from_zone}）からインターネットの時刻源に届きます",
        "{origin} ({from_zone}) gets to time sources in the Internet",
    ),
    "check.update-path-reachable.title": ("更新配信経路", "updates reach their hosts"),
    "check.update-path-reachable.proves": (
        "領域内のサーバーと端末はすべて、同じ領域の更新の配信元（provides: update）に届く。",
        (
            "Every server and terminal of an area reaches a distributor of updates (`provides: "
            "update`) of its zone."
        ),
    ),
    "check.update-path-reachable.counterexample": (
        "届かないサーバーまたは端末。",
        "the server or terminal that does not.",
    ),
    "update-path-reachable.lost": (
        "{element} から更新の配信元（{providers}）に届きません",
        "{element} does not reach a distributor of updates ({providers})",
    ),
    # --- failures ---
    "check.redundancy-effective.title": ("冗長の有効性", "redundant pairs take over"),
    "check.redundancy-effective.proves": (
        "待機系が交代した状態でも、予備の経路を使う状態でも、宣言した通信はすべて届く。",
        "Whatever is declared to work works in every state in which a member or route takes over.",
    ),
    "check.redundancy-effective.counterexample": (
        "交代すると届かなくなる通信。",
        "the flow that is lost.",
    ),
    "redundancy-effective.gone": (
        "状態「{state}」では、宣言した通信 {flow} が届きません",
        "in state '{state}' the declared flow {flow} is lost",
    ),
    "check.policy-holds-under-failure.title": ("障害時の規則維持", "the rules hold under failure"),
    "check.policy-holds-under-failure.proves": (
        (
            "第一級の検査はすべて、待機系や予備の経路が働くどの状態でも成り立つ。"
            "経路の切替がない故障（線や機器の停止だけ）では、届く範囲が増えることはない。"
        ),
        (
            "Every check of the first tier holds in every state in "
            "which a member or a spare route is in charge. Failures without a change of routes "
            "only take reach away."
        ),
    ),
    "check.policy-holds-under-failure.counterexample": (
        "切り替わると破れる検査と、その反例。",
        "the check that breaks, its state and its counterexample.",
    ),
    "policy-holds-under-failure.breaks": (
        "状態「{state}」では {check} が破れます",
        "in state '{state}' {check} is violated",
    ),
    "check.disconnect-point-effective.title": (
        "遮断点の有効性",
        "disconnecting cuts every path",
    ),
    "check.disconnect-point-effective.proves": (
        "外部ネットワークごとに宣言した遮断点（disconnect）を切り離すと、その網とは何も通じなくなる。",
        "Once what is named to be cut is dead, nothing is exchanged with that network any more.",
    ),
    "check.disconnect-point-effective.counterexample": (
        "遮断しても届くパケットと経路。",
        "a packet that still gets through, and its path.",
    ),
    "disconnect-point-effective.survives": (
        (
            "{cut} を切り離しても、外部ネットワーク {external} "
            "との間で {origin} から {destination} へ届きます"
        ),
        "with {cut} cut, {origin} still gets to {destination} by external network {external}",
    ),
    "remote-access-bounded.extra": (
        f"{_FROM_TO[0]}、宣言のない外部からのアクセスが届きます",
        f"{_FROM_TO[1]} from outside, which no remote access declares",
    ),
    "remote-access-bounded.anyone": (
        "{entry} は、開かれた外部ネットワーク {external} の誰からの接続も許しています",
        "{entry} admits anyone in open network {external}",
    ),
    "check.remote-access-bounded.title": (
        "外部からのアクセスの限定",
        "remote access is bounded",
    ),
    "check.remote-access-bounded.proves": (
        (
            "職員の庁外からの接続（users: staff）は、列挙した相手からの宣言した通信だけであり、"
            "認証と暗号化を宣言している。"
        ),
        (
            "Access of staff from outside (`users: staff`) is declared sessions from listed peers "
            "only, with authentication and encryption."
        ),
    ),
    "check.remote-access-bounded.counterexample": (
        "宣言のないパケット、または不足している対策。",
        "a packet that is not declared, or the safeguard that is missing.",
    ),
    # --- what is missing ---
    "missing.capabilities": (
        "{subject} が通過する通信に何を行うか（attributes の capabilities）が未宣言です",
        "what {subject} does with traffic that passes it (`capabilities` under `attributes`)",
    ),
    "missing.responsible": (
        "{subject} の記録を誰が確認するか（attributes の responsible）が未宣言です",
        "who reads what {subject} reports (`responsible` under `attributes`)",
    ),
    "missing.system-key": (
        "情報システム {subject} の {key} が未宣言です",
        "`{key}` of system {subject}",
    ),
    "missing.listens": (
        "ホスト {subject} の {interface} が待ち受けるサービス（listens）が未宣言です",
        "what {interface} of host {subject} listens to (`listens`)",
    ),
    "missing.opens": (
        "機器 {subject} から {provides} のシステムへの通信（opens）が未宣言です",
        "what device {subject} opens to a system that provides {provides} (`opens`)",
    ),
    "missing.provider": (
        (
            "{subject} のある領域（{zone}）に、{provides} "
            "を提供する情報システム（systems）がありません"
        ),
        "a system that provides {provides} in the zone of {subject} ({zone}) (under `systems`)",
    ),
}
