"""What problems with translation, standby members, SSIDs, tunnels and states are called."""

from zonecheck.report.lang import Words

_DEVICES: Words = {
    "device.key-of-other-kind": (
        "{device} は {kind} です。{key} が書けるのは {kinds} だけです。",
        "{device} is a {kind}; expected '{key}' on devices of kind {kinds} only.",
    ),
    "topology.empty": (
        "ネットワークが書かれていません。segments、hosts、devices を書くか、include してください。",
        "There is no network in this file; expected segments, hosts and devices, or an include.",
    ),
    "link.bridged-trunk": (
        (
            "透過型ファイアウォール {device} の {interface} はトランクにつながっています。"
            "VLANごとに、port と tag のあるインターフェースを書くか、"
            "アクセスポートにつないでください。"
        ),
        (
            "{interface} of transparent firewall {device} is cabled to a trunk; expected an"
            " interface with 'port' and 'tag' for each VLAN, or an access port."
        ),
    ),
    "link.bridged-tag": (
        (
            "透過型ファイアウォール {device} の {interface} はタグ付きですが、"
            "つながる先はアクセスポートです。tag を外すか、トランクにつないでください。"
        ),
        (
            "{interface} of transparent firewall {device} has a tag and is cabled to an access"
            " port; expected no 'tag', or a trunk."
        ),
    ),
    "device.too-few-sides": (
        (
            "透過型ファイアウォール {device} に、ipのないインターフェースが {found} 個あります。"
            "間に立つ側として2個以上書いてください。"
        ),
        (
            "Transparent firewall {device} stands between {found} interfaces without 'ip';"
            " expected two or more."
        ),
    ),
    "interface.bridged": (
        (
            "{key} は書けません。透過型ファイアウォールのipのないインターフェースはIPを持ちません。"
            "フィルターは機器の rules に書いてください。"
        ),
        (
            "An interface of a transparent firewall without 'ip' has no {key}; expected what it"
            " lets pass under 'rules' of the device."
        ),
    ),
    "filter.needs-state": (
        "{key} は stateful: true のフィルターにだけ意味があります。どちらかを直してください。",
        "'{key}' means something in stateful filters only; expected 'stateful: true' beside it.",
    ),
    "span.one-place": (
        "{device} の監視対象が1つに決まりません。from と vlan のどちらか1つを書いてください。",
        "It is not clear what of {device} is watched; expected exactly one of: from, vlan.",
    ),
    "span.unknown-port": (
        "{owner} にスイッチポート「{text}」はありません。あるもの: {known}。",
        "{owner} has no switch port '{text}'; expected one of: {known}.",
    ),
    "link.other-vlans": (
        (
            "{end} のVLANが {first} のリンクと異なります。"
            "待機側のポートは機器本体と同じです。同じVLANを書いてください。"
        ),
        (
            "{end} has other VLANs than the link at {first}; expected the same, for a standby"
            " member has the ports of its device."
        ),
    ),
}

_NAT: Words = {
    "nat.nothing": (
        "何に変換するかが書かれていません。{keys} のどれかを書いてください。",
        "The line does not say what becomes of what it matches; expected one of: {keys}.",
    ),
    "nat.exempt-with-target": (
        "exempt(変換しない)と {key} の両方があります。どちらかだけにしてください。",
        "There are both exempt and {key}; expected one or the other.",
    ),
    "nat.exempt-without-kind": (
        "exempt には kind が必要です。source(送信元)か destination(宛先)を書いてください。",
        "An exemption does not say from what; expected 'kind: source' or 'kind: destination'.",
    ),
    "nat.kind-without-exempt": (
        "kind は exempt: true の行にだけ書けます。削除してください。",
        "'kind' is for lines with 'exempt: true' only; expected none.",
    ),
    "nat.out-of-destination": (
        (
            "宛先の変換は経路を決める前に行われるため、out を条件にできません。"
            "source がある場合は別の行に分けてください。"
        ),
        (
            "A destination is translated before the way out is known; expected no 'out', and a"
            " 'source' that needs it in a line of its own."
        ),
    ),
    "nat.destination-size": (
        (
            "複数のアドレス {target} への宛先変換には、同じ大きさの範囲またはプレフィックスを"
            "1つだけ to に書いてください。"
        ),
        (
            "The destination becomes one of several addresses {target}; expected 'to' with one"
            " range or prefix of the same size."
        ),
    ),
    "nat.port-without-destination": (
        "port がありますが destination がありません。両方書いてください。",
        "There is a port but no destination; expected both.",
    ),
    "nat.port-without-service": (
        "port がありますが service がありません。変換するサービス(例: tcp/443)を書いてください。",
        "There is a port but no service; expected the service whose port it replaces: tcp/443.",
    ),
    "nat.service-without-ports": (
        "port を変換できるのは tcp、udp、sctp だけです。service をそのように書いてください。",
        "Only tcp, udp and sctp have a port to replace; expected nothing else under 'service'.",
    ),
    "nat.versions": (
        (
            "条件「{match}」と変換後のアドレスのIPバージョンが異なります。"
            "同じバージョンで書いてください。"
        ),
        (
            "'{match}' has no address of the IP version it would become; expected the same version"
            " on both sides."
        ),
    ),
    "nat.interface-without-out": (
        "source: interface には out が必要です。出力側のインターフェースを書いてください。",
        "'source: interface' does not say which one; expected the outgoing interface under 'out'.",
    ),
    "nat.no-address": (
        "出力側のインターフェース {interface} にアドレスがありません。ip を書いてください。",
        "Outgoing interface {interface} has no address to become; expected an 'ip' there.",
    ),
    "nat.key-with-static": (
        "static と {key} の両方があります。static と書けるのは name、in、out だけです。",
        "There are both static and {key}; expected only name, in and out beside static.",
    ),
    "nat.static-size": (
        (
            "{inside} と {outside} は1対1に対応しません。"
            "同じバージョン・同じ数のアドレスにしてください。"
        ),
        "{inside} and {outside} do not match one to one; expected one IP version and one size.",
    ),
}

_REST: Words = {
    "ssid.one-mapping": (
        "{ssid} の対応付けが1つに決まりません。segment と vlan のどちらか1つを書いてください。",
        "It is not clear what {ssid} is mapped to; expected exactly one of: segment, vlan.",
    ),
    "ssid.on-ssid": (
        "「{text}」はSSIDです。対応付けるセグメントを書いてください。",
        "'{text}' is an SSID itself; expected the segment to map to.",
    ),
    "ssid.vlan": (
        (
            "VLAN {vlan} のセグメントが1つに決まりません(該当: {found})。"
            "セグメントとVLAN: {known}。どれか1つに決まるように書いてください。"
        ),
        (
            "VLAN {vlan} does not stand for one segment (it could be: {found}); expected the VLAN"
            " of one of: {known}."
        ),
    ),
    "tunnel.no-ends": (
        "{kind} は事業者の回線なので ends はありません。削除してください。",
        "A tunnel of kind {kind} is a circuit of the carrier; expected no ends.",
    ),
    "tunnel.two-ends": (
        "トンネルの端が {found} 個あります。外側のアドレスを2個書いてください。",
        "The tunnel has {found} ends; expected two different outer addresses.",
    ),
    "tunnel.versions": (
        "両端のIPバージョンが異なります。同じバージョンのアドレスを書いてください。",
        "The two ends are of different IP versions; expected the same version.",
    ),
    "state.member": (
        "{name} は待機側のIDです。その状態は自動的に検証されます。別の名前を付けてください。",
        "{name} is a standby member, whose turn is proved by itself; expected another name.",
    ),
    "state.unknown-member": (
        "待機側「{text}」はありません(ha の member に書きます)。あるもの: {known}。",
        "There is no standby member '{text}' (members stand under ha); expected one of: {known}.",
    ),
    "state.two-in-charge": (
        "{device} ではすでに {first} が稼働しています。1台だけ書いてください。",
        "{first} is already in charge of {device}; expected one member of a device.",
    ),
    "state.nothing-floats": (
        "{device} には予備の経路がありません。routes に distance の大きい経路を書いてください。",
        "{device} has no route that waits; expected one of a worse 'distance' under its routes.",
    ),
    "state.unknown-part": (
        (
            "「{text}」はありません。リンクは「a/b -- c/d」、スイッチポートは「a/b」です。"
            "あるもの: {known}。"
        ),
        "There is no '{text}'; expected a link 'a/b -- c/d' or a switch port 'a/b': {known}.",
    ),
    "hint.ssid-switches": (
        "無線アクセスポイントのつながるスイッチを switches に書くか、segment を書いてください。",
        "Name the switches of its access points under 'switches', or write the segment.",
    ),
}

ELEMENT_WORDS: Words = {**_DEVICES, **_NAT, **_REST}
