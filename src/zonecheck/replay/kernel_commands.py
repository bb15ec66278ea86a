"""The commands that speak to the kernel; each of them names the namespace it means."""

import os
import shutil
import subprocess
from collections.abc import Iterable

from zonecheck.model.message import Message

_SUPERUSER_PATH = "/usr/local/sbin:/usr/sbin:/sbin"
_NEEDED = {"ip": "iproute2", "bridge": "iproute2", "nft": "nftables"}


class KernelError(Exception):
    """The kernel network could not be built; `reason` says why in words of the report."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code, dict(reason.arguments))
        self.reason = reason


def check_means() -> None:
    """Check that we are root and have the commands.

    Raises:
        KernelError: we are not, or have not.
    """
    if os.geteuid() != 0:
        raise KernelError(Message.of("kernel.not-root"))
    for command, package in _NEEDED.items():
        if shutil.which(command, path=_path()) is None:
            raise KernelError(Message.of("kernel.no-command", command=command, package=package))


def run(arguments: list[str], text: str = "") -> str:
    """Run a command with a text as its input and return what it prints.

    Raises:
        KernelError: it failed; the reason holds the first line of its complaint.
    """
    done = subprocess.run(
        arguments,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": _path(), "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "-").splitlines()[0]
        command = " ".join(arguments)
        raise KernelError(Message.of("kernel.command-failed", command=command, said=said))
    return done.stdout


def ip_batch(lines: Iterable[str], namespace: str | None = None) -> None:
    """Run many `ip` commands at once, in a namespace if one is named.

    Without one, every line must name its namespaces itself.
    """
    text = "\n".join(lines)
    if text:
        where = ["-n", namespace] if namespace else []
        run(["ip", *where, "-batch", "-"], text + "\n")


def bridge_batch(lines: Iterable[str], namespace: str) -> None:
    """Run many `bridge` commands at once in a namespace."""
    run(["bridge", "-n", namespace, "-batch", "-"], "\n".join(lines) + "\n")


def nft_load(ruleset: str, namespace: str) -> None:
    """Load a ruleset in a namespace."""
    run(["ip", "netns", "exec", namespace, "nft", "-f", "-"], ruleset)


def nft_json(namespace: str) -> str:
    """Return the ruleset of a namespace as the kernel gives it back."""
    return run(["ip", "netns", "exec", namespace, "nft", "-j", "list", "ruleset"])


def nft_load_json(ruleset: str, namespace: str) -> None:
    """Load a ruleset that is JSON in a namespace, in the place of all that is there."""
    run(["ip", "netns", "exec", namespace, "nft", "flush", "ruleset"])
    run(["ip", "netns", "exec", namespace, "nft", "-j", "-f", "-"], ruleset)


def namespaces(prefix: str) -> list[str]:
    """Return the named namespaces whose name begins so."""
    listed = run(["ip", "netns", "list"]).splitlines()
    names = [line.split()[0] for line in listed if line.strip()]
    return [name for name in names if name.startswith(prefix)]


def _path() -> str:
    return f"{os.environ.get('PATH', '/usr/bin:/bin')}:{_SUPERUSER_PATH}"
