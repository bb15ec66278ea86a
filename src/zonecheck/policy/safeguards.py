"""The safeguards remote maintenance has to declare (docs/semantics.md, section 9).

A text counts if it names a safeguard known here and only says what there is. Words for none are
without number, so what names none is not taken for one. A text that denies anything, opens to
anybody, or names a protocol that protects nothing beside another is not understood either: it
counts as if nothing were declared.
"""

import re
from enum import Enum
from typing import Final
from unicodedata import normalize

from zonecheck.model.channel import Maintenance
from zonecheck.model.message import Message
from zonecheck.model.says_none import may_say_none, says_none
from zonecheck.policy.time_window import time_window


def _words(latin: str, japanese: str) -> re.Pattern[str]:
    """Return what finds words however they are glued together: `telnetで`, `telnet23`, `AES256`."""
    return re.compile(f"(?<![a-z])(?:{latin})(?![a-z])|{japanese}")


_ENCRYPTIONS: Final = _words(
    "ipsec|ike(?:v[12])?|esp|d?tls(?:v[0-9.]+)?|ssl|(?:open)?ssh|https|sftp|scp|ftps|ldaps|sstp|macsec|wpa[23]"
    "|(?:open|ssl|ipsec)?vpn|anyconnect|wireguard|softether|aes|chacha|camellia|s/?mime|pgp|srtp"
    "|encrypt(?:s|ed|ion)?|cipher",
    "暗号",
)
_AUTHENTICATIONS: Final = _words(
    "mfa|[0-9]fa|(?:multi|two|2)[ -]?factor|t?otp|passwords?|passphrases?|passcodes?|pin|psk|j?pki"
    "|keys?|passkeys?|yubikey|cert(?:s|ificates?)?|biometrics?|fingerprints?|tokens?|(?:smart)?cards?"
    "|fido|webauthn|(?:free)?radius|tacacs|kerberos|ldap|saml|oidc|oauth|sso|active directory|dot1x"
    "|(?:ieee ?)?802\\.1x|p?eap|authenticat(?:es?|ed|ion|or)|credentials?",
    "認証|[多二2]要素|パスワード|パスフレーズ|パスコード|暗証|証明書|鍵"
    "|(?:パス|セキュリティ|秘密|共有|公開)キー|カード|トークン|ワンタイム|生体|指紋|静脈|虹彩",
)
_CLEAR: Final = _words(
    "telnet|http|t?ftp|rsh|rlogin|rexec|pop3|vnc|snmp\\s?v?(?:1|2c?)", "テルネット"
)
"""Protocols in which whoever listens reads along, named where encryption is asked."""
_NO_CIPHER: Final = re.compile(r"(?:(?<![a-z])(?:ip|mpls|bgp|e|l[23])|イーサ|閉域)[\s-]?vpn")
"""Networks of carriers that keep customers apart, and encrypt nothing."""
_FOR_ANYBODY: Final = _words(
    r"open(?![\s-]*(?:vpn|ssh|ssl|id))|any|public(?![\s-]*key)|free",
    "オープン(?!ソース)|フリー|自由|公開(?!鍵|キー)|開放",
)
_BESIDE_A_PROTOCOL: Final = re.compile(
    "(?:通信|接続|転送|送信|受信|ログイン|利用|使用|プロトコル|ポート|番号?|のみ|だけ|による|及び|または|と|や|か|で|を|の|に|は|する?"
    "|です|(?<![a-z])(?:tcp|udp|port|protocol|only|by|via|over|is|and|or|used?)(?![a-z])|[0-9])++"
)
_WORDS: Final = re.compile(r"[^\s,、,;/・()\[\]「」+&。:]+")


class Standing(Enum):
    """What a text says where a safeguard is asked."""

    THERE = "there"
    UNCLEAR = "unclear"
    NONE = "none"


def encrypts(text: str) -> Standing:
    """Return whether a text names an encryption."""
    folded = _folded(text)
    beside = _WORDS.findall(_CLEAR.sub(" ", folded))
    clear = _CLEAR.search(folded) is not None
    if _says_none(text) or (clear and all(map(_adds_nothing, beside))):
        return Standing.NONE
    names = _ENCRYPTIONS.search(_NO_CIPHER.sub(" ", folded)) is not None
    return Standing.THERE if names and not clear and _is_plain(text) else Standing.UNCLEAR


def authenticates(text: str) -> Standing:
    """Return whether a text names how somebody proves who they are."""
    if _says_none(text):
        return Standing.NONE
    names = _AUTHENTICATIONS.search(_folded(text)) is not None
    return Standing.THERE if names and _is_plain(text) else Standing.UNCLEAR


def _folded(text: str) -> str:
    return normalize("NFKC", text).lower()


def _says_none(text: str) -> bool:
    """Return whether a text says that there is none, or every word of it does."""
    return says_none(text) or all(map(says_none, _WORDS.findall(_folded(text))))


def _adds_nothing(word: str) -> bool:
    """Return whether a word beside a protocol in clear names nothing else: `telnet で接続`."""
    return says_none(word) or _BESIDE_A_PROTOCOL.fullmatch(word) is not None


def _is_plain(text: str) -> bool:
    """Return whether a text only says what there is, and for whom it is there."""
    return not may_say_none(text) and _FOR_ANYBODY.search(_folded(text)) is None


def limits(text: str) -> Standing:
    """Return whether a text names hours that leave an hour of the day or more."""
    window = time_window(text)
    if says_none(text) or window.always_open:
        return Standing.NONE
    return Standing.THERE if window.limits else Standing.UNCLEAR


_JUDGES: Final = {"authentication": authenticates, "encryption": encrypts, "window": limits}


def missing_safeguards(entry: Maintenance) -> list[tuple[str, Message]]:
    """Return the safeguards an entry leaves undeclared, or so that nobody can tell, by name."""
    found: list[tuple[str, Message]] = []
    for setting, text in _declared(entry).items():
        if text is None:
            message = Message.of("missing.safeguard", subject=entry.id, setting=setting)
            found.append((setting, message))
        elif _JUDGES[setting](text) is Standing.UNCLEAR:
            found.append((setting, unclear(entry.id, setting, text)))
    return found


def unclear(subject: str, setting: str, text: str) -> Message:
    """Return what to declare instead of a text that nobody can tell a safeguard by."""
    if setting == "window":
        window = time_window(text)
        unread = window.unread if window.parts and window.unread else text
        return Message.of("missing.window-unread", subject=subject, window=text, unread=unread)
    code = "missing.safeguard-unclear"
    return Message.of(code, subject=subject, setting=setting, text=text)


def absent_safeguards(entry: Maintenance) -> list[tuple[str, str]]:
    """Return the safeguards an entry declares not to have, by name, and how it puts it."""
    return [
        (setting, text)
        for setting, text in _declared(entry).items()
        if text is not None and _JUDGES[setting](text) is Standing.NONE
    ]


def _declared(entry: Maintenance) -> dict[str, str | None]:
    return {
        "authentication": entry.authentication,
        "encryption": entry.encryption,
        "window": entry.window,
    }
