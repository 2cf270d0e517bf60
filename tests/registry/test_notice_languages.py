"""Letters, mails and what codes open in English: words, day and year, office and position; Thai where nobody chose."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from registry.actions.batches import approve_batch, draft_batch, release_some
from registry.actions.letters import print_letters
from registry.actions.mail import message_of
from registry.actions.notices import approve_notice, change_notice, draft_notice
from registry.clock import bangkok_day
from registry.models import Notice, NoticeBatch
from registry.signature import office_name, position_lines
from registry.thai import letter_date, letter_year
from tests import make
from tests.registry import filings

pytestmark = pytest.mark.django_db
THAI = re.compile(r"[\u0e00-\u0e7f]")


def decided() -> Notice:
    """The draft that tells a producer of the decision on its registration."""
    recorder = make.recorder()
    filings.decide(filings.checked(make.product(by=recorder, of=make.producer(by=recorder)).producer, by=recorder))
    return Notice.objects.get(channel="letter")


def test_a_letter_in_english_is_english_to_its_foot_and_so_is_the_page_that_its_code_opens():
    draft, officer = decided(), make.amphoe_officer(name_en="Somying Jaidee")
    client = Client()
    client.force_login(officer)
    form = {"title": draft.title, "words": draft.words, "reference": "KS 0519/123", "version": draft.version, "language": "en"}
    assert client.post(f"/notices/{draft.public_id}/edit/", form).status_code == 302
    draft.refresh_from_db()
    day = bangkok_day(timezone.now())
    assert (draft.language, draft.title) == ("en", "Result of the registration of a producer")
    assert f"{day.year} about registration" in draft.words
    assert f"{day.year + 543}" not in draft.words
    approve_notice(by=officer, notice=draft)
    draft.refresh_from_db()
    assert draft.sender == "Community Development Office, Amphoe Na Mon"
    assert draft.position == "Community Development Officer, Amphoe Na Mon"
    body = client.post(f"/notices/{draft.public_id}/letter/").content.decode()
    letter = body[body.index('<article class="letter" lang="en"'):body.index("</article>")]
    assert f">{letter_date(day, 'en')}</p>" in letter
    assert "Community Development Office, Amphoe Na Mon<br>Kalasin Province</p>" in letter
    for said in ("Subject:", "Dear Sir or Madam,", "Somying Jaidee", "KS 0519/123", "/en/l/", "Kalasin", "Yours respectfully,"):
        assert said in letter
    frame = re.sub(r'<div class="letter-text">.*?</div>', "", letter, flags=re.DOTALL).replace(draft.producer.name, "")
    assert not THAI.search(frame)  # names of producers and numbers of meetings stay as they are
    code = re.search(r"\b([0-9A-Z]{7}-[0-9A-Z]{7})\b", letter)[1]
    phone = Client()
    opened = phone.post("/l/", {"code": code})
    assert opened["Location"] == f"/en/l/own/{draft.public_id}/"
    own = phone.get(opened["Location"]).content.decode()
    assert '<html lang="en"' in own
    assert "Your products in the register" in own


def test_typed_words_stay_when_the_language_changes_and_a_sending_words_what_it_takes_in_anew():
    officer, home = make.amphoe_officer(), make.area(make.PARENT)
    told = {"by": None, "area": make.area(), "channel": "letter", "kind": "still_producing", "origin": "real"}
    mine = draft_notice(to=make.producer(), title="ถาม", words="คำของคน", key="still_producing:2569", **told)
    untouched = draft_notice(to=make.producer(), title="ถาม", words="คำของระบบ", key="still_producing:2569", **told)
    mine = change_notice(by=officer, notice=mine, version=1, title="ถาม", words="คำของคนเอง", language="en")
    assert (mine.language, mine.words) == ("en", "คำของคนเอง")
    assert change_notice(by=officer, notice=mine, version=2, title="ถาม", words="คำของคนเอง", language="th").language == "th"
    fresh = make.producer()
    batch = draft_batch(by=officer, area=home, kind="still_producing", channel="letter", language="en")
    assert batch.total == 3
    approve_batch(by=officer, batch=batch)
    release_some(NoticeBatch.objects.select_related("approved_by").get(pk=batch.pk))
    rows = {row.producer_id: row for row in batch.notices.all()}
    assert (rows[mine.producer_id].language, rows[mine.producer_id].words) == ("th", "คำของคนเอง")
    for row in (rows[untouched.producer_id], rows[fresh.pk]):
        assert (row.language, row.title) == ("en", "Asking whether production goes on")
        assert row.sender == "Community Development Office, Amphoe Na Mon"
        assert letter_year(timezone.now().year + 543, "en") in row.words
    assert rows[mine.producer_id].sender == "สำนักงานพัฒนาชุมชนอำเภอนามน"
    plain = draft_batch(by=officer, area=home, kind="message", channel="in_app", title="ก", words="ข") if make.recorder() else None
    assert plain.notices.get().language == "th"


def test_mails_speak_their_own_language_and_who_stands_in_signs_as_that(settings):
    settings.MAIL_ON = True
    head, acting = make.amphoe_officer(), make.user(name_en="Somchai Dee", title="นาย", name_th="สมชาย ดี")
    make.appointment(
        acting, "amphoe_officer", make.PARENT, kind="acting", stands_for=head, reason="leave", position="นักวิชาการพัฒนาชุมชนชำนาญการ",
    )  # fmt: skip
    to = make.recorder(email="a@example.org", name_en="Kanya Suk", name_th="กันยา สุข")
    mails = {}
    for language in ("th", "en"):
        one = draft_notice(
            by=acting, to=to, area=make.area(make.PARENT), channel="mail", kind="message", title="T", words="W", origin="real",
            language=language,
        )  # fmt: skip
        mails[language] = approve_notice(by=acting, notice=one)
    assert position_lines(mails["th"].position) == ("นักวิชาการพัฒนาชุมชนชำนาญการ รักษาราชการแทน", "เจ้าหน้าที่พัฒนาชุมชนอำเภอนามน")
    assert position_lines(mails["en"].position) == ("acting for the", "Community Development Officer, Amphoe Na Mon")
    english, thai = message_of(mails["en"]).body, message_of(mails["th"]).body
    assert english.startswith("Dear Kanya Suk\n")
    assert f"{settings.OTOP_PUBLIC_URL}/en/\n" in english
    assert "Community Development Office, Amphoe Na Mon" in english
    assert not THAI.search(english)
    assert thai.startswith("เรียน กันยา สุข\n")
    assert "สำนักงานพัฒนาชุมชนอำเภอนามน" in thai
    letter = draft_notice(
        by=None, to=make.producer(), area=make.area(), channel="letter", kind="message", title="T", words="W 12", origin="real",
    )  # fmt: skip
    print_letters(by=acting, notices=[approve_notice(by=acting, notice=letter)])
    client = Client()
    client.force_login(acting)
    page = client.get(f"/en/notices/{letter.public_id}/letter/").content.decode()  # a Thai letter is Thai for whoever looks at it
    assert "W ๑๒" in page
    assert "ขอแสดงความนับถือ" in page
    assert 'รักษาราชการแทน</span><span class="letter-post">เจ้าหน้าที่พัฒนาชุมชนอำเภอนามน' in page


def test_offices_are_named_as_they_are_called_at_the_centre_and_in_bangkok():
    assert office_name("central", "ส่วนกลาง", "Centre", "TH", "en") == "Community Development Department"
    assert office_name("amphoe", "พระนคร", "Phra Nakhon", "1001", "th") == "ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม สำนักงานเขตพระนคร"
    assert office_name("province", "กรุงเทพมหานคร", "Bangkok", "10", "en") == "Social Development Department, Bangkok"
    assert office_name("province", "กาฬสินธุ์", "Kalasin", "46", "en") == "Community Development Office, Kalasin Province"
    day = bangkok_day(make.at(2026, 11, 21))
    assert (letter_date(day, "th"), letter_date(day, "en")) == ("21 พฤศจิกายน 2569", "21 November 2026")
