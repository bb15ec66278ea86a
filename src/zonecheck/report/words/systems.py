"""Wordings of checks on systems and their hosts: access, supply, failures."""

from zonecheck.report.lang import Words

_FROM_TO = (
    "{origin}（{from_zone}）から {destination}（{to_zone}）へ",
    "{origin} ({from_zone}) gets to {destination} ({to_zone})",
)

SYSTEM_WORDS: Words = {
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
    "disconnect-point-effective.beside": (
        "{cut} を切り離しても、経路 {path} が外部ネットワーク {external} につながったままです",
        "with {cut} cut, path {path} still joins external network {external}",
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
    "remote-access-bounded.addresses": (
        (
            "{entry} の相手 {end} は開かれた外部ネットワークにあり、使える{version}アドレスが"
            "多すぎます（/{prefix} 一つ分まで）"
        ),
        (
            "{end} of {entry} lies in an open network and may use too many {version} addresses "
            "(one /{prefix} at most)"
        ),
    ),
    "remote-access-bounded.no-safeguard": (
        "外部からのアクセス {entry} の {setting} が「{text}」で、対策になっていません",
        "`{setting}: {text}` of remote access {entry} is no safeguard",
    ),
    "check.remote-access-bounded.title": (
        "外部からのアクセスの限定",
        "remote access is bounded",
    ),
    "check.remote-access-bounded.proves": (
        (
            "職員の庁外からの接続（users: staff）は、列挙した相手からの宣言した通信だけであり、"
            "開かれた網の相手のアドレスは限られ、認証と暗号化を宣言している（「なし」ではない）。"
        ),
        (
            "Access of staff from outside (`users: staff`) is declared sessions from listed peers "
            "only, those in open networks of few addresses, with authentication and encryption "
            "that are not none."
        ),
    ),
    "check.remote-access-bounded.counterexample": (
        "宣言のないパケット、または不足している対策。",
        "a packet that is not declared, or the safeguard that is missing.",
    ),
    # --- what is missing ---
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
