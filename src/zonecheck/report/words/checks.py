"""Title and meaning of every check.

`<id>.title` is the short name, `<id>.proves` what a verdict of `holds` says and
`<id>.counterexample` what is shown when it fails.
"""

from zonecheck.report.lang import Words

CHECK_WORDS: Words = {
    "check.zone-assignment.title": ("領域の割当て", "every place in exactly one zone"),
    "check.zone-assignment.proves": (
        (
            "すべてのセグメントと外部ネットワークがちょうど一つの既知の領域に属し、"
            "ホストの領域はその"
            "インターフェイスの領域に、リンクの領域タグは実際に流れるVLANの領域に一致する。"
        ),
        (
            "Each segment and external network has exactly one known zone, a host's "
            "zones are those of "
            "its interfaces, and a link's tag is the set of zones of the VLANs it can carry."
        ),
    ),
    "check.zone-assignment.counterexample": (
        "領域がない、または一致しない要素と、その記載箇所。",
        "the element without a zone, or with the wrong one, and where it is written.",
    ),
    "check.multi-zone-host.title": ("複数領域への接続", "no host in two zones"),
    "check.multi-zone-host.proves": (
        (
            "複数の領域にインターフェイスを持つのは、無害化装置・画面転送ブローカー・"
            "一方向中継装置と"
            "して領域を明示したホストと、領域を明示したネットワーク機器だけである。"
        ),
        (
            "Only hosts declared as sanitiser, VDI broker or one-way relay for exactly "
            "those zones, and "
            "network devices that name their zones, have interfaces in more than one zone."
        ),
    ),
    "check.multi-zone-host.counterexample": (
        "該当するホストまたは機器と、領域ごとのインターフェイス。",
        "the host or device and its interfaces by zone.",
    ),
    "check.shared-l2-domain.title": ("同一L2ドメイン", "no broadcast domain across zones"),
    "check.shared-l2-domain.proves": (
        (
            "アクセスポート・トランク・ネイティブVLAN・"
            "二重タグをたどって得られるL2ドメインのどれにも、"
            "二つの領域のインターフェイスが同居しない。IPアドレスやフィルターには依存しない。"
        ),
        (
            "After following access ports, trunks, native VLANs and double tags, no "
            "broadcast domain "
            "holds interfaces of two zones, whatever their IP addresses and filters."
        ),
    ),
    "check.shared-l2-domain.counterexample": (
        "二つのインターフェイスと、両者をつなぐポートとVLANの連なり。",
        "two interfaces and the chain of ports and VLANs that joins them.",
    ),
    "check.mynumber-isolation.title": (
        "マイナンバー利用事務系の分離",
        "isolation of the My Number area",
    ),
    "check.mynumber-isolation.proves": (
        (
            "マイナンバー利用事務系とそれ以外との間では、宣言した特定通信を除き、"
            "どのパケットもどちら向き"
            "にも届かない。中継するホストをたどっても、情報の経路は存在しない。"
        ),
        (
            "Apart from the declared specific flows no packet passes between the My "
            "Number area and "
            "anything else, either way, and no chain of relaying hosts carries information across."
        ),
    ),
    "check.mynumber-isolation.counterexample": (
        "届くパケットと通過した規則、または中継の連なり。",
        "a delivered packet with the rules that let it through, or a chain of relays.",
    ),
    "check.lgwan-internet-separation.title": (
        "LGWAN接続系とインターネット接続系の分割",
        "separation of the LGWAN and Internet areas",
    ),
    "check.lgwan-internet-separation.proves": (
        (
            "LGWAN接続系とインターネット接続系（および開かれた外部ネットワーク）"
            "との間では、宣言した通信"
            "チャネルと特定通信を除き、どのパケットもどちら向きにも届かない。"
        ),
        (
            "Apart from declared channels and specific flows no packet passes between "
            "the LGWAN area "
            "and the Internet area or an open network, either way."
        ),
    ),
    "check.lgwan-internet-separation.counterexample": (
        "届くパケットと、通過した規則。",
        "a delivered packet with the rules that let it through.",
    ),
    "check.unfiltered-zone-crossing.title": (
        "フィルターなしの領域間経路",
        "no unfiltered way between zones",
    ),
    "check.unfiltered-zone-crossing.proves": (
        (
            "領域から領域への経路はすべて、末尾で拒否するフィルターを少なくとも一つ通る。"
            "末尾で拒否する"
            "フィルターを全拒否とみなすと、領域を越えて届くパケットはない。"
            "二つの領域の間のTCPまたはUDPの半分を超えて許可するフィルターは、"
            "規則をどう書き分けても、その間では末尾で拒否するものではない。"
        ),
        (
            "Every way from zone to zone crosses a filter that ends in a deny: with all "
            "such filters "
            "taken to deny everything, no packet is delivered from one zone to another. "
            "A filter that permits more than half of TCP or of UDP between parties of two zones, "
            "however its rules are split, does not end in a deny for them."
        ),
    ),
    "check.unfiltered-zone-crossing.counterexample": (
        "そのようなフィルターを一つも通らずに届くパケット。",
        "a packet delivered without crossing any such filter.",
    ),
    "check.undeclared-permit.title": ("未宣言の許可", "nothing permitted beyond the declared"),
    "check.undeclared-permit.proves": (
        "領域間で届くパケットはすべて、宣言した通信チャネルか特定通信に、送信元を含めて一致する。",
        (
            "Every packet delivered between zones belongs to a declared channel or "
            "specific flow, its "
            "origin included."
        ),
    ),
    "check.undeclared-permit.counterexample": (
        "宣言にないのに届くパケットと、許可した規則。",
        "a delivered packet nothing declares, with the rule that permits it.",
    ),
    "check.ipv6-parity.title": ("IPv6の同等性", "IPv6 is kept apart as well"),
    "check.ipv6-parity.proves": (
        (
            "領域間で届くIPv6パケットは、宣言した通信だけである。"
            "IPv6を設計していない場所のリンクローカル通信も含む。"
        ),
        (
            "No IPv6 packet is delivered between zones but those declared, link-local ones "
            "included, whether or not anybody planned IPv6."
        ),
    ),
    "check.ipv6-parity.counterexample": (
        "領域を越えて届くIPv6パケット、または同じL2ドメインにある二つの領域。",
        "an IPv6 packet delivered across zones, or two zones in one broadcast domain.",
    ),
    "check.route-filter-consistency.title": (
        "経路とフィルターの整合",
        "routes and filters agree",
    ),
    "check.route-filter-consistency.proves": (
        (
            "宣言した通信はどれも、宣言したどのポートでも宛先に届き、応答も戻る。"
            "宣言したトンネルの両端は互いに届く。"
            "経路は循環せず、どの次ホップにもそれを持つものがある。"
        ),
        (
            "Every declared flow arrives on each port it declares and is answered, the ends of "
            "every declared tunnel reach each other, no packet goes round in a circle, and every "
            "next hop is had by something."
        ),
    ),
    "check.route-filter-consistency.counterexample": (
        "宣言した通信が止まる場所と理由、循環、または持ち主のない次ホップ。",
        "where a declared flow stops and why, a circle, or a next hop nobody has.",
    ),
    "check.asymmetric-path.title": ("非対称経路", "replies come back the way they went"),
    "check.asymmetric-path.proves": (
        (
            "宣言した通信の応答は、どの経路でも、往路と同じステートフルな機器を通り、"
            "セッションを持たないフィルターに当たらない。"
        ),
        (
            "On every branch the replies to declared flows pass the stateful devices of the way "
            "there and meet no stateful filter without their session."
        ),
    ),
    "check.asymmetric-path.counterexample": (
        "往路と復路、避けられた機器またはセッションのないフィルター。",
        "both ways, with the device avoided or the filter that holds no session.",
    ),
    "check.mgmt-plane-isolation.title": ("管理面の分離", "devices are managed from one place"),
    "check.mgmt-plane-isolation.proves": (
        (
            "ネットワーク機器自身に届くパケットは、詐称を含め、"
            "同じ領域の管理セグメントからのものだけである。"
        ),
        (
            "Nothing reaches a network device itself, forged or not, but from management "
            "segments of one zone, its own."
        ),
    ),
    "check.mgmt-plane-isolation.counterexample": (
        "機器自身に届くパケット、または広すぎる管理の宣言。",
        "a packet that reaches the device itself, or an entry that admits too much.",
    ),
    "check.trunk-vlan-scope.title": ("トランクの許可VLAN", "trunks carry what is planned"),
    "check.trunk-vlan-scope.proves": (
        (
            "トランクの許可VLANは両端で等しく、そこに予定のある、"
            "リンクの領域タグの領域のVLANだけである。ネイティブVLANは両端で等しく"
            "使われず、アクセスポートはDTPを使わない。"
        ),
        (
            "Both ends of a trunk allow the same VLANs, all planned there and of the link's "
            "zones; native VLANs are equal and unused, and no access port negotiates trunks."
        ),
    ),
    "check.trunk-vlan-scope.counterexample": (
        "該当するポートとVLAN。",
        "the port and the VLANs.",
    ),
    "check.nac-enforced.title": (
        "機器固有情報による接続制御",
        "devices are identified before they connect",
    ),
    "check.nac-enforced.proves": (
        ("対象の領域のアクセスポートとSSIDはすべて、MACアドレスか証明書で接続する機器を認証する。"),
        (
            "Every access port and SSID of the covered zones authenticates the device by MAC "
            "address or certificate."
        ),
    ),
    "check.nac-enforced.counterexample": (
        "認証のないアクセスポートまたはSSID。",
        "the access ports or the SSID without authentication.",
    ),
    "check.sanitised-channel-only.title": (
        "無害化経路の強制",
        "information enters only sanitised",
    ),
    "check.sanitised-channel-only.proves": (
        (
            "インターネット側からLGWAN接続系への（プロファイルが求める場合は逆向きも）"
            "情報の経路は、"
            "中継をたどってもすべて、認められた無害化サービスを通る。"
        ),
        (
            "Every way of information from the Internet side to the LGWAN area (and back where the "
            "profile says so), relays included, passes an accepted sanitiser service."
        ),
    ),
    "check.sanitised-channel-only.counterexample": (
        (
            "無害化を通らない情報の経路と、途中の中継。「san/core」は無害化装置 san の内部を表し、"
            "listens が未宣言の側が受け取ったものはそこに届き得る。"
        ),
        (
            "a way around the sanitisers with the relays it uses. `san/core` is the inside of a"
            " sanitiser `san`, which anything may reach that a side without `listens` accepts."
        ),
    ),
    "check.sanitise-mail-text.title": ("メール本文テキスト化", "mail enters as plain text only"),
    "check.sanitise-mail-text.proves": (
        (
            "メールの無害化チャネルは、本文のみをテキスト化する設定の無害化装置を通り、"
            "宣言した相手以外は"
            "その区間を使えない。"
        ),
        (
            "Mail channels pass a sanitiser set to plain text only, and nobody but the declared "
            "partners uses their legs."
        ),
    ),
    "check.sanitise-mail-text.counterexample": (
        "求められる値でない設定、または宣言外の送信元からのパケット。",
        "a setting other than the required one, or a packet from an undeclared partner.",
    ),
    "check.sanitise-screen-transfer.title": ("画面転送", "screens are transferred, nothing else"),
    "check.sanitise-screen-transfer.proves": (
        (
            "画面転送チャネルは、クリップボード・ドライブ・プリンター・"
            "USBのリダイレクトをすべて無効にした"
            "装置を通り、画面転送以外の通信は並行して許可されない。"
        ),
        (
            "Screen-transfer channels pass a broker with clipboard, drive, printer and "
            "USB redirection "
            "off, and nothing else is permitted beside the display protocol."
        ),
    ),
    "check.sanitise-screen-transfer.counterexample": (
        "有効なリダイレクト、または画面転送以外に届くパケット。",
        "a redirection that is on, or a packet that passes beside the display protocol.",
    ),
    "check.sanitise-file.title": ("ファイル無害化", "files enter cleaned only"),
    "check.sanitise-file.proves": (
        (
            "ファイル取込みチャネルは、認められた方式（cdr、reconstruct、image、"
            "multi-av）で処理し、"
            "無害化できないファイルを遮断する装置を通る。"
        ),
        (
            "File channels pass a sanitiser with an accepted mode (cdr, reconstruct, "
            "image, multi-av) "
            "that blocks what it cannot clean."
        ),
    ),
    "check.sanitise-file.counterexample": (
        "求められる値でない設定、または無害化装置を迂回するパケット。",
        "a setting other than the required one, or a packet around the sanitiser.",
    ),
}
