"""Wordings of what the command line says when it cannot do what was asked."""

from zonecheck.report.lang import Words

ERROR_WORDS: Words = {
    "error.unknown-device": (
        "機器 {given} はありません。指定できるもの: {known}",
        "no device is called {given}; known are: {known}",
    ),
    "error.device-without-rules": (
        "機器 {device}（{kind}）は転送せず規則を持ちません。ファイアウォールなどを指定してください",
        "device {device} ({kind}) forwards no packets and has no rules; name a router or firewall",
    ),
    "error.xlsx-needs-output": (
        "xlsx は画面に出せません。--output でファイルを指定してください",
        "a workbook cannot be printed; name a file with --output",
    ),
    "error.html-needs-output": (
        "html は画面に出せません。--output でファイルを指定してください",
        "a page for browsers is not printed; name a file with --output",
    ),
    "error.record-replaces": (
        "{path} はこの実行の報告です。点検記録には別の名前を指定してください",
        "{path} is the report of this run; keep the record under another name",
    ),
    "error.violations-replace": (
        "{path} はこの実行の報告です。許されないパケットは別の名前で書き出してください",
        "{path} is the report of this run; write the violating packets under another name",
    ),
    "verify.check-not-asked": (
        "--check {check}: プロファイル {profile} が求めない検査なので行わない（判定不能と数える）",
        "--check {check}: profile {profile} does not ask for it: not made, and counted as unknown",
    ),
    "error.unknown-check": (
        "検査 {given} はありません。指定できるもの: {known}",
        "no check is called {given}; known are: {known}",
    ),
    "error.check-near": (
        "検査 {given} はありません。{best} のことですか（一覧は zonecheck checks）",
        "no check is called {given}; did you mean {best}? (zonecheck checks lists all)",
    ),
    "error.profile-near": (
        "プロファイル {given} はありません。{best} のことですか。指定できるもの: {known}",
        "no profile is called {given}; did you mean {best}? Known are: {known}",
    ),
    "error.no-profile-file": (
        "プロファイルのファイル {path} がありません",
        "there is no file {path} to read a profile from",
    ),
    "error.profile-is-folder": (
        "{path} はフォルダーです。プロファイルのファイルを指定してください",
        "{path} is a folder; give the file of a profile",
    ),
    "error.unknown-profile": (
        "プロファイル {given} はありません。指定できるもの: {known}",
        "no profile is called {given}; known are: {known}",
    ),
    "error.no-profile": (
        "構成ファイルにプロファイルの指定がありません。--profile で指定してください（{known}）",
        "the topology names no profile; give one with --profile ({known})",
    ),
    "error.unknown-place": (
        "{given} はこの構成にありません{near}",
        "{given} is not in this design{near}",
    ),
    "error.near": ("（{names} のことですか）", " (did you mean {names}?)"),
    "error.choose-place": (
        "{given} からは決まりません。次のどれかを指定してください: {choices}",
        "{given} is not one place; give one of: {choices}",
    ),
    "error.no-address": (
        "{place} にはアドレスがありません。--src-ip か --dst-ip で指定してください",
        "{place} has no address; give one with --src-ip or --dst-ip",
    ),
    "error.not-a-type": (
        "{given} はICMPのタイプやポートの番号ではありません",
        "{given} is not an ICMP type or port number",
    ),
    "error.no-common-version": (
        "{origin} と {destination} に共通のIPバージョンのアドレスがありません",
        "{origin} and {destination} have no addresses of the same IP version",
    ),
    "error.not-address": (
        "{given} はIPアドレスではありません",
        "{given} is not an IP address",
    ),
    "error.one-service": (
        "--tcp、--udp、--icmp、--fragment のどれか一つを指定してください",
        "give exactly one of --tcp, --udp, --icmp and --fragment",
    ),
    "error.bare-fragment": (
        "--fragment は --established や --sport とは使えません（ポートもフラグもありません）",
        "--fragment goes with neither --established nor --sport: it has no port and no flag",
    ),
    "error.only-tcp": (
        "--established は --tcp とだけ使えます",
        "--established goes with --tcp only",
    ),
    "error.sport-icmp": (
        "--sport は --icmp とは使えません",
        "--sport does not go with --icmp",
    ),
    "error.exists": (
        "{path} はすでにあります。上書きしません",
        "{path} exists already; it is not overwritten",
    ),
    "error.is-design": (
        "{path} は構成ファイルの名前です。結果で上書きしません",
        "{path} is named like a design; results are not written over designs",
    ),
    "error.cannot-write": (
        "{path} に書けません（{reason}）",
        "cannot write {path} ({reason})",
    ),
    "error.cannot-read": (
        "{path} を読めません（{reason}）",
        "cannot read {path} ({reason})",
    ),
    "error.internal": (
        "内部エラー: {kind}: {detail}。不具合として報告してください（--debug で詳細）",
        "internal error: {kind}: {detail}; please report this (details with --debug)",
    ),
    "init.written": (
        "{path} を作成しました。次は zonecheck verify {folder}",
        "wrote {path}; next: zonecheck verify {folder}",
    ),
    "error.unknown-state": (
        "状態 {given} はありません。指定できるもの: {known}",
        "no state is called {given}; known are: {known}",
    ),
    "error.no-canonical-words": (
        "{element} の {field}（{kind}）は正準形のJSONでは表せません",
        "the canonical JSON has no words for {field} of {element} ({kind})",
    ),
    "error.slash-in-id": (
        "名前 {given} に「/」があるため、正準形のJSONでは表せません",
        "the name {given} contains a slash, which the canonical JSON has no words for",
    ),
    "progress.without": (
        "宣言を取り下げて再証明 {done}/{known}",
        "proving without declarations {done}/{known}",
    ),
    "progress.in-state": ("{check}（状態 {state}）", "{check} (state {state})"),
    "progress.phase": ("… {phase}", "… {phase}"),
    "progress.reading": ("{file} を読んでいます", "reading {file}"),
    "output.written": ("{path} に書きました", "wrote {path}"),
}
