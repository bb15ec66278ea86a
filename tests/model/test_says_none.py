"""Words that mean there is none are known however they are spelt; what names something is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonecheck.model.says_none import may_say_none, says_none

NONE = (
    *("none", "None", "NONE.", "no", "off", "false", "0", "-", "—", "?", "", "  ", "N/A", "null"),
    *("なし", "ナシ", "ﾅｼ", "無し", "無", "(なし)", "「なし」", "特になし", "該当なし", "無制限"),
    *(
        "暗号化なし",
        "暗号化無し",
        "暗号化しない",
        "暗号化していない",
        "暗号なし",
        "平文",
        "未暗号化",
    ),
    *("認証なし", "認証は無し", "制限なし", "容量制限なし", "担当者なし", "未定", "不明", "未設定"),
    *("no encryption", "not encrypted", "unencrypted", "without authentication", "non-encrypted"),
    *("encryption: none", "Plain text", "cleartext", "unlimited", "no limit", "none, なし"),
    *("ｎｏｎｅ", "unknown", "TBD", "not required", "no one", "not implemented", "x"),
    *("認証は行わない", "暗号化は行っていない", "暗号化は実施しておりません", "認証していません"),
    *("暗号化はかけていない", "暗号化いたしません", "導入していない", "今後検討", "不使用"),
    *("encryption is not used", "encryption has not been implemented", "We do not encrypt"),
)
DOUBTFUL = (
    *("パスワードなしでログイン可", "IPsec。平文区間なし", "TLSは使わない", "VPN、認証なし"),
    *("夜間は停止", "VPN を除く", "証明書以外", "暗号化は次年度予定", "誰でも"),
    *("暗号化は後日", "暗号化スキップ", "認証割愛", "パスワードレス", "ノーパスワード"),
    *("SSL対応前", "IPsec 切断中", "IPsecを使わん", "認証を経ず", "ipsec down", "NULL暗号"),
    *("IPsecはoff", "暗号化の有無", "暗号を含まず", "導入待ち", "VPN案"),
    *("certificate, no password", "VPN unless on site", "TLS (disabled)", "guest", "isn't asked"),
)
PLAIN = (
    *("IPsec", "TLS 1.3", "mfa", "ID・パスワード", "証明書とパスワード", "無線LAN担当", "必ずVPN"),
    *("事前共有鍵", "ワイヤレス", "ノートPC", "IPアドレス", "エージェントレスのVPN"),
    *("前橋市の証明書", "まずVPN", "VPN案内の担当"),
    *("非対称鍵", "OpenVPN", "VPN (契約 No. 12)", "FIDO2", "ゼロトラスト接続", "09:00-17:00"),
)
SOMETHING = (
    *("IPsec", "TLS 1.3", "ipsec (aes-256)", "IPsec。平文区間なし", "回線事業者", "10 MB", "あり"),
    *(
        "暗号化あり",
        "情報政策課",
        "セコム",
        "無線LAN担当",
        "無停電",
        "証明書とパスワード",
        "North Ltd",
    ),
    *("Noda", "none of the traffic is unencrypted", "sha256:00", "ノーツ", "有", "VPN、認証なし"),
    *("09:00-17:00", "Nokia", "北海道", "certificate, no password"),
)


@pytest.mark.parametrize("text", NONE)
def test_words_that_mean_none_are_known(text: str) -> None:
    """However it is spelt, in either language."""
    assert says_none(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_what_names_something_is_not_none(text: str) -> None:
    """Words that only look like none."""
    assert not says_none(text)


@given(st.sampled_from(NONE), st.sampled_from(NONE))
def test_none_and_none_is_none(one: str, other: str) -> None:
    """Two words for none are one."""
    assert says_none(f"{one}、{other}")


@given(st.sampled_from(NONE), st.sampled_from(SOMETHING))
def test_none_of_one_thing_does_not_hide_another(one: str, other: str) -> None:
    """One part that names something is enough."""
    assert not says_none(f"{one}、{other}")


@pytest.mark.parametrize("text", [*NONE, *DOUBTFUL])
def test_a_text_that_denies_anything_may_mean_there_is_none(text: str) -> None:
    """Whatever it is that it denies: that is not read."""
    assert may_say_none(text)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_that_only_says_what_there_is_leaves_no_doubt(text: str) -> None:
    """Characters that deny are parts of other words, too."""
    assert not may_say_none(text)


@given(st.sampled_from(PLAIN), st.sampled_from(DOUBTFUL))
def test_what_is_said_beside_it_takes_no_doubt_away(plain: str, doubtful: str) -> None:
    """In either order."""
    assert may_say_none(f"{plain}、{doubtful}")
    assert may_say_none(f"{doubtful} {plain}")
