"""Laws of reading SMTP: every mail is seen, and what cannot be read is never passed over."""

import pytest

from zonecheck.capture.mail_dialogue import dialogue, has_bare_line_ends, replies_of

HELLO = b"EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n"
MAIL = b"From: a\r\n\r\nhello\r\n"
GREETED = [220, 250, 250, 250]


def handed(mail: bytes) -> bytes:
    """Return a session that hands a mail over."""
    return HELLO + b"DATA\r\n" + mail + b".\r\nQUIT\r\n"


@pytest.mark.parametrize("replies", [None, [*GREETED, 354, 250, 221]])
def test_a_whole_session_is_read_without_doubt(replies: list[int] | None) -> None:
    """With the server's answers or without."""
    found = dialogue(handed(MAIL), replies)
    assert (found.mails, found.doubts) == ([MAIL], [])


def test_every_mail_of_a_session_is_seen() -> None:
    """The second as well as the first, and dots at the beginning of lines as they were."""
    found = dialogue(handed(MAIL) + handed(b"..dot\r\n...\r\n"), None)
    assert found.mails == [MAIL, b".dot\r\n..\r\n"]


def test_a_session_without_mail_is_no_doubt() -> None:
    """A server is asked whether it lives."""
    found = dialogue(b"EHLO a\r\nNOOP\r\nQUIT\r\n", None)
    assert (found.mails, found.doubts) == ([], [])


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (b"\x16\x03\x01\x02\x00" + b"\xaa" * 90, "encrypted"),
        (b"EHLO a\r\nSTARTTLS\r\n\x16\x03\x01", "encrypted"),
        (b"EHLO a\r\nSTARTTLS foo\r\n\x16\x03\x01", "encrypted"),
        (b"EHLO a\r\nSTARTTLS\r\n", "encrypted"),
        (b"\xaa" * 900, "unfinished"),
        (b"\xaa" * 900 + b"\r\n", "unrecognised"),
        (b"GET / HTTP/1.1\r\n\r\n", "unrecognised"),
        (HELLO + b"BDAT 4 LAST\r\nabcd", "chunks"),
        (HELLO + b"DATA\r\n" + MAIL, "unfinished"),
        (HELLO + b"DAT", "unfinished"),
        (handed(MAIL) + MAIL, "unrecognised"),
        (HELLO + b"DATA\n" + MAIL + b".\r\n", "unrecognised"),
    ],
)
def test_what_cannot_be_read_is_a_doubt(said: bytes, doubt: str) -> None:
    """Whether it is encrypted, no SMTP, or not all there."""
    assert doubt in dialogue(said, None).doubts


def test_mail_in_clear_after_a_refused_starttls_is_read() -> None:
    """The client goes on all the same."""
    said = b"EHLO a\r\nSTARTTLS\r\n" + handed(MAIL)
    assert dialogue(said, None).mails == [MAIL]
    assert dialogue(said, [220, 250, 454, 250, 250, 250, 354, 250, 221]).mails == [MAIL]
    assert dialogue(said, [220, 250, 220]).doubts == ["encrypted"]


REFUSED = HELLO + b"DATA\r\nRSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n" + MAIL + b".\r\n"


def test_a_refused_mail_is_told_by_the_answer_to_it() -> None:
    """What comes after it is commands."""
    found = dialogue(REFUSED, [*GREETED, 503, 250, 250, 250, 354, 250])
    assert (found.mails, found.doubts) == ([MAIL], [])


@pytest.mark.parametrize("replies", [None, GREETED, [*GREETED, 250]])
def test_without_its_answer_a_mail_that_may_be_commands_is_a_doubt(
    replies: list[int] | None,
) -> None:
    """So where the answers end early, or are out of step."""
    assert "replies" in dialogue(REFUSED, replies).doubts


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\n.\r"])
def test_a_smuggled_mail_is_seen(end: bytes) -> None:
    """By the reading of a server that takes other ends of a mail for one."""
    said = handed(b"From: a\r\n\r\nhello" + end + HELLO[8:] + b"DATA\r\n" + MAIL)
    assert has_bare_line_ends(said)
    assert MAIL in dialogue(said, None, lax=True).mails
    assert not has_bare_line_ends(handed(MAIL))


@pytest.mark.parametrize("cut", range(1, len(HELLO) + 30))
def test_a_session_that_begins_midway_is_read_only_from_a_command_that_begins_one(
    cut: int,
) -> None:
    """What begins elsewhere may be anything."""
    said = handed(MAIL)[cut:]
    found = dialogue(said, None, begun=False)
    assert found.mails == ([MAIL] if said.startswith(b"MAIL FROM:") else [])
    assert found.mails or found.doubts == ["beginning"]


def test_answers_are_counted_by_their_last_lines() -> None:
    """And not known where they are no answers, or do not begin with a greeting."""
    assert replies_of(b"220 a\r\n250-a\r\n250 b\r\n354 go\r\n25") == [220, 250, 354]
    assert replies_of(b"250 a\r\n") is None
    assert replies_of(b"220 a\r\n\x16\x03\r\n") is None


def test_credentials_are_no_unknown_commands() -> None:
    """AUTH LOGIN is answered line by line."""
    said = b"EHLO a\r\nAUTH LOGIN\r\nYQ==\r\nYg==\r\n" + handed(MAIL)
    assert dialogue(said, None).doubts == []
    assert "unrecognised" in dialogue(b"EHLO a\r\nYQ==\r\n", None).doubts
