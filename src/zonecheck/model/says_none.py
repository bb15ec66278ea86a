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
        *("非対応", "オフ", "検討中", "調整中", "確認中", "準備中", "該当せず", "空", "空欄"),
    )
)
_NOUNS_JA: Final = (
    "特に|該当|設定|指定|記載|対策|制限|上限|暗号化?|認証|承認|許可|担当者?|責任者|保護|保管|保存"
    "|時間帯?|時間制限|通信|回線|経路|容量|サイズ|機能|者|の|は|が|も|を"
)
_ABSENT_JA: Final = (
    "な[しい]|ナシ|無[しい]?|せず|しない|していない|しておらず|未(?:定|設定|実施)|無効|オフ|ゼロ"
)
_JAPANESE: Final = re.compile(rf"(?:{_NOUNS_JA})*(?:{_ABSENT_JA})(?:です|とする)?")
_NOUNS_EN: Final = (
    "encryption|encrypted|authentication|authenticated|limits?|limited|limitation|restrictions?"
    "|restricted|protection|protected|approval|approved|window|password|safeguards?|one|at all"
    "|required|needed|used|set|configured|available|in use|snapshot|owner|responsible|person"
)
_ENGLISH: Final = re.compile(
    rf"(?:no|not|none|without|never|non|un|lacks)[\s-]*(?:(?:{_NOUNS_EN})[\s-]*)+"
    rf"|(?:{_NOUNS_EN})[\s:=-]*(?:none|no|off|disabled|false|missing)"
)
_ENDS: Final = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN: Final = re.compile(r"\s*[,、,;/・\n]\s*")


def says_none(text: str) -> bool:
    """Return whether a text says that there is none, or nothing at all."""
    folded = normalize("NFKC", text).strip().lower().replace("n/a", "na")
    parts = (folded, *_BETWEEN.split(folded))
    return _is_none(parts[0]) or all(_is_none(part) for part in parts[1:])


def _is_none(text: str) -> bool:
    bare = re.sub(r"\s+", " ", _ENDS.sub("", text))
    if not bare or bare in _WORDS:
        return True
    return bool(_JAPANESE.fullmatch(bare.replace(" ", "")) or _ENGLISH.fullmatch(bare))
