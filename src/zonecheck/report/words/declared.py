"""Wordings of checks on what is declared: attributes, attachments, clouds, ports, the ledger."""

from zonecheck.report.lang import Words

DECLARED_WORDS: Words = {
    # --- hosts and devices ---
    "check.mynumber-mfa.title": ("多要素認証", "two classes of factors to log in"),
    "check.mynumber-mfa.proves": (
        (
            "マイナンバー利用事務系の端末とサーバーはすべて、知識・所持・存在のうち"
            "二つ以上の種類の要素で利用者を認証すると宣言されている。"
        ),
        (
            "Every terminal and server of the My Number area is declared to authenticate its users "
            "by factors of at least two of the classes knowledge, possession and inherence."
        ),
    ),
    "check.mynumber-mfa.counterexample": (
        "該当するホストと、宣言された要素。",
        "the host and the factors declared for it.",
    ),
    "mynumber-mfa.factors": (
        "ホスト {host} の認証要素は {factors} だけで、二種類に足りません",
        "host {host} authenticates by {factors} only, less than two classes of factors",
    ),
    "check.mynumber-dedicated-terminal.title": ("専用端末", "one business per terminal"),
    "check.mynumber-dedicated-terminal.proves": (
        (
            "マイナンバー利用事務系の端末はそれぞれ、"
            "一つの業務（business）のシステムにだけ接続できる。"
        ),
        "Each terminal of the My Number area can open sessions to systems of one business only.",
    ),
    "check.mynumber-dedicated-terminal.counterexample": (
        "該当する端末と、届く業務。",
        "the terminal and the businesses it reaches.",
    ),
    "mynumber-dedicated-terminal.several": (
        "端末 {host} は複数の業務のシステム（{businesses}）に接続できます",
        "terminal {host} can open sessions to systems of several businesses ({businesses})",
    ),
    "check.mynumber-media-export-blocked.title": (
        "端末からの持出し防止",
        "no data leaves on media",
    ),
    "check.mynumber-media-export-blocked.proves": (
        (
            "マイナンバー利用事務系の端末はすべて記録媒体への書き出しが禁止（または例外として"
            "記録）され、領域の外のファイル置き場（provides: file-store）には接続できない。"
        ),
        (
            "Every terminal of the My Number area is declared to refuse writing to removable media "
            "(or to be a recorded exception), and none can open sessions to a file store outside "
            "the area (`provides: file-store`)."
        ),
    ),
    "check.mynumber-media-export-blocked.counterexample": (
        "該当する端末、または領域外のファイル置き場に届くパケット。",
        "the terminal, or a packet that gets to a file store outside.",
    ),
    "mynumber-media-export-blocked.allowed": (
        "端末 {host} は記録媒体への書き出しを禁止していません",
        "terminal {host} allows writing to removable media",
    ),
    "mynumber-media-export-blocked.store": (
        "端末 {origin} から領域の外のファイル置き場 {destination}（{to_zone}）に接続できます",
        "terminal {origin} can open sessions to file store {destination} ({to_zone}) outside",
    ),
    "check.mail-size-limit.title": ("メール容量制限", "mail has a size limit"),
    "check.mail-size-limit.proves": (
        "メールを扱うシステム（provides: mail）のホストはすべて、容量の制限を宣言している。",
        "Every host of a system that provides mail declares a limit on its size.",
    ),
    "check.mail-size-limit.counterexample": (
        "制限が未宣言のホスト。",
        "the host without a limit.",
    ),
    "check.offsite-host-approved.title": ("庁外設置の承認", "off-site hosts are approved"),
    "check.offsite-host-approved.proves": (
        (
            "庁外に設置すると宣言されたホストと機器（location: offsite）はすべて、"
            "二者の承認が記録されている。何も宣言のないものは庁内にあるとみなす。"
        ),
        (
            "Every host and device declared to stand outside (`location: offsite`) records the "
            "approval of two. What says nothing is taken to stand inside."
        ),
    ),
    "check.offsite-host-approved.counterexample": (
        "該当するホストまたは機器と、記録された承認者。",
        "the host or device and who is recorded to have approved it.",
    ),
    "offsite-host-approved.approvals": (
        "庁外にある {element} の承認者は {by} だけで、二者の承認がありません",
        "{element}, which stands outside, was approved by {by} only, not by two",
    ),
    "check.config-snapshot-held.title": ("設定スナップショット", "configurations are kept"),
    "check.config-snapshot-held.proves": (
        (
            "規則を持つ機器はすべて保管された設定（config_snapshot）があり、ハッシュ値が書かれて"
            "いれば、検証に使った設定ファイルと一致する。"
        ),
        (
            "Every device with rules has a stored configuration (`config_snapshot`); where that is "
            "a digest, it is the digest of a file its rules were read from."
        ),
    ),
    "check.config-snapshot-held.counterexample": (
        "該当する機器と、二つのハッシュ値。",
        "the device and the two digests.",
    ),
    "config-snapshot-held.other": (
        "機器 {device} の保管された設定（{stored}）は、検証に使った設定（{read}）と異なります",
        "the stored configuration of device {device} ({stored}) is not the one read ({read})",
    ),
    "check.device-software-supported.title": ("サポート期限", "software is supported"),
    "check.device-software-supported.proves": (
        (
            "機器のソフトウェアはすべて、検証した日にサポートの期限内である。"
            "ホストは、期限（support_until）を宣言したものだけを調べる。"
        ),
        (
            "The software of every device is supported on the day of the verification; of hosts, "
            "those that say until when (`support_until`)."
        ),
    ),
    "check.device-software-supported.counterexample": (
        "該当する機器またはホストと、期限。",
        "the device or host and the day support ended.",
    ),
    "device-software-supported.over": (
        "{element} のサポートは {until} に終わっています",
        "support of {element} ended on {until}",
    ),
    "check.private-device-connected.title": ("支給外端末", "no private device connected"),
    "check.private-device-connected.proves": (
        (
            "領域内のホストはすべて、役割によらず、団体の所有または借用と宣言されている。"
            "接続された機器が宣言どおりかは、キャプチャで確かめる。"
        ),
        (
            "Every host of an area, whatever its role, is declared to belong to the body or to be "
            "leased. Whether what is connected is what was declared is for captures to show."
        ),
    ),
    "check.private-device-connected.counterexample": (
        "該当するホスト。",
        "the host.",
    ),
    "private-device-connected.private": (
        "ホスト {host} は個人の所有です",
        "host {host} is privately owned",
    ),
    # --- attachments ---
    "check.external-attachment-minimal.title": (
        "接続ポイントの集約",
        "few attachments to each network",
    ),
    "check.external-attachment-minimal.proves": (
        (
            "同じ外部ネットワークへの回線は一本だけである。同じセグメントで同じ line の口は"
            "一本と数え、開いている out_of_band の経路は別の一本と数える。"
            "障害に備えた回線（redundant: true）とトンネルの中は数えない。"
        ),
        (
            "Each external network is attached by one line only. Edges of one `line` in one "
            "segment are one, an enabled path beside the network is one more. Lines kept for "
            "failures (`redundant: true`) and the insides of tunnels are not counted."
        ),
    ),
    "check.external-attachment-minimal.counterexample": (
        "同じ外部ネットワークへの複数の接続。",
        "the attachments to one network.",
    ),
    "external-attachment-minimal.several": (
        "外部ネットワーク {external} に複数の回線（{edges}）で接続しています",
        "external network {external} is attached by several lines ({edges})",
    ),
    "check.external-connection-approved.title": (
        "外部接続の許可",
        "external connections are approved",
    ),
    "check.external-connection-approved.proves": (
        "外部への接続と外部からのアクセスはすべて、許可の番号・許可者・日付を記録している。",
        "Every attachment and every remote access records its approval: number, by whom, when.",
    ),
    "check.external-connection-approved.counterexample": (
        "許可の記録がない接続。",
        "the attachment without a recorded approval.",
    ),
    "check.public-links-via-lgwan.title": (
        "LGWANへの集約",
        "public bodies are reached over LGWAN",
    ),
    "check.public-links-via-lgwan.proves": (
        (
            "公共機関のシステムへはLGWANを経由するか、専用の回線に"
            "集約しない根拠（exception）がある。"
        ),
        (
            "Systems of public bodies are reached over LGWAN, or the line to them says on what it "
            "rests that it is not (`exception`)."
        ),
    ),
    "check.public-links-via-lgwan.counterexample": ("該当する回線。", "the line."),
    "public-links-via-lgwan.direct": (
        "公共機関への接続 {attachment} はLGWANを経由せず、その根拠（exception）もありません",
        "attachment {attachment} to a public body does not go by LGWAN and says not why",
    ),
    "check.line-class-adequate.title": ("回線種別", "lines are of an accepted kind"),
    "check.line-class-adequate.proves": (
        (
            "外部への回線の種別はすべて、プロファイルが認めるものである。"
            "LTEとテザリングは、宣言によらず mobile である。"
        ),
        (
            "Every line to another network is of a kind the profile accepts. LTE and tethering "
            "are `mobile`, whatever is declared."
        ),
    ),
    "check.line-class-adequate.counterexample": ("該当する回線と種別。", "the line and its kind."),
    "line-class-adequate.kind": (
        "{attachment} の回線種別 {kind} は、このプロファイルでは認められていません",
        "the line of {attachment} is of kind {kind}, which the profile does not accept",
    ),
    "check.transit-encryption.title": ("伝送路の暗号化", "shared lines are encrypted"),
    "check.transit-encryption.proves": (
        "他者と共用する回線（internet、mobile）を通る外部接続はすべて暗号化されている。",
        "Every attachment by a line others use too (internet, mobile) is encrypted.",
    ),
    "check.transit-encryption.counterexample": ("該当する回線。", "the line."),
    "transit-encryption.none": (
        "{attachment} は共用の回線（{kind}）ですが、暗号化されていません",
        "{attachment} is a shared line ({kind}) without encryption",
    ),
    "check.admin-session-window.title": ("接続時間の限定", "remote access has its hours"),
    "check.admin-session-window.proves": (
        (
            "リモート保守と職員の庁外からの接続はすべて、許可する時間帯を宣言している。"
            "証明はすべての時間帯が開いているものとして行い、時間外の通信はキャプチャで確かめる。"
        ),
        (
            "Every remote maintenance and access of staff declares its hours. Proofs take all "
            "windows to be open; captures show sessions outside them."
        ),
    ),
    "check.admin-session-window.counterexample": (
        "時間帯がない、または一日に1時間も閉じない接続。読み取れない語があれば判定不能。",
        (
            "the access without hours, or closed for less than an hour of a day; with words nobody "
            "reads, unknown."
        ),
    ),
    "admin-session-window.unclear": (
        (
            "{entry} の時間帯「{window}」は、一日のうちの限られた時間（23時間以内）を"
            "示していません（例: 09:00-17:00）"
        ),
        (
            "the window '{window}' of {entry} does not say certain hours of a day, 23 at most "
            "(09:00-17:00)"
        ),
    ),
    "check.wlan-approved.title": ("無線LANの許可", "wireless networks are approved"),
    "check.wlan-approved.proves": (
        "SSIDはすべて、許可の番号・許可者・日付を記録している。",
        "Every SSID records its approval: number, by whom, when.",
    ),
    "check.wlan-approved.counterexample": ("許可の記録がないSSID。", "the SSID without one."),
    # --- ports ---
    "check.open-port-control.title": ("空きポート管理", "free switch ports are controlled"),
    "check.open-port-control.proves": (
        (
            "スイッチのポートはどれも、図のとおり配線されているか、閉じているか、"
            "知らない機器を拒否する。図にないポートの扱いも宣言されている（unused_ports）。"
        ),
        (
            "Every switch port is cabled as drawn, shut, or refuses devices it does not know; what "
            "ports nobody draws are is declared too (`unused_ports`)."
        ),
    ),
    "check.open-port-control.counterexample": ("該当するポート。", "the port."),
    "open-port-control.open": (
        "ポート {place} は使われておらず、閉じられても認証で守られてもいません",
        "port {place} is unused, and neither shut nor guarded by authentication",
    ),
    "check.miswire-resilience.title": ("誤接続耐性", "a wrong plug joins no zones"),
    "check.miswire-resilience.proves": (
        (
            "複数の領域を収容するスイッチでは、どのセグメントのアクセスポートも、"
            "知らない機器を拒否する。つなぎ間違えても別の領域には入れない。"
        ),
        (
            "On every switch that carries several zones, the access ports of every segment refuse "
            "devices they do not know, so that a plug in the wrong port gets nowhere else."
        ),
    ),
    "check.miswire-resilience.counterexample": (
        "つなぎ間違えると別の領域に入れてしまうスイッチとセグメント。",
        "the switch and segment where a wrong plug enters another zone.",
    ),
    "miswire-resilience.unguarded": (
        (
            "スイッチ {device} は複数の領域（{zones}）を収容しますが、"
            "セグメント {segment} のポートは知らない機器を拒否しません"
        ),
        (
            "switch {device} carries several zones ({zones}), but ports of segment {segment} "
            "there admit devices they do not know"
        ),
    ),
    # --- cloud ---
    "check.cloud-service-approved.title": ("承認済みクラウド", "cloud services are approved"),
    "check.cloud-service-approved.proves": (
        "外部の相手のうちクラウドサービス（cloud: true）はすべて、承認の記録がある。",
        "Every peer that is a cloud service (`cloud: true`) records its approval.",
    ),
    "check.cloud-service-approved.counterexample": (
        "承認の記録がないクラウドサービス。",
        "the service without a recorded approval.",
    ),
    "check.cloud-class-allowed.title": ("取扱区分", "clouds suit the class of information"),
    "check.cloud-class-allowed.proves": (
        (
            "どの情報システムも、自分の重要性分類より低い情報しか認められていない"
            "クラウドサービスには接続できない。"
        ),
        (
            "No information system can open sessions to a cloud service approved for less "
            "important information than its own."
        ),
    ),
    "check.cloud-class-allowed.counterexample": (
        "情報システムとクラウドサービス、届くパケット。",
        "the system, the service and a packet that gets there.",
    ),
    "cloud-class-allowed.above": (
        (
            "重要性分類 {importance} の情報システム {system} から、{allowed} までしか"
            "認められていないクラウドサービス {peer} に接続できます"
        ),
        (
            "system {system} of class {importance} can open sessions to cloud service {peer}, "
            "approved up to class {allowed}"
        ),
    ),
    "check.cloud-path-controlled.title": ("クラウド経路の統制", "paths to clouds are controlled"),
    "check.cloud-path-controlled.proves": (
        "クラウドサービスとの通信はすべて、宣言した経由点（via）のどれかを通る。",
        "Whatever is exchanged with a cloud service passes one of the places declared for it.",
    ),
    "check.cloud-path-controlled.counterexample": (
        "経由点を通らないパケットと経路。",
        "a packet that passes none of them, and its path.",
    ),
    "cloud-path-controlled.around": (
        (
            "クラウドサービス {peer} との通信が、経由点を通らずに "
            "{origin} から {destination} へ届きます"
        ),
        "traffic with cloud service {peer} gets from {origin} to {destination} past its waypoints",
    ),
    "check.cloud-internal-control.title": (
        "クラウド内通信の制御",
        "zones hold inside the cloud",
    ),
    "check.cloud-internal-control.proves": (
        (
            "領域の一部である他者の網（クラウド）はすべて、内部の通信が制御されていることの"
            "根拠（internal_control）がある。"
        ),
        (
            "Every network of others that is part of an area says on what it rests that traffic "
            "inside is controlled (`internal_control`)."
        ),
    ),
    "check.cloud-internal-control.counterexample": ("根拠がない網。", "the network without one."),
    "check.cloud-region-declared.title": ("保存地域", "regions of storage are declared"),
    "check.cloud-region-declared.proves": (
        "クラウドサービスが情報を保存する国・地域はすべて、プロファイルが認めるものである。",
        "Every cloud service keeps data in a region the profile allows.",
    ),
    "check.cloud-region-declared.counterexample": (
        "該当するサービスと地域。",
        "the service and its region.",
    ),
    "cloud-region-declared.other": (
        "クラウドサービス {peer} は情報を {region} に保存します",
        "cloud service {peer} keeps data in {region}",
    ),
    # --- the ledger ---
    "check.ledger-model-match.title": ("台帳照合", "the ledger matches the model"),
    "check.ledger-model-match.proves": (
        (
            "領域内のサーバーはどれも、情報システム台帳の一つのシステムに属し、"
            "台帳の番号が二つのシステムを指すことはない。"
        ),
        (
            "Every server of an area belongs to one system of the ledger, and no number of the "
            "ledger stands for two systems."
        ),
    ),
    "check.ledger-model-match.counterexample": (
        "該当するサーバーまたはシステム。",
        "the server or system.",
    ),
    "ledger-model-match.several": (
        "サーバー {host} が複数の情報システム（{systems}）に属しています",
        "server {host} belongs to several systems ({systems})",
    ),
    "ledger-model-match.twice": (
        "台帳の番号 {ledger} が {other} と {system} の両方にあります",
        "number {ledger} of the ledger stands for {other} and for {system}",
    ),
    "check.classification-declared.title": ("重要性分類", "information is classified"),
    "check.classification-declared.proves": (
        "情報システムはすべて、重要性分類（importance）が決まっている。",
        "Every information system has its class of importance.",
    ),
    "check.classification-declared.counterexample": (
        "分類がないシステム。",
        "the system without one.",
    ),
    # --- what is missing ---
    "missing.attribute": (
        "{subject} の {attribute}（attributes）が未宣言です",
        "`{attribute}` of {subject} (under `attributes`)",
    ),
    "missing.system": (
        "サーバー {subject} がどの情報システム（systems）にも属していません",
        "the system server {subject} belongs to (under `systems`)",
    ),
    "missing.ledger": (
        "情報システム {subject} の台帳の番号（ledger）が未宣言です",
        "the number of system {subject} in the ledger (`ledger`)",
    ),
    "missing.importance": (
        "情報システム {subject} の重要性分類（importance）が未宣言です",
        "the class of importance of system {subject} (`importance`)",
    ),
}
