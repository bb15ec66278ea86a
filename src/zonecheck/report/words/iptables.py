"""What is said about iptables-save files and about the matrix of one firewall."""

from zonecheck.report.lang import Words

_FILE: Words = {
    "iptables.no-table": (
        "テーブルがありません。iptables-save または ip6tables-save の出力が必要です。",
        "There is no table; expected what iptables-save or ip6tables-save writes.",
    ),
    "iptables.no-commit": (
        "テーブル {table} に COMMIT がありません。ファイルが途中で切れていないか確認してください。",
        "Table {table} has no COMMIT; expected a file that was not cut off.",
    ),
    "iptables.commit-alone": (
        "どのテーブルの中でもない COMMIT です。",
        "COMMIT stands outside every table; expected '*TABLE' before it.",
    ),
    "iptables.outside-table": (
        "どのテーブルにも属さない行です。先に「*テーブル名」の行が必要です。",
        "The line stands outside every table; expected '*TABLE' before it.",
    ),
    "iptables.table-twice": (
        "テーブル {table} が2回あります。1つのファイルに1回だけ書いてください。",
        "Table {table} occurs twice; expected each table once in a file.",
    ),
    "iptables.chain-form": (
        "チェインの宣言を読めません。「:名前 ACCEPT|DROP|- [n:m]」の形が必要です。",
        "The chain is malformed; expected ':NAME ACCEPT|DROP|- [n:m]'.",
    ),
    "iptables.chain-twice": (
        "チェイン {chain} が2回宣言されています。",
        "Chain {chain} is declared twice; expected each chain once in a table.",
    ),
    "iptables.line-form": (
        "この行を読めません。「-A チェイン ...」の形が必要です。",
        "The line is malformed; expected '-A CHAIN ...'.",
    ),
    "iptables.no-chain": (
        "このテーブルにチェイン {chain} の宣言がありません。",
        "This table declares no chain {chain}; expected ':{chain}' before its rules.",
    ),
    "iptables.open-quote": (
        "引用符が閉じていません。",
        "A quotation is not closed; expected another '\"' on this line.",
    ),
    "iptables.values": (
        "{option} の値は {count} 個必要ですが、{found} 個あります。",
        "Option {option} has {found} values; expected {count}.",
    ),
    "iptables.value": (
        "{option} の値を読めません。iptables-save の書き方と、IPの版を確認してください。",
        (
            "The value of {option} is not understood; expected one as iptables-save writes it,"
            " of the file's IP version."
        ),
    ),
    "iptables.target": (
        "-j または -g の後にチェイン名かターゲットが1つ必要です。",
        "A jump names no single chain or target; expected one after -j or -g.",
    ),
    "iptables.loop": (
        "チェインが循環しているか、深すぎます: {chain}。",
        "Chains loop or nest too deeply: {chain}; expected jumps that end.",
    ),
    "iptables.too-large": (
        "この行で展開後の規則が多すぎます。RETURN の条件を減らしてください。",
        (
            "Laid out as one list the rules become too many at this line;"
            " expected fewer conditions on lines that RETURN."
        ),
    ),
    "iptables.no-filter-chain": (
        "filter テーブルにチェイン {chain} がありません。",
        "The filter table has no chain {chain}; expected one of its chains.",
    ),
}

_CONFIG: Words = {
    "config.and-rules": (
        "config があるため {key} は書けません。どちらか一方にしてください。",
        "The rules come from 'config', so there is no place for '{key}'; expected one of both.",
    ),
    "config.twice": (
        "{format} のファイルが2つあります。IPの版ごとに1つ書いてください。",
        "A device has one {format} file; expected one for each IP version.",
    ),
    "iptables.helper": (
        "このヘルパーが開くポートは分かりません。扱えるもの: {known}。",
        "What this helper opens is not known; expected one of: {known}.",
    ),
    "iptables.helper-ports": (
        (
            "このヘルパーは標準のポート（{ports}）に限る接続にしか扱えません。"
            "-p と --dport で限ってください。"
        ),
        (
            "This helper is modelled on its standard ports ({ports}) only; expected -p and --dport"
            " of just these."
        ),
    ),
    "iptables.hidden-table": (
        (
            "このファイルに書き出されなかった規則があります。それも同じ形式で書き出してください。"
            "空であれば、この行を消してください。"
        ),
        (
            "There are rules that this file leaves out; expected all of them in it, or this line"
            " removed if there are none."
        ),
    ),
    "iptables.rewrites": (
        "{target} はパケットを複製または書き換えます。モデルでは表せません。",
        "{target} copies or rewrites packets, which has no words in the model; expected a verdict.",
    ),
    "iptables.nat-unclear": (
        "この行の変換は表せません。機器の nat に手で書いてください（ファイルより優先されます）。",
        (
            "This translation has no words in the model; expected 'nat' of the device"
            " written by hand, which replaces the file's."
        ),
    ),
}

_IMPORT: Words = {
    "import.from": ("{file} の FORWARD から", "from FORWARD of {file}"),
    "import.nat": (
        "nat テーブルは含まない: 機器の nat に書くか、config でファイルを読む",
        "the nat table is not here: write it as nat of the device, or read the file by config",
    ),
    "import.widened": (
        "次の {count} 行は、正確には分からないため読みを広げた:",
        "{count} lines are read as more, or less, than they say:",
    ),
    "import.line": ("  {place}: {reasons}", "  {place}: {reasons}"),
}

_MATRIX: Words = {
    "service-matrix.title": (
        "{place}: {service} で接続を開ける相手",
        "{place}: who may open {service} to whom",
    ),
    "service-matrix.widened": (
        "読みを広げた規則が {count} 行あります: 「o」は、実際には通さない場合があります",
        "{count} rules were read more widely than written: an 'o' may permit less",
    ),
    "service-matrix.version": (
        "IPv{version}: 権利の等しいアドレスの組 {count}、許可される向き {pairs}",
        "IPv{version}: {count} classes of equal rights, {pairs} permitted pairs",
    ),
    "service-matrix.scope": (
        (
            "o = 規則がどれか二つのインターフェイスの間で開かせる。経路は見ていないので、"
            "実際には届かない組もある"
        ),
        (
            "o = the rules let it open between some two interfaces; routes are not looked at, "
            "so that not every o gets there"
        ),
    ),
    "service-matrix.all": ("すべてのアドレス", "every address"),
    "service-matrix.more": (
        "ほか {count} 個の範囲（--format json で全部）",
        "and {count} further ranges (all with --format json)",
    ),
    "error.matrix-needs-one": (
        "TOPOLOGY、または --iptables/--ip6tables のどちらか一方を指定してください",
        "give either TOPOLOGY or --iptables/--ip6tables",
    ),
    "error.matrix-needs-service": (
        "一つのファイアウォールの表には --service が必要です（例: tcp/22）",
        "the matrix of one firewall needs --service, such as tcp/22",
    ),
    "error.matrix-needs-device": (
        "--service には --device または --iptables が必要です",
        "--service needs --device or --iptables",
    ),
    "error.matrix-no-zones": (
        "--profile は領域間の表だけに使えます",
        "--profile goes with the matrix of zones only",
    ),
}

IPTABLES_WORDS: Words = {**_FILE, **_CONFIG, **_IMPORT, **_MATRIX}
