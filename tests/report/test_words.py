"""Every message code used anywhere has a Japanese and an English wording that fits it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import zonecheck
from zonecheck.model.message import Message
from zonecheck.policy import CHECKS
from zonecheck.report.lang import LANGS
from zonecheck.report.words import all_words, say

SOURCES = sorted(Path(zonecheck.__file__).parent.rglob("*.py"))
CODE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
Use = tuple[str, frozenset[str], str]
"""A pattern of codes, the arguments given, and where."""


def _pattern(node: ast.expr, local: dict[str, ast.expr]) -> str | None:
    """Return a regular expression for what a code expression may be, None for a parameter."""
    if isinstance(node, ast.Name):
        return _pattern(local[node.id], local) if node.id in local else None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
            for part in node.values
        )
    if isinstance(node, ast.IfExp):
        either = [_pattern(node.body, local), _pattern(node.orelse, local)]
        return None if None in either else "|".join(f"(?:{each})" for each in either)
    return None


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


@cache
def _locals(function: ast.AST) -> dict[str, ast.expr]:
    return {
        node.targets[0].id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _is_message_of(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "of"
        and isinstance(function.value, ast.Name)
        and function.value.id == "Message"
    )


def _given(call: ast.Call, local: dict[str, ast.expr] | None = None) -> frozenset[str]:
    names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    for keyword in call.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Name):
            known = (local or {}).get(keyword.value.id)
            if isinstance(known, ast.Dict):
                names |= {str(k.value) for k in known.keys if isinstance(k, ast.Constant)}
    return frozenset(names)


def _matching(pattern: str) -> list[str]:
    """Return the codes a pattern stands for; a family left open is that of some check."""
    codes = [code for code in all_words() if re.fullmatch(pattern, code)]
    if pattern.startswith("["):
        checks = {check.id for check in CHECKS}
        codes = [code for code in codes if code.split(".")[0] in checks]
    return codes


@cache
def _uses() -> list[Use]:
    """Return the code and arguments of each `Message.of`, through helpers that take a code."""
    uses: list[Use] = []
    helpers: dict[str, tuple[int, frozenset[str], frozenset[str]]] = {}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    for path, tree in trees.items():
        if path.parent.name in ("words", "formats"):
            continue
        for function in _functions(tree):
            names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
            for call in ast.walk(function):
                if not isinstance(call, ast.Call) or not _is_message_of(call):
                    continue
                code = call.args[0]
                pattern = _pattern(code, _locals(function))
                if pattern is not None:
                    uses.append(
                        (pattern, _given(call, _locals(function)), f"{path.name}:{call.lineno}")
                    )
                elif isinstance(code, ast.Name) and code.id in names:
                    own = frozenset(names)
                    helpers[function.name] = (names.index(code.id), _given(call), own)
    for path, tree in trees.items():
        for function in _functions(tree):
            for call in ast.walk(function):
                if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                    continue
                if call.func.id not in helpers:
                    continue
                index, given, own = helpers[call.func.id]
                if index >= len(call.args):
                    continue
                pattern = _pattern(call.args[index], _locals(function))
                if pattern is not None:
                    found = given | (_given(call) - own)
                    uses.append((pattern, found, f"{path.name}:{call.lineno}"))
    return uses


@cache
def _phrases() -> list[Use]:
    """Return the code and arguments of each `phrase` call of the renderers and the commands."""
    uses: list[Use] = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in _functions(tree):
            for call in ast.walk(function):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id == "phrase"
                    and not any(keyword.arg is None for keyword in call.keywords)
                ):
                    pattern = _pattern(call.args[1], _locals(function))
                    if pattern is not None:
                        uses.append((pattern, _given(call), f"{path.name}:{call.lineno}"))
    return uses


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("use", _uses(), ids=lambda use: f"{use[2]} {use[0]}")
def test_every_message_has_wordings_that_use_only_its_arguments(use: Use) -> None:
    """A code used in the code is worded, and no placeholder lacks its argument."""
    pattern, given, where = use
    codes = _matching(pattern)
    assert codes, f"{where}: nothing words {pattern}"
    for code in codes:
        for text in all_words()[code]:
            assert _placeholders(text) <= given, f"{where}: {code} {text!r}"


@pytest.mark.parametrize("use", _phrases(), ids=lambda use: f"{use[2]} {use[0]}")
def test_every_phrase_has_wordings_that_use_only_its_arguments(use: Use) -> None:
    """The fixed phrases of reports exist in both languages."""
    pattern, given, where = use
    codes = _matching(pattern)
    assert codes, f"{where}: nothing words {pattern}"
    assert any(_placeholders(all_words()[code][0]) <= given for code in codes), where


def test_messages_were_found() -> None:
    """The search finds direct messages, helpers and patterns: an empty search proves nothing."""
    patterns = {pattern for pattern, _, _ in _uses()}
    assert {re.escape("missing.openness"), re.escape("zone-assignment.no-zone")} <= patterns
    assert re.escape("mynumber-isolation.packet") in patterns
    assert len(_phrases()) > 50


@pytest.mark.parametrize("code", sorted(all_words()))
def test_both_languages_say_the_same_things(code: str) -> None:
    """Both wordings exist, differ only in language, and name the same arguments."""
    ja, en = all_words()[code]
    assert CODE.fullmatch(code)
    assert ja
    assert en
    if code.split(".")[0] in ("report", "point", "zone", "trace", "missing", "assumption"):
        assert _placeholders(ja) == _placeholders(en)


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
@pytest.mark.parametrize("part", ["title", "proves", "counterexample"])
def test_every_check_is_explained(check: str, part: str) -> None:
    """Each check of the catalogue has a title, what it proves and its counterexample."""
    assert f"check.{check}.{part}" in all_words()


def test_assumptions_of_the_semantics_are_worded() -> None:
    """Every assumption id of docs/semantics.md, section 8, has its sentence."""
    document = Path(__file__).parents[2] / "docs" / "semantics.md"
    text = document.read_text(encoding="utf-8")
    table = text.split("| id | assumption |")[1].split("## 9")[0]
    ids = [
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])
    ]
    assert len(ids) > 10
    assert [name for name in ids if f"assumption.{name}" not in all_words()] == []


def test_zone_ids_become_the_words_of_the_policy() -> None:
    """Zone arguments are named in the policy's words where these are given, others are not."""
    names = {"lgwan": "LGWAN接続系", "mynumber": "マイナンバー利用事務系"}
    message = Message.of(
        "zone-assignment.host", node="lgwan", tags="lgwan, mynumber", zones="lgwan"
    )
    assert "LGWAN接続系、マイナンバー利用事務系" in say(message, "ja", names)
    assert "ホスト lgwan " in say(message, "ja", names)


@pytest.mark.parametrize("lang", LANGS)
def test_a_message_without_wording_is_shown_rather_than_hidden(lang: str) -> None:
    """A code nobody worded yet appears with its arguments."""
    message = Message.of("nobody.worded-this", host="h")
    assert say(message, "ja" if lang == "ja" else "en") == "nobody.worded-this (host=h)"


@pytest.mark.parametrize(
    "odd",
    [r"フィルタ(?![ーリ])", "キャプチャー", r"サーバ(?!ー)", r"ルータ(?!ー)", r"プリンタ(?!ー)"],
)
def test_one_thing_has_one_spelling_in_japanese(odd: str) -> None:
    """As the policies' own glossary writes it: long vowels stay long, a capture has none."""
    found = {code for code, (ja, _) in all_words().items() if re.search(odd, ja)}
    assert found == set()
