"""Registrations: what a filing must have, who checks and decides, what stays frozen, and how a producer grows."""

from datetime import date, timedelta
from itertools import product as pairs

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from registry import flow
from registry.actions.registration_decisions import Ruling, Sitting, check_registration, decide_registrations
from registry.actions.registration_windows import change_window, open_window, record_old_code
from registry.actions.registrations import (
    change_registration,
    draft_registration,
    file_registration,
    give_paper,
    name_products,
    take_paper_back,
    withdraw_registration,
)
from registry.clock import bangkok_day
from registry.models import (
    History,
    OldCode,
    Paper,
    PaperNeed,
    ProducerFact,
    Registration,
    RegistrationDecision,
    RegistrationState,
    RegistrationWindow,
)
from registry.refusal import Conflict, Refused
from registry.rules.registrations import quarter_of
from registry.thai import juristic_words, parse_juristic_number, to_thai_digits
from tests import make
from tests.registry import filings
from tests.registry.files import PDF

pytestmark = pytest.mark.django_db
TODAY = bangkok_day(timezone.now())


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


# ── the flow ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_states_of_the_flow_are_those_of_the_rows():
    assert set(flow.STATES) == set(RegistrationState.values)
    assert flow.FIRST == "draft"
    assert "filed check checked" in " ".join(flow.printable().split())
    assert not flow.may("registered", "file")
    assert flow.acts("refused") == ()


def test_the_database_knows_the_same_moves_as_the_flow():
    """Every pair of states is tried; the row goes there only as the table says."""
    filings.window()
    row = filings.filed()
    moves = {(move.source, move.target) for move in flow.MOVES}
    for source, target in pairs(flow.STATES, flow.STATES):
        if source == target:
            continue
        with transaction.atomic():
            way = _way_to(source)
            for state in way:
                Registration.objects.filter(pk=row.pk).update(state=state)
            try:
                with transaction.atomic():
                    Registration.objects.filter(pk=row.pk).update(state=target)
                went = True
            except DatabaseError:
                went = False
            transaction.set_rollback(True)
        if source != "draft":
            assert went == ((source, target) in moves), (source, target)


def _way_to(state: str) -> list[str]:
    """From filed to `state` along the flow."""
    return {"filed": [], "returned": ["returned"], "withdrawn": ["returned", "withdrawn"], "checked": ["checked"],
            "registered": ["checked", "registered"], "refused": ["checked", "refused"],
            "renewed": ["checked", "registered", "renewed"], "draft": []}[state]


def test_a_registration_begins_as_a_draft_and_is_never_deleted():
    row = filings.drafted(whole=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.create(producer=make.producer(), type="group", area=row.area, site=row.area, state="registered")
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).delete()


# ── writing and filing ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("type", "lacks"), [
    ("group", {"founding_open", "members_open"}), ("owner", set()), ("sme", {"juristic_number_open"}),
])
def test_each_type_has_its_own_fields_and_papers(type, lacks):  # noqa: A002
    filings.window()
    draft = filings.drafted(type=type, whole=False)
    with pytest.raises(Refused) as refused:
        file_registration(by=None, registration=draft)
    found = set(refused.value.codes)
    assert found == lacks | {"nationality_open", "no_link", "paper_missing"}
    missing = [one for one in refused.value.refusals if one.code == "paper_missing"]
    assert len(missing) == {"group": 6, "owner": 3, "sme": 4}[type]
    assert all(one.sentence != one.msgid for one in refused.value.refusals if "%" in one.msgid)


@pytest.mark.parametrize("type", ["group", "owner", "sme"])
def test_a_whole_filing_goes_into_the_window_that_is_open(type):  # noqa: A002
    officer = make.amphoe_officer()
    filings.window()
    one = filings.filed(make.product().producer, by=officer, type=type)
    assert (one.state, one.turn, one.filed_on, one.window) == ("filed", 1, TODAY, filings.window())
    assert History.objects.filter(row=one.public_id).earliest("id").act == "registration_drafted"


def test_without_an_open_window_it_is_kept_and_the_next_one_named():
    draft = filings.drafted()
    assert codes(file_registration, by=None, registration=draft) == ["no_window"]
    later = TODAY + timedelta(days=120)
    first = filings_quarter(later)
    open_window(by=None, fiscal_year_be=first[0], quarter=first[1], opens_on=later, closes_on=later)
    with pytest.raises(Refused) as refused:
        file_registration(by=None, registration=draft)
    assert refused.value.codes == ["window_to_come"]
    assert refused.value.refusals[0].params["day"] == later


def filings_quarter(day: date) -> tuple[int, int]:
    for year in (day.year + 543, day.year + 544):
        for quarter in (1, 2, 3, 4):
            first, after = quarter_of(year, quarter)
            if first <= day < after:
                return year, quarter
    raise AssertionError(day)


@pytest.mark.parametrize("link", ["link_labour", "link_material", "link_management", "link_benefit"])
def test_one_link_with_the_community_is_enough(link):
    filings.window()
    draft = filings.drafted(**{"link_labour": "", link: "ใช้ฝ้ายของตำบล"})
    assert file_registration(by=None, registration=draft).state == "filed"


def test_a_site_in_another_amphoe_is_refused_by_the_rule_and_by_the_database():
    draft = filings.drafted(whole=False)
    elsewhere = make.area(make.ELSEWHERE)
    assert codes(change_registration, by=None, registration=draft, version=1, site=elsewhere) == ["site_elsewhere"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=draft.pk).update(site=elsewhere)
    assert change_registration(by=None, registration=draft, version=1, site=make.area(make.SISTER)).site.code == make.SISTER


@pytest.mark.parametrize("lack", [{"thai_nationals": False}, {"link_labour": ""}, {"members": None}, {"founded_on": None}])
def test_the_database_itself_refuses_a_filing_that_lacks_something(lack):
    filings.window()
    draft = filings.drafted()
    Registration.objects.filter(pk=draft.pk).update(**lack)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=draft.pk).update(state="filed", window=filings.window(), turn=1, filed_on=TODAY)


def test_two_people_writing_lose_nothing():
    draft = filings.drafted(whole=False)
    mine = Registration.objects.get(pk=draft.pk)
    change_registration(by=None, registration=draft, version=1, members=5)
    with pytest.raises(Conflict):
        change_registration(by=None, registration=mine, version=1, members=6)
    assert Registration.objects.get().members == 5


def test_what_was_filed_is_not_written_on_by_anybody():
    one = filings.filed()
    given = one.papers.first()
    need = PaperNeed.objects.get(code="other")
    assert codes(change_registration, by=None, registration=one, version=one.version, members=3) == ["registration_moved_on"]
    assert codes(name_products, by=None, registration=one, products=[]) == ["registration_moved_on"]
    assert codes(give_paper, by=None, registration=one, need=need, content=ContentFile(PDF, "a.pdf")) == ["registration_moved_on"]
    assert codes(take_paper_back, by=None, given=given) == ["registration_moved_on"]
    for table, change in (("registration", "members = 99"), ("registrationpaper", "taken_back_at = now()")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_{table} SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic():
        one.products.clear()


def test_a_paper_is_taken_back_and_its_file_goes():
    draft = filings.drafted()
    given = draft.papers.first()
    take_paper_back(by=None, given=given)
    take_paper_back(by=None, given=given)
    assert Paper.objects.filter(erased_at=None).count() == 5
    filings.window()
    assert codes(file_registration, by=None, registration=draft) == ["paper_missing"]


def test_one_registration_is_under_way_at_a_time():
    draft = filings.drafted(whole=False)
    assert codes(draft_registration, by=None, producer=draft.producer, type="owner") == ["registration_under_way"]
    withdraw_registration(by=None, registration=draft)
    assert draft_registration(by=None, producer=draft.producer, type="owner").state == "draft"


def test_only_an_officer_of_the_place_writes_and_only_of_its_own_kind():
    producer = make.product().producer
    assert codes(draft_registration, by=make.recorder(make.SISTER), producer=producer, type="group") == ["not_your_area"]
    assert "origin_differs" in codes(
        draft_registration, by=make.amphoe_officer(origin=make.SAMPLE), producer=producer, type="group"
    )
    one = filings.drafted(producer, by=make.recorder())
    other = make.product()
    assert codes(name_products, by=None, registration=one, products=[other]) == ["product_of_another"]


# ── the check ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_recorder_does_not_check_and_the_officer_does():
    one = filings.filed()
    said = {"registration": one, "passed": True, "said": filings.all_yes(one), "position": "พัฒนากร"}
    assert codes(check_registration, by=make.recorder(), **said) == ["not_a_checker"]
    check = check_registration(by=make.amphoe_officer(), **said)
    one.refresh_from_db()
    assert (one.state, check.passed, check.lines.count()) == ("checked", True, 9)
    assert codes(check_registration, by=None, **said) == ["registration_moved_on"]


@pytest.mark.parametrize(("other", "code"), [
    ({"papers": "no"}, "answered_no"), ({"made": ""}, "unanswered"), ({"site": "na"}, "must_apply"),
    ({"licence": "no"}, "answered_no"), ({"otop": "no"}, "all_struck"), ({"category": "x"}, "unanswered"),
])
def test_what_goes_to_the_committee_has_every_answer(other, code):
    one = filings.filed()
    assert codes(
        check_registration, by=None, registration=one, passed=True, said=filings.all_yes(one, **other), position="x"
    ) == [code]


def test_a_struck_product_needs_no_further_answer_and_the_rest_goes_on():
    producer = make.product().producer
    plant = make.product(producer, name="ต้นกล้ามะม่วง", not_live_plant=True)  # as somebody said, wrongly
    one = filings.filed(producer)
    said = filings.all_yes(one)
    said = {key: value for key, value in said.items() if key[1] != plant.public_id}
    said["otop", plant.public_id] = filings.Said("no", "พันธุ์ไม้ ไม่ใช่ผลิตภัณฑ์ OTOP")
    check_registration(by=None, registration=one, passed=True, said=said, position="พัฒนากร")
    assert Registration.objects.get().state == "checked"


def test_what_is_sent_back_says_why_and_is_filed_again():
    one = filings.filed()
    back = {"by": None, "registration": one, "passed": False, "said": {}, "position": "พัฒนากร"}
    assert codes(check_registration, **back) == ["reason_missing"]
    check_registration(**back, words="ขาดภาพถ่ายสถานที่ผลิต")
    one.refresh_from_db()
    assert one.state == "returned"
    change_registration(by=None, registration=one, version=one.version, members=14)
    again = file_registration(by=None, registration=one)
    assert (again.state, again.turn) == ("filed", 2)


# ── the committee ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_committee_registers_and_it_is_frozen():
    one = filings.registered()
    decision = RegistrationDecision.objects.get()
    assert (one.state, decision.verdict, decision.voters, decision.meeting.number) == ("registered", "register", 3, "๑/๒๕๖๙")
    for change in ("members = 99", "state = 'refused'", "state = 'checked'", "window_id = NULL"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_registration SET {change}")
    for table in ("registrationdecision", "registrationcheck", "checkline"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM registry_{table}")


def test_the_leaders_of_the_amphoes_own_committee_record_what_it_decided():
    one = filings.checked()
    _body, seats = filings.committee()
    assert codes(filings.decide, by=seats[2].user) == ["not_leading", "nothing_decided"]
    body = make.committee("amphoe", make.OTHER_AMPHOE)
    chair = make.seat(body, role="chair")
    sitting = Sitting("1", TODAY, "", [chair])
    assert codes(
        decide_registrations, by=chair.user, committee=body, sitting=sitting, rulings=[Ruling(one, "register")]
    ) == ["registration_elsewhere"]


def codes_of_decision(*rows, **rest) -> list[str]:
    with pytest.raises(Refused) as raised:
        filings.decide(*rows, **rest)
    return raised.value.codes


def test_a_decision_needs_a_quorum_a_day_and_its_reasons():
    one = filings.checked()
    _body, seats = filings.committee()
    assert codes_of_decision(one, present=seats[:1]) == ["no_quorum"]
    assert codes_of_decision(one, held_on=TODAY + timedelta(days=1)) == ["day_to_come"]
    assert codes_of_decision(one, held_on=TODAY - timedelta(days=1)) == ["days_reversed"]
    assert codes_of_decision(one, verdict="refuse") == ["reason_missing"]
    filings.decide(one, verdict="refuse", reason="ไม่มีการผลิตจริง")
    assert Registration.objects.get().state == "refused"


def test_who_checked_it_as_the_officer_does_not_vote_on_his_own_check():
    officer = make.amphoe_officer()
    body, seats = filings.committee()
    own = make.seat(body, officer)
    one = filings.checked(checker=officer)
    assert codes_of_decision(one, present=[own, seats[0]]) == ["no_quorum"]
    filings.decide(one, present=[own, *seats[:2]])
    assert RegistrationDecision.objects.get().voters == 2


def test_a_refused_list_leaves_nothing_behind():
    one, two = filings.checked(), filings.filed()
    assert codes_of_decision(one, two) == ["registration_moved_on"]
    one.refresh_from_db()
    assert (one.state, RegistrationDecision.objects.count()) == ("checked", 0)
    assert not History.objects.filter(act="registrations_decided").exists()


def test_a_renewal_takes_the_place_of_the_standing_one():
    first = filings.registered()
    second = filings.registered(first.producer)
    first.refresh_from_db()
    assert (first.state, second.state, second.renews, second.is_growth) == ("renewed", "registered", first, False)
    assert second.link_labour == first.link_labour


def test_growth_from_one_type_to_another_keeps_the_history():
    first = filings.registered(type="owner", of=make.product(make.producer(type="owner")).producer)
    grown = filings.registered(first.producer, type="sme")
    grown.producer.refresh_from_db()
    first.refresh_from_db()
    assert (grown.is_growth, grown.producer.type, first.type, first.state) == (True, "sme", "owner", "renewed")
    assert list(ProducerFact.objects.order_by("id").values_list("type", "on")) == [("owner", make.LONG_AGO), ("sme", TODAY)]
    assert History.objects.get(act="producer_grown").after == {"type": "sme"}


# ── windows, numbers, old codes ───────────────────────────────────────────────────────────────────────────────────────


def test_the_windows_of_2560_and_2561_are_there_with_their_source():
    told = RegistrationWindow.objects.filter(fiscal_year_be__lt=2562).order_by("opens_on")
    assert [(one.fiscal_year_be, one.quarter) for one in told] == [(2560, 4), (2561, 1), (2561, 2), (2561, 3), (2561, 4)]
    assert all("phichit" in one.source_note for one in told)
    assert RegistrationWindow.objects.open_on(date(2017, 12, 20)).get().quarter == 1
    assert not RegistrationWindow.objects.open_on(date(2017, 12, 21)).exists()


def test_a_window_is_the_centres_and_lies_in_its_quarter():
    days = {"opens_on": date(2026, 10, 1), "closes_on": date(2026, 12, 20)}
    assert codes(open_window, by=make.province_officer(), fiscal_year_be=2570, quarter=1, **days) == ["windows_are_central"]
    central = make.central_officer()
    assert codes(open_window, by=central, fiscal_year_be=2569, quarter=1, **days) == ["window_outside_quarter"]
    reversed_days = {"opens_on": days["closes_on"], "closes_on": days["opens_on"]}
    assert codes(open_window, by=central, fiscal_year_be=2570, quarter=1, **reversed_days) == ["days_reversed"]
    window = open_window(by=central, fiscal_year_be=2570, quarter=1, **days)
    assert codes(open_window, by=central, fiscal_year_be=2570, quarter=1, **days) == ["window_there"]
    changed = change_window(by=central, window=window, version=1, opens_on=date(2026, 10, 5), closes_on=date(2026, 12, 25))
    assert changed.opens_on == date(2026, 10, 5)
    for days in ({"opens_on": date(2026, 9, 30)}, {"closes_on": date(2027, 1, 1)}, {"closes_on": date(2026, 10, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationWindow.objects.filter(pk=window.pk).update(**days)


@given(st.integers(2541, 2690), st.integers(1, 4))
def test_the_quarters_of_a_fiscal_year_follow_each_other_without_a_gap(year, quarter):
    first, after = quarter_of(year, quarter)
    assert after == quarter_of(year + quarter // 4, quarter % 4 + 1)[0]
    assert 89 < (after - first).days < 93
    assert first.day == 1
    assert quarter_of(year, 1)[0] == date(year - 544, 10, 1)


def check_digit(twelve: str) -> str:
    """The last digit by the published rule, written here a second time."""
    return str((11 - sum(int(digit) * (13 - at) for at, digit in enumerate(twelve)) % 11) % 10)


@given(st.text("0123456789", min_size=12, max_size=12), st.sampled_from("0123456789"))
def test_a_juristic_number_is_taken_exactly_when_it_begins_with_0_and_its_last_digit_follows(twelve, last):
    fits = twelve[0] == "0" and last == check_digit(twelve)
    try:
        assert parse_juristic_number(to_thai_digits(juristic_words(twelve + last))) == twelve + last
        assert fits
    except ValueError:
        assert not fits


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(1, 9))
def test_every_other_last_digit_is_refused(eleven, shift):
    twelve = "0" + eleven
    right = int(check_digit(twelve))
    assert parse_juristic_number(f"{twelve}{right}") == f"{twelve}{right}"
    with pytest.raises(ValueError, match="not a juristic number"):
        parse_juristic_number(f"{twelve}{(right + shift) % 10}")


@given(st.text(max_size=80))
def test_any_text_at_all_is_a_juristic_number_or_refused(text):
    try:
        number = parse_juristic_number(text)
    except ValueError:
        return
    assert len(number) == 13


def test_a_juristic_number_is_kept_as_thirteen_digits_or_refused_with_the_remedy():
    draft = filings.drafted(type="sme", whole=False)
    assert codes(change_registration, by=None, registration=draft, version=1, juristic_number="0994000617723") == ["juristic_number_odd"]
    kept = change_registration(by=None, registration=draft, version=1, juristic_number="๐-๙๙-๔-๐๐๐-๖๑๗๗๒-๑")
    assert kept.juristic_number == filings.JURISTIC


def test_an_old_code_is_text_with_one_holder_per_scheme():
    one, two = make.producer(), make.producer()
    record_old_code(by=make.amphoe_officer(), producer=one, scheme="ทะเบียน OTOP 2557", code="๔๖๐๒๐๕-ก/๑")
    assert OldCode.objects.get().code == "460205-ก/1"
    assert codes(record_old_code, by=None, producer=two, scheme="ทะเบียน OTOP  2557", code="460205-ก/1") == ["code_taken"]
    record_old_code(by=None, producer=two, scheme="ทะเบียน OTOP 2559", code="460205-ก/1")
    assert codes(record_old_code, by=None, producer=two, scheme="x", code=" ") == ["code_missing"]
    with pytest.raises(DatabaseError), transaction.atomic():
        OldCode.objects.all().delete()
