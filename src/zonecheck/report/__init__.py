"""The room report: a result in, text in Japanese or English out."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.report.lang import Lang
    from zonecheck.report.text.capture import render_capture_text
    from zonecheck.report.text.counterexample import counterexample_lines
    from zonecheck.report.text.diff import Named, render_diff_text
    from zonecheck.report.text.explain import render_explanation
    from zonecheck.report.text.verification import render_text
    from zonecheck.report.words import phrase, say
    from zonecheck.report.zone_names import zone_names as names_of_zones
else:
    __getattr__ = late_names(
        __name__,
        {
            "Lang": "lang",
            "Named": "text.diff",
            "counterexample_lines": "text.counterexample",
            "names_of_zones": "zone_names:zone_names",
            "phrase": "words",
            "render_capture_text": "text.capture",
            "render_diff_text": "text.diff",
            "render_explanation": "text.explain",
            "render_text": "text.verification",
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
