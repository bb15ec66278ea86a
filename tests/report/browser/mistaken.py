"""The report of みほん市 with three mistakes at once: a printer, a trunk and a jump host."""

from pathlib import Path

from zonecheck.formats import read_design
from zonecheck.model.closure import Closure
from zonecheck.model.states import normal_state
from zonecheck.policy import check_ids, load_profile, verify
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.permitted import passing
from zonecheck.policy.weight import weight
from zonecheck.report.html.page import render_html
from zonecheck.report.lang import Lang
from zonecheck.report.whole import Part, WholeReport

MISTAKES = Path(__file__).parent / "three-mistakes.zones.yaml"
CHECKS = (
    *("multi-zone-host", "mfp-single-zone", "trunk-vlan-scope", "shared-l2-domain"),
    *("mynumber-isolation", "remote-maintenance-bounded", "zone-assignment"),
)
"""What the three mistakes break, and one check that holds all the same."""


def mistaken_report() -> str:
    """Return the page of the normal state."""
    read = read_design(str(MISTAKES), checks=check_ids())
    design = normal_state(read.topology)
    profile = load_profile(design.profile)
    verdicts = verify(design, profile, checks=CHECKS)
    whole = WholeReport(design, (Part(profile, verdicts, weight),), 1)
    return render_html(whole, passing(Analysis(design, profile, Closure.UPPER)), read.files, "ja")


def written(whole: WholeReport, folder: Path, lang: Lang = "en") -> Path:
    """Return the file of any report."""
    file = folder / "report.html"
    file.write_text(render_html(whole, None, (), lang), encoding="utf-8")
    return file
