"""Wordings of what captures show."""

from zonecheck.report.lang import Words

_FRAMES: Words = {
    "capture.double-tag": (
        "VLANタグが二重（{tags}）です。{place} では一重しか現れません",
        "carries several VLAN tags ({tags}); at {place} frames have one at most",
    ),
    "capture.untagged": (
        "タグがありません。{place} ではどのフレームにもタグが付きます",
        "carries no VLAN tag; at {place} every frame has one",
    ),
    "capture.vlan-of-zone": (
        "VLAN {vlan}（{zone}）のフレームが {place} に現れています",
        "a frame of VLAN {vlan} ({zone}) at {place}",
    ),
    "capture.vlan-not-here": (
        "VLAN {vlan} は {place} を通らないはずです",
        "VLAN {vlan} should not occur at {place}",
    ),
    "capture.mac-elsewhere": (
        "MACアドレス {mac} は {card} のもので、ここには接続されていません",
        "MAC address {mac} is that of {card}, which is not plugged in here",
    ),
    "capture.unknown-mac": (
        "MACアドレス {mac} の機器は構成にありません",
        "no device of the design has MAC address {mac}",
    ),
    "capture.foreign-mac": (
        "{address}（{card}）を名乗るフレームの送信元MACアドレスが {mac} です（宣言: {declared}）",
        "{address} is that of {card}, but the frame comes from {mac} (declared: {declared})",
    ),
    "capture.address-of-another": (
        "{card} が、転送しないのに他者（{holder}）のアドレス {address} から送っています",
        "{card} forwards nothing and sends from {address}, which is that of {holder}",
    ),
    "capture.arp-elsewhere": (
        "ARPが {address} を名乗っていますが、{holder} はここにありません（MACアドレス {mac}）",
        "ARP claims {address}, but {holder} is not on this wire (MAC address {mac})",
    ),
    "capture.arp-for-another": (
        "{address} のARPで、フレームの送信元 {frame} と中の送信者 {sender} が異なります",
        "ARP for {address}: the frame comes from {frame}, its sender field says {sender}",
    ),
    "capture.wrapped": (
        "モデルにないカプセル化（{by}）の中にあります",
        "is wrapped in what the model does not have ({by})",
    ),
    "capture.not-ip": (
        "モデルにないプロトコル（{protocol}）です",
        "a protocol the model does not have ({protocol})",
    ),
}

_PACKETS: Words = {
    "capture.crossing-delivered": (
        "{from_zone} から {to_zone} へ、宣言のない通信が届いています（構成が通しています）",
        "undeclared traffic from {from_zone} to {to_zone}, and the design lets it through",
    ),
    "capture.crossing-attempted": (
        "{from_zone} から {to_zone} へ、宣言のない通信です（構成どおりなら届きません）",
        "undeclared traffic from {from_zone} to {to_zone}; the design would not deliver it",
    ),
    "capture.crossing-in-tunnel": (
        "トンネル {tunnel} の中に、{from_zone} から {to_zone} への宣言のない通信があります",
        "inside tunnel {tunnel}: undeclared traffic from {from_zone} to {to_zone}",
    ),
    "capture.unknown-address": (
        "アドレス {address} の機器は構成にありません",
        "no device of the design has address {address}",
    ),
    "capture.unknown-destination": (
        "宛先 {address} は構成の誰のものでもありません",
        "destination {address} is nobody's in the design",
    ),
    "capture.other-way": (
        "宣言された通信ですが、構成どおりなら {place} を通りません",
        "is declared, but the design does not bring it past {place}",
    ),
    "capture.declared-but-blocked": (
        "宣言された通信ですが、構成では届きません",
        "is declared, but the design does not deliver it",
    ),
    "capture.not-delivered": (
        "同じ領域の中の通信ですが、構成では届きません",
        "stays in its zone, but the design does not deliver it",
    ),
    "capture.needs-session": (
        "該当するセッションがなければフィルター {filter} が止める（セッションは調べていない）",
        "filter {filter} drops it unless it belongs to a session (which was not looked for)",
    ),
    "capture.zones-unclear": (
        "送信元か宛先の領域が一つに決まりません",
        "the zone of its source or destination is not certain",
    ),
    "capture.partly-link": (
        "リンク層のヘッダーが記録されておらず、許されるかどうか決められません",
        "the capture does not show its link header, so it cannot be decided",
    ),
    "capture.cut-link": (
        "リンク層のヘッダーの手前で切れています",
        "is cut before its link header",
    ),
    "capture.partly-addresses": (
        "アドレスが記録されておらず、許されるかどうか決められません",
        "the capture does not show its addresses, so it cannot be decided",
    ),
    "capture.cut-addresses": (
        "アドレスの手前で切れています",
        "is cut before its addresses",
    ),
    "capture.partly-protocol": (
        "プロトコルが記録されておらず、許されるかどうか決められません",
        "the capture does not show its protocol, so it cannot be decided",
    ),
    "capture.cut-protocol": (
        "プロトコルの手前で切れています",
        "is cut before its protocol",
    ),
    "capture.partly-ports": (
        "ポートが記録されておらず、許されるかどうか決められません",
        "the capture does not show its ports, so it cannot be decided",
    ),
    "capture.cut-ports": (
        "ポートの手前で切れています",
        "is cut before its ports",
    ),
    "capture.partly-icmp": (
        "ICMPの種別が記録されておらず、許されるかどうか決められません",
        "the capture does not show its ICMP type, so it cannot be decided",
    ),
    "capture.cut-icmp": (
        "ICMPの種別の手前で切れています",
        "is cut before its ICMP type",
    ),
    "capture.partly-flag": (
        "TCPフラグが記録されておらず、許されるかどうか決められません",
        "the capture does not show its TCP flags, so it cannot be decided",
    ),
    "capture.cut-flag": (
        "TCPフラグの手前で切れています",
        "is cut before its TCP flags",
    ),
    "capture.partly-tunnel": (
        "トンネルの中身が記録されておらず、許されるかどうか決められません",
        "the capture does not show what its tunnel carries, so it cannot be decided",
    ),
    "capture.cut-tunnel": (
        "トンネルの中身の手前で切れています",
        "is cut before what its tunnel carries",
    ),
    "capture.private-device": (
        "私物（ownership: private）の {host} が通信しています",
        "{host} is privately owned and sends",
    ),
    "capture.port-answers": (
        "{host} が、待ち受けないはずの {service} で応答しています",
        "{host} answers on {service}, which its closed list does not name",
    ),
    "capture.rogue-advertisement": (
        "{address} がルーター広告（RA）を出していますが、構成のIPv6ルーターではありません",
        "{address} advertises itself as a router and is none of the design's IPv6 routers here",
    ),
    "capture.rogue-dhcp": (
        "構成にない {address} がDHCPサーバーとして応答しています",
        "{address}, which is not in the design, answers as a DHCP server",
    ),
    "capture.group-from-elsewhere": (
        "{address}（{holder}）はここになく、同報は領域を越えて転送されないはずです",
        "{address} is that of {holder}, not of this wire, and nothing forwards what goes to groups",
    ),
    "capture.outside-window": (
        "保守 {entry} の時間帯（{window}）の外です",
        "is outside the time window of {entry} ({window})",
    ),
    "capture.perhaps-maintenance": (
        "保守 {entry} の通信かどうか記録から分からず、時間帯（{window}）の外かを判定できません",
        "may be of {entry}; too little is captured to hold it to that window ({window})",
    ),
    "capture.window-unread": (
        "保守 {entry} の時間帯（{window}）のうち「{unread}」は判定できません",
        'the window of {entry} ({window}) says "{unread}", which nobody here can judge',
    ),
    "capture.window-span": (
        "保守 {entry} の時間帯（{window}）をまたいで続き、途中のパケットの時刻は判定していません",
        "goes on across the window of {entry} ({window}); the times in between are not judged",
    ),
    "capture.no-clock": (
        "時刻がなく、保守 {entry} の時間帯を判定できません",
        "has no time, so the window of {entry} cannot be judged",
    ),
    "capture.mail-part": (
        "無害化したはずのメールに {type} の部分があります（{host} 宛て）",
        "mail to {host} that should be sanitised has a part of type {type}",
    ),
    "capture.mail-unread-cut": (
        "{host} 宛てのメールが途中までしか記録されていません",
        "mail to {host} is captured in part only",
    ),
    "capture.mail-unread-gap": (
        "{host} 宛てのメールに記録の抜けがあります",
        "parts of the mail to {host} are missing from the capture",
    ),
    "capture.mail-unread-long": (
        "{host} 宛てのセッションが長すぎ、メールを読んでいません",
        "the session to {host} is too long for its mail to be read",
    ),
    "capture.mail-unread-encrypted": (
        "{host} 宛てのメールは暗号化されていて読めません",
        "mail to {host} is encrypted",
    ),
    "capture.mail-unread-chunks": (
        "{host} 宛てのメールはBDATで送られ、読んでいません",
        "mail to {host} is sent by BDAT, which is not read",
    ),
    "capture.mail-unread-fragments": (
        "{host} 宛てのメールがIPの断片に分かれ、読んでいません",
        "mail to {host} is in IP fragments, which are not put together",
    ),
    "capture.mail-unread-beginning": (
        "{host} 宛てのメールのセッションの始まりが記録されていません",
        "the beginning of the mail session to {host} is not in the capture",
    ),
    "capture.mail-unread-conflict": (
        "{host} 宛てのメールの再送の内容が食い違い、どちらが届いたか分かりません",
        "mail to {host} was sent twice with different contents; which of them counts is not known",
    ),
    "capture.mail-unread-odd-segments": (
        "{host} 宛てのメールに、緊急データなど受信側で扱いの分かれるTCPセグメントがあります",
        "mail to {host} has TCP segments that receivers differ on, such as urgent data",
    ),
    "capture.mail-unread-line-ends": (
        "{host} 宛てのメールに、CRとLFが対でない行末があり、読み方が分かれます",
        "mail to {host} has lines that end in CR or LF alone, which servers differ on",
    ),
    "capture.mail-unread-replies": (
        "{host} が DATA を受け付けたかどうか、記録から分かりません",
        "whether {host} accepted DATA is not in the capture",
    ),
    "capture.mail-unread-unrecognised": (
        "{host} 宛てのセッションに、SMTPとして読めないものがあります",
        "the session to {host} has something in it that cannot be read as SMTP",
    ),
    "capture.mail-unread-unfinished": (
        "{host} 宛てのメールが終わりまで記録されていません",
        "mail to {host} is not in the capture up to its end",
    ),
    "capture.mail-unread-structure": (
        "{host} 宛てのメールの構造に、読み方の分かれるところがあります",
        "the structure of the mail to {host} can be read in more than one way",
    ),
    "capture.surge": (
        "{from_zone} から {to_zone} へ、{at} の1分に {octets} バイト（{most} の {factor} 倍超）",
        "{from_zone} to {to_zone}: {octets} bytes from {at} on, over {factor} times {most}",
    ),
}

_READING: Words = {
    "capture.file": (
        "{file}: {packets} パケット、{octets} バイト、{first} から {last}",
        "{file}: {packets} packets, {octets} bytes, {first} to {last}",
    ),
    "capture.no-packets": (
        "{file}: パケットがなく、何も検査していない",
        "{file}: no packets; nothing was checked",
    ),
    "capture.incomplete": (
        "{file}: バイト {offset} から先は読んでいない: {why}（{found}、正しくは {expected}）",
        "{file}: not read beyond byte {offset}: {why} ({found}; expected {expected})",
    ),
    "capture.unreadable": (
        "{file}: 読めない（バイト {offset}）: {why}（{found}、正しくは {expected}）",
        "{file}: cannot be read (byte {offset}): {why} ({found}; expected {expected})",
    ),
    "capture.steps-back": (
        "{file}: 時刻が {count} 回戻っている（番号の順に読んだ）",
        "{file}: time goes back {count} times (packets were taken in the order of their numbers)",
    ),
    "capture.weird": ("異常なパケット: {what} {count}", "odd packets: {what} {count}"),
    "capture.unnamed-macs": (
        "送信元MACアドレスを確かめられないパケット: {count}（機器の mac: が宣言されていない）",
        "packets whose MAC address cannot be judged: {count} (devices declare no mac:)",
    ),
    "capture.nothing-to-ask": (
        "構成に該当するものがない",
        "the design has nothing this check asks about",
    ),
    "capture.unreadable-file": (
        "{file}: 読めない: {why}",
        "{file}: cannot be read: {why}",
    ),
    "capture.passed-over": (
        "{file}: キャプチャではないので読んでいない",
        "{file}: no capture, passed over",
    ),
    "capture.outcome.0": ("反証なし", "nothing refuted"),
    "capture.outcome.1": ("反証あり", "refuted"),
    "capture.outcome.2": (
        "判定できないものがあるか、読み切れていない",
        "not all could be judged or read",
    ),
    "capture.result.0": (
        "結果: 反証なし（終了コード 0）",
        "result: nothing refuted (exit code 0)",
    ),
    "capture.result.1": (
        "結果: 反証あり（終了コード 1）",
        "result: refuted (exit code 1)",
    ),
    "capture.result.2": (
        "結果: 判定できないものがあるか、読み切れていない（終了コード 2）",
        "result: not all could be judged or read (exit code 2)",
    ),
    "error.replaces-input": (
        "{path} は入力のファイルです。上書きしません",
        "{path} is a file this run reads; it is not replaced",
    ),
    "error.surge-factor": (
        "--surge には 1 より大きい数を指定してください。{given} は使えません",
        "--surge takes a number above 1; {given} is none",
    ),
    "capture.tiny-fragments": (
        "小さすぎる断片（ポートやフラグを後の断片に隠せる）: {count}",
        "tiny fragments, which can hide ports and flags in later ones: {count}",
    ),
    "error.empty-key": (
        "--pseudonymise の鍵が空です",
        "the key of --pseudonymise is empty",
    ),
    "capture.nothing-written": (
        "許されないパケットはなく、{path} は書いていない",
        "no packet is violating: {path} was not written",
    ),
    "capture.unseen-zones": ("現れなかった領域: {zones}", "zones that do not occur: {zones}"),
    "capture.unseen-flows": (
        "現れなかった宣言済みの通信: {count} 件",
        "declared flows that do not occur: {count}",
    ),
    "capture.unseen-rules": (
        "一度も使われなかった許可の規則: {count}",
        "permits that no packet matches: {count}",
    ),
    "capture.background": ("背景の通信: {what}", "background: {what}"),
    "capture.binding-elsewhere": (
        "MACアドレスで限定した送信元の {packets} パケットを、そのセグメントの外で見ている",
        "{packets} packets of sources bound by MAC address are seen past their own segment",
    ),
    "capture.vlan-unchecked": (
        "取得場所（--at）が分からない",
        "it is not said where the capture was taken (--at)",
    ),
    "capture.not-asked": ("オプション {option} がない", "needs {option}"),
    "capture.progress": ("{file}: {packets} パケットまで読んだ", "{file}: {packets} packets read"),
    "error.violations-hold-addresses": (
        "--write-violations は実際のアドレスを書き出すので、--pseudonymise とは使えません",
        "--write-violations writes real addresses: it cannot go with --pseudonymise",
    ),
    "error.read-once": (
        "{source} は標準入力かパイプで、二度読めません。ファイルに保存して指定してください",
        "{source} is standard input or a pipe and cannot be read twice: save it in a file",
    ),
    "error.capture-changed": (
        "{source} は読んでいる間に変わりました。写しを取って判定してください",
        "{source} changed while it was read: judge a copy of it",
    ),
    "capture.nothing-read": ("パケットがない", "there were no packets"),
    "capture.baseline-unread": (
        "平常時のキャプチャ {file} を最後まで読めない（{why}）",
        "the baseline {file} could not be read to its end ({why})",
    ),
    "capture.surge-new": (
        "{from_zone} から {to_zone} への通信が平常時のキャプチャにない",
        "the baseline has no traffic from {from_zone} to {to_zone}",
    ),
    "capture.surge-of-mail": (
        "{from_zone} から {to_zone} へ、{at} の1分にメール {octets} バイト（{factor}×{most} 超）",
        "mail, {from_zone} to {to_zone}: {octets} bytes from {at} on, over {factor} times {most}",
    ),
}

_REPORT: Words = {
    "capture.title": (
        "{name}: キャプチャの判定（{profile}）",
        "{name}: what the capture shows ({profile})",
    ),
    "capture.place": ("取得場所", "taken at"),
    "capture.place-unsaid": (
        "指定なし（--at）。VLANとMACアドレスは判定しない",
        "not said (--at); VLANs and MAC addresses are not judged",
    ),
    "capture.state": ("状態", "state"),
    "capture.labelled": ("{label}: {value}", "{label}: {value}"),
    "capture.matrix": ("領域の間のパケット数:", "packets between zones:"),
    "capture.from": ("送信元", "from"),
    "capture.to": ("宛先", "to"),
    "capture.no-zone": ("（なし）", "(none)"),
    "capture.verdict.allowed": ("許可", "allowed"),
    "capture.verdict.violating": ("違反", "violating"),
    "capture.verdict.undecidable": ("判定不能", "undecidable"),
    "capture.verdict.unmodelled": ("構成外", "unmodelled"),
    "capture.rows.violating": ("許されない通信: {count} フロー", "not allowed: {count} flows"),
    "capture.rows.unmodelled": (
        "構成で説明できない通信: {count} フロー",
        "what the design does not explain: {count} flows",
    ),
    "capture.rows.undecidable": (
        "判定できない通信: {count} フロー",
        "what cannot be decided: {count} flows",
    ),
    "capture.more": ("ほか {count} フロー（-v で全部）", "{count} more flows (-v lists them)"),
    "capture.more-elsewhere": (
        "ほか {count} フロー（csv と json に全部ある）",
        "{count} more flows (csv and json have them all)",
    ),
    "capture.page-holds": (
        "{verdict}: {count} フローのうち最初の {shown} を示す（残りは xlsx、csv、json にある）",
        "{verdict}: the first {shown} of {count} flows (xlsx, csv and json have the others)",
    ),
    "capture.sheet-flows": ("通信", "Flows"),
    "capture.sheet-files": ("キャプチャ", "Captures"),
    "capture.sheet-evidence": ("証拠の質", "Quality of the evidence"),
    "capture.column-packets-of": ("パケット（{verdict}）", "packets, {verdict}"),
    "capture.column-flows": ("フロー数", "flows"),
    "capture.column-title": ("検査の内容", "what it asks"),
    "capture.column-level": ("違反時の扱い", "a violation counts as"),
    "capture.column-says": ("判定の内容", "what the capture says"),
    "capture.column-flow": ("通信", "flow"),
    "capture.column-answered": ("応答", "answered"),
    "capture.column-packets": ("パケット", "packets"),
    "capture.column-octets": ("バイト", "bytes"),
    "capture.column-first": ("最初", "first"),
    "capture.column-last": ("最後", "last"),
    "capture.column-frame": ("フレーム", "frame"),
    "capture.column-way": ("構成での行方", "what the design does with it"),
    "capture.column-filter": ("表示フィルター", "display filter"),
    "capture.answered.attempted": ("応答なし", "attempted"),
    "capture.answered.answered": ("応答あり", "answered"),
    "capture.answered.data": ("データあり", "answered with data"),
    "capture.frame": (
        "{source} から {destination}、VLAN {vlans}",
        "{source} to {destination}, VLAN {vlans}",
    ),
    "capture.tunnel": ("トンネル: {path}", "tunnel: {path}"),
    "capture.packets": (
        "パケット: {packets} 個、{octets} バイト。最初 {first}、最後 {last}",
        "packets: {packets}, {octets} bytes; first {first}, last {last}",
    ),
    "capture.blocked": (
        "構成が止める所: {node}: {reason}",
        "the design drops it at {node}: {reason}",
    ),
    "capture.dropped": ("{node} が止める: {reason}", "dropped at {node}: {reason}"),
    "capture.wireshark": ("Wireshark: {filter}", "Wireshark: {filter}"),
    "capture.evidence": ("証拠の質:", "quality of the evidence:"),
    "capture.checks": ("検査:", "checks:"),
    "capture.check-count": (
        "{flows} フロー、{packets} パケット",
        "{flows} flows, {packets} packets",
    ),
    "capture.status.violated": ("違反", "violated"),
    "capture.status.unknown": ("判定不能", "unknown"),
    "capture.status.not-refuted": ("反証なし", "not refuted"),
    "capture.status.not-run": ("未実施", "not run"),
    "capture.summary": (
        "パケット: 許可 {allowed}、違反 {violating}、判定不能 {undecidable}、構成外 {unmodelled}",
        (
            "packets: {allowed} allowed, {violating} violating, {undecidable} undecidable, "
            "{unmodelled} unmodelled"
        ),
    ),
    "capture.limits": (
        (
            "キャプチャは反証できるが、何も証明しない。見えなかった通信がないとは言えない。"
            "これは技術的な証拠であり、法的な意見や監査意見ではない。"
        ),
        (
            "A capture can refute and proves nothing: what it does not show may happen all the "
            "same. This is engineering evidence, not a legal or audit opinion."
        ),
    ),
}

CAPTURE_WORDS: Words = {**_FRAMES, **_PACKETS, **_READING, **_REPORT}
