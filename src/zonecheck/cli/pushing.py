"""What `zonecheck replay` does with findings and captures; imports scapy when it is needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.cli.format_names import JSON
from zonecheck.cli.result_file import replace_file
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.replayed import ReplayView
from zonecheck.policy.verdict import Finding
from zonecheck.replay.scapy_presence import NoScapyError, need_scapy
from zonecheck.report.lang import Lang
from zonecheck.report.machine.replay_json import render_replay_json
from zonecheck.report.text.replay import render_replay_text


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the packets, ready to be said."""

    view: ReplayView

    def rendered(self, form: str, lang: Lang, *, verbose: bool) -> str:
        """Return it as text or JSON."""
        if form == JSON:
            return render_replay_json(self.view)
        return render_replay_text(self.view, lang, verbose=verbose)


def show_finding(design: Topology, name: str, finding: Finding) -> str:
    """Return the packets of a finding as scapy expressions, each under a comment.

    Raises:
        Failure: scapy is missing, or the finding shows no packet.
    """
    _need_scapy()
    from zonecheck.replay.finding_expressions import finding_expressions

    lines = [
        line
        for words, expression in finding_expressions(design, finding)
        for line in (f"# {name}: {words}", expression)
    ]
    if not lines:
        raise Failure(Message.of("replay.no-packet", finding=name))
    return "\n".join(lines) + "\n"


def push_finding(design: Topology, name: str, finding: Finding, folder: str | None) -> Told:
    """Push the packets of a finding through a design; files go into the folder, if any.

    Raises:
        Failure: scapy is missing, the finding shows no packet, or nothing can be written.
    """
    _need_scapy()
    from zonecheck.replay.finding_packets import shown_by
    from zonecheck.replay.pushed_packets import pushed_finding

    if not shown_by(finding.counterexample):
        raise Failure(Message.of("replay.no-packet", finding=name))
    pushed = pushed_finding(design, name, finding)
    if not pushed.view.rows and not pushed.files:
        raise Failure(Message.of("replay.no-sender", finding=name))
    return Told(replace(pushed.view, files=_written(pushed.files, folder)))


def push_capture(design: Topology, path: Path, folder: str | None) -> Told:
    """Push the headers of a capture through a design; files go into the folder, if any.

    Raises:
        Failure: scapy is missing, the file is no capture or holds no IP packet, or nothing can
            be written.
    """
    if not path.exists():
        raise Failure(Message.of("replay.no-file", path=path))
    _need_scapy()
    from zonecheck.replay.capture_headers import NotACaptureError
    from zonecheck.replay.pushed_packets import pushed_capture

    try:
        pushed = pushed_capture(design, path)
    except NotACaptureError as error:
        raise Failure(error.reason) from error
    if not pushed.view.rows:
        reasons = ", ".join(f"{reason.code} {count}" for reason, count in pushed.view.skipped)
        frames = sum(count for _, count in pushed.view.skipped)
        raise Failure(
            Message.of("replay.nothing", path=path, frames=frames, skipped=reasons or "-")
        )
    return Told(replace(pushed.view, files=_written(pushed.files, folder)))


def _written(files: Mapping[str, bytes], folder: str | None) -> tuple[str, ...]:
    """Write files into a folder, which is made if there is none; return their paths."""
    if folder is None:
        return ()
    into = Path(folder)
    if into.exists() and not into.is_dir():
        raise Failure(Message.of("replay.not-a-directory", path=folder))
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise Failure(Message.of("error.cannot-write", path=folder, reason=reason)) from error
    for name, data in files.items():
        replace_file(into / name, data)
    return tuple(str(into / name) for name in files)


def _need_scapy() -> None:
    try:
        need_scapy()
    except NoScapyError as error:
        raise Failure(error.reason) from error
