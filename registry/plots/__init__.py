"""Plots as inline SVG, each in a wide and a narrow drawing with its table behind; the page's heading says the finding.

Every function gives a whole <figure>. Letters are never scaled below 14 pixels, colours are classes of the style sheet,
and what a drawing says stands in `label` and in the table too.
"""

from registry.plots.bar_plots import Bar, bars, columns
from registry.plots.change_plot import changes
from registry.plots.flow_plot import Stopped, funnel
from registry.plots.line_plot import Series, line
from registry.plots.mark_plot import Band, Part, marks
from registry.plots.seat_plot import Seat, seats

__all__ = [
    "Band",
    "Bar",
    "Part",
    "Seat",
    "Series",
    "Stopped",
    "bars",
    "changes",
    "columns",
    "funnel",
    "line",
    "marks",
    "seats",
]
