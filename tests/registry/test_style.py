"""The style sheet and fonts keep their weight, their contrast and their names; no template styles by itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from registry import fonts

STATIC = settings.BASE_DIR / "static"
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
CSS = "".join((STATIC / name).read_text() for name in ("otop.css", "work.css"))


def test_weights() -> None:
    assert (STATIC / "otop.css").stat().st_size <= 40 * 1024
    assert (STATIC / "work.css").stat().st_size <= 24 * 1024
    assert (STATIC / "otop.js").stat().st_size <= 12 * 1024
    assert (STATIC / "grid.js").stat().st_size <= 4 * 1024


def test_no_template_holds_an_inline_style_or_script() -> None:
    for path in TEMPLATES:
        source = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\bsrc=)", source), path


def test_every_class_of_the_parts_is_in_the_style_sheet() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS))
    for path in TEMPLATES:
        if "parts" not in path.parts:
            continue
        plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", path.read_text())
        for names in re.findall(r'class="([^"]*)"', plain):
            unknown = {name for name in names.split() if "\0" not in name} - known
            assert not unknown, (path.name, unknown)


def tokens(dark: bool) -> dict[str, str]:
    light = dict(re.findall(r"--([a-z0-9-]+): (#\w{6})", CSS.split("@media", 1)[0]))
    block = re.search(r':root\[data-theme="dark"\] \{(.*?)\n  \}', CSS, re.DOTALL)
    return light | dict(re.findall(r"--([a-z0-9-]+): (#\w{6})", block[1])) if dark and block else light


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(dark: bool) -> None:
    colour = tokens(dark)
    texts = [
        *((name, ground) for name in ("ink", "ink-2", "kram", "lac", "leaf") for ground in ("paper", "raise", "sunk")),
        ("on-kram", "kram"), ("on-kram", "kram-deep"), ("kram", "kram-tint"), ("lac", "lac-tint"), ("leaf", "leaf-tint"),
        ("ink", "kram-tint"), ("ink", "lac-tint"), ("ink", "leaf-tint"),
        ("q-lo", "q0"), ("q-lo", "q1"), ("q-lo", "q2"), ("q-lo", "q3"), ("q-hi", "q4"), ("q-hi", "q5"),
    ]  # fmt: skip
    for text, ground in texts:
        assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
    for edge in ("edge", "star-line", "kram", "lac"):
        assert contrast(colour[edge], colour["paper"]) >= 3, edge


def test_the_two_dark_themes_are_the_same() -> None:
    blocks = re.findall(r"--paper: #191713;.*?--cloth-pale: #50608A", CSS, re.DOTALL)
    assert len(blocks) == 2
    assert len({re.sub(r"\s+", " ", block) for block in blocks}) == 1


def test_fonts_are_small_and_write_thai(tmp_path: Path) -> None:
    for path in fonts.build(tmp_path):
        assert path.stat().st_size <= fonts.BUDGET_BYTES
        with TTFont(path) as font:
            held = font.getBestCmap()
            features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert {ord(letter) for letter in "กฮำ้์๙฿–—“”…×÷≤≥→AZaz09"} <= held.keys()
        assert {"mark", "mkmk"} <= features


def test_a_font_above_its_budget_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "BUDGET_BYTES", 100)
    with pytest.raises(ValueError, match="more than 100"):
        fonts.build(tmp_path)
