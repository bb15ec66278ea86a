"""Wordings of assertions in an engineer's own tests, and of checks that pytest runs."""

from zonecheck.report.lang import Words

TESTING_WORDS: Words = {
    "testing.no-path": (
        "{origin} から {destination} への通信がある（{service}）",
        "packets get from {origin} to {destination} ({service})",
    ),
    "testing.only-through": (
        "{origin} から {destination} へ、{node} を通らない通信がある（{service}）",
        "packets get from {origin} to {destination} past {node} ({service})",
    ),
    "testing.not-holds": (
        "{design} は {profile} に適合しない",
        "{design} does not hold under {profile}",
    ),
    "testing.any-service": ("すべての通信", "any service"),
    "testing.may": (
        "宣言のない事項次第で、次が届き得る（判定不能）",
        "depending on what is not declared, this may get there (unknown)",
    ),
    "testing.unproved": ("証明できない（判定不能）", "this cannot be proved (unknown)"),
    "testing.hangs-on": ("宣言のない事項", "not declared"),
    "testing.more-paths": ("ほかにもある", "and more"),
    "testing.asked-not-run": (
        "{check} は指定されたが、実施していない（{status}）",
        "{check} was asked for and is not made ({status})",
    ),
    "testing.below-level": (
        "違反（{level}）。--zonecheck-fail-on により失敗としない",
        "violated ({level}), which --zonecheck-fail-on does not count as a failure",
    ),
    "testing.skipped": ("{status}: {title}", "{status}: {title}"),
    "testing.no-topology": (
        "この場所に構成ファイルがない: {path}",
        "there is no topology file at {path}",
    ),
    "testing.no-fixture": (
        '構成の指定がない。--zonecheck PATH か @pytest.mark.zonecheck("PATH") で指定する',
        'no design is named: give --zonecheck PATH, or @pytest.mark.zonecheck("PATH")',
    ),
    "testing.not-a-design": (
        "{given} は構成でもファイル名でもない",
        "{given} is neither a Topology nor a path",
    ),
    "testing.not-a-waypoint": (
        "{node} はパケットを転送しない。転送する機器かホスト（/インターフェース も可）を指定する",
        "{node} hands no packets on: name a device or host that does, or its name/interface",
    ),
    "testing.bad-service": (
        "{given} は通信の名前でない。tcp/443 のように書く",
        "{given} is no service; write it like tcp/443",
    ),
}
