"""Laws of reading MIME: a mail of plain text alone passes, and nothing that may be more does."""

import pytest

from zonecheck.capture.mail_types import parts_of

PLAIN = b"From: a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n"


def mail(headers: bytes, body: bytes = b"hello\r\n") -> bytes:
    """Return a mail with some headers."""
    return b"From: a\r\n" + headers + b"\r\n" + body


def mixed(part: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a mail of a plain part and another one, with something around them."""
    first = b"--X\r\nContent-Type: text/plain\r\n\r\nhello\r\n--X\r\n"
    body = before + first + part + b"\r\n--X--\r\n" + after
    return mail(b"Content-Type: multipart/mixed; boundary=X\r\n", body)


@pytest.mark.parametrize(
    "plain",
    [
        PLAIN,
        mail(b"Subject: a\r\n"),
        mail(b"Content-Type: TEXT/PLAIN\r\n"),
        mail(b"Content-Type: text/plain;\r\n charset=utf-8; format=flowed\r\n"),
        mail(b"Content-Transfer-Encoding: base64\r\n", b"aGVsbG8=\r\n"),
        mail(b"Content-Type: text/plain; charset=iso-2022-jp\r\n", b'\x1b$B$"\x1b(B\r\n'),
        mail("Subject: 本文\r\n".encode(), "本文\r\n".encode()),
        mixed(b"\r\nmore"),
        mixed(b"Content-Disposition: inline\r\n\r\nmore", b"\r\n", b"\r\n"),
        mixed(b"\r\nmore", b"This is a multi-part message in MIME format.\r\n"),
    ],
)
def test_plain_text_alone_passes(plain: bytes) -> None:
    """However it is written."""
    found = parts_of(plain)
    assert (found.unwanted, found.doubtful) == ([], False)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (mail(b"Content-Type: text/html\r\n"), "text/html"),
        (mail(b"content-type: (x) text/html\r\n"), "text/html"),
        (mail(b"Content-Type: text/plain\r\nContent-Type: text/html\r\n"), "text/html"),
        (mail(b"Content-Type: text/html\r\nContent-Type: text/plain\r\n"), "text/html"),
        (mail(b"Content-Type: message/rfc822\r\n", PLAIN), "message/rfc822"),
        (mixed(b"Content-Type: application/zip\r\n\r\nPK"), "application/zip"),
        (mail(b'Content-Type: text/plain; name="a.txt"\r\n'), "text/plain (attachment)"),
        (mail(b"Content-Disposition: attachment\r\n"), "text/plain (attachment)"),
        (mail(b"Content-Disposition: other\r\n"), "text/plain (attachment)"),
        (
            mail(b"Content-Disposition: inline; filename*=utf-8''a.txt\r\n"),
            "text/plain (attachment)",
        ),
        (mail(b"", b"a\r\nbegin 644 a.exe\r\n#0V%T\r\n`\r\nend\r\n"), "text/plain (encoded file)"),
        (
            mail(b"Content-Transfer-Encoding: base64\r\n", b"YmVnaW4gNjQ0IGEuZXhlCg==\r\n"),
            "text/plain (encoded file)",
        ),
    ],
)
def test_any_other_part_is_named(other: bytes, kind: str) -> None:
    """By its type, never by its contents."""
    assert kind in parts_of(other).unwanted


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"JUNK\r\n" + PLAIN,
        b"\r\n" + PLAIN,
        b" " + PLAIN,
        b"From a\r\n" + PLAIN,
        mail(b"Content-Type : text/html\r\n"),
        mail(b"Content-Type: application/zip/x\r\n"),
        mail(b"Content-Type: zip\r\n"),
        mail(b"Content-Type: =?utf-8?q?text/html?=\r\n"),
        mail(b"Content-Type: text/plain\r\nContent-Type: text/plain\r\n"),
        mail(b"Content-Transfer-Encoding: x-uuencode\r\n"),
        mail(b"Content-Transfer-Encoding: base64\r\n", b"a!b\r\n"),
        mail(b"", b"PK\x03\x04\0\0\r\n"),
        mail(b"Content-Type: multipart/mixed\r\n"),
        mail(b"Content-Type: multipart/mixed; boundary=Y\r\n"),
        mail(b"Content-Type: multipart/mixed; boundary=X; boundary=Y\r\n", b"--X\r\n\r\n--X--\r\n"),
        mail(b"Content-Type: multipart/mixed; boundary*0=X\r\n", b"--X\r\n\r\na\r\n--X--\r\n"),
        mail(b"Content-Type: multipart/mixed; boundary=X\r\n", b"--X\r\n\r\nhello\r\n"),
        mixed(b"\r\nmore", b"UEsDBBQ=\r\n"),
        mixed(b"\r\nmore", b"", b"PK binary\r\n"),
        mail(b"Content-Type: multipart/mixed; boundary=X\r\n", b"--X\r\n\r\n" * 2000),
    ],
)
def test_what_can_be_read_in_two_ways_is_doubtful(odd: bytes) -> None:
    """Whatever the library calls a defect, and what it does not."""
    assert parts_of(odd).doubtful


def test_nesting_beyond_all_measure_is_doubtful_and_no_error() -> None:
    """Any octets give an answer."""
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(2000)
    )
    assert parts_of(deep).doubtful
