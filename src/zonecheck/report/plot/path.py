"""The picture of a counterexample: a lane for each zone, and the path from one to another.

A device between two zones stands across both lanes; below it is what let the path go on.
"""

from collections.abc import Mapping, Sequence

from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Finding
from zonecheck.report.diagram.measure import LINE, SIZE, cut, width, wrapped
from zonecheck.report.diagram.palette import PLAIN, Colours, colours_of
from zonecheck.report.diagram.scheme import Region, scheme_of
from zonecheck.report.diagram.steps import Step, packets_of, steps_of
from zonecheck.report.lang import Lang
from zonecheck.report.plot.canvas import INK, Sheet, fixed_settings
from zonecheck.report.plot.fonts import Fonts
from zonecheck.report.words import phrase, say

PATH = "#c5221f"
MARGIN = 12.0
LANE = 64.0
HEAD = 126.0
GAP = 34.0
NOTE = 150.0
"""The widest a note may be before it is broken."""
_BOX = 26.0


class NoPathError(Exception):
    """A finding is about a declaration or a rule: there is no path to draw."""


@fixed_settings()
def path_sheet(
    topology: Topology,
    name: str,
    finding: Finding,
    names: Mapping[str, str],
    lang: Lang,
    fonts: Fonts | None = None,
) -> Sheet:
    """Return the picture of a finding that is called `name`; `names` names zones.

    Raises:
        NoPathError: it shows no path.
    """
    steps = steps_of(topology, finding.counterexample, lang)
    if not steps:
        raise NoPathError
    on_path = {zone for step in steps for zone in (step.entered, step.left)}
    everything = scheme_of(topology, names).regions
    lanes = [region for region in everything if region.zone in on_path]
    known = {lane.zone for lane in lanes}
    lanes += [Region(z, names.get(z, z), outside=False) for z in sorted(on_path - known)]
    return _Path(steps, lanes, colours_of(everything), fonts).sheet(
        _heading(steps, name, finding, names, lang)
    )


def _heading(
    steps: Sequence[Step], name: str, finding: Finding, names: Mapping[str, str], lang: Lang
) -> tuple[str, list[str]]:
    title = name
    if finding.state:
        title += phrase(lang, "plot.in-state", state=finding.state)
    packets = [
        phrase(lang, "report.packet", packet=path.packet)
        + (phrase(lang, "report.forged") if path.forged else "")
        for path in packets_of(finding.counterexample)
    ]
    lines = [say(finding.message, lang, names), *packets]
    if any(step.answered for step in steps):
        lines.append(phrase(lang, "plot.answered"))
    return title, lines


def _short(note: str) -> str:
    """Return a note as it is, or only the name of a file whose path is too long."""
    if " " in note or width(note, SIZE - 1) <= NOTE:
        return note
    return note.rpartition("/")[2]


class _Path:
    def __init__(
        self,
        steps: Sequence[Step],
        lanes: Sequence[Region],
        colours: Mapping[str, Colours],
        fonts: Fonts | None,
    ) -> None:
        self._steps = steps
        self._lanes = lanes
        self._colours = colours
        self._fonts = fonts
        self._notes = [
            [part for note in step.notes for part in wrapped(_short(note), NOTE, SIZE - 1)]
            for step in steps
        ]
        self._widths = [
            max([min(width(step.name), NOTE) + 16, 40] + [width(note, SIZE - 1) for note in notes])
            for step, notes in zip(steps, self._notes, strict=True)
        ]

    def sheet(self, heading: tuple[str, list[str]]) -> Sheet:
        """Return the picture."""
        full = 2 * MARGIN + HEAD + sum(self._widths) + GAP * len(self._steps)
        full = max(full, 420)
        title, sentences = heading
        lines = [part for text in sentences for part in wrapped(text, full - 2 * MARGIN)]
        top = 30 + LINE * len(lines) + 8
        below = max([len(notes) for notes in self._notes] + [1]) * LINE + 14
        sheet = Sheet(full, top + LANE * len(self._lanes) + below + MARGIN, self._fonts)
        sheet.text(MARGIN, 15, cut(title, full - 2 * MARGIN, 13), size=13, colour=PATH)
        for at, text in enumerate(lines):
            sheet.text(MARGIN, 32 + LINE * at, text)
        self._draw_lanes(sheet, top)
        self._draw_steps(sheet, top)
        return sheet

    def _draw_lanes(self, sheet: Sheet, top: float) -> None:
        for at, lane in enumerate(self._lanes):
            colours, y = self._colours.get(lane.zone, PLAIN), top + LANE * at
            sheet.rectangle(
                MARGIN,
                y,
                sheet.width - 2 * MARGIN,
                LANE,
                fill=colours.fill,
                line=colours.line,
                z=0.5,
            )
            sheet.rectangle(MARGIN, y, HEAD - 10, LANE, fill=colours.line, line=colours.line)
            names = wrapped(lane.name, HEAD - 22, 9)
            for line, text in enumerate(names):
                middle = y + LANE / 2 + (line - (len(names) - 1) / 2) * 12
                sheet.text(
                    MARGIN + (HEAD - 10) / 2, middle, text, size=9, colour="white", across="center"
                )

    def _draw_steps(self, sheet: Sheet, top: float) -> None:
        place = {lane.zone: top + LANE * (at + 0.5) for at, lane in enumerate(self._lanes)}
        bottom = top + LANE * len(self._lanes)
        x = MARGIN + HEAD
        before: tuple[float, float] | None = None
        for step, notes, w in zip(self._steps, self._notes, self._widths, strict=True):
            name = cut(step.name, NOTE)
            box = width(name) + 12
            left, middle = x + (w - box) / 2, x + w / 2
            into, out = place[step.entered], place[step.left]
            high, low = min(into, out) - _BOX / 2, max(into, out) + _BOX / 2
            crosses = into != out
            line = PATH if crosses else self._colours.get(step.left, PLAIN).line
            sheet.rectangle(
                left,
                high,
                box,
                low - high,
                fill="white",
                line=line,
                thick=2.0 if crosses else 1.2,
                round_by=5,
                z=4.0,
            )
            sheet.text(middle, (high + low) / 2, name, across="center")
            if before is not None:
                sheet.arrow(*before, left, into, colour=PATH, dashed=step.answered)
            before = (left + box, out)
            sheet.line(middle, low, middle, bottom + 8, colour="#9aa0a6", thick=0.6, dashed=True)
            for at, note in enumerate(notes):
                sheet.text(
                    middle,
                    bottom + 16 + LINE * at,
                    note,
                    size=SIZE - 1,
                    across="center",
                    colour=INK,
                )
            x += w + GAP
