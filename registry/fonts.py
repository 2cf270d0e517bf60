"""Cuts the pages' fonts from the wheels that carry them: what Thai and English text needs, as WOFF2."""

from pathlib import Path

import fontpkg_prompt
import fontpkg_sarabun
from fontTools import subset
from fontTools.ttLib import TTFont

CUTS = {
    "sarabun-400.woff2": Path(fontpkg_sarabun.ROOT) / "files" / "Sarabun-Regular.ttf",
    "sarabun-600.woff2": Path(fontpkg_sarabun.ROOT) / "files" / "Sarabun-SemiBold.ttf",
    "prompt-500.woff2": Path(fontpkg_prompt.ROOT) / "files" / "Prompt-Medium.ttf",
}
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x0E01, 0x0E3B),
    *range(0x0E3F, 0x0E5C),
    *map(ord, "–—‘’“”•…‹›×÷≤≥→"),
)  # fmt: skip
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern"]
BUDGET_BYTES = 20 * 1024


def build(target: Path) -> list[Path]:
    """Write the three subsets into the folder `target` (made if missing); gives their paths.

    Refuses a subset above 20 KB with ValueError: the page's weight is a promise.
    """
    target.mkdir(parents=True, exist_ok=True)
    return [_cut(source, target / name) for name, source in CUTS.items()]


def _cut(source: Path, path: Path) -> Path:
    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[1, 2], name_languages=[0x409]
    )
    with TTFont(source) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        fresh = path.with_suffix(".new")
        subset.save_font(font, str(fresh), options)
    if fresh.stat().st_size > BUDGET_BYTES:
        raise ValueError(f"{path.name} is {fresh.stat().st_size} bytes, more than {BUDGET_BYTES}")
    fresh.replace(path)
    return path
