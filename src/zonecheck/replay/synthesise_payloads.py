"""What sessions of common services say, as far as a capture of headers and first bytes shows."""

import base64
import struct
from dataclasses import dataclass
from random import Random

from zonecheck.simulate import Packet

TCP, UDP = 6, 17
SMTP, DNS, HTTP, NTP, HTTPS, SMB, SYSLOG, RDP = 25, 53, 80, 123, 443, 445, 514, 3389


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that one side says; `forward` is the side that opened the session."""

    forward: bool
    data: bytes


def asked(data: bytes) -> Line:
    """Return what the side says that opened the session."""
    return Line(forward=True, data=data)


def answered(data: bytes) -> Line:
    """Return what the other side says."""
    return Line(forward=False, data=data)


def conversation(packet: Packet, random: Random) -> list[Line]:
    """Return what is said in a session that a packet opens, by its port."""
    port = packet.destination_port
    if packet.protocol == TCP and port == SMTP:
        return mail_session(plain_mail(random))
    if port == DNS:
        query = dns_query("www.example.jp", random)
        answer = query[:2] + b"\x81\x80" + query[4:6] + b"\0\x01" + query[8:]
        answer += b"\xc0\x0c\0\x01\0\x01\0\0\x01\x2c\0\x04\xcb\0\x71\x07"
        if packet.protocol == TCP:
            query, answer = (struct.pack("!H", len(part)) + part for part in (query, answer))
        return [asked(query), answered(answer)]
    if packet.protocol == TCP and port in _TCP_SAYS:
        return [Line(forward, data) for forward, data in _TCP_SAYS[port]]
    if packet.protocol == UDP and port == NTP:
        return [asked(b"\x23" + bytes(47)), answered(b"\x24\x01" + bytes(46))]
    if packet.protocol == UDP and port == SYSLOG:
        return [asked(b"<134>1 - zonecheck - - - - synthesised")]
    if packet.protocol == TCP:
        return [asked(b"hello\r\n"), answered(b"hello\r\n")]
    return [asked(b"\0" * 16), answered(b"\0" * 16)]


def plain_mail(random: Random) -> bytes:
    """Return a mail of text only, as a sanitiser hands it on."""
    head = _mail_head(random, "text/plain; charset=utf-8")
    return head + "本文のテキストだけです。\r\n".encode()


def mail_with_attachment(random: Random) -> bytes:
    """Return a mail with a file in it, which text-only sanitising would have taken off."""
    boundary = f"=_{random.getrandbits(64):016x}"
    file = base64.encodebytes(b"PK\x03\x04" + random.randbytes(120)).replace(b"\n", b"\r\n")
    lines = [
        f"--{boundary}",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "添付をご覧ください。",
        f"--{boundary}",
        'Content-Type: application/vnd.ms-excel.sheet.macroEnabled.12; name="seikyu.xlsm"',
        'Content-Disposition: attachment; filename="seikyu.xlsm"',
        "Content-Transfer-Encoding: base64",
        "",
        "",
    ]
    head = _mail_head(random, f'multipart/mixed; boundary="{boundary}"')
    return head + "\r\n".join(lines).encode() + file + f"--{boundary}--\r\n".encode()


def _mail_head(random: Random, kind: str) -> bytes:
    number = random.getrandbits(32)
    lines = [
        "From: <sender@example.jp>",
        "To: <shokuin@city.example.jp>",
        f"Message-ID: <{number:08x}@example.jp>",
        "Subject: =?utf-8?b?44GK55+l44KJ44Gb?=",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode()


def mail_session(mail: bytes) -> list[Line]:
    """Return the dialogue by which a mail is handed over (RFC 5321)."""
    return [
        answered(b"220 mail.city.example.jp ESMTP\r\n"),
        asked(b"EHLO relay.example.jp\r\n"),
        answered(b"250-mail.city.example.jp\r\n250 8BITMIME\r\n"),
        asked(b"MAIL FROM:<sender@example.jp> BODY=8BITMIME\r\n"),
        answered(b"250 2.1.0 Ok\r\n"),
        asked(b"RCPT TO:<shokuin@city.example.jp>\r\n"),
        answered(b"250 2.1.5 Ok\r\n"),
        asked(b"DATA\r\n"),
        answered(b"354 End data with <CR><LF>.<CR><LF>\r\n"),
        asked(mail + b".\r\n"),
        answered(b"250 2.0.0 Ok: queued\r\n"),
        asked(b"QUIT\r\n"),
        answered(b"221 2.0.0 Bye\r\n"),
    ]


def dns_query(name: str, random: Random) -> bytes:
    """Return a DNS query for an address (RFC 1035)."""
    head = struct.pack("!HHHHHH", random.getrandbits(16), 0x0100, 1, 0, 0, 0)
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return head + labels + b"\0" + struct.pack("!HH", 1, 1)


def _tls() -> tuple[tuple[bool, bytes], ...]:
    """Return the first records of TLS 1.2 with empty extensions."""
    hello = b"\x03\x03" + bytes(32) + b"\0" + b"\0\x02\xc0\x2f" + b"\x01\0"
    answer = b"\x03\x03" + bytes(32) + b"\0" + b"\xc0\x2f\0"
    return (
        (True, _record(22, b"\x01" + len(hello).to_bytes(3, "big") + hello)),
        (False, _record(22, b"\x02" + len(answer).to_bytes(3, "big") + answer)),
        (True, _record(23, bytes(64))),
        (False, _record(23, bytes(256))),
    )


def _record(kind: int, data: bytes) -> bytes:
    return bytes([kind, 3, 3]) + len(data).to_bytes(2, "big") + data


_SMB_NEGOTIATE = (
    b"\xfeSMB"
    + struct.pack("<HHIHH", 64, 0, 0, 0, 1)
    + bytes(48)
    + struct.pack("<HHHHI", 36, 1, 1, 0, 0)
    + bytes(24)
    + b"\x11\x03"
)
_SMB_ANSWER = (
    b"\xfeSMB"
    + struct.pack("<HHIHH", 64, 0, 0, 0, 1)
    + struct.pack("<I", 1)
    + bytes(44)
    + struct.pack("<HHHH", 65, 1, 0x0311, 0)
    + bytes(57)
)
_TCP_SAYS: dict[int, tuple[tuple[bool, bytes], ...]] = {
    22: ((False, b"SSH-2.0-server\r\n"), (True, b"SSH-2.0-client\r\n")),
    HTTP: (
        (True, b"GET / HTTP/1.1\r\nHost: www.example.jp\r\n\r\n"),
        (False, b"HTTP/1.1 204 No Content\r\n\r\n"),
    ),
    8080: (
        (True, b"CONNECT www.example.jp:443 HTTP/1.1\r\nHost: www.example.jp:443\r\n\r\n"),
        (False, b"HTTP/1.1 200 Connection established\r\n\r\n"),
    ),
    HTTPS: _tls(),
    SMB: (
        (True, len(_SMB_NEGOTIATE).to_bytes(4, "big") + _SMB_NEGOTIATE),
        (False, len(_SMB_ANSWER).to_bytes(4, "big") + _SMB_ANSWER),
    ),
    RDP: (
        (True, bytes.fromhex("030000130ee000000000000100080003000000")),
        (False, bytes.fromhex("030000130ed000001234000200080002000000")),
    ),
}
