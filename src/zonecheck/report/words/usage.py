"""Wordings of what is wrong with a command line."""

from zonecheck.report.lang import Words

USAGE_WORDS: Words = {
    "usage.line": (
        "使い方: {line}（詳しくは {command} --help）",
        "usage: {line} (more with {command} --help)",
    ),
    "usage.no-option": (
        "オプション {given} はありません",
        "there is no option {given}",
    ),
    "usage.option-near": (
        "オプション {given} はありません。{best} のことですか",
        "there is no option {given}; did you mean {best}?",
    ),
    "usage.no-command": (
        "コマンド {given} はありません。一覧は --help で表示します",
        "there is no command {given}; --help lists all",
    ),
    "usage.command-near": (
        "コマンド {given} はありません。{best} のことですか",
        "there is no command {given}; did you mean {best}?",
    ),
    "usage.missing": ("{name} の指定がありません", "{name} is missing"),
    "usage.choice": (
        "{name} に指定できるのは次のいずれかです: {allowed}",
        "{name} takes one of: {allowed}",
    ),
    "usage.day": (
        "{name} には日付を 2027-04-01 のように指定してください",
        "{name} takes a day, written like 2027-04-01",
    ),
    "usage.at-least": (
        "{name} には {low} 以上の整数を指定してください",
        "{name} takes a whole number, {low} or more",
    ),
    "usage.between": (
        "{name} には {low} 以上 {high} 以下の整数を指定してください",
        "{name} takes a whole number from {low} to {high}",
    ),
    "usage.number-from": (
        "{name} には {low} からの数を指定してください",
        "{name} takes a number from {low} up",
    ),
    "usage.integer": ("{name} には整数を指定してください", "{name} takes a whole number"),
    "usage.needs-value": ("{name} には値が必要です", "{name} needs a value"),
    "usage.takes-none": ("{name} に値は付けられません", "{name} takes no value"),
    "usage.extra": ("余分な引数があります: {given}", "there are arguments too many: {given}"),
    "usage.other": ("{reason}", "{reason}"),
}
