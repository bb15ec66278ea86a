"""What was captured: read here, compared with the topology elsewhere."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.capture.judge_files import Question, UnknownPlaceError, judge_captures
    from zonecheck.capture.judged import JudgedCapture
    from zonecheck.capture.judgement import FlowVerdict
    from zonecheck.capture.rows import FlowRow
    from zonecheck.capture.verdicts import CaptureCheck, CaptureStatus
else:
    __getattr__ = late_names(
        __name__,
        {
            "CaptureCheck": "verdicts",
            "CaptureStatus": "verdicts",
            "FlowRow": "rows",
            "FlowVerdict": "judgement",
            "JudgedCapture": "judged",
            "Question": "judge_files",
            "UnknownPlaceError": "judge_files",
            "judge_captures": "judge_files",
        },
    )

__all__ = [
    "CaptureCheck",
    "CaptureStatus",
    "FlowRow",
    "FlowVerdict",
    "JudgedCapture",
    "Question",
    "UnknownPlaceError",
    "judge_captures",
]
