"""What the checks say that are listed as not run, as far as anybody can say it before they are."""

from zonecheck.report.lang import Words

PENDING_WORDS: Words = {
    "check.capture-traffic-surge.title": ("通信量の急増", "no surge of traffic seen"),
    "check.capture-traffic-surge.proves": (
        "キャプチャのどの時間帯でも、領域間の通信量は平常時の何倍という限度を超えない。",
        "In no interval of a capture is the traffic between two zones above its usual multiple.",
    ),
    "check.capture-traffic-surge.counterexample": (
        "限度を超えた時間帯と領域の組。",
        "the interval and the pair of zones.",
    ),
    "check.change-impact-diff.title": ("変更影響", "what a change newly permits"),
    "check.change-impact-diff.proves": (
        "承認済みの構成と比べて新たに通るようになった通信は、すべて確認済みである。",
        "Whatever a design newly permits beside the approved one has been acknowledged.",
    ),
    "check.change-impact-diff.counterexample": (
        "新たに通るパケットと、それを通す規則。",
        "a packet that is newly permitted, and the rule that permits it.",
    ),
    "check.topology-change-approved.title": ("構成変更の承認", "changes are approved"),
    "check.topology-change-approved.proves": (
        "承認済みの構成からの変更は、ないか、すべてに変更の番号がある。",
        "Nothing differs from the approved design, or every difference has the number of a change.",
    ),
    "check.topology-change-approved.counterexample": (
        "承認のない追加または削除。",
        "the element added or removed without approval.",
    ),
    "check.model-capture-drift.title": ("図と実測の差異", "the design matches the wire"),
    "check.model-capture-drift.proves": (
        (
            "キャプチャのどのフレームも、図に書かれた機器・アドレス・VLAN・"
            "許された通信として説明できる。"
        ),
        (
            "Every frame of a capture is explained by the design: its addresses, its VLAN at that "
            "point, and that it is permitted to be there."
        ),
    ),
    "check.model-capture-drift.counterexample": (
        "フレームの番号と、説明できない点。",
        "the number of the frame and what is unexplained.",
    ),
    "check.unknown-device-seen.title": ("未登録機器", "no unknown device seen"),
    "check.unknown-device-seen.proves": (
        "キャプチャに現れる送信元のMACアドレスとIPアドレスはすべて、図に書かれている。",
        "Every source MAC and IP address seen in a capture is one the design knows.",
    ),
    "check.unknown-device-seen.counterexample": ("該当するフレーム。", "the frame."),
    "check.capture-zone-crossing.title": ("領域越え通信の実測", "no crossing of zones seen"),
    "check.capture-zone-crossing.proves": (
        (
            "宣言した通信に当たらずに二つの領域のアドレスの間を流れるフレームは、キャプチャにない。"
            "一つでもあれば図は誤りだが、なくても分離の証明にはならない。"
        ),
        (
            "No frame of a capture runs between addresses of two zones undeclared. One refutes the "
            "design; that there is none proves nothing."
        ),
    ),
    "check.capture-zone-crossing.counterexample": (
        "フレームの番号と、二つの領域。",
        "the number of the frame and its zones.",
    ),
}
