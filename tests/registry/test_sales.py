"""What producers sold: told by a grid, corrected by new rows, counted as at a day, and never shown of one producer."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from registry.actions.sales import SaleLine, record_sales
from registry.models import MOST_SATANG, History, Producer, Sale, SalesChannel, Threshold
from registry.refusal import Conflict, Refused
from registry.rules import Part, amount_looks_odd, shown_parts, thresholds
from registry.thai import (
    baht_words,
    month_code,
    month_words,
    months_before,
    parse_baht,
    parse_month_code,
    to_thai_digits,
)
from tests import make
from tests.clones import OwnDatabase

OCTOBER = date(2026, 10, 1)
NOW = make.at(2026, 11, 5)


def channel(code: str = "place") -> SalesChannel:
    return SalesChannel.objects.get(code=code)


def line(of: Producer, satang: int | None, seen: Sale | None = None, code: str = "place") -> SaleLine:
    return SaleLine(of, channel(code), satang, seen.pk if seen else None, f"a_{of.public_id}_{code}")


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


@pytest.mark.django_db
def test_a_grid_is_recorded_at_once_and_the_same_grid_again_changes_nothing():
    officer, one, two = make.amphoe_officer(), make.producer(), make.producer(make.SISTER)
    grid = [line(one, 125_050), line(one, 0, code="fair"), line(one, None, code="online"), line(two, 300)]
    assert record_sales(by=officer, month=OCTOBER, lines=grid, at=NOW).told == 3
    assert set(Sale.objects.values_list("producer", "channel__code", "satang", "area__code")) == {
        (one.pk, "place", 125_050, make.HOME), (one.pk, "fair", 0, make.HOME), (two.pk, "place", 300, make.SISTER),
    }
    assert record_sales(by=officer, month=OCTOBER, lines=grid, at=NOW).changed == 0
    assert Sale.objects.count() == 3
    assert list(History.objects.filter(act="sales_recorded").order_by("id").values_list("row", "after__cells")) == [
        (one.public_id, 2), (two.public_id, 1),
    ]


@pytest.mark.django_db
def test_a_correction_is_a_new_row_and_a_past_day_still_counts_what_was_told_then():
    of = make.producer()
    record_sales(by=None, month=OCTOBER, lines=[line(of, 100)], at=make.at(2026, 11, 1))
    first = Sale.objects.get()
    assert record_sales(by=None, month=OCTOBER, lines=[line(of, 900, first)], at=make.at(2026, 12, 1)).corrected == 1
    second = Sale.objects.live().get()
    assert record_sales(by=None, month=OCTOBER, lines=[line(of, None, second)], at=make.at(2027, 1, 1)).taken_back == 1
    assert [Sale.objects.told(make.at(2026, 11, day)).count() for day in (1, 2)] == [0, 1]
    assert Sale.objects.told(make.at(2026, 12, 1)).get().satang == 100
    assert Sale.objects.told(make.at(2026, 12, 2)).get().satang == 900
    assert not Sale.objects.told().exists()
    assert record_sales(by=None, month=OCTOBER, lines=[line(of, 5, Sale.objects.live().get())], at=make.at(2027, 2, 1)).told == 1


@pytest.mark.django_db
def test_the_wrong_month_place_kind_and_amount_are_refused_and_nothing_is_written():
    of = make.producer()
    act = {"by": None, "lines": [line(of, 1)], "at": NOW}
    assert codes(record_sales, **act, month=date(2026, 12, 1)) == ["month_to_come"]
    assert codes(record_sales, **act, month=date(2023, 12, 1)) == ["before_registration"]
    record_sales(**act, month=date(2024, 1, 1))  # the month of its registration, 15 January
    stranger = make.amphoe_officer(make.OTHER_AMPHOE)
    assert codes(record_sales, **{**act, "by": stranger}, month=OCTOBER) == ["not_your_area"]
    sample = make.amphoe_officer(origin=make.SAMPLE)
    assert codes(record_sales, **{**act, "by": sample}, month=OCTOBER) == ["origin_differs"]
    for satang in (-1, MOST_SATANG + 1):
        assert codes(record_sales, **{**act, "lines": [line(of, satang)]}, month=OCTOBER) == ["amount_out_of_range"]
    Producer.objects.filter(pk=of.pk).update(ended_on=date(2026, 9, 30))
    of.refresh_from_db()
    assert codes(record_sales, by=None, month=OCTOBER, lines=[line(of, 1)], at=NOW) == ["after_end"]
    assert Sale.objects.count() == 1


@pytest.mark.django_db
def test_one_wrong_cell_keeps_the_whole_grid_out_and_is_named():
    old, new = make.producer(), make.producer(registered_on=date(2026, 11, 1))
    with pytest.raises(Refused) as raised:
        record_sales(by=None, month=OCTOBER, lines=[line(old, 1), line(new, 1)], at=NOW)
    assert [refusal.field for refusal in raised.value.refusals] == [f"a_{new.public_id}_place"]
    assert new.name in raised.value.sentences[0]
    assert not Sale.objects.exists()


@pytest.mark.django_db
def test_what_somebody_else_told_since_is_not_overwritten_and_both_are_said():
    of = make.producer()
    record_sales(by=None, month=OCTOBER, lines=[line(of, 100)], at=NOW)
    with pytest.raises(Conflict) as raised:
        record_sales(by=None, month=OCTOBER, lines=[line(of, 700)], at=NOW)
    field = f"a_{of.public_id}_place"
    assert (raised.value.yours, raised.value.theirs) == ({field: 700}, {field: 100})
    assert record_sales(by=None, month=OCTOBER, lines=[line(of, 100)], at=NOW).changed == 0  # both say the same
    assert Sale.objects.get().satang == 100


def test_two_officers_saving_the_same_grid_at_once_lose_nothing(own_db: OwnDatabase):
    one, two = make.producer(), make.producer(make.SISTER)
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def act(satang: int, order: list[Producer]) -> None:
        start.wait()
        try:
            outcomes.append(record_sales(by=None, month=OCTOBER, lines=[line(of, satang) for of in order], at=NOW))
        except Conflict as conflict:
            outcomes.append(conflict)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=args) for args in ((100, [one, two]), (200, [two, one]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [conflict] = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    stored = set(Sale.objects.values_list("producer", "satang"))
    kept = next(iter(stored))[1]
    assert stored == {(one.pk, kept), (two.pk, kept)}
    assert set(conflict.theirs.values()) == {kept}
    assert set(conflict.yours.values()) == {300 - kept}


def refused_by_the_database(**values) -> str:
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Sale.objects.create(**{"month": OCTOBER, "channel": channel(), "at": NOW, "satang": 1, **values})
    return str(raised.value)


@pytest.mark.django_db
def test_rows_that_must_not_exist_are_refused_by_the_database():
    of, other = make.producer(), make.producer(make.SISTER)
    here = {"producer": of, "area": of.area}
    first = Sale.objects.create(**here, month=OCTOBER, channel=channel(), at=NOW, satang=1)
    assert "one_live_sale_per_producer_month_and_channel" in refused_by_the_database(**here)
    assert "only_what_was_told_is_taken_back" in refused_by_the_database(**here, satang=None, month=date(2026, 9, 1))
    assert "a_month_is_its_first_day" in refused_by_the_database(**here, month=date(2026, 9, 2))
    assert "a_sale_is_not_below_zero" in refused_by_the_database(**here, satang=-1, month=date(2026, 9, 1))
    assert "a_sale_lies_in_no_month_to_come" in refused_by_the_database(**here, month=date(2026, 12, 1))
    assert "its producer was in the register" in refused_by_the_database(**here, month=date(2023, 1, 1))
    assert "not older than what it corrects" in refused_by_the_database(**here, supersedes=first, at=make.at(2026, 11, 4))
    Sale.objects.create(**here, month=OCTOBER, channel=channel(), at=NOW, satang=2, supersedes=first)
    assert "supersedes" in refused_by_the_database(**here, supersedes=first)
    elsewhere = {"producer": other, "area": other.area, "supersedes": Sale.objects.live().get()}
    assert "a_correction_is_of_the_same_producer" in refused_by_the_database(**elsewhere)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [
    "UPDATE registry_sale SET satang = 2", "DELETE FROM registry_sale", "TRUNCATE registry_sale CASCADE",
    "UPDATE registry_confirmation SET answer = 'no'", "DELETE FROM registry_confirmation",
])
def test_what_was_told_is_never_changed(act: str):
    of = make.producer()
    record_sales(by=None, month=OCTOBER, lines=[line(of, 100)], at=NOW)
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert Sale.objects.get().satang == 100


@given(st.integers(0, MOST_SATANG))
def test_an_amount_is_read_as_it_is_written(satang: int):
    written = baht_words(satang)
    variants = [written, to_thai_digits(written), f"฿{written}", f"{written} บาท", written.replace(",", " "), f" {written}  "]
    if "." not in written:
        variants += [f"{written}.-", f"{written}.00", f"{written} บาทถ้วน"]
    assert {parse_baht(text) for text in variants} == {satang}


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_a_refusal(text: str):
    try:
        assert parse_baht(text) >= 0
    except ValueError:
        assert True


@pytest.mark.parametrize("text", ["-", "-5", "+5", "1.005", "1,23", "12 34", "ศูนย์", "1e5", "", "๑,๐๐", "1.2.3", "บาท", "=1+1"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        parse_baht(text)


@given(st.dates(date(1957, 1, 1), date(2050, 12, 31)), st.integers(-200, 200))
def test_months_are_counted_and_written(day: date, count: int):
    month = day.replace(day=1)
    assert parse_month_code(month_code(month)) == month
    assert months_before(months_before(month, count), -count) == month
    assert months_before(month, 12) == month.replace(year=month.year - 1)


def test_months_are_said_in_both_languages():
    assert [month_words(OCTOBER, language) for language in ("th", "en")] == ["ตุลาคม 2569", "October 2569 BE"]
    assert month_words(OCTOBER, "th", short=True) == "ต.ค. 69"


@pytest.mark.django_db
def test_what_looks_odd_is_a_warning_by_numbers_that_people_can_set():
    said = {"bounds": thresholds(), "name": "กลุ่ม", "channel": channel()}
    assert amount_looks_odd(500_000_000, None, **said) is None
    assert amount_looks_odd(500_000_001, None, **said).code == "amount_looks_odd"
    assert amount_looks_odd(1_000, 100, **said) is None
    assert amount_looks_odd(1_001, 100, **said) is not None
    Threshold.objects.filter(code="sale_odd_times").update(value=20)
    assert amount_looks_odd(1_001, 100, **{**said, "bounds": thresholds()}) is None


PARTS = st.lists(st.integers(0, 9), max_size=9).map(lambda told: [Part(f"{at:02}", n, n * 100) for at, n in enumerate(told)])


@given(PARTS)
def test_no_total_of_fewer_than_three_can_be_seen_or_reckoned(parts: list[Part]):
    whole = sum(part.told for part in parts)
    shown = shown_parts(parts, whole_is_shown=whole >= 3)
    assert all(part.told >= 3 for part in parts if part.code in shown)
    rest = whole - sum(part.told for part in parts if part.code in shown)
    assert rest == 0 or rest >= 3 or not shown
    assert shown_parts(parts, whole_is_shown=False) == set()


def test_an_area_with_one_teller_takes_the_smallest_other_with_it():
    assert shown_parts([Part("a", 9, 1), Part("b", 4, 1), Part("c", 1, 1), Part("d", 0, 0)], True) == {"a"}
    assert shown_parts([Part("a", 9, 1), Part("b", 2, 1), Part("c", 1, 1)], True) == {"a"}
