"""The sample: whole, marked as such everywhere, alive on the public side, and built once."""

import json
import stat
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from registry.models import Committee, ImportRow, Leaf, Listing, Origin, Producer, Product, Question, Seat, User
from registry.rules import offices_at, seat_of
from selection import scoring
from selection.actions import forum, rankings, sheets
from selection.models import Award, Entry, Panel, PanelState, Ranking, Round, RoundState, Sheet, YearlyReport
from selection.recount import recount
from selection.sample.products import EXTRAS, GOODS, INCOMPLETE
from tests.selection import make as way

pytestmark = pytest.mark.slow


@pytest.fixture
def built(own_db, settings, monkeypatch):
    """The sample as the command builds it."""
    settings.OTOP_HOME = own_db.home
    monkeypatch.delenv("DATABASE_URL", raising=False)
    call_command("demo", stdout=StringIO())
    return own_db


def test_goods_are_told_in_full_and_named_once():
    goods = [*GOODS, *EXTRAS, *INCOMPLETE]
    assert len({good.name for good in goods}) == len(goods)
    assert len(GOODS) >= 70
    for good in goods:
        assert good.name_en
        assert good.wisdom
        assert good.materials
        assert len(good.story) > 60
    assert {(good.category, good.last) for good in GOODS if good.last} >= {
        (category, stars) for category in ("food", "beverage", "apparel", "utensil", "herb") for stars in (1, 2, 3, 4, 5)
    }  # fmt: skip


def test_demo_refuses_a_database_of_ones_own_and_production(own_db, settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", own_db.url)
    with pytest.raises(CommandError):
        call_command("demo")
    monkeypatch.delenv("DATABASE_URL")
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Round.objects.exists()


def test_the_sample_as_it_stands(built, settings, capsys):
    _it_is_a_sample_everywhere()
    _the_public_side_is_alive()
    _every_role_can_sign_in(built.home / "sample-logins.json")
    _the_running_rounds_wait_for_their_people()
    _every_order_and_total_follows_from_what_is_stored()
    _the_years_are_counted()
    before = Leaf.objects.count(), User.objects.count(), (built.home / "sample-logins.json").read_bytes()
    call_command("demo")
    assert "nothing to do" in capsys.readouterr().out
    assert before == (Leaf.objects.count(), User.objects.count(), (built.home / "sample-logins.json").read_bytes())


def _it_is_a_sample_everywhere():
    marked = [model for model in apps.get_models() if any(field.name == "origin" for field in model._meta.fields)]
    assert {model.__name__ for model in marked} >= {"Producer", "Product", "Round", "User", "Entry", "Award", "Certificate", "Listing"}
    for model in marked:
        if model is not YearlyReport:
            assert set(model._default_manager.values_list("origin", flat=True)) <= {Origin.SAMPLE}, model
    assert Producer.objects.exists()
    assert not User.objects.exclude(name_th__contains="ตัวอย่าง").exists()
    assert not Committee.objects.exclude(name_th__contains="ตัวอย่าง").exists()


def _the_public_side_is_alive():
    assert Listing.objects.count() >= 60
    assert {row.stars for row in Listing.objects.all()} == {1, 2, 3, 4, 5}
    assert set(Listing.objects.values_list("region_code", flat=True)) == {"R-N", "R-NE", "R-C", "R-S"}
    assert Listing.objects.values("category", "stars").distinct().count() == 25
    assert Listing.objects.values("province_code").distinct().count() >= 12
    assert Listing.objects.in_force().count() >= 60
    twice = [product for product, count in Counter(Award.objects.values_list("entry__product", flat=True)).items() if count > 1]
    stars = {pk: set(Award.objects.filter(entry__product=pk).values_list("stars", flat=True)) for pk in twice}
    assert sum(len(values) > 1 for values in stars.values()) >= 5
    assert Entry.objects.filter(state="stopped").exists()
    assert Product.objects.filter(category=None).count() > len(INCOMPLETE)
    assert Question.objects.count() >= 2
    assert set(ImportRow.objects.values_list("outcome", flat=True)) == {"created", "merged", "question", "refused"}


def _every_role_can_sign_in(book):
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    logins = json.loads(book.read_text())
    assert {"recorder", "amphoe", "amphoe-chair", "amphoe-secretary", "amphoe-member", "province-chair", "judge1", "judge2",
            "judge3", "central", "national-chair", "administrator"} <= {login["username"] for login in logins}  # fmt: skip
    for login in logins:
        assert set(login) == {"role_th", "role_en", "username", "password", "area"}
        assert login["username"].isascii()
        assert len(login["password"]) >= 12
    now = timezone.now()
    for login in logins:
        user = User.objects.get(username=login["username"])
        assert offices_at(user, now) or Seat.objects.active_today().filter(user=user).exists()
    first = logins[0]
    assert User.objects.get(username=first["username"]).check_password(first["password"])
    assert len({login["password"] for login in logins}) == len(logins)


def _the_running_rounds_wait_for_their_people():
    year = way.today().year + 543
    states = dict(Round.objects.values_list("key", "state"))
    assert states == {
        str(year - 4): RoundState.ANNOUNCED, str(year - 2): RoundState.ANNOUNCED, f"{year - 1}-k": RoundState.OPEN,
        str(year): RoundState.OPEN,
    }  # fmt: skip
    running, special = Round.objects.get(key=year), Round.objects.get(key=f"{year - 1}-k")
    chair = User.objects.get(username="amphoe-chair")
    amphoe = Panel.objects.for_list().get(stage__round=running, stage__number=2, area__code="4602")
    with way.refused("tie_at_the_edge"):
        rankings.settle_ranking(panel=amphoe, by=chair)
    recorder = User.objects.get(username="recorder")
    area = offices_at(recorder, timezone.now())[0].area
    panel = forum.convene_forum(round_=running, area=area, by=recorder)
    brought = [forum.bring(panel=panel, product=product, by=recorder) for product in Product.objects.complete().filter(area=area)]
    assert len(brought) >= 2
    province = Panel.objects.for_list().get(stage__round=running, stage__number=3, state=PanelState.OPEN)
    member = User.objects.get(username="province-member")
    assert seat_of(member, province.committee, timezone.now())
    assert len(scoring.missing_sheets(province)) == 5
    food = Panel.objects.for_list().get(stage__round=special, stage__number=4, category__code="food")
    judge = User.objects.get(username="judge3")
    entry = scoring.standing(food)[0]
    part = food.stage.round.criteria.get(category__code="food").criteria_set.parts.get(letter="ค")
    marks = {code: max(level.points for level in item.levels.all()) for code, item in scoring.items_of(part).items()}
    assert sheets.sign_sheet(panel=food, entry=entry, part=part, marks=marks, by=judge)
    utensil = Panel.objects.for_list().get(stage__round=special, stage__number=4, category__code="utensil")
    assert scoring.SECOND_ASKED in scoring.spreads(utensil).values()
    assert not Panel.objects.filter(stage__round=special, stage__number=4, category__code="apparel").exists()
    national = Panel.objects.get(stage__round=special, stage__number=5)
    assert 0 < national.decision_lines.count() < len(scoring.standing(national))


def _every_order_and_total_follows_from_what_is_stored():
    assert Ranking.objects.count() > 50
    assert all(recount(bytes(ranking.inputs)) == bytes(ranking.inputs) for ranking in Ranking.objects.all())
    for award in Award.objects.select_related("entry__round"):
        assert scoring.totals([award.entry])[award.entry_id] == award.total
    assert Leaf.objects.filter(kind="sheet").count() == Sheet.objects.count()


def _the_years_are_counted():
    year = way.today().year + 543
    found = dict(YearlyReport.objects.filter(origin=Origin.SAMPLE).values_list("year_be", "frozen"))
    assert found == {**dict.fromkeys(range(year - 4, year), True), year: False}
