"""Wordings of captures made of a design, and of packets pushed through the model."""

from zonecheck.report.lang import Words

_SYNTHESIS: Words = {
    "synthesise.incomplete": (
        "見る場所（--at PLACE）と書き先（-o FILE）を指定してください。事例の一覧は --list です",
        "say where to watch (--at PLACE) and where to write (-o FILE); --list lists the cases",
    ),
    "synthesise.no-place": (
        (
            "見る場所 {given} はありません。セグメント、「ノード/インターフェイス」、配線の端"
            "「機器/ポート」のどれかを指定してください。似た名前: {near}"
        ),
        (
            "there is no place {given}; name a segment, node/interface, or the end of a cable as "
            "device/port. Similar names: {near}"
        ),
    ),
    "synthesise.no-flow": (
        "{given} という宣言された通信はありません。指定できるもの: {known}",
        "nothing declared is called {given}; known are: {known}",
    ),
    "synthesise.no-case": (
        "{given} という事例はありません。指定できるもの: {known}",
        "no case is called {given}; known are: {known}",
    ),
    "synthesise.not-here": (
        (
            "事例 {case} は {place} では作れません（必要な通信や機器がそこにありません）。"
            "作れる事例は --at {place} --list で分かります"
        ),
        (
            "the case {case} cannot be at {place}, which has not what it needs; --at {place} "
            "--list says which can"
        ),
    ),
    "synthesise.nothing": (
        "{place} を通る宣言された通信がありません",
        "nothing declared passes {place}, and there is nothing else to write",
    ),
    "synthesise.written": (
        "{path} に {number} フレームを書きました",
        "wrote {number} frames to {path}",
    ),
    "synthesise.violation": ("違反", "violation"),
    "synthesise.tolerated": ("正常", "in order"),
    "synthesise.can-be": ("作れる", "can be here"),
    "synthesise.cannot-be": ("作れない", "cannot be here"),
    "synthesise.case-mail-attachment": (
        "無害化装置の先を、添付ファイルつきのメールが通る",
        "a mail with a file in it, beyond the sanitiser",
    ),
    "synthesise.case-wrong-mac": (
        "宣言された通信が、宣言と違う MAC アドレスから出る",
        "a declared session from a MAC address other than the declared one",
    ),
    "synthesise.case-foreign-vlan": (
        "他の領域の VLAN タグがついたフレーム",
        "a frame with the tag of a VLAN of another zone",
    ),
    "synthesise.case-double-tag": (
        "二重タグのフレーム（外側はネイティブ VLAN、内側は他の領域の VLAN）",
        "a frame with two tags: the native VLAN outside, a VLAN of another zone inside",
    ),
    "synthesise.case-ipv6-crossing": (
        "宣言のないルーターの RA と、領域を越える IPv6 の TCP",
        "a router advertisement of nobody declared, and IPv6 TCP to another zone",
    ),
    "synthesise.case-smb-crossing": (
        "LGWAN接続系からインターネット接続系の共有（TCP/445）へ",
        "a share (TCP/445) of the Internet area opened from the LGWAN area",
    ),
    "synthesise.case-open-resolver": (
        "インターネット上のリゾルバーへの DNS",
        "DNS to a resolver somewhere in the Internet",
    ),
    "synthesise.case-outside-window": (
        "時間帯の外の遠隔保守",
        "remote maintenance outside its window",
    ),
    "synthesise.case-undeclared-answer": (
        "宣言のないポートからの SYN-ACK",
        "a SYN-ACK from a port nobody declares",
    ),
    "synthesise.case-unknown-mac": (
        "宣言のない MAC アドレスからの ARP",
        "ARP from a MAC address nobody declares",
    ),
    "synthesise.case-nat-rewritten": (
        "アドレス変換を通る宣言された通信（同じ種なら変換の両側で同じセッション）",
        "declared sessions that are translated: the same on both sides with the same seed",
    ),
    "synthesise.case-fragments": (
        "宣言された通信の断片",
        "fragments of a declared session",
    ),
    "synthesise.case-icmp-errors": (
        "宣言された通信についての ICMP エラー",
        "ICMP errors about a declared session",
    ),
    "synthesise.case-background": (
        "STP、LLDP、ARP、DHCP、VRRP、IPv6 ND（--background と同じ）",
        "STP, LLDP, ARP, DHCP, VRRP, IPv6 ND (the same as --background)",
    ),
}

_REPLAY: Words = {
    "replay.no-scapy": (
        "scapy がありません。pip install scapy で入れてください",
        "scapy is not installed; pip install scapy brings it",
    ),
    "replay.incomplete": (
        (
            "何を流すかが足りません。構成をカーネルに流すなら replay 構成 --kernel、"
            "違反やキャプチャを流すなら --topology 構成 を指定してください"
        ),
        (
            "say what to push through what: replay TOPOLOGY --kernel for a design through the "
            "kernel, or --topology T for a finding or a capture through the model"
        ),
    ),
    "replay.kernel-designs": (
        "--kernel は構成だけを流します。--topology と --show は使えません",
        "--kernel takes designs only, so that --topology and --show do not go with it",
    ),
    "replay.model-only": (
        "{options} は --kernel のときだけ使えます",
        "{options} goes with --kernel only",
    ),
    "replay.show-findings": (
        "--show は違反だけに使えます。{path} はファイルです",
        "--show is for findings; {path} is a file",
    ),
    "replay.no-file": (
        (
            "キャプチャ {path} がありません。違反なら「検査」「検査#番号」または f- で始まる ID "
            "を指定してください"
        ),
        "there is no capture {path}; a finding is named CHECK, CHECK#N or by an id that begins f-",
    ),
    "replay.not-a-directory": (
        "{path} はフォルダーではありません。-o には出力先のフォルダーを指定してください",
        "{path} is no folder; -o names the folder to write into",
    ),
    "replay.not-a-capture": (
        "{path} は pcap でも pcapng でもないか、壊れています（{detail}）",
        "{path} is neither pcap nor pcapng, or damaged ({detail})",
    ),
    "replay.no-packet": (
        (
            "{finding} の反例はパケットではありません（宣言や設定の不足など）。"
            "explain が内容を示します"
        ),
        "what {finding} shows is no packet but a declaration or setting; explain tells it",
    ),
    "replay.no-sender": (
        "{finding} のパケットには送り手がありません（規則だけの話です）。--show で内容を示せます",
        "the packet of {finding} has no sender, as it is about rules alone; --show tells it",
    ),
    "replay.nothing": (
        (
            "{path} には流せる IP パケットがありません（フレーム {frames} 個、"
            "飛ばした理由: {skipped}）"
        ),
        "there is no IP packet in {path} to push ({frames} frames, skipped: {skipped})",
    ),
    "replay.title": (
        "{subject}: 構成「{design}」{state}に流した結果",
        "{subject} pushed through {design}{state}",
    ),
    "replay.delivered": ("届く: {point}", "delivered at {point}"),
    "replay.dropped": ("落ちる: {reason}", "dropped: {reason}"),
    "replay.neighbours": (
        "{a} のどのフレームも {b} に届く（同じブロードキャストドメイン）",
        "every frame of {a} gets to {b}: they share a broadcast domain",
    ),
    "replay.nowhere": ("どこにも届かない", "nobody takes it"),
    "replay.opens": ("セッションを開く", "opens a session"),
    "replay.seen": ("フレーム {first}（同じもの {frames}）", "frame {first} ({frames} alike)"),
    "replay.skipped": ("飛ばしたフレーム:", "frames skipped:"),
    "replay.files": ("書いたファイル {number} 個:", "{number} files written:"),
    "replay.skipped-not-ip": ("IP ではない（ARP、STP など）", "not IP (ARP, STP and the like)"),
    "replay.skipped-unread": (
        "Ethernet でも IP でもなく読めない",
        "neither Ethernet nor IP, not read",
    ),
    "replay.skipped-cut": (
        "途中で切れていて、ポートや種別が分からない",
        "cut before its ports or type",
    ),
    "replay.skipped-multicast": (
        "マルチキャストかブロードキャスト（モデルは扱わない）",
        "multicast or broadcast, which the model does not speak of",
    ),
    "replay.skipped-link-local": (
        "リンクローカルか未指定のアドレス（モデルは扱わない）",
        "link-local or unspecified addresses, which the model does not speak of",
    ),
    "replay.skipped-no-origin": (
        "送信元アドレスを持つものが構成にない",
        "nobody in the design has its source address",
    ),
}

PACKET_WORDS: Words = {**_SYNTHESIS, **_REPLAY}
