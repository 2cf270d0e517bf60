"""The sheet a plot is drawn on, and the figure that holds its two drawings and its table."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NARROW = 340
HALF = 560
FULL = 1152
Number = float | int
Cell = str | int | None
Rows = Sequence[Sequence[Cell]]
_NO_ROOM = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")


class Paper:
    """A drawing `width` units across; words and shapes are laid on it one after another."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._laid: list[SafeString] = []

    def text(self, x: Number, y: Number, words: object, css: str = "") -> None:
        """Words with their foot at y; css: b bold, sm small, m middle, e end."""
        self._laid.append(format_html('<text{} x="{}" y="{}">{}</text>', _css(css), _n(x), _n(y), words))

    def rect(self, x: Number, y: Number, width: Number, height: Number, css: str) -> None:
        """A rectangle; nothing is drawn of one without a width or a height."""
        if width > 0 and height > 0:
            self._laid.append(
                format_html(
                    '<rect{} x="{}" y="{}" width="{}" height="{}"/>', _css(css), _n(x), _n(y), _n(width), _n(height)
                )
            )

    def path(self, d: str, css: str) -> None:
        """A path of ready-made commands."""
        self._laid.append(format_html('<path{} d="{}"/>', _css(css), d))

    def star(self, x: Number, y: Number, css: str = "st-on") -> None:
        """One star of 22 units with its tip at (x, y)."""
        self.path(f"M{_n(x)} {_n(y)}l2.5 6.1 6.6.5-5 4.3 1.5 6.5-5.6-3.5-5.6 3.5 1.5-6.5-5-4.3 6.6-.5z", css)

    def svg(self, height: Number, label: str, css: str) -> SafeString:
        """The drawing, named `label`."""
        return format_html(
            '<svg class="plot {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
            css, self.width, _n(height), label, mark_safe("".join(self._laid)),  # noqa: S308 (each part is safe)
        )  # fmt: skip


def _css(css: str) -> SafeString:
    return format_html(' class="{}"', css) if css else SafeString("")


def _n(value: Number) -> str:
    return f"{value:.1f}".removesuffix(".0")


def d(*parts: str | Number) -> str:
    """Path commands and numbers joined, the numbers cut to a tenth."""
    return " ".join(part if isinstance(part, str) else _n(part) for part in parts)


def said(value: int | None) -> str:
    """A whole number as people read it; a dash where there is none."""
    return "–" if value is None else f"{value:,}"


def length(words: str, size: int = 16) -> float:
    """About how wide words come out at `size` units: Thai marks above and below take no room."""
    return sum(letter not in _NO_ROOM for letter in words) * size * 0.56


def table(head: Sequence[str], rows: Rows, *, label: str, opened: bool = False) -> SafeString:
    """The figures behind a plot, folded away: the first column names the row, the others are numbers."""
    first = format_html('<th scope="col">{}</th>', head[0])
    others = format_html_join("", '<th scope="col" class="num">{}</th>', ((words,) for words in head[1:]))
    body = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in rows))
    return format_html(
        '<details class="data"{}><summary>{}</summary><div class="scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="tab"><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table></div></details>',
        SafeString(" open" if opened else ""), _("The figures as a table"), label, first, others, body,
    )  # fmt: skip


def _row(row: Sequence[Cell]) -> SafeString:
    numbers = (cell if isinstance(cell, str) else said(cell) for cell in row[1:])
    return format_html('<th scope="row">{}</th>', row[0]) + format_html_join(
        "", '<td class="num">{}</td>', ((cell,) for cell in numbers)
    )


def figure(wide: SafeString, narrow: SafeString, below: SafeString | str = "") -> SafeString:
    """The two drawings, of which the style sheet shows one, and what stands below them."""
    return format_html('<figure class="plots">{}{}{}</figure>', wide, narrow, below)
