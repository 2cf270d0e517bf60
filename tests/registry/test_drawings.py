"""Marks, cloth, maps and plots: exact, the same for the same input, and free of others' markup."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registry import marks, motif, plots, tiles
from registry.models import Area

KALASIN = Area(code="46", level="province", name_th="กาฬสินธุ์", name_en="Kalasin", parent=None)
NA_MON = Area(code="4602", level="amphoe", name_th="นามน", name_en="Na Mon", parent=KALASIN)
NONG_BUA = Area(code="460205", level="tambon", name_th="หนองบัว", name_en="Nong Bua", parent=NA_MON)


def test_stars_say_words_first() -> None:
    with override("en"):
        drawn = marks.stars(4, at="OPC 2567")
        assert drawn.index("4 of 5 stars") < drawn.index("<svg") < drawn.index("OPC 2567")
        assert (drawn.count("st-on"), drawn.count("st-off")) == (4, 1)
        assert "1 star<" in marks.stars(1, short=True)
        assert "<svg" not in marks.stars(None)
        assert "no stars" in marks.stars(0)


def test_stars_refuse_what_cannot_be() -> None:
    for count in (6, -1):
        with pytest.raises(ValueError, match="out of 5"):
            marks.stars(count)


def test_stars_escape_the_round() -> None:
    assert "<script>" not in marks.stars(5, at="<script>")


def test_picks_take_up_as_many_threads_as_stages() -> None:
    drawn = marks.picks(2, "ขั้นที่ 2")
    assert (drawn.count("pk-on"), drawn.count("pk-off")) == (2, 3)


def test_area_paths() -> None:
    region = Area(code="R-NE", level="region", name_th="ภาคตะวันออกเฉียงเหนือ", name_en="Northeast", parent=None)
    with override("th"):
        assert marks.area_path(NONG_BUA) == "ต.หนองบัว อ.นามน จ.กาฬสินธุ์"
        assert marks.area_path(NONG_BUA, long=True) == "ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์"
        assert marks.area_path(region) == "ภาคตะวันออกเฉียงเหนือ"
        assert marks.area_path(None) == ""
    with override("en"):
        assert marks.area_path(NONG_BUA) == "Tambon Nong Bua, Amphoe Na Mon, Kalasin"


def test_area_path_of_bangkok() -> None:
    bangkok = Area(code="10", level="province", name_th="กรุงเทพมหานคร", name_en="Bangkok", parent=None)
    khet = Area(code="1001", level="amphoe", name_th="พระนคร", name_en="Phra Nakhon", parent=bangkok)
    with override("th"):
        assert marks.area_path(khet) == "เขตพระนคร กรุงเทพมหานคร"


@given(st.text(max_size=12), st.text(max_size=4))
def test_cloth_is_the_same_for_the_same_code_and_symmetric(product: str, province: str) -> None:
    woven = motif.weave(product, province)
    assert woven == motif.weave.__wrapped__(product, province)
    assert woven.dye in motif.DYES
    cells = {(int(x) + step, int(y)) for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", woven.field) for step in range(int(run))}
    assert all((24 - x, y) in cells for x, y in cells if x)


def test_a_province_is_a_family() -> None:
    dyes = {motif.weave(f"product {at}", "46").dye for at in range(20)}
    fields = {motif.weave(f"product {at}", "46").field for at in range(20)}
    assert len(dyes) == 1
    assert len(fields) > 10


def test_cloth_and_band_escape_and_tell_copies_apart() -> None:
    assert '"><b' not in motif.cloth("p", "46", title='"><b')
    ids = re.findall(r'id="(\w+)"', motif.cloth("p", "46") + motif.cloth("p", "46", key="2") + motif.band() + motif.band(key="foot"))
    assert len(ids) == len(set(ids)) == 6


def test_77_tiles_stand_on_77_places() -> None:
    assert len(tiles.TILES) == 77
    assert len({(tile.column, tile.row) for tile in tiles.TILES}) == 77
    for field in ("code", "th", "en"):
        assert len({getattr(tile, field) for tile in tiles.TILES}) == 77


@given(st.lists(st.integers(0, 10**7), max_size=77))
def test_classes_rise_and_begin_at_one(values: list[int]) -> None:
    starts = tiles.edges(values)
    assert starts == sorted(set(starts))
    assert len(starts) <= 5
    assert bool(starts) == any(values)
    assert not starts or starts[0] == 1


def test_the_map_says_every_number_and_links() -> None:
    with override("en"):
        drawn = tiles.tile_map({"46": 1234}, {"46": "Kalasin"}, label="Stars", measure="%(count)s products", link="/areas/{code}/")
    assert drawn.count("<a ") == 77
    assert 'href="/areas/46/" aria-label="Kalasin 1,234 products"' in drawn
    assert 'class="t0" href="/areas/10/"' in drawn
    assert "KSN" in drawn


def test_the_map_without_links_is_a_picture() -> None:
    drawn = tiles.tile_map({}, {}, label="x")
    assert "<a " not in drawn
    assert 'role="img"' in drawn


def test_the_small_map_marks_one_province() -> None:
    assert tiles.tile_mark("46", label="x").count('class="here"') == 1


ROWS = [plots.Bar("5 <b>", 3214, 2688), plots.Bar("4", 0, None)]


@pytest.mark.parametrize(
    "drawn",
    [
        plots.bars(ROWS, label="x", was="2565", kind="star"),
        plots.columns(ROWS, label="x"),
        plots.columns([], label="x"),
        plots.line(["2546", "2547"], [plots.Series("<b>", [None, 5])], label="x"),
        plots.funnel([plots.Stopped("1 <b>", 10, 4)], "stars", label="x"),
        plots.funnel([plots.Stopped("1 <b>", 0, 0)], "stars", label="x"),
        plots.changes({(5, 4): 3, (4, 5): 1}, "2565", "2567 <b>", label="x"),
        plots.changes({}, "<b>", "2567", label="x"),
        plots.marks([plots.Part("ก", "<b>", 2725, 3000)], 9143, [plots.Band(5, 9000), plots.Band(1, 0)], label="x"),
    ],
)
def test_a_plot_has_two_drawings_a_table_and_no_markup_of_others(drawn: str) -> None:
    assert 'class="plot wide"' in drawn
    assert 'class="plot narrow"' in drawn
    assert '<details class="data"' in drawn
    assert "<b>" not in drawn
    assert "nan" not in drawn


def test_bars_end_where_their_values_do() -> None:
    drawn = plots.bars([plots.Bar("a", 100), plots.Bar("b", 50)], label="x")
    widths = [float(width) for width in re.findall(r'bar-kram" x="[\d.]+" y="[\d.]+" width="([\d.]+)"', drawn)]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)


def test_impossible_flows_are_refused() -> None:
    for stages in (
        [plots.Stopped("1", 5, 6)],
        [plots.Stopped("1", 10, 5), plots.Stopped("2", 6, 1)],
    ):
        with pytest.raises(ValueError, match="entered"):
            plots.funnel(stages, "stars", label="x")


def test_a_line_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 values for 2 places"):
        plots.line(["2546", "2547"], [plots.Series("a", [1])], label="x")


def test_the_band_reached_is_the_one_of_the_total() -> None:
    bands = [plots.Band(5, 9000), plots.Band(4, 8000), plots.Band(1, 0)]
    for total, stars in ((9000, "5 stars"), (8999, "4 stars"), (10000, "5 stars"), (0, "1 star")):
        with override("en"):
            drawn = plots.marks([], total, bands, label="x").split("narrow")[0]
        assert re.search(rf'band-on"[^>]*/><text class="m in-star"[^>]*>{stars}', drawn), total


def test_seats_show_who_is_here_and_the_quorum() -> None:
    drawn = plots.seats([plots.Seat("here"), plots.Seat("away"), plots.Seat("recused")], 2, label="x")
    assert (drawn.count("seat-on"), drawn.count("seat-off"), drawn.count("seat-x"), drawn.count("seat-q")) == (2, 1, 1, 1)
