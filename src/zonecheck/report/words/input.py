"""What problems in input files are called in Japanese and in English.

`INPUT_WORDS` maps each code to its (ja, en) format strings, which use the message's arguments by
name. Arguments named `found_kind` and `expected_kinds` hold node kinds, which `KINDS` names.
"""

from zonecheck.report.lang import Words
from zonecheck.report.words.elements import ELEMENT_WORDS
from zonecheck.report.words.topology import TOPOLOGY_WORDS

KINDS: Words = {
    "scalar": ("単一の値", "a single value"),
    "list": ("リスト", "a list"),
    "mapping": ("マッピング(キー: 値)", "a mapping (key: value)"),
}

_FILE: Words = {
    "file.missing": (
        "ファイル {path} がありません。既存のファイルを指定してください。",
        "There is no file {path}; expected the path of an existing file.",
    ),
    "file.is-directory": (
        "{path} はフォルダーです。ファイルを指定してください。",
        "{path} is a directory; expected a file.",
    ),
    "file.not-regular": (
        "{path} は通常のファイルではありません(デバイスやパイプは読みません)。",
        "{path} is not a regular file; devices and pipes are not read.",
    ),
    "file.no-permission": (
        "{path} を読む権限がありません。",
        "No permission to read {path}.",
    ),
    "file.unreadable": (
        "{path} を読めません(OSのエラー {reason})。",
        "{path} cannot be read (operating system error {reason}).",
    ),
    "file.too-large": (
        "{path} は {size} バイトあります。上限は {limit} バイトです。",
        "{path} has {size} bytes; the limit is {limit}.",
    ),
    "file.empty": (
        "ファイルに内容がありません。YAMLの文書が必要です。",
        "The file has no content; expected a YAML document.",
    ),
    "file.not-utf-8": (
        "UTF-8として読めないバイト {byte} があります(先頭から {offset} バイト目の次)。",
        "Byte {byte} after {offset} bytes is not UTF-8; expected a UTF-8 file.",
    ),
    "file.utf-16": (
        "文字コードがUTF-16です。UTF-8のファイルが必要です。",
        "The file is encoded in UTF-16; expected UTF-8.",
    ),
    "file.control-character": (
        "使えない制御文字 {character} があります。表示できる文字だけを使ってください。",
        "Control character {character} found; expected printable text only.",
    ),
}

_YAML: Words = {
    "yaml.control-character": (
        "値に使えない制御文字 {character} が含まれています。表示できる文字だけを使ってください。",
        "The value contains control character {character}; expected printable text only.",
    ),
    "yaml.syntax": (
        "YAMLとして読めません(パーサーの報告: {detail})。",
        "This is not valid YAML (the parser says: {detail}).",
    ),
    "yaml.tab": (
        "字下げの位置にタブがあります。YAMLの字下げには空白だけが使えます。",
        "A tab stands where indentation is expected; YAML allows only spaces there.",
    ),
    "yaml.unexpected-colon": (
        "ここに「:」は置けません。1行に書けるキーは1つです。",
        "A ':' is not possible here; expected one key on a line.",
    ),
    "yaml.reserved-character": (
        "値を「{character}」で始めることはできません。YAMLの予約文字です。",
        "A value cannot begin with '{character}', which YAML reserves.",
    ),
    "yaml.unclosed-bracket": (
        "{opened} で開いた括弧が閉じていません。「,」か閉じ括弧が必要です。",
        "The bracket opened at {opened} is not closed; expected ',' or the closing bracket.",
    ),
    "yaml.unclosed-quote": (
        "ここで開いた引用符が閉じていません。",
        "The quotation mark opened here is never closed.",
    ),
    "yaml.indentation": (
        "字下げが前の行とそろっていないか、「:」の後の空白がありません。",
        "Expected a 'key: value' or '- item' aligned with the lines above.",
    ),
    "yaml.duplicate-key": (
        "キー {key} が重複しています(最初は {first})。1つにまとめてください。",
        "Key {key} is given twice, first at {first}; expected it once.",
    ),
    "yaml.complex-key": (
        "キーの位置に{found_kind}があります。キーは単一の値で書いてください。",
        "The key is {found_kind}; expected a single value.",
    ),
    "yaml.empty-key": (
        "「:」の前にキーがありません。",
        "Nothing is written before ':'; expected a key.",
    ),
    "yaml.merge-key": (
        "マージキー「<<」は使えません。各キーをそのまま書いてください。",
        "The merge key '<<' is not supported; expected every key to be written out.",
    ),
    "yaml.tag": (
        "タグ {tag} は使えません。タグのない値を書いてください。",
        "Tag {tag} found; expected a value without a tag.",
    ),
    "yaml.multiple-documents": (
        "2つ目の文書が始まっています(---)。1ファイルに書ける文書は1つです。",
        "A second document begins here (---); expected one document in a file.",
    ),
    "yaml.undefined-alias": (
        "エイリアス *{alias} が指すアンカー &{alias} が、これより前にありません。",
        "Alias *{alias} has no anchor &{alias} before it.",
    ),
    "yaml.cyclic-alias": (
        "エイリアス *{alias} が自分自身を含んでいます。循環しない構造にしてください。",
        "Alias *{alias} contains itself; expected a structure without cycles.",
    ),
    "yaml.too-many-nodes": (
        "要素の数がエイリアスの展開後に上限の {limit} を超えます。",
        "The file has more than {limit} elements once its aliases are expanded.",
    ),
    "yaml.too-deep": (
        "入れ子が深すぎます。上限は {limit} 段です。",
        "Nested too deeply; the limit is {limit} levels.",
    ),
}

_SCALAR: Words = {
    "scalar.no-basis": (
        "「{text}」は根拠になりません。文書名などの根拠を書くか、キーごと削除してください。",
        "'{text}' is no basis; expected a document or the like, or no such key at all.",
    ),
    "scalar.says-none": (
        "「{text}」は何もないという意味です。あるものを書くか、キーごと削除してください。",
        "'{text}' says that there is none; expected what there is, or no such key at all.",
    ),
    "scalar.date": (
        "「{text}」は日付として読めません。2027-03-31 のように書いてください。",
        "'{text}' is not a day; expected one such as 2027-03-31.",
    ),
    "scalar.no-such-day": (
        "「{text}」という日はありません。",
        "There is no day '{text}'.",
    ),
    "scalar.blank": (
        "値が空白です。文字を書いてください。",
        "The text is blank; expected at least one character.",
    ),
    "scalar.identifier-character": (
        "「{text}」に使えない文字「{character}」があります。文字、数字、{allowed} が使えます。",
        "'{text}' contains '{character}'; expected only letters, digits and '{allowed}'.",
    ),
    "scalar.finding-id": (
        (
            "「{text}」は違反のIDではありません。報告にあるとおり、f- と16文字（a〜z、2〜7）を"
            "書いてください。"
        ),
        (
            "'{text}' is not the id of a finding; expected f- and 16 characters (a-z, 2-7),"
            " as the report prints it."
        ),
    ),
    "scalar.boolean": (
        "「{text}」は真偽値ではありません。true か false を書いてください。",
        "'{text}' is not a truth value; expected true or false.",
    ),
    "scalar.integer": (
        "「{text}」は整数ではありません。{low} 以上 {high} 以下の10進数を書いてください。",
        "'{text}' is not a whole number; expected decimal digits, {low} to {high}.",
    ),
    "scalar.leading-zero": (
        "「{text}」は0で始まっています。8進数とも読めるため、先頭に0のない10進数で書いてください。",
        (
            "'{text}' has a leading zero, which some tools read as octal;"
            " expected a decimal number without one."
        ),
    ),
    "scalar.out-of-range": (
        "「{text}」は範囲外です。{low} 以上 {high} 以下の値を書いてください。",
        "{text} is out of range; expected {low} to {high}.",
    ),
    "scalar.vlan-reserved": (
        "VLAN {text} はIEEE 802.1Qの予約値です。1〜4094を書いてください。",
        "VLAN {text} is reserved by IEEE 802.1Q; expected 1 to 4094.",
    ),
    "scalar.range-reversed": (
        "範囲「{text}」は始まり {low} が終わり {high} より大きくなっています。",
        "Range '{text}' starts at {low}, above its end {high}; expected the lower bound first.",
    ),
    "scalar.range-end": (
        "範囲「{text}」の終わり {end} がアドレスではありません。アドレス全体を書いてください。",
        "Range '{text}' ends with {end}; expected a whole address.",
    ),
    "scalar.range-versions": (
        "範囲「{text}」はIPv4とIPv6が混在しています。同じ種類のアドレスを書いてください。",
        "Range '{text}' mixes IPv4 and IPv6; expected one IP version.",
    ),
    "scalar.address": (
        "「{text}」はIPアドレスではありません。IPv4またはIPv6のアドレスを書いてください。",
        "'{text}' is not an IP address; expected an IPv4 or IPv6 address.",
    ),
    "scalar.address-scope": (
        "「{text}」にはスコープ(%)が付いています。スコープのないアドレスを書いてください。",
        "'{text}' has a scope (%); expected an address without one.",
    ),
    "scalar.address-mapped": (
        "「{text}」はIPv4射影アドレスで、回線上のパケットには現れません。IPv4アドレスを書いてください。",
        "'{text}' is an IPv4-mapped address, which no packet carries; expected an IPv4 address.",
    ),
    "scalar.address-with-length": (
        "「{text}」にはプレフィックス長が付いています。アドレスだけを書いてください。",
        "'{text}' has a prefix length; expected an address alone.",
    ),
    "scalar.ip-version": (
        "「{text}」はIPv{found}アドレスです。IPv{expected}アドレスを書いてください。",
        "'{text}' is an IPv{found} address; expected IPv{expected}.",
    ),
    "scalar.prefix-length-missing": (
        "「{text}」にプレフィックス長がありません。「アドレス/長さ」で書いてください。",
        "'{text}' has no prefix length; expected address/length.",
    ),
    "scalar.prefix-length": (
        "「{text}」のプレフィックス長「{length}」が正しくありません。0〜{longest}で書いてください。",
        "'{length}' in '{text}' is not a prefix length; expected 0 to {longest}.",
    ),
    "scalar.host-bits": (
        (
            "「{text}」は長さ {length} より後のビットが0ではありません。"
            "ネットワークアドレスを書いてください。"
        ),
        "'{text}' has bits set behind its length {length}; expected a network address.",
    ),
    "scalar.mac": (
        "「{text}」はMACアドレスではありません。00:00:5e:00:53:01 のように書いてください。",
        "'{text}' is not a MAC address; expected a form like 00:00:5e:00:53:01.",
    ),
    "scalar.mac-multicast": (
        "「{text}」はマルチキャストのMACアドレスです。機器のアドレスを書いてください。",
        "'{text}' is a multicast MAC address; expected the address of a station.",
    ),
    "scalar.service": (
        "「{text}」はサービスではありません。tcp/443 のように書いてください。",
        "'{text}' is not a service; expected a form like tcp/443.",
    ),
    "scalar.service-protocol": (
        "「{text}」のプロトコル「{protocol}」は未知です。使えるもの: {known}。",
        "Unknown protocol '{protocol}' in '{text}'; expected one of: {known}.",
    ),
    "scalar.service-without-ports": (
        "「{text}」: プロトコル {protocol} にポート番号はありません。",
        "'{text}': protocol {protocol} has no ports; expected it without numbers.",
    ),
    "scalar.service-established": (
        "「{text}」: established はTCPにだけ付けられます({protocol} には付けられません)。",
        "'{text}': established is for TCP only; expected {protocol} without it.",
    ),
}

_SHAPE: Words = {
    "shape.empty-value": (
        "値が書かれていません。{expected_kinds}が必要です。",
        "No value is written here; expected {expected_kinds}.",
    ),
    "shape.wrong-kind": (
        "{found_kind}があります。{expected_kinds}が必要です。",
        "Found {found_kind}; expected {expected_kinds}.",
    ),
    "shape.unknown-word": (
        "「{text}」は使えません。使えるもの: {allowed}。",
        "'{text}' is not known here; expected one of: {allowed}.",
    ),
    "shape.too-few-items": (
        "要素が {found} 個しかありません。{least} 個以上必要です。",
        "{found} items found; expected at least {least}.",
    ),
    "shape.duplicate-id": (
        "ID {key} が重複しています(最初は {first})。別のIDを付けてください。",
        "Id {key} is already taken at {first}; expected a different id.",
    ),
    "shape.duplicate-key": (
        "キー {key} が重複しています(最初は {first})。1か所だけに書いてください。",
        "Key {key} is given twice, first at {first}; expected it once.",
    ),
    "shape.unknown-key": (
        "{record} に「{key}」というキーはありません。使えるキー: {allowed}。",
        "'{key}' is not a key of {record}; expected one of: {allowed}.",
    ),
    "shape.missing-key": (
        "{record} に必須のキー {key} がありません。",
        "Key {key} is missing; expected it in every {record}.",
    ),
}

_PARTS: Words = {
    "section.conflict": (
        "{key} が {first} と異なる内容で書かれています。1か所だけに書いてください。",
        "{key} differs from {first}; expected it in one place only.",
    ),
    "include.cycle": (
        "include が循環しています: {chain}。循環しないようにしてください。",
        "Includes form a cycle: {chain}; expected no file to include itself.",
    ),
    "include.too-deep": (
        "include の入れ子が深すぎます。上限は {limit} 段です。",
        "Includes are nested too deeply; the limit is {limit} levels.",
    ),
    "include.absolute": (
        "{path} は絶対パスです。このファイルからの相対パスを書いてください。",
        "{path} is an absolute path; expected one relative to this file.",
    ),
    "template.unknown": (
        "テンプレート {template} はありません。定義済み: {known}。",
        "There is no template {template}; expected one of: {known}.",
    ),
    "template.recursion": (
        "テンプレートが自分自身を使っています: {chain}。循環しないようにしてください。",
        "Templates use themselves: {chain}; expected no cycle.",
    ),
    "template.nested-definition": (
        "テンプレート {template} の中に templates があります。最上位に書いてください。",
        "Template {template} defines templates; expected them at the top level.",
    ),
    "template.unknown-parameter": (
        "テンプレート {template} にパラメーター「{parameter}」はありません。宣言済み: {declared}。",
        "Template {template} declares no parameter '{parameter}'; expected one of: {declared}.",
    ),
    "template.unused-parameter": (
        (
            "テンプレート {template} のパラメーター {parameter} が使われていません。"
            "本文で使うか、宣言を削除してください。"
        ),
        (
            "Parameter {parameter} of template {template} is never used;"
            " expected it in the body or not declared."
        ),
    ),
    "template.malformed-placeholder": (
        "「{text}」の「${{」が閉じていません。「${{名前}}」の形で書いてください。",
        "'{text}' has a '${{' that is not closed; expected the form ${{name}}.",
    ),
    "template.missing-argument": (
        (
            "テンプレート {template} のパラメーター {parameter} に値がありません。"
            "with に書いてください。"
        ),
        "Template {template} needs parameter {parameter}; expected it under 'with'.",
    ),
    "template.unknown-argument": (
        "テンプレート {template} にパラメーター {parameter} はありません。宣言済み: {declared}。",
        "Template {template} has no parameter {parameter}; expected one of: {declared}.",
    ),
    "template.too-many-nodes": (
        "テンプレートの展開後の要素数が上限の {limit} を超えます。",
        "The templates expand to more than {limit} elements.",
    ),
}

_HINTS: Words = {
    "hint.did-you-mean": ("「{best}」ではありませんか。", "Did you mean '{best}'?"),
    "hint.write-instead": ("「{text}」と書いてください。", "Write '{text}'."),
    "hint.half-width": ("半角で「{text}」と書いてください。", "Write it half-width: '{text}'."),
    "hint.full-width-space": (
        "{line} 行目の字下げに全角の空白があります。半角の空白に置き換えてください。",
        "Line {line} is indented with full-width spaces; replace them by ordinary ones.",
    ),
    "hint.full-width-colon": (
        "{line} 行目のキーの後が全角の「：」です。半角の「:」と空白に置き換えてください。",
        "The key in line {line} ends in a full-width '：'; write ':' and a space.",
    ),
    "hint.split-file": (
        "ファイルを分けて include で読み込んでください。",
        "Split the file and join the parts with 'include'.",
    ),
    "hint.save-as-utf-8": (
        "{encoding} で保存されているようです。UTF-8で保存し直してください。",
        "It looks like {encoding}; save it as UTF-8.",
    ),
    "hint.save-as-utf-8-plain": ("UTF-8で保存し直してください。", "Save the file as UTF-8."),
    "hint.indent-with-spaces": (
        "タブを空白に置き換えてください。",
        "Replace the tab by spaces.",
    ),
    "hint.list-of": (
        "リストの項目として {item} の形で書いてください。",
        "Write items of a list, each as {item}.",
    ),
    "hint.quote-text": (
        "文字列として書くときは、値全体を引用符で囲んでください。",
        "If this is meant as text, put the whole value in quotes.",
    ),
    "hint.quote-colon": (
        "「:」を含む値は引用符で囲み、キーの「:」の後には空白を入れてください(前の行も確認)。",
        "Quote a value that contains ':', and put a space after a key's ':', also a line above.",
    ),
    "hint.quote-ipv6": (
        "「::」で始まる、または終わるアドレスは引用符で囲んでください。",
        "Put an address that begins or ends with '::' in quotes.",
    ),
    "hint.quote-placeholder": (
        "「{{」を含む値やキー(「${{名前}}」など)は引用符で囲んでください。",
        "Put text that contains '{{', such as ${{name}}, in quotes.",
    ),
    "hint.align": (
        "同じ階層の行の字下げをそろえ、「:」の後に空白を入れてください。",
        "Indent all lines of one level alike, and put a space after ':'.",
    ),
    "hint.drop-tag": (
        "タグを消してください。値はすべて書かれたとおりに読みます。",
        "Remove the tag; every value is read as it is written.",
    ),
    "hint.use-templates": (
        "繰り返しには templates と use を使ってください。",
        "Use 'templates' and 'use' for what repeats.",
    ),
    "hint.fewer-aliases": (
        "エイリアスを減らすか、count や templates を使ってください。",
        "Use fewer aliases; 'count' and 'templates' describe what repeats.",
    ),
    "hint.fewer-uses": (
        "テンプレートの入れ子を減らすか、同じ機器は count でまとめてください。",
        "Nest fewer templates, or describe equal hosts with 'count'.",
    ),
}

INPUT_WORDS: Words = {
    **_FILE,
    **_YAML,
    **_SCALAR,
    **_SHAPE,
    **_PARTS,
    **_HINTS,
    **TOPOLOGY_WORDS,
    **ELEMENT_WORDS,
}
