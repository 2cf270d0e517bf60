"""What templates write, and the parts in every state."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from registry.forms.fields import LookForm
from registry.templatetags import look


def draw(source: str, url: str = "/products/", **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get(url))


def test_days_and_times_are_bangkoks_in_the_buddhist_era() -> None:
    late = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)  # 00:30 of the 20th in Bangkok
    with override("th"):
        assert look.be_date(date(2026, 11, 19)) == "19 พฤศจิกายน 2569"
        assert look.be_date(late, "short") == "20 พ.ย. 2569"
        assert look.be_date(late, "day") == "20 พ.ย."
        assert look.be_datetime(late, "short") == "20 พ.ย. 2569 00.30 น."
        assert look.be_year(late) == "2569"
        assert look.thai_digits("2569") == "๒๕๖๙"
    with override("en"):
        assert look.be_datetime(late, "short") == "20 Nov 2569 00:30"
    assert look.be_date(None) == look.be_datetime(None) == look.be_year(None) == look.when(None) == "–"
    assert look.be_year(2567) == "2567"


@pytest.mark.parametrize(
    ("hundredths", "written"), [(9143, "91.43"), (0, "0.00"), (5, "0.05"), (1234567, "12,345.67"), (-150, "-1.50"), (None, "–")]
)
def test_points(hundredths: int | None, written: str) -> None:
    assert look.points(hundredths) == written


def test_query_with_changes_and_starts_paging_anew() -> None:
    url = "/products/?q=ผ้า&stars=5&stars=4&page=7"
    assert draw("{% query_with stars=3 %}", url) == "?q=%E0%B8%9C%E0%B9%89%E0%B8%B2&amp;stars=3"
    assert draw("{% query_with q=None %}", url) == "?stars=5&amp;stars=4"
    assert draw("{% query_with q=None page=8 %}", url) == "?stars=5&amp;stars=4&amp;page=8"
    assert draw('{% query_without "stars" 5 %}', "/?stars=5&stars=4&page=2") == "?stars=4"


def test_form_keys_are_fresh() -> None:
    first, second = draw("{% form_key %}"), draw("{% form_key %}")
    assert 'name="form_key"' in first
    assert first != second


def test_the_other_language_of_a_page_keeps_its_query() -> None:
    with override("th"):
        assert draw('{% language_path "en" %}', "/work/?a=1") == "/en/work/?a=1"
        assert draw('{% language_path "en" %}', "/no-such-page/") == "/en/"
    with override("en"):
        assert draw('{% language_path "th" %}', "/en/work/?a=1") == "/work/?a=1"


def test_one_way_at_most_is_marked_as_here() -> None:
    links = look.nav_links({"request": RequestFactory().get("/producers/7KQ2M4XD/")}, officer=True)
    assert [link["url"] for link in links if link["here"]] == ["/producers/"]


class Small(LookForm, forms.Form):
    name_en = forms.CharField()


def test_errors_link_to_their_fields() -> None:
    form = Small({})
    form.is_valid()
    form.add_error(None, "ทั้งแบบ")
    drawn = render_to_string("parts/errors.html", {"form": form})
    assert 'href="#id_name_en"' in drawn
    assert "<p>ทั้งแบบ</p>" in drawn
    assert 'role="alert"' in drawn
    assert render_to_string("parts/errors.html", {"form": Small()}).strip() == ""


def test_a_pager_keeps_the_query_and_hides_when_there_is_one_page() -> None:
    source = '{% include "parts/pager.html" %}'
    drawn = draw(source, "/?q=x&page=2", page_obj=Paginator(range(100), 30).page(2))
    assert 'href="?q=x&amp;page=1"' in drawn
    assert 'href="?q=x&amp;page=3"' in drawn
    assert "31–60" in drawn
    assert draw(source, page_obj=Paginator(range(3), 30).page(1)).strip() == ""


def test_why_closes_the_button_and_points_at_the_reasons() -> None:
    drawn = render_to_string("parts/why.html", {"refusals": ["ขาดลายมือชื่อ"], "words": "ส่ง", "key": "-1"})
    assert 'aria-disabled="true" aria-describedby="why-1"' in drawn
    assert 'id="why-1"' in drawn
    assert "ขาดลายมือชื่อ" in drawn
    assert render_to_string("parts/why.html", {"refusals": []}).strip() == ""


def test_progress_asks_again_only_while_the_job_is_open() -> None:
    job = SimpleNamespace(public_id="X", state="running", done=5, total=10, is_open=True)
    request = RequestFactory().get("/imports/X/")
    assert 'hx-trigger="every 2s"' in render_to_string("parts/progress.html", {"job": job}, request)
    done = SimpleNamespace(public_id="X", state="done", done=10, total=10, is_open=False, finished_at=None)
    assert "hx-" not in render_to_string("parts/progress.html", {"job": done}, request)


@pytest.mark.parametrize("name", ["400", "413", "500", "503"])
def test_the_pages_of_last_resort_ask_nothing_of_anybody(name: str) -> None:
    drawn = render_to_string(f"{name}.html")
    assert drawn.count("<h1>") == 1
    assert "form_key" not in drawn
