import os
from pathlib import Path

import pytest

from tests.formats.reading import found, hints
from zonecheck.formats.problems import BadInput, Problems
from zonecheck.formats.yaml_nodes import Limits, MappingNode, read_document
from zonecheck.model.source import Source

SMALL = Limits(file_bytes=1000)


def read_bytes(tmp_path: Path, data: bytes) -> tuple[object, Problems]:
    """Return what a file of these bytes reads as."""
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    problems = Problems()
    return read_document(path, problems, limits=SMALL), problems


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """Asking for a file that is not there is answered, not raised."""
    problems = Problems()
    for name in ("none.yaml", "none/none.yaml", "nul\0.yaml"):
        assert read_document(tmp_path / name, problems) is None
    assert {code for code, _, _ in found(problems)} == {"file.missing"}


def test_a_directory_is_a_problem(tmp_path: Path) -> None:
    """A directory is named as such."""
    problems = Problems()
    read_document(tmp_path, problems)
    assert found(problems) == [("file.is-directory", 1, 1)]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe")
    problems = Problems()
    read_document(tmp_path / "pipe", problems)
    assert found(problems) == [("file.not-regular", 1, 1)]


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission, or that the system refuses, is a problem, not a traceback."""
    path = tmp_path / "f.yaml"
    path.write_text("a: 1\n")
    for error, code in ((PermissionError(13, ""), "no-permission"), (OSError(5, ""), "unreadable")):
        problems = Problems()

        def refuse(*_: object, error: OSError = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", refuse)
        read_document(path, problems)
        assert found(problems) == [(f"file.{code}", 1, 1)]


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is checked before the file is opened."""
    path = tmp_path / "f.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", None)
    problems = Problems()
    read_document(path, problems)
    assert found(problems) == [("file.too-large", 1, 1)]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# x\n", b"---\n", b"\n\n"])
def test_an_empty_file_is_a_problem(tmp_path: Path, data: bytes) -> None:
    """Nothing is not a topology."""
    assert found(read_bytes(tmp_path, data)[1]) == [("file.empty", 1, 1)]


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """Files saved by Windows editors are read, with columns as the editor shows them."""
    root, problems = read_bytes(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert isinstance(root, MappingNode)
    assert [(key.text, key.source.line, key.source.column) for key, _ in root.entries] == [
        ("a", 1, 1),
        ("b", 2, 1),
    ]
    assert not problems.has_any


def test_cp932_is_recognised(tmp_path: Path) -> None:
    """A Shift_JIS file is told where it stops being UTF-8 and how to save it."""
    _, problems = read_bytes(tmp_path, "a: 1\nname: 庁内\n".encode("cp932"))
    assert found(problems) == [("file.not-utf-8", 2, 7)]
    assert hints(problems) == [{"code": "hint.save-as-utf-8", "encoding": "CP932 (Shift_JIS)"}]


def test_bytes_in_no_known_encoding_are_a_problem(tmp_path: Path) -> None:
    """A stray byte is told with its value and offset."""
    _, problems = read_bytes(tmp_path, b"a: \xff\xfe\xff\n")
    assert problems.in_order[0].message.named == {"byte": "0xFF", "offset": "3"}
    assert hints(problems) == [{"code": "hint.save-as-utf-8-plain"}]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised(tmp_path: Path, encoding: str) -> None:
    """A UTF-16 file is told to be one, with or without its mark."""
    _, problems = read_bytes(tmp_path, "name: city\n".encode(encoding))
    assert found(problems) == [("file.utf-16", 1, 1)]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff"])
def test_characters_that_mislead_are_a_problem(tmp_path: Path, character: str) -> None:
    """Control characters, hidden line breaks and text direction marks are told with their place."""
    _, problems = read_bytes(tmp_path, f"a: 1\nbcdefgh: {character}x\n".encode())
    assert found(problems) == [("file.control-character", 2, 10)]


def test_paths_are_shown_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path stays relative in every source."""
    (tmp_path / "f.yaml").write_text("a: 1\n")
    monkeypatch.chdir(tmp_path)
    root = read_document("f.yaml", Problems())
    assert root is not None
    assert root.source.file == "f.yaml"


def test_bad_input_carries_every_problem_in_order() -> None:
    """The exception holds all problems of a file at once, by place."""
    problems = Problems()
    problems.raise_if_any()
    for line in (3, 1, 2, 1):
        problems.add(place(line), "file.empty")
    with pytest.raises(BadInput) as caught:
        problems.raise_if_any()
    assert [problem.source.line for problem in caught.value.problems] == [1, 2, 3]
    assert str(caught.value) == "3 problem(s), first f.yaml:1:1: file.empty"


def test_a_flood_of_problems_is_counted_not_kept() -> None:
    """A broken template used a thousand times stays readable."""
    problems = Problems(room=2)
    for line in range(1, 6):
        problems.add(place(line), "file.empty")
    assert (len(problems), problems.dropped) == (2, 3)


def place(line: int) -> Source:
    """Return the first column of a line."""
    return Source("f.yaml", line, 1)
