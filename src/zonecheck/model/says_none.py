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
    r"無線|無停電|無人|非対称|不正|有無|必ず|まず|少なくとも|ゼロトラスト|\bno\.?\s*[0-9]+"
)
_DOUBT_JA: Final = (
    "な[いくし]|ナシ|ません|[ぁ-ん]ず(?![つ])|[無未不非]|停止|廃止|解除|省略|免除|除[くい外]|以外|中止"
    "|撤去|やめ|外[しす]|オフ|検討|予定|計画|今後|ゼロ|匿名|平文|だれでも|誰でも"
)
_DOUBT_EN: Final = (
    r"\b(?:no|not|none|never|nothing|nobody|without|non|cannot|lack(?:s|ing)?|absent|missing"
    r"|disabled?|off|skip\w*|bypass\w*|except\w*|unless|optional(?:ly)?|planned|pending|later"
    r"|future|tbd|todo|anonymous|anyone|guest|plain\w*|clear\s?text|insecure|weak)\b"
    r"|n't\b|\bun(?:encrypted|authenticated|protected|secured?|limited|restricted|known|used)\b"
)
_DOUBT: Final = re.compile(f"{_DOUBT_JA}|{_DOUBT_EN}")


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
