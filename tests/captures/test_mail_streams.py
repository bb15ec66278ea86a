"""Laws of joining TCP segments: what was said once is read once, and nothing missing is passed."""

from random import Random

import pytest

from zonecheck.capture.mail_streams import (
    ACK,
    FIN,
    RST,
    SYN,
    URG,
    Segment,
    answers,
    connections,
    joined,
)

SAID = bytes(range(256)) * 3
TOP = (1 << 32) - 100


def session(said: bytes, size: int, begins: int = 1000) -> list[Segment]:
    """Return SYN and data in segments of a size."""
    pieces = [
        Segment((begins + 1 + at) % (1 << 32), 1, ACK, said[at : at + size])
        for at in range(0, len(said), size)
    ]
    return [Segment(begins, 0, SYN), *pieces]


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("begins", [0, 1000, TOP])
def test_segments_join_to_what_was_said_whatever_their_size_and_order(
    size: int, begins: int
) -> None:
    """Also across the number where counting begins anew, and with every segment sent twice."""
    segments = session(SAID, size, begins)
    later = segments[1:] * 2
    Random(size).shuffle(later)
    (only,) = connections([segments[0], *later])
    stream = joined(only)
    assert (stream.data, stream.other, stream.doubts) == (SAID, None, ())


def test_a_syn_captured_late_is_still_the_beginning() -> None:
    """Captures may hold packets out of order."""
    segments = session(SAID, 50)
    (only,) = connections(reversed(segments))
    assert joined(only).doubts == ()


def test_a_session_without_its_syn_has_no_beginning() -> None:
    """What was said before is not known."""
    (only,) = connections(session(SAID, 50)[1:])
    assert "beginning" in joined(only).doubts


@pytest.mark.parametrize("lost", range(1, 6))
def test_whatever_segment_is_missing_there_is_a_gap(lost: int) -> None:
    """The last one is missed by FIN, and by what the other side acknowledges."""
    segments = session(SAID, 160)
    del segments[lost]
    ended = [*segments, Segment(1001 + len(SAID), 1, FIN | ACK)]
    (only,) = connections(ended)
    stream = joined(only)
    assert "gap" in stream.doubts
    assert SAID.startswith(stream.data)
    (only,) = connections(segments)
    (other,) = connections(
        [Segment(7, 1001, SYN | ACK), Segment(8, 1001 + len(SAID), ACK)],
    )
    assert "gap" in joined(only, other).doubts


def test_copies_that_differ_are_read_both_ways() -> None:
    """Nobody knows which of them the receiver kept."""
    segments = session(b"good", 4)
    (only,) = connections([*segments, Segment(1001, 1, ACK, b"evil")])
    stream = joined(only)
    assert {stream.data, stream.other} == {b"good", b"evil"}
    assert "conflict" in stream.doubts


@pytest.mark.parametrize("flags", [URG | ACK, RST])
def test_data_that_receivers_treat_differently_is_doubtful(flags: int) -> None:
    """Urgent octets are taken out of the stream by some; data of a reset is dropped by most."""
    (only,) = connections([*session(SAID, 50), Segment(1001 + len(SAID), 1, flags, b"more")])
    assert "odd-segments" in joined(only).doubts


@pytest.mark.parametrize("begins", [1000, 400, 900_000])
def test_a_new_syn_begins_a_new_session_even_with_the_same_number(begins: int) -> None:
    """Ports are used again."""
    first, second = connections([*session(SAID, 100), *session(b"again", 5, begins)])
    assert joined(first).data == SAID
    assert joined(second).data == b"again"


def test_data_of_a_syn_is_said_first() -> None:
    """TCP Fast Open."""
    (only,) = connections([Segment(9, 0, SYN, b"EHLO"), Segment(14, 0, ACK, b" a")])
    assert joined(only).data == b"EHLO a"


def test_answers_are_those_to_the_same_beginning() -> None:
    """Each session has its own, by the number its SYN acknowledges."""
    said = connections([*session(SAID, 100), *session(SAID, 100, 5000)])
    others = connections([Segment(70, 5001, SYN | ACK), Segment(90, 1001, SYN | ACK)])
    found = [answers(each, others) for each in said]
    assert [other and other.begins for other in found] == [90, 70]
    assert others == []
