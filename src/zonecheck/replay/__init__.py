"""Packets pushed through something that is not ours, and captures made of designs."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.replay.capture_file import Frame, capture_bytes
    from zonecheck.replay.kernel_commands import KernelError
    from zonecheck.replay.kernel_judge import judged_by_kernel
    from zonecheck.replay.synthesise import synthesised_frames
else:
    __getattr__ = late_names(
        __name__,
        {
            "Frame": "capture_file",
            "KernelError": "kernel_commands",
            "capture_bytes": "capture_file",
            "judged_by_kernel": "kernel_judge",
            "synthesised_frames": "synthesise",
        },
    )

__all__ = [
    "Frame",
    "KernelError",
    "capture_bytes",
    "judged_by_kernel",
    "synthesised_frames",
]
