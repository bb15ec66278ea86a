"""Wordings of the reference pages: what a key may hold, and what a command takes."""

from zonecheck.report.lang import Words

REFERENCE_WORDS: Words = {
    # --- values of keys ---
    "value.and": ("、", ", "),
    "value.any": ("意味の欄を参照", "see its meaning"),
    "value.id": ("ID", "id"),
    "value.list": ("リスト: {item}", "list of {item}"),
    "value.map": ("{key}ごとに: {value}", "by {key}: {value}"),
    "value.nothing": ("空", "nothing"),
    "value.numbers": ("{low} から {high} の整数", "number, {low} to {high}"),
    "value.one-or-list": ("{item}（リストでもよい）", "{item} (or a list)"),
    "value.or": ("、または ", ", or "),
    "value.port-name": ("ポートやインターフェースの名前", "name of a port or interface"),
    "value.text": ("文字列", "text"),
    "value.truth": ("`true` か `false`", "`true` or `false`"),
    # --- pages of keys ---
    "schema.topology.title": ("構成ファイルのキー", "Keys of the topology file"),
    "schema.topology.about": (
        (
            "`*.zones.yaml` に書けるキーの一覧。書き方と例は"
            "[構成ファイルの書き方](../topology-file.ja.md)、意味は[意味論](../semantics.md)にある。"
            "エディターには [JSON Schema](../../schemas/zonecheck.schema.json) を使う。"
            "この一覧もスキーマも、読み取りと同じ定義から作られる。\n\n"
            "「必須」は常に書くキーだけを指す。ほかのキーの書き方によって要るようになるキーは、"
            "読み取りのときにファイルの行とともに示される。"
        ),
        (
            "Every key of `*.zones.yaml`. How to write a design is in "
            "[the topology file](../topology-file.md), what it means in "
            "[the semantics](../semantics.md). Editors take the "
            "[JSON Schema](../../schemas/zonecheck.schema.json). This list and the schema come "
            "from the declarations the reader itself uses.\n\n"
            "Required are keys that are always needed. What is needed because of other keys is "
            "told when a file is read, with its line."
        ),
    ),
    "schema.profile.title": ("プロファイルのキー", "Keys of the profile"),
    "schema.profile.about": (
        (
            "プロファイル（ポリシーのデータ）に書けるキーの一覧。書き方と継承は"
            "[プロファイル](../profiles.md)にある。この一覧は、読み取りと同じ定義から作られる。"
        ),
        (
            "Every key of a profile, a policy as data. How to write one and how one extends "
            "another is in [profiles](../profiles.md). This list comes from the declarations the "
            "reader itself uses."
        ),
    ),
    "schema.key": ("キー", "key"),
    "schema.value": ("値", "value"),
    "schema.needed": ("必須・既定値", "required, default"),
    "schema.required": ("必須", "required"),
    "schema.meaning": ("意味", "meaning"),
    # --- the page of commands ---
    "commands.title": ("コマンド", "Commands"),
    "commands.about": (
        (
            "`zonecheck コマンド --help` が示すものと同じ。"
            "どのコマンドも `-h`、`--help` を受け付ける。"
            "使い方は[チュートリアル](../tutorial.md)で学べる。"
        ),
        (
            "What `zonecheck COMMAND --help` shows. Every command takes `-h`, `--help`. The "
            "[tutorial](../tutorial.md) shows how to use them."
        ),
    ),
    "commands.option": ("オプション", "option"),
    "commands.meaning": ("意味", "meaning"),
    "commands.default": ("既定は {value}。", "Default: {value}."),
    "commands.required": ("必須。", "Required."),
    "commands.repeated": ("繰り返してよい。", "May be repeated."),
}
