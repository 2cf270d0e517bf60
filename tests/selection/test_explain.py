"""The explanation of a star: anyone can compute it again from what is shown, and nobody can learn who gave which mark."""

import json
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from registry.models import Listing, User
from selection import explain as explaining
from selection.actions import awards
from selection.explain import Mismatch, explain
from selection.models import Award, Sheet
from tests.selection import make as rounds
from tests.selection.listings import announced, listed, page

pytestmark = pytest.mark.django_db
LEVELS = {
    "ก": (3000, 2850, 2575, 2283, 1500, 0), "ข": (3000, 2858, 2700, 2001, 1500, 0), "ค": (4000, 3858, 3600, 3333, 2000, 0),
}  # fmt: skip


def verified(body: dict[str, Any]) -> tuple[int, int]:
    """The total and the stars as a stranger computes them from the public figures alone."""
    exact = Fraction()
    for part in body["parts"]:
        totals = [sum(sheet) for sheet in part["sheets"]]
        exact += Fraction(sum(totals), len(totals))
    total = int(exact + Fraction(1, 2))
    stars = max(band["stars"] for band in body["bands"] if band["least"] <= total)
    return total, min(stars, body["award_up_to"])


def signed_apart(way: rounds.Way) -> None:
    """Stages 3 and 4 with marks that differ from judge to judge, so that the means are thirds and fifths."""
    panel = rounds.convened(way.round, 3, way.province)
    entries = {entry: place for place, entry in enumerate(way.entries, 1)}
    for entry in entries:
        for at, seat in enumerate(rounds.scorers(panel, entry)):
            rounds.signed(panel, entry, "ก", LEVELS["ก"][at % 2], by=seat.user, comment="ความเห็นลับ")
            rounds.signed(panel, entry, "ข", LEVELS["ข"][at % 3 % 2], by=seat.user)
    rounds.rankings.settle_ranking(panel=rounds.ranked(panel, way.province, entries), by=way.province.chair)
    bench = rounds.judges(way.category)
    panel = rounds.category_panels.convene_category_panel(round_=way.round, committee=bench.committee, by=rounds.central())
    for entry in way.entries:
        for at, seat in enumerate(rounds.scorers(panel, entry)):
            rounds.signed(panel, entry, "ค", LEVELS["ค"][at % 2], by=seat.user)
    rounds.category_panels.settle_scoring(panel=panel, by=bench.chair)


def test_a_stranger_computes_the_stored_star_from_the_public_figures(client: Client):
    way = rounds.through(2, round_=rounds.open_round(levels=LEVELS))
    signed_apart(way)
    way.take(5)
    way.take(6)
    for award in Award.objects.all():
        body = json.loads(client.get(f"/products/{award.entry.product.public_id}/explanation.json").content)
        assert verified(body) == (award.total, award.stars)
        assert all(part["sheets"] == sorted(part["sheets"]) for part in body["parts"])
        assert Fraction(body["sum"]["numerator"], body["sum"]["denominator"]).denominator > 1
        assert {part["shows"] for part in body["parts"]} == {"marks"}
    found = page(client, f"/en/products/{award.entry.product.public_id}/")
    assert "… + " in found
    assert found.count("…") >= 1


def test_nothing_tells_who_gave_a_mark_when_or_why(client: Client):
    way = rounds.through(2, round_=rounds.open_round(levels=LEVELS))
    signed_apart(way)
    way.take(5)
    way.take(6)
    product = way.products[0]
    shown = client.get(f"/products/{product.public_id}/explanation.json").content.decode() + page(
        client, f"/products/{product.public_id}/"
    )
    names = set(User.objects.values_list("name_th", flat=True)) | set(User.objects.values_list("username", flat=True))
    times = {sheet.at.isoformat()[:16] for sheet in Sheet.objects.all()}
    assert Sheet.objects.exclude(comment="").exists()
    for secret in names | times | {"ความเห็นลับ", "seat", "nonce", "judge"}:
        assert secret not in shown


def test_the_same_award_gives_the_same_bytes(client: Client):
    address = f"/products/{announced()[0].public_id}/explanation.json"
    first = client.get(address)
    assert first["Content-Type"] == "application/json; charset=utf-8"
    assert client.get(address).content == client.get(f"/en{address}").content == first.content
    again = json.dumps(json.loads(first.content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == first.content


def test_fewer_than_three_sheets_show_their_totals_alone(client: Client):
    rounds.judges("apparel", members=0)
    won = announced()[0]
    body = json.loads(client.get(f"/products/{won.public_id}/explanation.json").content)
    by_code = {part["code"]: part for part in body["parts"]}
    assert by_code["c"]["shows"] == "totals"
    assert by_code["c"]["sheets"] == [[3600], [3600]]
    assert all(item["mean"] is None for item in by_code["c"]["items"])
    assert by_code["a"]["shows"] == "marks"
    assert verified(body) == (9000, 5)
    assert "Total of the sheet" in page(client, f"/en/products/{won.public_id}/")


def test_a_stage_that_gives_fewer_stars_says_so(client: Client):
    won = announced(round_=rounds.open_round(stages={5: {"award_up_to": 3}, 4: {"award_up_to": 3}}))[0]
    assert won.stars == 3
    found = page(client, f"/en/products/{won.public_id}/")
    assert "gives <strong>5 stars</strong>" in found
    assert "This stage gives 3 stars at most." in found


def test_an_award_its_sheets_do_not_give_is_never_explained_away(client: Client):
    way = rounds.through(4)
    panel = way.decided()
    entry = way.entries[0]
    wrong = Award.objects.create(
        entry=entry, round=way.round, origin=entry.origin, panel=panel, stars=4, total=8999, stage=5, by=way.national.chair
    )
    with pytest.raises(Mismatch, match="stored 8999 and 4 stars, computed 9000 and 5 stars"):
        explain(wrong)
    awards.announce(round_=way.round, by=rounds.central())
    listing = Listing.objects.get()
    assert client.get(f"/products/{listing.public_id}/explanation.json").status_code == 500
    found = page(client, f"/en/products/{listing.public_id}/")
    assert "The stored score sheets do not give the star that is stored." in found
    assert "gives <strong>" not in found


def test_a_listed_product_without_an_award_has_no_figures(client: Client):
    assert client.get(f"/products/{listed().public_id}/explanation.json").status_code == 404


@pytest.mark.parametrize(
    ("total", "least", "end"), [(9000, 9000, 10000), (8999, 8000, 8999), (0, 0, 4999), (10000, 9000, 10000), (5000, 5000, 6999)]
)
def test_the_band_is_said_with_its_ends(total: int, least: int, end: int):
    bare = explaining.Explanation(
        product="", round_key="", round_name=explaining.Named(""), origin="", category="", criteria=explaining.Named(""),
        edition=1, official=False, source_note=explaining.Named(""), parts=(), bands=tuple(rounds.BANDS), award_up_to=5,
        total=total, stars=5,
    )  # fmt: skip
    assert (bare.band.least, bare.band_ends) == (least, end)
