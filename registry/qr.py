"""An address as a QR square, drawn as one inline SVG path."""

from functools import lru_cache
from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=1024)
def qr(text: str, label: str) -> SafeString:
    """The code of `text` (error correction M), named `label`; the style sheet gives the quiet margin around it."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    path = "".join(_strokes(y, row) for y, row in enumerate(rows))
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<path d="{path}"/></svg>',
        side=len(rows), label=label, path=path,
    )  # fmt: skip


def _strokes(y: int, row: list[int]) -> str:
    """Each run of dark modules as one stroke along the middle of its row."""
    x, path = 0, ""
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            path += f"M{x} {y}.5h{length}"
        x += length
    return path
