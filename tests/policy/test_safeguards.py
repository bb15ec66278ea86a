"""What a text says where encryption or authentication is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonecheck.policy.safeguards import Standing, authenticates, encrypts

IN_CLEAR = (
    *("telnetで接続", "Telnet通信", "HTTP通信", "ftp転送", "telnetプロトコル", "TELNET23番"),
    *("telnet23", "telnet (平文)", "ＴＥＬＮＥＴ", "HTTP and FTP", "snmpv2cのみ"),
    *("暗号化なし、telnet", "telnet, none"),
)
NOT_ENCRYPTED = (
    *("暗号化は次期更改で導入", "後日導入", "暗号化割愛", "暗号化スキップ", "暗号化を省く"),
    *("暗号化レス", "暗号化見合わせ", "次年度にVPN"),
    *("SSL対応前", "IPsec 切断中", "TLS終了", "準備中のVPN", "ipsec down", "NULL暗号", "旧VPN"),
    *("base64", "素通し", "IPsecを使わん", "IPsecはoff", "暗号化=0", "暗号化の有無", "IPsec?"),
    *("HTTPをTLSで", "telnet over IPsec", "IP-VPN", "閉域VPN", "L2VPN", "nossl", "someday"),
    *("暗号化断念", "暗号化拒否", "TLSが落ちている", "VPN案", "IPsec待ち", "TLS to be introduced"),
)
ENCRYPTED = (
    *("IPsec", "ipsec (aes-256)", "ＩＰｓｅｃ", "TLS 1.3", "TLSv1.3", "AES-256 で暗号化", "AES256"),
    *("暗号化あり", "SSL-VPN", "L2TP/IPsec", "remote VPN", "VPN (契約 No. 12)", "HTTPS通信"),
    *("事前共有鍵による IPsec", "まずVPN", "IP-VPN 上の IPsec", "オープンソースの WireGuard"),
)
DENIED = (
    *("パスワードレスで誰もが利用可", "パスワードレス", "ノーパスワード", "passwordless"),
    *("empty password", "blank", "パスワード空白", "認証スキップ", "認証割愛", "認証を省く"),
    *("後日", "認証はこれから", "誰もが利用可", "open", "any", "public", "フリー", "自由"),
    *("素通し", "パスワードフリー", "open (password)", "認証を経ず", "認証断念", "認証は形だけ"),
    *("no 2 factor authentication", "認証を飛ばす", "認証待ち"),
)
UNKNOWN = ("顔なじみ", "合言葉", "IPアドレス制限")
AUTHENTICATED = (
    *("mfa", "2FA", "証明書認証", "パスワードと証明書", "ID・パスワード", "生体認証とICカード"),
    *(
        "事前共有鍵 (PSK)",
        "事前に配った証明書",
        "以前からの証明書",
        "公開鍵",
        "public key",
        "FIDO2",
    ),
    *("802.1X (EAP-TLS)", "職員証カードと暗証番号", "ノートPCの証明書", "前橋市の証明書", "二要素"),
)


@pytest.mark.parametrize("text", IN_CLEAR)
def test_a_protocol_that_protects_nothing_is_none_however_it_is_glued(text: str) -> None:
    """What only says that it is used, or at which port, adds nothing to it."""
    assert encrypts(text) is Standing.NONE


@pytest.mark.parametrize("text", NOT_ENCRYPTED)
def test_a_text_that_names_no_encryption_or_denies_one_is_unclear(text: str) -> None:
    """Denied, left out, put off, or not known."""
    assert encrypts(text) is Standing.UNCLEAR


@pytest.mark.parametrize("text", ENCRYPTED)
def test_a_text_that_only_names_an_encryption_is_one(text: str) -> None:
    """Characters that deny are parts of other words, too."""
    assert encrypts(text) is Standing.THERE


@pytest.mark.parametrize("text", [*DENIED, *UNKNOWN])
def test_a_text_that_lets_in_anybody_or_denies_a_proof_is_unclear(text: str) -> None:
    """Whatever it names beside."""
    assert authenticates(text) is Standing.UNCLEAR


@pytest.mark.parametrize("text", AUTHENTICATED)
def test_a_text_that_only_names_a_proof_is_one(text: str) -> None:
    """In either language, in half-width letters or not."""
    assert authenticates(text) is Standing.THERE


def test_a_strong_proof_in_words_that_also_deny_one_is_asked_about() -> None:
    """Without a password may be better or worse than with one."""
    assert authenticates("FIDO2 (パスワードレス)") is Standing.UNCLEAR


@given(st.sampled_from(ENCRYPTED), st.sampled_from(IN_CLEAR), st.sampled_from("、,・ "))
def test_a_protocol_in_clear_beside_an_encryption_is_unclear(one: str, other: str, by: str) -> None:
    """Nobody can tell which of them carries what."""
    assert encrypts(f"{one}{by}{other}") is Standing.UNCLEAR
    assert encrypts(f"{other}{by}{one}") is Standing.UNCLEAR


@given(st.sampled_from(AUTHENTICATED), st.sampled_from(DENIED))
def test_a_proof_does_not_hide_that_another_is_denied(one: str, other: str) -> None:
    """In either order."""
    assert authenticates(f"{one}、{other}") is Standing.UNCLEAR
    assert authenticates(f"{other} {one}") is Standing.UNCLEAR


@pytest.mark.parametrize(
    "text", ["telnet" * 5000, "通信" * 9000 + "telnet", "no" * 9000, "レ" * 9000]
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    """However often its words could be cut to pieces."""
    assert encrypts(text) is not Standing.THERE
    assert authenticates(text) is not Standing.THERE
