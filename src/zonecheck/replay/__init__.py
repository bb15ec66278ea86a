"""Packets pushed through something that is not ours: so far the kernel, in network namespaces."""

from zonecheck.replay.kernel_commands import KernelError
from zonecheck.replay.kernel_judge import judged_by_kernel

__all__ = ["KernelError", "judged_by_kernel"]
