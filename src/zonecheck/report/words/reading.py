"""Wordings of what is wrong with capture files, and of what is odd in their packets."""

from zonecheck.report.lang import Words

_STOPS: Words = {
    "capture.stop.unreadable": ("開けない", "it cannot be opened"),
    "capture.stop.empty": ("空のファイル", "the file is empty"),
    "capture.stop.folder-empty": (
        "フォルダーにキャプチャがない",
        "the folder holds no capture",
    ),
    "capture.stop.not-a-capture": (
        "pcap でも pcapng でもない",
        "this is neither pcap nor pcapng",
    ),
    "capture.stop.magic-modified": (
        "変種の pcap（記録の形が異なる）。Wireshark などで pcapng に変換してください",
        "a variant of pcap with records of another layout; convert it to pcapng (Wireshark can)",
    ),
    "capture.stop.compression-unsupported": (
        "この圧縮は読めない。展開してください",
        "this compression is not read; uncompress it first",
    ),
    "capture.stop.version": ("pcap の版が異なる", "another version of pcap"),
    "capture.stop.link-type": (
        "この種類のリンクは読めない",
        "packets of this link type are not read",
    ),
    "capture.stop.header-cut": ("ファイルの先頭が途中で切れている", "the file header is cut"),
    "capture.stop.record-header-cut": (
        "パケットの見出しが途中で切れている",
        "the header of a packet is cut",
    ),
    "capture.stop.record-cut": ("最後のパケットが途中で切れている", "the last packet is cut"),
    "capture.stop.length-corrupt": (
        "パケットの長さが壊れている",
        "the length of a packet is corrupt",
    ),
    "capture.stop.byte-order": ("バイト順の印が壊れている", "the byte-order mark is corrupt"),
    "capture.stop.block-cut": ("ブロックが途中で切れている", "a block is cut"),
    "capture.stop.block-length": (
        "ブロックの長さが壊れている",
        "the length of a block is corrupt",
    ),
    "capture.stop.option-length": (
        "インターフェースのオプションの長さが壊れている",
        "the length of an interface's option is corrupt",
    ),
    "capture.stop.interface-undefined": (
        "定義のないインターフェースのパケット",
        "a packet of an interface that is not defined",
    ),
    "capture.stop.compression-cut": (
        "圧縮データが途中で切れている",
        "the compressed data is cut",
    ),
    "capture.stop.compression-corrupt": (
        "圧縮データが壊れている",
        "the compressed data is corrupt",
    ),
    "capture.stop.compression-trailing": (
        "圧縮データの後に余分なデータがある",
        "something follows the compressed data",
    ),
}

_ODD: Words = {
    "capture.weird.captured-nothing": ("長さ 0", "nothing captured of them"),
    "capture.weird.captured-beyond-original": (
        "元の長さより長く記録",
        "captured longer than they were",
    ),
    "capture.weird.captured-beyond-snap-length": (
        "上限より長く記録",
        "captured beyond the snap length",
    ),
    "capture.weird.time-fraction": ("1秒以上の端数", "a second or more within the second"),
    "capture.weird.time-out-of-range": ("あり得ない時刻", "an impossible time"),
    "capture.weird.time-missing": ("時刻なし", "without a time"),
    "capture.weird.number-without-packet": (
        "番号だけでパケットがない",
        "numbers without a packet",
    ),
    "capture.weird.truncated-ethernet": (
        "短すぎるフレーム",
        "frames that end within the link header",
    ),
    "capture.weird.truncated-arp": ("短すぎるARP", "ARP that ends too early"),
    "capture.weird.truncated-ip": ("短すぎるIPヘッダー", "IP headers that end too early"),
    "capture.weird.truncated-transport": (
        "短すぎるTCP・UDP・ICMPヘッダー",
        "transport headers that end too early",
    ),
    "capture.weird.truncated-wrapper": (
        "短すぎるMPLS・PPPoE",
        "MPLS or PPPoE that ends too early",
    ),
    "capture.weird.truncated-tunnel": (
        "短すぎるトンネルヘッダー",
        "tunnel headers that end too early",
    ),
    "capture.weird.unusual-arp": ("IPv4以外のARP", "ARP for something else than IPv4"),
    "capture.weird.wrong-ip-version": ("IPの版が食い違う", "IP of another version than announced"),
    "capture.weird.bad-ip-header-length": ("IPヘッダー長の異常", "impossible IP header lengths"),
    "capture.weird.ip-length-below-header": (
        "ヘッダーより短いIP長",
        "IP lengths below the header's",
    ),
    "capture.weird.ip-length-beyond-frame": (
        "フレームより長いIP長",
        "IP lengths beyond the frame",
    ),
    "capture.weird.bad-tcp-header-length": (
        "TCPヘッダー長の異常",
        "impossible TCP header lengths",
    ),
    "capture.weird.tiny-fragment": ("小さすぎる断片（tiny fragment）", "tiny fragments"),
    "capture.weird.fragment-beyond-packet": (
        "65,535 バイトを超える断片",
        "fragments beyond 65,535 bytes",
    ),
    "capture.weird.nested-too-deep": ("深すぎるトンネルの入れ子", "tunnels nested too deeply"),
}

READING_WORDS: Words = {**_STOPS, **_ODD}
