"""Words that mean there is none: whoever writes them where something is asked has declared none.

The reader refuses them where a reason is asked; checks take them for what they say. This is the
one list of them, in the languages of topology files.
"""

import re
from typing import Final
from unicodedata import normalize

_WORDS: Final = frozenset(
    (
        *("none", "no", "not", "nothing", "nobody", "nowhere", "never", "null", "nil", "n.a", "na"),
        *("false", "off", "0", "disabled", "disable", "absent", "missing", "unlimited"),
        *("tbd", "todo", "unknown", "undecided", "unspecified", "undefined", "undeclared"),
        *("plain", "plaintext", "plain text", "cleartext", "clear text", "unencrypted"),
        *("unauthenticated", "anonymous", "not applicable", "not yet", "to be determined"),
        *("ない", "無効", "無制限", "未", "未定", "不明", "未設定", "未実施", "未対応", "未導入"),
        *("未承認", "未取得", "未暗号化", "非暗号化", "無暗号", "無認証", "平文", "匿名", "不要"),
        *("今後検討", "予定", "計画中", "未着手", "無し", "x", "disabled for now", "planned"),
        *("非対応", "オフ", "検討中", "調整中", "確認中", "準備中", "該当せず", "空", "空欄"),
    )
)
_NOUNS_JA: Final = (
    "特に|該当|設定|指定|記載|対策|制限|上限|暗号化?|認証|承認|許可|担当者?|責任者|保護|保管|保存"
    "|時間帯?|時間制限|通信|回線|経路|容量|サイズ|機能|者|の|は|が|も|を"
    "|実装|導入|適用|実施|パスワード|措置|仕組み|現在|現状|現時点で?|特段|何も|一切|まったく|全く|まだ"
)
_VERBS_JA: Final = (
    "(?:行な?[わいえっ]|いたし|致し|おこな[わいえっ]|し|せ|でき|使[わいっ]|用い|設け|施[さし]|掛け|かけ|付け|つけ"
    "|取[らりっ]|とっ|入れ|求め|あり|ござい|要ら|いら|い)(?:られ|れ|され)?"
    "(?:てい|ており|ておら|てお|て|ってい)?(?:ない|なかった|ません|ず)"
)
_ABSENT_JA: Final = (
    "な[しい]|ナシ|無[しい]?|せず|しない|していない|しておらず|未(?:定|設定|実施)|不使用"
    "|無効|オフ|ゼロ"
)
_JAPANESE: Final = re.compile(rf"(?:{_NOUNS_JA})*+(?:{_ABSENT_JA}|{_VERBS_JA})(?:です|とする)?")
_NOUNS_EN: Final = (
    "encryption|encrypted|authentication|authenticated|limits?|limited|limitation|restrictions?"
    "|restricted|protection|protected|approval|approved|window|password|safeguards?|one|at all"
    "|required|needed|used|set|configured|available|in use|snapshot|owner|responsible|person"
    "|encrypt|authenticate|implemented|enabled|supported|provided|applied|performed|deployed|done|yet|any|there"
)
_ENGLISH: Final = re.compile(
    rf"(?:(?:{_NOUNS_EN}|is|are|it|we|do|does|has|been)[\s:-]+)*+"
    rf"(?:no|not|none|without|never|non|un|lacks|don't|doesn't|isn't|aren't)[\s-]*"
    rf"(?:(?:been|be|{_NOUNS_EN})[\s-]*)++"
    rf"|(?:{_NOUNS_EN})[\s:=-]*(?:none|no|off|disabled|false|missing)"
)
_ENDS: Final = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN: Final = re.compile(r"\s*[,、,;/・\n]\s*")


def says_none(text: str) -> bool:
    """Return whether a text says that there is none, or nothing at all."""
    folded = normalize("NFKC", text).strip().lower().replace("n/a", "na")
    parts = (folded, *_BETWEEN.split(folded))
    return _is_none(parts[0]) or all(_is_none(part) for part in parts[1:])


_HARMLESS: Final = re.compile(
    r"無線|無停電|無人|非対称|不正|必ず|(?<![ぁ-ん一-龠々])まず|少なくとも|ゼロトラスト"
    r"|(?<![a-z])no\.\s*[0-9]+|(?<![a-z])wireless(?![a-z])|(?<![a-z])(?:agent|client)less(?![a-z])"
    r"|アドレス|ワイヤレス|(?:エージェント|クライアント)レス|ノー(?:ド|マル|ツ|ト(?!ークン))|航空|空[港調知]"
    r"|事前|以前から|前提|前後|前段|前[橋田原川島]"
)
_DENIED_JA: Final = (
    "な[いくし]|ナシ|ません|[ぁ-ん一-龠]ず(?![つる])|[わらせへかけめべれえき]ん|[ぁ-ん]ぬ(?![ぁ-ん])|[無未不非禁欠弱空]"
    "|レス(?![ァ-ヶー])|ノー|ゼロ|匿名|平文|素通|丸見え|(?:誰|だれ)(?:でも|もが|にも)"
    "|拒否|断[念りっ]|諦め|あきらめ|形だけ|だった|でした|[?×✕✖✗✘❌]|[:=]\\s*0(?![0-9.])|おそらく|たぶん|らしい|はず|つもり|かも|ブランク|ダミー"
)
_LEFT_OUT_JA: Final = (
    "停止|停めて|休止|終了|廃|解除|抜[きくいけ]|かつて|省[略かきくけいみ]|免除|除[くい外]|以外|一部|中止|中断|撤去|割愛"
    "|やめ|止め|外[しす]|切[断っれ]|切り(?!替)|落ち|漏れ|飛ば|とば[しす]|解約|旧|見合わ?せ|失効|障害|故障|オフ|ダウン|スキップ|スルー|バイパス|任意|必要に応|場合"
)
_PUT_OFF_JA: Final = (
    "検討|予定|計画|今後|将来|後日|後で|後程|追って|これから|まだ|近日|順次|次[期年回]|来[年月期春]|更改"
    "|前|準備|待[ちっ]|今度|年度|希望|要望|要調査|案(?![件内])|保留|見送|先送|延期|したい|ほしい|べき|できれば|なるべく|努[めり]|努力|推奨|(?:構築|整備|調達|検証|試験|申請|手続き?|工事|調整|確認|設定|導入|移行)中"
)
_DENIED_EN: Final = (
    "no|not|none|ng|false|never|nothing|nobody|without|non|cannot|lack(?:s|ing)?|absent|missing|null"
    "|blank|empty|anonymous|anyone|anybody|everyone|everybody|guest|plain[a-z]*|clear ?text"
    "|insecure|weak|broken|dummy|avoid[a-z]*|maybe|perhaps|probably|[a-z]*less"
    "|un(?:encrypted|authenticated|protected|secured?|limited|restricted|known|used|available)"
)
_LEFT_OUT_EN: Final = (
    "disabled?|deactivated|inactive|off|down|skip[a-z]*|bypass[a-z]*|omit[a-z]*|except[a-z]*"
    "|unless|optional(?:ly)?|partial(?:ly)?|partly|remov(?:ed|al)|stopped|expired|fail(?:s|ed|ing)?"
    "|den(?:y|ied)|refused|rejected|waived"
)
_PUT_OFF_EN: Final = (
    "planned|pending|later|soon|future|tbd|todo|until|before|postponed|deferred|next|will|should"
    "|to be|wanted|requested|expected|intended|proposed"
)
_DOUBT: Final = re.compile(
    f"{_DENIED_JA}|{_LEFT_OUT_JA}|{_PUT_OFF_JA}|n't(?![a-z])"
    # Not \b: between Latin letters and kanji, or digits, there is no such boundary.
    f"|(?<![a-z])(?:{_DENIED_EN}|{_LEFT_OUT_EN}|{_PUT_OFF_EN})(?![a-z])"
)


def may_say_none(text: str) -> bool:
    """Return whether a text denies, leaves out or puts off anything, and so may mean there is none.

    `パスワードなしでログイン可` names a password and is none. What a text denies is not read:
    whoever needs to know that there is something asks for a text that only says what there is.
    """
    folded = normalize("NFKC", text).strip().lower()
    return says_none(text) or bool(_DOUBT.search(_HARMLESS.sub(" ", folded)))


def _is_none(text: str) -> bool:
    bare = re.sub(r"\s+", " ", _ENDS.sub("", text))
    if not bare or bare in _WORDS:
        return True
    return bool(_JAPANESE.fullmatch(bare.replace(" ", "")) or _ENGLISH.fullmatch(bare))
