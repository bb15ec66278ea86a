"""Wordings of waivers (例外措置) and of the record of a run."""

from zonecheck.report.lang import Words

WAIVER_WORDS: Words = {
    "check.exception-valid.title": ("例外措置", "exceptions are valid"),
    "check.exception-valid.proves": (
        (
            "構成ファイルの例外措置には、許可した者・理由・条項・期限がそろい、期限が過ぎていない。"
            "緊急の例外措置は報告済みで、プロファイルが例外を認めない検査を対象とするものはない。"
            "どの例外措置も、報告にある違反を指している。"
        ),
        (
            "Every waiver of the design names who permitted it, why, by which clause and until "
            "when, and that day is not past; those made in an emergency are reported; none is "
            "about a check that the profile lets nobody waive; each names a finding there is."
        ),
    ),
    "check.exception-valid.counterexample": (
        "数に入らない例外措置と、その理由。違反を指していないものがあれば判定不能とする。",
        "the waiver that does not count, and why; unknown if one names a finding there is not.",
    ),
    "check.verification-record.title": ("点検記録", "the inspection is recorded"),
    "check.verification-record.proves": (
        (
            "この検査の実行の記録（入力ファイルのハッシュ、プロファイル、版、日付、条項ごとの判定、"
            "例外措置）がファイルに残された（--record）。"
        ),
        (
            "A record of this very run is kept in a file (--record): the hashes of its input, the "
            "profile, the version, the day, the verdict of every clause and the waivers."
        ),
    ),
    "check.verification-record.counterexample": (
        "なし。記録を残さない実行では未実施とする。",
        "none; not run where no record is kept.",
    ),
    "exception-valid.incomplete": (
        "例外措置 {waiver} に {keys} がありません。書き足すまで数に入りません",
        "waiver {waiver} does not say {keys}: it does not count until it does",
    ),
    "exception-valid.expired": (
        (
            "例外措置 {waiver} は {expires} で期限が切れました。違反が直っていれば取り除き、"
            "残っていれば許可を得直して expires を改めてください"
        ),
        (
            "waiver {waiver} expired on {expires}: remove it if its finding is mended, else have "
            "it permitted anew and renew `expires`"
        ),
    ),
    "exception-valid.not-reported": (
        (
            "緊急の例外措置 {waiver} が報告されていません。報告し、その日を reported に"
            "書いてください"
        ),
        (
            "waiver {waiver}, made in an emergency, is not reported: report it and write the day "
            "as `reported`"
        ),
    ),
    "exception-valid.reported-later": (
        (
            "緊急の例外措置 {waiver} の reported にある {reported} は {today} より後の日付です。"
            "報告した日を書いてください"
        ),
        (
            "waiver {waiver}, made in an emergency, says it was reported on {reported}, which is "
            "after {today}: write the day on which it was"
        ),
    ),
    "exception-valid.forbidden": (
        "検査 {check} に例外措置 {waiver} は認められません。取り除き、違反を直してください",
        "nobody may waive {check}, which waiver {waiver} does: remove it and mend the finding",
    ),
    "missing.waived-finding": (
        (
            "例外措置 {waiver} が指す違反 {finding} は検査 {check} にない。違反は直ったか、"
            "通るものが変わった。直っていれば取り除き、新しい違反も許可されたなら、報告にある"
            "そのIDを書く"
        ),
        (
            "waiver {waiver} names finding {finding}, which {check} has not: it is mended, or "
            "what leaks is something else now. Remove the waiver, or name the new id from the "
            "report once that is permitted"
        ),
    ),
    "missing.waived-elsewhere": (
        (
            "例外措置 {waiver} が指す違反 {finding} は検査 {check} ではなく {owner} のもの。"
            "許可がその検査についてのものなら check: {owner} と書く"
        ),
        (
            "finding {finding} of waiver {waiver} is one of {owner}, not of {check}: write "
            "check: {owner} if that is what was permitted"
        ),
    ),
    "missing.waived-check": (
        (
            "例外措置 {waiver} が指す違反 {finding} の有無は、検査 {check} をしないと分からない。"
            "この検査も実行する"
        ),
        (
            "whether finding {finding} of waiver {waiver} is there, only check {check} can tell: "
            "run that check, too"
        ),
    ),
    "missing.waived-not-in-profile": (
        (
            "例外措置 {waiver} の検査 {check} はプロファイルにないため、違反 {finding} の有無は"
            "調べていない。プロファイルの選び違いでなければ、例外措置を取り除く"
        ),
        (
            "the profile does not ask for check {check} of waiver {waiver}, so nobody looked for "
            "finding {finding}. Remove the waiver, unless another profile was meant"
        ),
    ),
    "waiver.unknown-check": (
        (
            "例外措置の対象の検査「{check}」はありません。zonecheck checks に出るIDを"
            "書いてください。"
        ),
        "There is no check '{check}' to waive; expected an id that 'zonecheck checks' lists.",
    ),
    "waiver.unmatched": (
        "指す違反がない、または確かめられない例外措置:",
        "waivers whose finding is not there, or was not looked for:",
    ),
    "waiver.standing-counts": ("有効", "counts"),
    "waiver.standing-incomplete": ("記載不足", "incomplete"),
    "waiver.standing-expired": ("期限切れ", "expired"),
    "waiver.standing-not-reported": ("未報告", "not reported"),
    "waiver.standing-forbidden": ("対象外の検査", "not allowed"),
    "waiver.standing-unmatched": ("該当する違反なし", "no such finding"),
    "waiver.standing-not-asked": ("検査せず", "check not made"),
    "waiver.surplus": ("{standing}、{waiver} と重複", "{standing}, but so does {waiver}"),
    "waiver.heading": ("例外措置（{day} 現在）", "waivers (as of {day})"),
    "waiver.expires": ("期限 {day}", "until {day}"),
    "waiver.no-expiry": ("期限なし", "no expiry"),
    "waiver.approver": ("承認者 {approver}", "permitted by {approver}"),
    "waiver.emergency": ("緊急、{day} 報告", "emergency, reported {day}"),
    "waiver.of-finding": (
        "例外措置 {waiver} により許容（{clause}、承認者 {approver}、{until}）: {reason}",
        "waived by {waiver} ({clause}, permitted by {approver}, {until}): {reason}",
    ),
    "waiver.finding-id": ("違反のID: {id}", "finding id: {id}"),
    "waiver.no-id": (
        "多数のうちの一例を示すものなので、例外措置の対象にできない。宣言するか、直す",
        "shows one example of many: it can't be waived; declare it or mend it",
    ),
    "waiver.beside-unknown": (
        "例外措置により許容した違反（ほかに判定不能が残る）:",
        "waived findings, beside which something is unknown:",
    ),
}
