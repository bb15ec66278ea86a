"""The pages of docs/checks are those the catalogue, the wordings and the profiles make."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.published import published
from zonecheck.cli import main
from zonecheck.formats import read_topology
from zonecheck.policy import CHECKS, RoutingAssumption
from zonecheck.policy import check as check_kinds
from zonecheck.policy.asked_for import codes_asked_for, codes_in, goes_by_listens
from zonecheck.policy.check import KINDS, attribute_of
from zonecheck.policy.implications import causes_of, consequences_of
from zonecheck.policy.ledger.assumptions import assumptions_of
from zonecheck.policy.ledger.undeclared import beyond_proof, undeclared_items
from zonecheck.policy.pending import PENDING
from zonecheck.policy.routing_assumption import assuming
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.pages.check_families import FAMILIES
from zonecheck.report.pages.statement_kinds import ALWAYS, ENTRIES, SECTIONS, UNDECLARED
from zonecheck.report.pages.write_check_pages import check_pages
from zonecheck.report.pages.write_check_pages import main as write
from zonecheck.report.words import all_words, phrase, wording

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "checks"
IDS = (*(check.id for check in CHECKS), *PENDING)
PAGES = check_pages()
NEVER_YIELDED = {"nat-ports", "tunnel-ends"}
"""Entries that are worded and that no design makes the ledger list."""


def test_a_page_for_each_check_and_no_other() -> None:
    """Every check of the catalogue has its page, and every page stands for a check."""
    stored = {path.name for path in FOLDER.iterdir()}
    assert stored == {"README.md", *(f"{name}.md" for name in IDS)}
    assert stored == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_stored_pages_are_those_the_code_makes(name: str) -> None:
    """What is stored is what `make docs-checks` would write."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]


def test_pages_of_no_check_are_removed(tmp_path: Path) -> None:
    """Writing the pages leaves what is wanted, and no page of a check that is gone."""
    (tmp_path / "no-such-check.md").write_text("x", encoding="utf-8")
    write([str(tmp_path)])
    assert {path.name for path in tmp_path.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_shows_a_code_where_words_belong(name: str) -> None:
    """What has no wording is shown as its code: none stands outside of code spans."""
    families = "|".join({code.partition(".")[0] for code in all_words()} - {"zonecheck"})
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|```.*?```", "", PAGES[name], flags=re.DOTALL)
    assert re.findall(rf"(?<![\w./-])(?:{families})\.[a-z-]+(?![\w.(])", text) == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_lead_somewhere(name: str) -> None:
    """Every link of a page leads to a page, and to a heading or mark that is there."""
    links = re.findall(r"\]\(([^)]+)\)", PAGES[name])
    assert links
    for link in links:
        target, _, anchor = link.partition("#")
        path = (FOLDER / (target or name)).resolve()
        text = path.read_text(encoding="utf-8")
        headings = re.findall(r"(?m)^#+ (.*)$", text)
        known = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
        known |= set(re.findall(r'<a id="([^"]+)">', text))
        assert not anchor or anchor in known, link


@pytest.mark.parametrize("check", IDS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_command_says_what_the_page_says(check: str, lang: Lang) -> None:
    """`zonecheck checks ID` shows what the page has, of checks that are not made yet too."""
    page = PAGES[f"{check}.md"]
    shown = CliRunner().invoke(main, ["checks", check, "--lang", lang])
    assert shown.exit_code == 0
    parts = [
        phrase(lang, f"check.{check}.{part}") for part in ("title", "proves", "counterexample")
    ]
    parts += [wording(code, lang) for code in all_words() if code.startswith(f"{check}.")]
    for part in parts:
        assert part in shown.stdout
        assert part.replace("|", "\\|") in page
    assert all(code in shown.stdout for code in all_words() if code.startswith(f"{check}."))
    clauses = set(re.findall(r"(?m)^\| `([a-z0-9-]+)` \| .* \| .* \| .* / .* \|", page))
    assert all(clause in shown.stdout for clause in clauses)
    document = published(CliRunner().invoke(main, ["checks", check, "--format", "json"]).stdout)
    assert document["checks"][0]["runs"] is (check not in PENDING)


@pytest.mark.parametrize("check", IDS)
def test_japanese_sentences_end(check: str) -> None:
    """What a check proves and its counterexample are sentences in Japanese."""
    for part in ("proves", "counterexample"):
        assert phrase("ja", f"check.{check}.{part}").endswith("。")


def test_every_check_has_its_exact_meaning() -> None:
    """Section 9 of docs/semantics.md speaks of each check that is made, in an item of its own."""
    text = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
    section = text.split("## 9. Checks")[1].split("## 10.")[0]
    heads = re.findall(r"(?m)^- (`[^:]*):", section)
    named = [name for head in heads for name in re.findall(r"`([a-z0-9-]+)`", head)]
    assert sorted(named) == sorted(check.id for check in CHECKS)


def test_families_hold_every_check_once() -> None:
    """The index leaves out no check and lists none twice."""
    listed = [name for checks in FAMILIES.values() for name in checks]
    assert sorted(listed) == sorted(IDS)


def test_implications_read_both_ways() -> None:
    """What a check entails is entailed by it."""
    for check in IDS:
        assert all(check in causes_of(other) for other in consequences_of(check))
        assert all(check in consequences_of(other) for other in causes_of(check))


def test_every_declaration_a_check_asks_for_is_worded_and_has_its_place() -> None:
    """Codes read off the code have words, and a section that says how to write them."""
    codes = {code for check in CHECKS for code in codes_asked_for(check)}
    codes |= {code for found in UNDECLARED.values() for code in found}
    assert codes <= all_words().keys()
    assert codes <= SECTIONS.keys()
    text = (ROOT / "docs" / "topology-file.md").read_text(encoding="utf-8")
    assert {f"## {section}" for section in SECTIONS.values()} <= set(text.splitlines())


def test_what_the_closures_differ_in_is_listed() -> None:
    """Every code by which a design leaves something undeclared belongs to a kind."""
    codes = {*codes_in(undeclared_items), *codes_in(beyond_proof)}
    assert codes == {code for found in UNDECLARED.values() for code in found}


def test_what_checks_ask_for_is_found_through_helpers() -> None:
    """The search follows calls into other modules and the methods of classes."""
    by_id = {check.id: check for check in CHECKS}
    assert "missing.capabilities" in codes_asked_for(by_id["ids-on-external-link"])
    assert "missing.rules" in codes_asked_for(by_id["asymmetric-path"])
    assert codes_asked_for(by_id["shared-l2-domain"]) == ()
    assert goes_by_listens(by_id["lateral-movement-bounded"])
    assert not goes_by_listens(by_id["zone-assignment"])


def _entries_of_designs() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    folders = sorted(path for path in (ROOT / "topologies").iterdir() if path.is_dir())
    designs = [folder / f"{folder.name}.zones.yaml" for folder in folders]
    designs = [path for path in designs if path.is_file()]
    designs.append(ROOT / "tests" / "formats" / "every_word.zones.yaml")
    for path in designs:
        topology = read_topology(path)
        for routing in RoutingAssumption:
            assumed = assuming(topology, routing)
            for kind in KINDS:
                found[kind] |= {entry.id for entry in assumptions_of(assumed, kind, routing)}
    return found


def test_entries_of_the_ledger_belong_to_their_kinds() -> None:
    """What the ledger yields for a kind is listed with it, and nothing else is listed."""
    assert set(ENTRIES) == set(KINDS)
    found = _entries_of_designs()
    assert found[check_kinds.PACKETS]
    for kind, entries in found.items():
        assert entries <= set(ENTRIES[kind]), kind
    listed = {entry for entries in ENTRIES.values() for entry in entries} | set(ALWAYS)
    worded = {code.removeprefix("assumption.") for code in all_words() if "assumption." in code}
    named = {name for name in worded if not name.startswith("attribute-")}
    assert listed | NEVER_YIELDED == named
    assert all(attribute_of(kind) is None for kind in ENTRIES)
