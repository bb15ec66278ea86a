"""What problems in topology files are called in Japanese and in English."""

from zonecheck.report.lang import Words

_FILES: Words = {
    "folder.no-topology": (
        (
            "このフォルダーに {file} がありません。フォルダー名と同じ名前のファイルが必要です。"
            "ある設計ファイル: {known}。"
        ),
        (
            "The folder has no {file}; expected a file named like the folder."
            " Designs found there: {known}."
        ),
    ),
    "topology.version": (
        "形式の版「{text}」は読めません。このzonecheckが読める版: {known}。",
        "Version '{text}' of this format is not known; expected {known}.",
    ),
    "include.head-key": (
        "include されるファイルに {key} は書けません。include する側のファイルに書いてください。",
        "An included file has no {key}; expected it in the file that includes this one.",
    ),
    "overlay.cycle": (
        "overlay が循環しています({path} に戻ります)。overlay でない設計を元にしてください。",
        "Overlays form a cycle that leads back to {path}; expected a design that is no overlay.",
    ),
    "overlay.changes-without-base": (
        "changes がありますが overlay がありません。元になる設計を overlay に書いてください。",
        "There are changes but no overlay; expected the design to change under 'overlay'.",
    ),
    "overlay.operation": (
        "変更の操作は「{found}」です。set、add、insert、remove のどれか1つを書いてください。",
        "The operation of this change is '{found}'; expected one of set, add, insert, remove.",
    ),
    "overlay.needless": (
        "{operation} に {key} は書けません。削除してください。",
        "{key} has no meaning for {operation}; expected none.",
    ),
    "overlay.missing": (
        "{operation} には {key} が必要です。",
        "Key {key} is missing; expected it for {operation}.",
    ),
    "overlay.path": (
        "パス「{text}」を読めません。キーをドットでつなぎ、ドット入りのキーは [ ] で囲みます。",
        "Path '{text}' is malformed; expected keys joined by dots, those with a dot in brackets.",
    ),
    "overlay.missing-key": (
        "パス {path}: 元の設計に「{key}」がありません。元の設計にあるキーを書いてください。",
        "Path {path}: the design has no '{key}' there; expected a key that exists.",
    ),
    "overlay.already-there": (
        "パス {path}: 「{key}」は {first} にあります。置き換えるなら set を使ってください。",
        "Path {path}: '{key}' exists already at {first}; expected 'set' to replace it.",
    ),
    "overlay.no-parts": (
        "パス {path}: 「{key}」の親は単一の値です。キーやリストのある所を指してください。",
        "Path {path}: what should hold '{key}' is a single value; expected a mapping or a list.",
    ),
    "overlay.no-position": (
        "パス {path}: 位置「{key}」はありません。リストの要素は {length} 個で、0から数えます。",
        "Path {path}: there is no position '{key}'; the list has {length} items, counted from 0.",
    ),
    "overlay.add-to-list": (
        "パス {path}: add はリストの位置には使えません。",
        "Path {path}: a position in a list cannot be added; expected insert.",
    ),
    "overlay.not-a-list": (
        "パス {path} はリストではありません。insert にはリストのパスを書いてください。",
        "Path {path} is not a list; expected the path of a list for insert.",
    ),
}

_REFERENCES: Words = {
    "filter.condition": (
        "フィルター {filter} はインターフェイスに適用されるため、規則に「{key}」を書けません。",
        "Filter {filter} stands at an interface, so its rules take no '{key}'; expected none.",
    ),
    "name.reserved": (
        "「{name}」はIDに使えません(特別な意味を持つ語です)。別の名前を付けてください。",
        "'{name}' has a meaning of its own and cannot be an id; expected another name.",
    ),
    "zone.taken": (
        "領域「{zone}」はすでに定義されています({first})。別の名前を付けてください。",
        "Zone '{zone}' is already defined at {first}; expected another name.",
    ),
    "zone.built-in": (
        "領域「{zone}」は最初から使えます。zones に書かないでください。",
        "Zone '{zone}' is built in; expected only further zones here.",
    ),
    "reference.unknown-zone": (
        "領域「{text}」はありません。使えるもの: {known}。",
        "There is no zone '{text}'; expected one of: {known}.",
    ),
    "reference.unknown": (
        "「{text}」という名前が {sections} にありません。あるもの: {known}。",
        "Nothing is called '{text}' under {sections}; expected one of: {known}.",
    ),
    "reference.other-kind": (
        "「{text}」は {section} のものです({place})。ここには {expected} のIDが必要です。",
        "'{text}' is one of the {section} ({place}); expected one of: {expected}.",
    ),
    "reference.interface-as-address": (
        "「{text}」はインターフェースです。ここにはアドレスが必要です。",
        "'{text}' is an interface; expected its addresses here.",
    ),
    "reference.end-is-whole": (
        (
            "「{text}」: 通信の端は {owner} 全体です。インターフェースは指定できません。"
            "「{owner}」と書いてください（すべてのインターフェースを指します）。"
        ),
        (
            "'{text}': an end is the whole of {owner}, no interface of it; write '{owner}', which "
            "means every interface it has."
        ),
    ),
    "reference.unknown-peer": (
        "外部ネットワーク {owner} の peers に「{text}」はありません。あるもの: {known}。",
        "External network {owner} has no peer '{text}'; expected one of: {known}.",
    ),
    "reference.unknown-interface": (
        "{owner} にインターフェース「{text}」はありません。あるもの: {known}。",
        "{owner} has no interface '{text}'; expected one of: {known}.",
    ),
    "reference.unknown-label": (
        "{owner} にインターフェースまたは label「{text}」はありません。あるもの: {known}。",
        "{owner} has no interface or label '{text}'; expected one of: {known}.",
    ),
    "reference.unknown-filter": (
        "{owner} の filters に「{text}」はありません。あるもの: {known}。",
        "{owner} has no filter '{text}'; expected one of: {known}.",
    ),
    "reference.unknown-vrf": (
        "{owner} のどのインターフェースもVRF「{text}」にありません。あるもの: {known}。",
        "No interface of {owner} is in VRF '{text}'; expected one of: {known}.",
    ),
    "reference.no-service": (
        "サービス「{text}」はありません。tcp/443 の形で書くか、services で名前を付けてください。",
        "There is no service '{text}'; expected a form like tcp/443, or a name given in services.",
    ),
    "reference.unknown-service": (
        (
            "サービス「{text}」はありません。tcp/443 の形か、services にある名前を書いてください。"
            "あるもの: {known}。"
        ),
        (
            "There is no service '{text}'; expected a form like tcp/443, or a name under services:"
            " {known}."
        ),
    ),
    "reference.cycle": (
        "{section} の参照が循環しています: {chain}。循環しないようにしてください。",
        "Names under {section} contain themselves: {chain}; expected no cycle.",
    ),
    "rule.no-addresses": (
        "{section} の「{text}」にはアドレスの宣言がない(または足りない)ため、条件に使えません。",
        "Not all addresses of '{text}' in {section} are declared; expected a name that has them.",
    ),
    "object.no-meaning": (
        "object「{object}」は空で、空のときの意味が書かれていません。",
        "Object '{object}' is empty and does not say what that means; expected addresses.",
    ),
    "service.source-without-ports": (
        "「{text}」に送信元ポートはありません。source は tcp、udp、sctp にだけ書けます。",
        "'{text}' has no source ports; expected 'source' with tcp, udp or sctp only.",
    ),
}

_ELEMENTS: Words = {
    "segment.switches-without-vlan": (
        "セグメント {segment} に switches がありますが vlan がありません。両方書いてください。",
        "Segment {segment} names switches but no VLAN; expected both or neither.",
    ),
    "segment.not-a-switch": (
        "「{text}」は {found} です。switches にはスイッチのIDを書いてください。",
        "'{text}' is a {found}; expected a switch.",
    ),
    "segment.same-vlan": (
        (
            "VLAN {vlan} はスイッチ {switch} ですでにセグメント {segment} のものです({first})。"
            "1台のスイッチでは、1つのVLAN IDに1つのセグメントを対応させてください。"
        ),
        (
            "VLAN {vlan} is already segment {segment} ({first}) on switch {switch};"
            " expected one segment for a VLAN id on each switch."
        ),
    ),
    "host.both-forms": (
        "ホスト {host} に interfaces と {key} の両方があります。どちらかだけにしてください。",
        "Host {host} has interfaces as well as {key} of its own; expected one or the other.",
    ),
    "host.no-interface": (
        "ホスト {host} がどこにもつながっていません。segment か interfaces を書いてください。",
        "Host {host} is connected to nothing; expected a segment or interfaces.",
    ),
    "host.role-misspelt": (
        "役割「{role}」は {meant} の書き間違いのようです。両側を持つ装置は {meant} と書きます。",
        "Role '{role}' looks like {meant}; expected exactly that for a host with two sides.",
    ),
    "host.needs-two-sided-role": (
        (
            "{key} がありますが、ホスト {host} の役割は {role} です。"
            "これが書けるのは役割が {roles} のホストだけです。"
        ),
        "Host {host} has '{key}' but its role is {role}; expected one of the roles {roles}.",
    ),
    "host.one-side": (
        (
            "ホスト {host} のインターフェースはすべて side: {side} ですが、services は両側の間で"
            "受け渡します。side: {other} のインターフェースも必要です。"
        ),
        (
            "All interfaces of host {host} have side '{side}', but services hand over between two"
            " sides; expected an interface with side '{other}' as well."
        ),
    ),
    "host.routes-without-forwarding": (
        "ホスト {host} は ip_forward: false ですが routes があります。どちらかを直してください。",
        "Host {host} has routes but ip_forward is false; expected routes only where it forwards.",
    ),
    "device.ports-on-non-switch": (
        "{device} は {kind} です。ports が書けるのはスイッチだけです(ほかは interfaces の port)。",
        "{device} is a {kind}; expected ports on switches only, 'port' in interfaces elsewhere.",
    ),
    "device.rules-on-switch": (
        "{device} は l2-switch です。IPパケットを転送しない機器に rules は書けません。",
        "{device} is an l2-switch, which forwards no IP packets; expected no rules there.",
    ),
    "filter.without-rules": (
        "{key} がありますが rules がありません。rules を書くか、{key} を削除してください。",
        "There is '{key}' but there are no rules; expected rules as well, or neither.",
    ),
    "port.key-of-other-mode": (
        "{mode} のポートに {key} は書けません。",
        "A port in mode {mode} has no {key}; expected it in the other mode only.",
    ),
    "port.missing-key": (
        "{mode} のポートには {key} が必要です。",
        "Key {key} is missing; expected it for a port in mode {mode}.",
    ),
    "interface.label-is-interface": (
        "label「{label}」は {device} の別のインターフェースの名前です。別の語にしてください。",
        "Label '{label}' is also the name of another interface of {device}; expected it to differ.",
    ),
    "interface.wrong-tag": (
        "{kind} のインターフェースに {key} は書けません。",
        "'{key}' is not for interfaces of a device of kind {kind}; expected the key of that kind.",
    ),
    "interface.tag-without-port": (
        "tag がありますが port がありません。タグの付く物理ポートを port に書いてください。",
        "There is a tag but no port; expected the physical port that carries the tag.",
    ),
    "interface.vlan-and-port": (
        "vlan(SVI)と port(物理ポート)の両方があります。どちらかだけにしてください。",
        "There are both vlan (an SVI) and port (a routed port); expected one or the other.",
    ),
    "interface.no-length": (
        "「{text}」にプレフィックス長がなく、segment もないため、長さが決まりません。",
        "'{text}' has no prefix length, and without a segment none is known; expected one.",
    ),
    "interface.nowhere": (
        "{interface} には segment もリンクもありません。どちらかを書いてください。",
        "{interface} has neither a segment nor a link; expected at least one of them.",
    ),
    "route.one-way": (
        "経路の行き先が1つに決まりません。{keys} のどれか1つを書いてください。",
        "The route does not say one way to go; expected exactly one of: {keys}.",
    ),
    "route.versions": (
        (
            "ネクストホップ {hop} と宛先 {prefix} のIPバージョンが異なります。"
            "IPv{version}のアドレスを書いてください。"
        ),
        "Next hop {hop} is not of the IP version of {prefix}; expected an IPv{version} address.",
    ),
    "route.next-hop-nowhere": (
        "ネクストホップ {hop} は直接つながるプレフィックスにありません。つながるもの: {known}。",
        "Next hop {hop} is in no connected prefix; expected an address in one of: {known}.",
    ),
    "link.two-ends": (
        "リンクの端が {found} 個あります。2個書いてください。",
        "The link has {found} ends; expected two.",
    ),
    "link.no-port": (
        "「{text}」にポートがありません。「機器/ポート」の形で書いてください。",
        "'{text}' names no port; expected the form node/port.",
    ),
    "link.port-taken": (
        "{end} にはすでに別のリンクがあります({first})。1つのポートに書けるリンクは1本です。",
        "{end} has a link already at {first}; expected at most one link on a port.",
    ),
    "link.unknown-port": (
        "{owner} に、ポート「{text}」を使うインターフェースはありません。あるポート: {known}。",
        "No interface of {owner} is on port '{text}'; expected one of: {known}.",
    ),
    "link.no-vlans": (
        "スイッチのポート {end} のVLANが分かりません。リンクにも ports にも書かれていません。",
        "Nothing says which VLANs switch port {end} carries; expected it on the link or in ports.",
    ),
    "link.native-without-vlans": (
        "native がありますが vlans がありません。両方書いてください。",
        "There is a native VLAN but no vlans; expected both.",
    ),
    "link.vlans-of-declared-port": (
        "{end} のVLANは ports に書かれています。リンクの vlans は削除してください。",
        "The VLANs of {end} are declared in ports; expected none on the link.",
    ),
    "link.vlans-without-switch": (
        "vlans がありますが、どちらの端もスイッチのポートではありません。削除してください。",
        "The link has vlans but no end is a switch port; expected none.",
    ),
    "channel.both-forms": (
        "legs と {key} の両方があります。どちらかだけにしてください。",
        "There are legs as well as '{key}'; expected one or the other.",
    ),
    "channel.no-legs": (
        "チャネル {channel} の通信がありません。legs、または from、to、service を書いてください。",
        "Channel {channel} has no traffic; expected legs, or from, to and service.",
    ),
}

_PLAN: Words = {
    "address.no-prefix": (
        "セグメント {segment} にプレフィックスがないため、{text} を置けません。",
        "Segment {segment} has no prefix for {text}; expected one that holds it.",
    ),
    "address.outside": (
        "{text} はセグメント {segment} のプレフィックスの外です。{known} の中に置いてください。",
        "{text} lies outside segment {segment}; expected an address in {known}.",
    ),
    "address.duplicate": (
        "{text} は {owner} のアドレスと重なっています({first})。別のアドレスにしてください。",
        "{text} overlaps an address of {owner} at {first}; expected an address of its own.",
    ),
    "address.network": (
        "{address} は {prefix} のネットワークアドレスです。機器には付けられません。",
        "{address} is the network address of {prefix}; expected an address for a station.",
    ),
    "address.broadcast": (
        "{address} は {prefix} のブロードキャストアドレスです。機器には付けられません。",
        "{address} is the broadcast address of {prefix}; expected an address for a station.",
    ),
    "prefix.overlap": (
        "{prefix} は {owner} の {other} と重なっています({first})。重ならないようにしてください。",
        "{prefix} overlaps {other} of {owner} at {first}; expected prefixes that do not overlap.",
    ),
    "mac.duplicate": (
        "MACアドレス {mac} は {owner} のものです({first})。機器ごとに別のものを書いてください。",
        "MAC address {mac} belongs to {owner} at {first}; expected one of its own.",
    ),
}

_HINTS: Words = {
    "hint.declare-zone": (
        (
            "ほかの領域は zones に {{ID: {{ja: 名前}}}} の形で宣言してください。"
            "プロファイルにある領域は、プロファイルと同じIDで書きます。"
        ),
        (
            "Declare a further zone under 'zones' as {{ID: {{ja: its name}}}}, one of the profile"
            " with the id it has there."
        ),
    ),
    "hint.zone-is-no-place": (
        "「{zone}」は領域です。その中のセグメント、ホスト、または外部ネットワークを書いてください。",
        "'{zone}' is a zone; name a segment, host or external network in it.",
    ),
    "hint.designs-beside": (
        "同じフォルダーにある構成ファイル: {known}。",
        "Designs in the same folder: {known}.",
    ),
    "hint.newer-zonecheck": (
        "新しい版のzonecheckで読めるかもしれません。",
        "A newer zonecheck may read it.",
    ),
    "hint.not-modelled": (
        "「{word}」はまだモデル化されていません。zonecheck はこれについて何も証明できません。",
        "'{word}' is not modelled yet: zonecheck cannot prove anything about it.",
    ),
    "hint.give-prefix": (
        "セグメント {name} に prefix を書いてください。",
        "Give segment {name} a prefix.",
    ),
    "hint.give-address": (
        "{name} のインターフェースに ip を書いてください。",
        "Give an interface of {name} an 'ip'.",
    ),
    "hint.name-segment": (
        "ホストの ip を書くか、代わりにセグメント {segment} を書いてください。",
        "Give the host an 'ip', or name segment {segment} instead.",
    ),
    "hint.any-with-interface": (
        "any と書いて in や out を指定するか、{name} に prefix を書いてください。",
        "Write 'any' together with 'in' or 'out', or give {name} a prefix.",
    ),
    "hint.other-segment": (
        "セグメント {segment} のアドレスです。",
        "It is an address of segment {segment}.",
    ),
    "hint.length-or-segment": (
        "{text}/24 のように長さを付けるか、segment を書いてください。",
        "Write it with a length, like {text}/24, or give the interface a segment.",
    ),
    "hint.undefined-filter": (
        "filters に定義してください。設定に名前だけあって中身がなければ「{name}: undefined」。",
        (
            "Define it under filters; for a list the device names but does not have, write"
            " '{name}: undefined'."
        ),
    ),
    "hint.use-key": ("{key} を使ってください。", "Use '{key}'."),
    "hint.use-insert": (
        "リストに加えるには insert と at を使ってください。",
        "Use insert with 'at' to add to a list.",
    ),
    "hint.vlans-or-ports": (
        "リンクに vlans を書くか、{device} の ports に書いてください。",
        "Write vlans on the link, or declare the port under ports of {device}.",
    ),
    "hint.when-empty": (
        "objects に「when_empty: any」か「when_empty: none」を書いてください。",
        "Write 'when_empty: any' or 'when_empty: none' in the object.",
    ),
    "hint.switches": (
        "VLAN IDの意味がスイッチごとに違うなら、両方のセグメントに switches を書いてください。",
        "If the id means different segments on different switches, give both segments 'switches'.",
    ),
}

TOPOLOGY_WORDS: Words = {
    **_FILES,
    **_REFERENCES,
    **_ELEMENTS,
    **_PLAN,
    **_HINTS,
}
