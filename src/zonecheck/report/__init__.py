"""The room report: a result in, text in Japanese or English out."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.report.capture_text import render_capture_text
    from zonecheck.report.counterexample_text import counterexample_lines
    from zonecheck.report.diff_text import Named, render_diff_text
    from zonecheck.report.explain_text import render_explanation
    from zonecheck.report.lang import Lang
    from zonecheck.report.text import render_text
    from zonecheck.report.words import phrase, say
    from zonecheck.report.zone_names import zone_names as names_of_zones
else:
    __getattr__ = late_names(
        __name__,
        {
            "Lang": "lang",
            "Named": "diff_text",
            "counterexample_lines": "counterexample_text",
            "names_of_zones": "zone_names:zone_names",
            "phrase": "words",
            "render_capture_text": "capture_text",
            "render_diff_text": "diff_text",
            "render_explanation": "explain_text",
            "render_text": "text",
            "say": "words",
        },
    )

__all__ = [
    "Lang",
    "Named",
    "counterexample_lines",
    "names_of_zones",
    "phrase",
    "render_capture_text",
    "render_diff_text",
    "render_explanation",
    "render_text",
    "say",
]
