"""A series as a picture, by matplotlib: levels as bars, growth as a line below, targets hollow; the same bytes for the same series."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Patch

from kg.messages import message
from kg.series.series import Number, Row, Series
from kg.vocabulary import labels

_FONTS = re.compile(r"CJK|Han|Hei|Song|Sung|Ming|Kai|YaHei|PingFang|WenQuanYi|Fangsong|Droid Sans Fallback", re.IGNORECASE)
"""Names of fonts that may have Chinese characters."""
_COLOUR, _GROWTH = "#2f6f9f", "#c8553d"
_METADATA: dict[str, dict[str, str | None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


class NoFont(RuntimeError):  # noqa: N818 - the machine lacks it, the program does not fail
    """No font on this machine has the characters."""


def picture(series: Series, format: str, lang: str) -> bytes:
    """The series as ``svg`` or ``png``; what has no period is left out.

    Raises NoFont where the machine has no Chinese font.
    """
    rows = [row for row in series.rows if row.number.period]
    font = _font(series.thing + series.indicator)
    with matplotlib.rc_context({"svg.hashsalt": "district-kg", "svg.fonttype": "path", "axes.unicode_minus": False, "font.family": font}):
        figure = Figure(figsize=(max(6.4, 1.2 * len(rows) + 2), 4.8), layout="constrained")
        figure.suptitle(f"{series.thing} {series.indicator}", x=0.01, ha="left")
        _panels(figure, rows, lang)
        _legend(figure, rows, lang)
        out = BytesIO()
        figure.savefig(out, format=format, dpi=150, metadata=_METADATA[format])
    return out.getvalue()


def _panels(figure: Figure, rows: Sequence[Row], lang: str) -> None:
    """Levels above growth, as far as there are any, over the same periods."""
    levels = [(place, row.level) for place, row in enumerate(rows) if row.level]
    rates = [(place, row.growth) for place, row in enumerate(rows) if row.growth]
    heights = [share for share, there in ((2, levels), (1, rates)) if there]
    panels: list[Axes] = list(figure.subplots(max(1, len(heights)), sharex=True, squeeze=False, height_ratios=heights or None).flat)
    if levels:
        _bars(panels[0], levels)
    if rates:
        _line(panels[-1], rates, lang)
    for panel in panels:
        panel.spines[["top", "right"]].set_visible(False)
    panels[-1].set_xticks(range(len(rows)), [_when(row.number) for row in rows])
    panels[-1].set_xlim(-0.6, len(rows) - 0.4)


def _bars(axes: Axes, levels: Sequence[tuple[int, Number]]) -> None:
    unit, scale = _unit([level for _, level in levels])
    for place, level in levels:
        aim = level.status == "target"
        face, hatch = ("none", "//") if aim else (_COLOUR, "")
        (bar,) = axes.bar(place, float(level.amount / scale), width=0.5, edgecolor=_COLOUR, facecolor=face, hatch=hatch)
        axes.annotate(str(level), (place, bar.get_height()), (0, 3), textcoords="offset points", ha="center", va="bottom", size="small")
    axes.set_ylabel(unit)
    axes.margins(y=0.18)


def _unit(levels: Sequence[Number]) -> tuple[str, Decimal]:
    """The unit of most levels, and what it is of the base unit."""
    units = [level.unit for level in levels]
    one = next(level for level in levels if level.unit == max(units, key=units.count))
    return one.unit, one.amount / (Decimal(one.value) or 1) or Decimal(1)


def _line(axes: Axes, rates: Sequence[tuple[int, Number]], lang: str) -> None:
    for status, style, fill in (("actual", "-o", _GROWTH), ("target", "o", "white")):
        shown = [(place, float(rate.value)) for place, rate in rates if rate.status == status]
        if shown:
            axes.plot(*zip(*shown, strict=True), style, color=_GROWTH, markerfacecolor=fill)
    for place, rate in rates:
        axes.annotate(str(rate), (place, float(rate.value)), (0, 7), textcoords="offset points", ha="center", size="small")
    axes.set_ylabel(f"{labels(lang)['growth']} (%)")
    axes.margins(y=0.4)


def _legend(figure: Figure, rows: Sequence[Row], lang: str) -> None:
    marks = {"actual": Patch(facecolor=_COLOUR, edgecolor=_COLOUR), "target": Patch(facecolor="none", edgecolor=_COLOUR, hatch="//")}
    present = {row.number.status for row in rows}
    shown = [status for status in marks if status in present]
    sources = dict.fromkeys(row.number.source for row in rows)
    figure.legend([marks[s] for s in shown], [labels(lang)[s] for s in shown], loc="outside upper right", ncols=2, frameon=False)
    text = message("series-sources", lang, detail=message("discrepancy-and", lang).join(sources))
    figure.supxlabel(text, size="x-small", color="#555555", wrap=True)


def _when(number: Number) -> str:
    """The period on two lines where it is of two dates."""
    return number.period.replace("/", "/\n")


def _font(text: str) -> list[str]:
    """Fonts that have the characters of a text, the usual one first."""
    usual = "DejaVu Sans"
    if text.isascii():
        return [usual]
    name = next(_chinese(text), None)
    if name is None:
        raise NoFont(text)
    return [name, usual]


@cache
def _candidates() -> tuple[tuple[str, str], ...]:
    found = {
        (entry.name, str(entry.fname)) for entry in fontManager.ttflist if _FONTS.search(entry.name) and entry.weight in (400, "normal")
    }
    return tuple(sorted(found, key=lambda font: ("Serif" in font[0], "Mono" in font[0], font)))


def _chinese(text: str) -> Iterator[str]:
    for name, file in _candidates():
        face = FT2Font(FontProperties(fname=file).get_file() or file)
        if all(face.get_char_index(ord(character)) for character in text):
            yield name
