"""Score sheets through the browser, and the star counted again by hand from what was marked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from playwright.sync_api import Page

from tests.journeys.walk import Walk, press, says

BANDS = ((5, 9000), (4, 8000), (3, 7000), (2, 5000), (1, 0))  # stars and the least total, in hundredths
Ranks = Mapping[str, Sequence[int]]  # the ranks of the levels (0 the best) by product, repeated over a sheet's items
PROVINCE: tuple[Ranks, ...] = (
    {"silk": [0], "sash": [0, 0, 0, 1], "fish": [1, 0, 1]},
    {"silk": [0, 0, 0, 0, 0, 1], "sash": [0, 1, 0, 0], "fish": [1, 0, 1]},
    {"silk": [0], "sash": [1, 0, 0, 0], "fish": [1, 0, 1]},
)
JUDGES: dict[str, tuple[Ranks, ...]] = {
    "apparel": ({"silk": [0], "sash": [0, 1]}, {"silk": [0, 0, 0, 1], "sash": [0, 1]}, {"silk": [0], "sash": [1, 0]}),
    "food": ({"fish": [1]}, {"fish": [1]}, {"fish": [1, 1, 1, 1, 1, 0]}),
}


class Signed:
    """The sheets that were signed: each a list of marks (hundredths), by product and part."""

    def __init__(self) -> None:
        self.sheets: dict[tuple[str, str], list[list[int]]] = defaultdict(list)

    def vectors(self, short: str) -> dict[str, list[list[int]]]:
        return {part: sorted(marks) for (name, part), marks in self.sheets.items() if name == short}

    def result(self, short: str) -> tuple[int, int]:
        """The total in hundredths, rounded once, half up, and the stars: the exact means of the parts added up."""
        exact = sum(
            Fraction(sum(sum(marks) for marks in sheets), len(sheets))
            for (name, _part), sheets in self.sheets.items() if name == short
        )  # fmt: skip
        total = int(exact + Fraction(1, 2))
        return total, next(stars for stars, least in BANDS if total >= least)


def vectors(told: Mapping[str, Any]) -> dict[str, list[list[int]]]:
    """The marks in a product's published figures, by part, as `Signed.vectors` has them."""
    return {part["code"]: sorted(part["sheets"]) for part in told["parts"]}


def sign_all(
    walk: Walk, page: Page, panel: str, ranks: Ranks, signed: Signed, shorts: Mapping[str, str], *,
    blind: Sequence[str] = (), but: bool = False,
) -> str:
    """Signs every sheet that waits for the reader, and gives the key of the one left out when `but` asks for that.

    `shorts` holds the products by the key in the sheet's address; with `blind` no page may hold one of those names.
    """
    parts = ("c",) if blind else ("a", "b")
    keys = list(shorts)[: len(shorts) - but]
    for key in keys:
        for part in parts:
            sign_one(page, panel, key, ranks, signed, shorts, part=part, blind=blind)
    if blind:
        page.goto(f"{panel}sheets/")
        names_none(page, blind)
        walk.look(page, "blind sheets")
    return list(shorts)[-1] if but else ""


def sign_one(
    page: Page, panel: str, key: str, ranks: Ranks, signed: Signed, shorts: Mapping[str, str], *, part: str = "c",
    blind: Sequence[str] = (),
) -> None:
    """One sheet: marked, looked over, signed; every page of it is read for names where it is blind."""
    page.goto(f"{panel}sheets/{key}/{part}/")
    names_none(page, blind)
    marks = mark(page, ranks[shorts[key]])
    if not page.locator("#sheet-sum").is_visible():  # on a phone the last thing of a sheet is the note
        page.locator("#sheet-nav button").last.click()
    page.locator("button[name=go][value=sign]:visible", has_text="ตรวจแล้วลงนาม").first.click()
    page.wait_for_url("**/sign/")
    names_none(page, blind)
    press(page, "ลงนามใบนี้")
    total = sum(marks)
    says(page, "ลงนามแล้ว", f"{total // 100}.{total % 100:02}")
    names_none(page, blind)
    signed.sheets[shorts[key], part].append(marks)


def mark(page: Page, ranks: Sequence[int]) -> list[int]:
    """Presses one level of every item, by its rank, on a phone item after item; gives the marks in hundredths."""
    marks = []
    for place, item in enumerate(page.locator("#sheet-form fieldset.item").all()):
        levels = item.locator("input[type=radio]")
        values = sorted((int(value) for value in levels.evaluate_all("all => all.map(one => one.value)")), reverse=True)
        value = values[min(ranks[place % len(ranks)], len(values) - 1)]
        if not item.is_visible():
            page.locator("#sheet-nav button").nth(place).click()
        item.locator("label.lvl", has=page.locator(f"input[value='{value}']")).click()
        marks.append(value)
    return marks


def tells_nothing(page: Page, panel: str, names: Sequence[str]) -> None:
    """The panel's own page, its sheets and its last check hold no name of a product or of who made it."""
    for address in (panel, f"{panel}sheets/", f"{panel}settle/"):
        page.goto(address)
        names_none(page, names)


def names_none(page: Page, names: Sequence[str]) -> None:
    """Not in the page, not in its source."""
    held = page.content()
    assert not [name for name in names if name in held], page.url
