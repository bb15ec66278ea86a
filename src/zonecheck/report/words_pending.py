"""Titles of the checks that are listed as not run."""

from zonecheck.report.lang import Words

PENDING_WORDS: Words = {
    "check.capture-traffic-surge.title": ("通信量の急増", "no surge of traffic seen"),
    "check.change-impact-diff.title": ("変更影響", "what a change newly permits"),
    "check.topology-change-approved.title": ("構成変更の承認", "changes are approved"),
    "check.model-capture-drift.title": ("図と実測の差異", "the design matches the wire"),
    "check.unknown-device-seen.title": ("未登録機器", "no unknown device seen"),
    "check.capture-zone-crossing.title": ("領域越え通信の実測", "no crossing of zones seen"),
}
