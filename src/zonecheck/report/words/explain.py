"""Wordings of `explain`: what may be changed, and what a change does."""

from zonecheck.report.lang import Words

_RULES: Words = {
    "repair.waiver-removed": (
        "例外措置 {waiver} を削除する。",
        "Take the waiver {waiver} out.",
    ),
    "repair.rule-removed": (
        "{node} のフィルター {filter} から規則「{rule}」を削除する。",
        "Take the rule {rule} out of the filter {filter} of {node}.",
    ),
    "repair.rule-narrowed": (
        "{node} のフィルター {filter} の規則「{rule}」を宣言した通信だけに狭める: {kept}。",
        "Narrow the rule {rule} of the filter {filter} of {node} to what is declared: {kept}.",
    ),
    "repair.default-deny": (
        "{node} のフィルター {filter} の既定の動作を拒否にする。",
        "Let the filter {filter} of {node} deny what no rule matches.",
    ),
    "repair.stateful": (
        "{node} のフィルター {filter} をステートフルにし、途中からのセッションを認めない。",
        "Make the filter {filter} of {node} stateful, without picking up sessions midway.",
    ),
    "repair.nat-removed": (
        "{node} からアドレス変換「{rule}」を削除する。",
        "Take the address translation {rule} out of {node}.",
    ),
    "repair.route-removed": (
        "{node} から {prefix} への経路（{way}）を削除する。",
        "Take the route to {prefix} by {way} out of {node}.",
    ),
    "repair.policy-route-removed": (
        "{node} からポリシールート「{route}」を削除する。",
        "Take the policy route {route} out of {node}.",
    ),
    "repair.management-removed": (
        "{node} の管理アクセスから {origin} を外す。",
        "Let {origin} manage {node} no more.",
    ),
    "repair.management-none": (
        "{node} 自身への接続をネットワークから受け付けない設定にし、management: none と宣言する。",
        "Let {node} take no sessions from the network and declare management: none.",
    ),
    "repair.opening-removed": (
        "{node} から {to} への通信をやめる設定にする。",
        "Let {node} open nothing to {to}.",
    ),
    "repair.feature-off": (
        "{node} の {feature} を止める。",
        "Switch {feature} off on {node}.",
    ),
    "repair.service-removed": (
        "{node} のサービス {method} をやめる。",
        "Take the service {method} off {node}.",
    ),
}

_SETTINGS: Words = {
    "repair.reverse-path-strict": (
        "{interface} で送信元の逆経路検査を strict にする。",
        "Check the reverse path strictly at {interface}.",
    ),
    "repair.non-ip-off": (
        "{node} で IP 以外のフレームを通さない設定にし、そう宣言する。",
        "Let {node} drop frames that are not IP, and declare it.",
    ),
    "repair.ip-forward-off": (
        "{node} の IP 転送を切り、ip_forward: false と宣言する。",
        "Switch IP forwarding off on {node} and declare ip_forward: false.",
    ),
    "repair.fax-off": (
        "{node} の電話回線を外し、fax: none と宣言する。",
        "Take the telephone line off {node} and declare fax: none.",
    ),
    "repair.service-settings": (
        "{node} のサービス {method} を {settings} に設定し、そう宣言する。",
        "Set the service {method} of {node} to {settings}, and declare it.",
    ),
    "repair.port-security-on": (
        "セグメント {segment} のアクセスポートで port security を有効にする。",
        "Switch port security on at the access ports of {segment}.",
    ),
    "repair.nac-on": (
        "セグメント {segment} のアクセスポートで機器を認証する（{nac}）。",
        "Authenticate devices at the access ports of {segment} ({nac}).",
    ),
    "repair.guard-on": (
        "セグメント {segment} のアクセスポートで IP ソースガードと port security を有効にする。",
        "Switch IP source guard and port security on at the access ports of {segment}.",
    ),
    "repair.wireless-auth": (
        "無線 {segment} の認証を {auth} にする。",
        "Let the wireless network {segment} authenticate by {auth}.",
    ),
}

_PORTS: Words = {
    "repair.port-shut": ("ポート {port} を shutdown する。", "Shut the port {port} down."),
    "repair.dtp-off": ("ポート {port} の DTP を切る。", "Switch DTP off at the port {port}."),
    "repair.other-vlan-removed": (
        "ポート {port} に認証の結果 VLAN {vlan} を割り当てないようにする。",
        "Let authentication put the port {port} into VLAN {vlan} no more.",
    ),
    "repair.native-removed": (
        "ポート {port} のネイティブ VLAN {vlan} をなくす（タグなしのフレームを捨てる）。",
        "Take the native VLAN {vlan} off the port {port}, so that untagged frames are dropped.",
    ),
    "repair.vlan-removed": (
        "ポート {port} の許可 VLAN から {vlan} を外す。",
        "Take VLAN {vlan} off the trunk port {port}.",
    ),
    "repair.trunk-narrowed": (
        "トランク {link} の許可 VLAN を、計画にある {vlans} だけにする。",
        "Let the trunk {link} carry only the planned VLANs {vlans}.",
    ),
    "repair.trunk-native-removed": (
        "トランク {link} の両端のネイティブ VLAN をなくす（タグなしのフレームを捨てる）。",
        "Take the native VLAN off both ends of {link}, so that untagged frames are dropped.",
    ),
    "repair.trunk-vlan-removed": (
        "トランク {link} の両端で許可 VLAN から {vlan} を外す。",
        "Take VLAN {vlan} off both ends of the trunk {link}.",
    ),
    "repair.span-removed": (
        "{node} から {to} へのミラーをやめる。",
        "Stop the mirror session from {node} to {to}.",
    ),
    "repair.interface-removed": (
        "インターフェイス {interface} をなくす。",
        "Take the interface {interface} away.",
    ),
    "repair.address-removed": (
        "インターフェイス {interface} からアドレス {address} を外す。",
        "Take the address {address} off the interface {interface}.",
    ),
}

_PLACES: Words = {
    "repair.link-removed": ("配線 {link} を外す。", "Unplug the link {link}."),
    "repair.member-removed": ("待機系 {node} を外す。", "Take the standby member {node} away."),
    "repair.device-removed": ("機器 {node} を外す。", "Take the device {node} away."),
    "repair.card-removed": (
        "ホストのインターフェイス {interface} を外す。",
        "Take the interface {interface} off its host.",
    ),
    "repair.host-removed": ("ホスト {node} を外す。", "Take the host {node} away."),
    "repair.edge-removed": (
        "外部ネットワークの接続点 {edge} を外す。",
        "Take the attachment {edge} of the external network away.",
    ),
    "repair.peer-removed": (
        "接続先 {peer} との接続をやめる。",
        "Give up the peer {peer}.",
    ),
    "repair.external-removed": (
        "外部ネットワーク {node} との接続をやめる。",
        "Give up the external network {node}.",
    ),
    "repair.guest-removed": (
        "仮想化基盤 {platform} から {host} を他へ移す。",
        "Move {host} off the hypervisor {platform}.",
    ),
    "repair.share-removed": (
        "ストレージ {platform} を {host} に使わせない。",
        "Let {host} use the storage {platform} no more.",
    ),
    "repair.path-off": (
        "ネットワーク外の経路 {path}（{medium}）を切る。",
        "Switch the out-of-band path {path} ({medium}) off.",
    ),
    "repair.ssid-removed": ("無線 {segment} をやめる。", "Give up the SSID {segment}."),
    "repair.segment-removed": ("セグメント {segment} をやめる。", "Give up the segment {segment}."),
    "repair.flow-withdrawn": (
        "通信の宣言 {flow} を取り下げる。",
        "Withdraw the declared flow {flow}.",
    ),
    "repair.declared": (
        "{subject} に {declaration} と宣言する。",
        "Declare {declaration} for {subject}.",
    ),
    "repair.tag-follows": (
        "{node} の領域タグを {declaration} に改める。",
        "Write the zone tag of {node} anew: {declaration}.",
    ),
    "repair.entry-removed": ("{subject} の記述を削除する。", "Take the entry {subject} out."),
    "repair.mention-removed": (
        "{subject} の記述から、なくなるもの（{name} など）を外す。",
        "Leave out of {subject} what is gone, {name} or what goes with it.",
    ),
    "repair.name-left-out": (
        "{node} の「{rule}」から {name} を外す。",
        "Leave {name} out of {rule} of {node}.",
    ),
    "repair.name-resolved": (
        "{node} の規則「{rule}」で、{name} の名前の代わりにアドレスを書く。",
        "Write addresses in place of the name {name} in the rule {rule} of {node}.",
    ),
}

_REPORT: Words = {
    "explain.change": ("提案する変更:", "Proposed change:"),
    "explain.changes": (
        "提案する変更（{number} 件をあわせて行う）:",
        "Proposed changes, {number} to be made together:",
    ),
    "explain.along": ("あわせて次も改める:", "To be changed along with it:"),
    "explain.otherwise": ("それが事実でない場合の変更:", "If that is not so, change instead:"),
    "explain.or": ("別案:", "Or:"),
    "explain.as-for": (
        "{check} に提案した変更でこの検査も適合する。",
        "The change proposed for {check} makes this check hold, too.",
    ),
    "explain.proved": (
        (
            "変更後の構成を証明し直した。{check} は適合し、"
            "領域を分ける他の検査に悪化するものはない。"
        ),
        "Proved again with the change: {check} holds, and no check of separation gets worse.",
    ),
    "explain.loses-none": (
        "届いていた宣言済みの通信 {flows} 件のうち、止まるものはない。",
        "Of the {flows} declared flows that were delivered it blocks none.",
    ),
    "explain.loses": (
        "届いていた宣言済みの通信 {flows} 件のうち {number} 件が止まる:",
        "Of the {flows} declared flows that were delivered it blocks {number}:",
    ),
    "explain.lost-wholly": ("{flow}", "{flow}"),
    "explain.lost-partly": ("{flow}（一部）", "{flow} (in part)"),
    "explain.more-lost": ("… ほか {number} 件（-v で全件）", "… {number} more (all with -v)"),
    "explain.mends": ("あわせて適合する検査: {checks}。", "Also hold then: {checks}."),
    "explain.breaks": (
        "悪化する可用性の検査: {check}（{status}）。",
        "A check that something works gets worse: {check} ({status}).",
    ),
    "explain.vacuous": (
        "この検査の対象がなくなるために適合する。",
        "The check holds because nothing is left that it speaks of.",
    ),
    "explain.also": (
        (
            "この行は {places} にも当てはまるが、確かめた変更にはそちらを含まない。"
            "行そのものを書き換えるなら、もう一度 verify する。"
        ),
        (
            "The line stands for {places} as well, which the change does not touch; to change "
            "the line itself, verify again."
        ),
    ),
    "explain.claim": (
        "宣言は事実でなければならない。事実にしてから、根拠とともに書く。「?」は記入を要する。",
        "A declaration has to be true before it is written, with its basis; fill in what is `?`.",
    ),
    "explain.none": (
        "適合させる変更は見つからなかった。一つの要素の変更とその組合せを {tried} 通り試した。",
        "No change was found that makes it hold; {tried} were tried, single elements and several.",
    ),
    "explain.almost": (
        "次の変更で違反はなくなるが、{check} は判定不能になる:",
        "With this change nothing is violated any more, but {check} is unknown then:",
    ),
    "explain.almost-missing": ("そのとき足りない宣言:", "What is not declared then:"),
    "explain.untried": (
        "反例の上にない要素の変更 {untried} 通りは試していない（--tries）。",
        "{untried} changes of elements off the counterexamples were not tried (--tries).",
    ),
    "explain.not-failing": (
        "{check} は{status}のため、変更の提案はない。",
        "{check}: {status}; there is nothing to change.",
    ),
    "explain.nothing": (
        "違反も判定不能もなく、説明することはない。",
        "Nothing is violated or unknown: there is nothing to explain.",
    ),
    "explain.progress": (
        "{check} の変更案 {at}/{of}",
        "changes for {check}: {at}/{of}",
    ),
    "error.finding-number": (
        "{check} の後の # には 1 以上の違反の番号を書きます。{given} は番号ではありません",
        "after {check} and # stands the number of a finding, from 1; {given} is none",
    ),
    "error.no-finding-id": (
        "{given} という ID の違反はありません（ID は状態が変わると変わります）",
        "no finding has the id {given}; an id changes with what the finding says",
    ),
    "error.no-finding": (
        "{check} の違反は {number} 件です。{given} という番号はありません",
        "{check} has {number} findings; there is no {given}",
    ),
}

EXPLAIN_WORDS: Words = {**_RULES, **_SETTINGS, **_PORTS, **_PLACES, **_REPORT}
