"""The rounds' pages: list, one round with its board, the one form, what keeps a round from opening, closing, criteria."""

import re
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import Category, Leaf, User
from registry.thai import date_words_th
from selection.models import Entry, Round, RoundCriteria, RoundState, StageState
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def central() -> Client:
    return signed_in(way.central())


def url(name: str, *args: object) -> str:
    return "/en" + reverse(f"selection:{name}", args=args).removeprefix("/en")


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(url(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, address: str, **typed: Any) -> HttpResponse:
    return client.post(address, {"form_key": str(uuid.uuid4()), **typed})


def typed_round(**said: Any) -> dict[str, Any]:
    """The form of a new round as the sample fills it, with names and days."""
    typed: dict[str, Any] = {
        "key": "2569", "kind": "standard", "year_be": "๒๕๖๙", "name_th": "OPC 2569", "name_en": "",
        "register_closes_on": "30 กันยายน 2569", "validity_years": "3", "quorum_percent": "50", "notice_days": "3",
        "appeal_days": "15", "spread_limit": "10.00", "asks_at": "2", "source_note_th": "", "source_note_en": "",
        "s1_promotion": "quota", "s1_quota": "3", "s2_promotion": "quota", "s2_quota": "5", "s2_tie_rule": "committee",
        "s3_promotion": "quota", "s3_quota": "20", "s3_tie_rule": "committee", "s3_award_up_to": "0",
        "s4_promotion": "all", "s4_quota": "", "s4_tie_rule": "committee", "s4_award_up_to": "5", "s5_award_up_to": "5",
        "band_5": "90.00", "band_4": "80", "band_3": "70", "band_2": "50",
    }  # fmt: skip
    for number in range(1, 6):
        typed[f"s{number}_opens_on"] = date_words_th(date(2026, number, 1))
        typed[f"s{number}_closes_on"] = f"28/{number}/2569"
    return typed | said


def criteria_for(categories: Iterable[Category]) -> dict[str, str]:
    return {f"criteria_{category.code}": way.criteria_set(category).public_id for category in categories}


# --- list and show --------------------------------------------------------------------------------------------------


def test_the_empty_list_says_who_makes_the_first_round(central: Client):
    assert "Make the first round" in page(central, "round-list")
    assert "A central officer makes the first one." in page(signed_in(make.user()), "round-list")


def test_the_list_asks_as_often_for_three_rounds_as_for_one(central: Client):
    def asked() -> int:
        central.get(url("round-list"))
        with CaptureQueriesContext(connection) as seen:
            central.get(url("round-list"))
        return len(seen)

    way.open_round("2569")
    one = asked()
    way.open_round("2570")
    way.draft_round("2571")
    assert asked() == one


def test_a_round_shows_calendar_rules_sources_criteria_and_bands():
    round_ = way.open_round(standards={"food": ["fda", "halal"]}, source_note_en="An order of the department")
    body = page(signed_in(make.recorder()), "round-show", round_.key)

    for said in (
        "Villagers choose their tambon", "At most 3 products go up from each place.", "sample, not official",
        "Administrative Procedure Act B.E. 2539, s. 79", "from 90.00", "Halal", "Valid for 3 years",
    ):  # fmt: skip
        assert said in body
    assert "Close stage" not in body
    assert "not asked" in body


def test_what_the_round_sets_itself_is_not_laid_to_the_act():
    round_ = way.draft_round()
    Round.objects.filter(pk=round_.pk).update(quorum_percent=60)
    body = page(signed_in(make.user()), "round-show", round_.key)
    assert "At least 60 % of the members" in body
    assert "s. 79" not in body
    assert "set for this round" in body


def test_an_unknown_round_is_not_found(central: Client):
    for key in ("2569", "9" * 40, "new-x"):
        assert central.get(url("round-show", key)).status_code == 404


def test_the_board_counts_only_what_the_reader_reaches(central: Client):
    way.through(1)
    whole, mine = page(central, "round-show", "2569"), page(signed_in(make.amphoe_officer()), "round-show", "2569")

    assert "of 7,436 tambons" in whole
    assert whole.count("<caption>") == 4
    assert re.search(r'<b class="fig">2</b> <span class="fine">of 7,436 tambons', whole)
    assert re.search(r'<b class="fig">2</b> <span class="fine">of 5 tambons', mine)
    assert "How far the tambons are" in mine
    assert "of 7,436" not in mine
    assert "How far the" not in page(signed_in(make.user()), "round-show", "2569")


def test_the_round_page_asks_as_often_with_three_forums_as_with_none(central: Client):
    round_ = way.open_round()

    def asked() -> int:
        central.get(url("round-show", round_.key))
        with CaptureQueriesContext(connection) as seen:
            central.get(url("round-show", round_.key))
        return len(seen)

    none = asked()
    for code in (make.HOME, make.SISTER, make.ELSEWHERE):
        way.settled_forum(round_, [make.product(code=code)], code)
    assert asked() == none


def test_a_stage_past_its_days_is_overdue_with_the_places_named(central: Client):
    today = way.today()
    way.open_round(days={1: (today - timedelta(days=30), today - timedelta(days=1))})
    body = page(central, "round-show", "2569")
    assert "77 are overdue" in body
    assert "cell-late" in body


# --- the form -------------------------------------------------------------------------------------------------------


def test_the_form_begins_with_the_sample_and_keeps_a_draft(central: Client):
    chosen = criteria_for(Category.objects.all())
    form = page(central, "round-new")
    assert 'value="90.00"' in form
    assert "12 of 16" in form  # those the register says are for food

    answer = send(central, url("round-new"), **typed_round(**chosen, key="๒๕๖๙", standards_food=["fda", "halal"], standards_herb="herbal"))
    assert answer["Location"] == url("round-show", "2569")
    round_ = Round.objects.get()
    assert (round_.state, round_.year_be, round_.spread_limit, round_.created_by) == ("draft", 2569, 1000, way.central())
    assert round_.criteria.count() == 5
    assert sorted(row.standard.code for row in round_.accepted.all()) == ["fda", "halal", "herbal"]
    stages = list(round_.stages.all())
    assert [stage.quota for stage in stages] == [3, 5, 20, None, None]
    assert [stage.asks_eligibility for stage in stages] == [False, True, False, False, False]
    assert stages[2].opens_on == date(2026, 3, 1)
    assert {band.stars: band.least for band in round_.bands.all()} == {5: 9000, 4: 8000, 3: 7000, 2: 5000, 1: 0}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name_th": ""}, "Write the name of the round in Thai."),
        ({"key": "69"}, "Write the year in Arabic digits"),
        ({"key": "2569 รอบ"}, "Write the year in Arabic digits"),
        ({"s2_closes_on": "1/1/2569"}, "lies before the beginning"),
        ({"s2_opens_on": "30/2/2569"}, "is not a day yet"),
        ({"s1_quota": ""}, "Write how many products may go up from stage 1"),
        ({"s3_promotion": "least"}, "Write the least total that goes up from stage 3"),
        ({"band_4": "100.01"}, "Write a number from 0.00 to 100.00"),
        ({"s1_quota": "0"}, "Write a number from 1"),
        ({"criteria_food": "ZZZZZZZZ"}, "Select a valid choice"),
        ({"s5_award_up_to": "6"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(central: Client, said: dict[str, str], sentence: str):
    answer = send(central, url("round-new"), **typed_round(name_en="A name that stays", **said))
    body = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert sentence in body
    assert "A name that stays" in body
    assert not Round.objects.exists()


def test_a_key_that_is_taken_is_refused_at_its_field(central: Client):
    way.draft_round("2569", criteria_sets=False)
    answer = send(central, url("round-new"), **typed_round())
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "There is a round 2569 already" in body
    assert 'id="id_key_error"' in body


def test_only_a_central_officer_makes_rounds():
    client = signed_in(make.province_officer())
    for answer in (client.get(url("round-new")), send(client, url("round-new"), **typed_round())):
        assert answer.status_code == 403
        assert "Only a central officer may do this." in answer.content.decode()


def test_a_draft_is_changed_as_a_whole_and_the_second_to_save_sees_both_texts(central: Client):
    round_ = way.draft_round("2569", standards={"food": ["fda"]})
    form = page(central, "round-edit", "2569")
    assert "1 of 16" in form
    assert 'name="key"' not in form
    kept = {f"criteria_{row.category.code}": row.criteria_set.public_id for row in round_.criteria.all()}
    typed = typed_round(**kept, version=1, name_th="ชื่อใหม่")

    assert send(central, url("round-edit", "2569"), **typed)["Location"] == url("round-show", "2569")
    round_.refresh_from_db()
    assert round_.name_th == "ชื่อใหม่"
    assert not round_.accepted.exists()
    stale = send(central, url("round-edit", "2569"), **(typed | {"name_th": "ชื่ออื่น"}))
    body = stale.content.decode()
    assert stale.status_code == 409
    assert "ชื่อใหม่" in body
    assert "ชื่ออื่น" in body
    assert 'name="weighed" value="2"' in body


def test_an_opened_round_takes_no_other_rules(central: Client):
    way.open_round("2569")
    for answer in (central.get(url("round-edit", "2569")), send(central, url("round-edit", "2569"), **typed_round(version=1))):
        assert answer.status_code == 403
        assert "its rules are frozen" in answer.content.decode()


# --- opening and closing --------------------------------------------------------------------------------------------


def test_what_keeps_a_draft_from_opening_stands_beside_the_closed_button(central: Client):
    way.draft_round("2569", criteria_sets=False)
    body = page(central, "round-show", "2569")
    assert 'aria-disabled="true"' in body
    assert "Choose the criteria set for Food." in body
    answer = send(central, url("round-open", "2569"))
    assert answer.status_code == 403
    assert "Choose the criteria set for Food." in answer.content.decode()
    assert Round.objects.get().state == RoundState.DRAFT


def test_a_complete_draft_is_opened_once_after_a_check(central: Client):
    way.draft_round("2569")
    assert "Opening freezes the rules" in page(central, "round-show", "2569")
    assert "This cannot be taken back." in page(central, "round-open", "2569")
    key, leaves = str(uuid.uuid4()), Leaf.objects.filter(kind="round").count()
    for _turn in range(2):
        answer = central.post(url("round-open", "2569"), {"form_key": key})
        assert answer["Location"] == url("round-show", "2569")
    assert Round.objects.get().state == RoundState.OPEN
    assert Leaf.objects.filter(kind="round").count() == leaves + 1
    assert "is open: its rules are frozen" in send(central, url("round-open", "2569")).content.decode()


def test_closing_a_stage_says_what_stops_and_stops_it(central: Client):
    way.through(1)
    body = page(central, "stage-close", "2569", 2)
    assert "Products that still wait here, and stop here: 5" in body
    assert "last day has not come yet" in body
    assert send(central, url("stage-close", "2569", 2)).status_code == 302
    assert way.stage(Round.objects.get(), 2).state == StageState.CLOSED
    assert set(Entry.objects.values_list("state", flat=True)) == {"stopped"}
    again = send(central, url("stage-close", "2569", 2))
    assert again.status_code == 403
    assert "was closed" in again.content.decode()
    assert central.get(url("stage-close", "2569", 9)).status_code == 404


def test_a_round_ends_only_after_an_announcement(central: Client):
    way.open_round("2569")
    assert "End the round" not in page(central, "round-show", "2569")
    assert send(central, url("round-close", "2569")).status_code == 403
    Round.objects.update(state=RoundState.ANNOUNCED)
    assert "End the round" in page(central, "round-show", "2569")
    assert send(central, url("round-close", "2569")).status_code == 302
    assert Round.objects.get().state == RoundState.CLOSED


# --- criteria -------------------------------------------------------------------------------------------------------


def test_a_criteria_set_is_read_whole_with_its_mark():
    round_ = way.open_round()
    used = RoundCriteria.objects.filter(round=round_).first()
    assert used is not None
    body = page(signed_in(make.user()), "criteria-show", used.criteria_set.public_id)
    for said in ("Sample, not official.", "An example for tests", "30.00", "100.00", "Level 2700", "Province committee"):
        assert said in body
    assert signed_in(make.user()).get(url("criteria-show", "00000000")).status_code == 404


def test_a_rehearsal_is_marked_on_its_pages(central: Client):
    way.draft_round("2569-s", kind="rehearsal")
    assert "Rehearsal round: nothing decided here is real" in page(central, "round-show", "2569-s")
