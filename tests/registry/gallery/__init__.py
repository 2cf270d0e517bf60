"""The pages of the gallery: every part in every state, rendered without a database, and shown by a browser from disk."""

import mimetypes
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from playwright.sync_api import Page, Route

from registry import plots, tiles
from registry.clock import BANGKOK
from registry.forms.fields import AreaPicker, DayField, HundredthsField, LookForm, WholeField
from registry.marks import GLYPHS
from registry.models import Area, Job, User
from registry.refusal import refuse

HERE = Path(__file__).parent
SITE = "http://gallery.test"
PAGES = ("public", "officer", "form", "plots", "403", "404", "409", "500")
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=BANGKOK)


def _area() -> Area:
    region = Area(code="R-NE", level="region", name_th="ภาคตะวันออกเฉียงเหนือ", name_en="Northeast")
    province = Area(code="46", level="province", name_th="กาฬสินธุ์", name_en="Kalasin", parent=region)
    amphoe = Area(code="4602", level="amphoe", name_th="นามน", name_en="Na Mon", parent=province)
    return Area(code="460205", level="tambon", name_th="หนองบัว", name_en="Nong Bua", parent=amphoe)


class Sample(LookForm, forms.Form):
    """A field of every kind."""

    name_th = forms.CharField(label="ชื่อผลิตภัณฑ์", help_text="ชื่อที่ใช้ขายจริง ไม่ต้องใส่ชื่อกลุ่ม")
    name_en = forms.CharField(label="ชื่ออังกฤษ", required=False)
    area = forms.Field(label="ตำบลที่ผลิต", help_text="พิมพ์บางส่วนของชื่อก็ได้ ไทย อังกฤษ หรือชื่อเดิม", widget=AreaPicker())
    capacity = WholeField(label="กำลังผลิตต่อเดือน")
    price = HundredthsField(label="ราคา", required=False)
    day = DayField(label="วันที่ขึ้นทะเบียน")
    category = forms.ChoiceField(label="ประเภท", choices=[("a", "ผ้า เครื่องแต่งกาย"), ("b", "อาหาร")])
    kind = forms.ChoiceField(
        label="ลักษณะผู้ผลิต", choices=[("g", "กลุ่มผู้ผลิตชุมชน"), ("s", "เจ้าของรายเดียว")], widget=forms.RadioSelect
    )
    marks = forms.MultipleChoiceField(
        label="มาตรฐานที่มี", choices=[("1", "มผช."), ("2", "อย.")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="ผู้ผลิตยินยอมให้เผยแพร่ชื่อและภาพ")
    photo = forms.FileField(label="ภาพถ่าย", help_text="JPEG หรือ PNG ไม่เกิน 20 MB", required=False)
    story = forms.CharField(label="เรื่องราว", widget=forms.Textarea, required=False)


def _form() -> Sample:
    typed = {"area_typed": "หนองบัว", "capacity": "หกสิบผืน", "day": "วันวาน", "story": "ยายทองใบจำลายจากหมอนของแม่"}
    form = Sample({**typed, "category": "a"})
    area = _area()
    form.is_valid()
    form.add_error("area", "“หนองบัว” ตรงกับหลายแห่ง เลือกหนึ่งแห่งจากรายการ")
    form.fields["area"].widget.candidates = [area, area]
    return form


def _cards() -> list[SimpleNamespace]:
    names = [
        ("ผ้าขิดย้อมครามลายดอกแก้ว", "กลุ่มทอผ้าบ้านหนองบัวนอก", "46", 5),
        ("ผ้าซิ่นตีนจกแม่แจ่ม", "กลุ่มทอผ้าบ้านท้องฝาย", "50", 5),
        ("ข้าวฮางงอกอินทรีย์บรรจุถุงสุญญากาศตราวิสาหกิจชุมชนบ้านนายอ", "วิสาหกิจชุมชนข้าวฮางบ้านนายอพัฒนาอย่างยั่งยืน", "47", 4),
        ("กระบุงสานไม้ไผ่ลายสอง", "กลุ่มจักสานพนัสนิคม", "20", 3),
        ("กาแฟโรบัสตาคั่วเขาทะลุ", "วิสาหกิจชุมชนกาแฟเขาทะลุ", "86", 1),
    ]  # fmt: skip
    return [
        SimpleNamespace(
            name=name, who=who, area=_area(), stars=stars, at="OPC 2567", code=f"{at}{province}", province=province,
            css="feat-1" if at == 0 else "",
        )
        for at, (name, who, province, stars) in enumerate(names)
    ]  # fmt: skip


def _jobs() -> list[Job]:
    states = [("queued", 0, 0), ("running", 2140, 8200), ("done", 8200, 8200), ("failed", 100, 8200)]
    return [
        Job(
            public_id=f"JOB{at}", state=state, done=done, total=total, finished_at=NOW if state == "done" else None,
            note_th="แฟ้มขาดตอนที่แถว 101 ส่งแฟ้มใหม่ได้ทันที แถวที่นำเข้าแล้วจะไม่ซ้ำ",
        )
        for at, (state, done, total) in enumerate(states)
    ]  # fmt: skip


def _drawn() -> dict[str, Any]:
    stages = [
        plots.Stopped("ขั้นที่ 1 ตำบล", 41206, 24310, "ไม่ได้เลือกในเวที"),
        plots.Stopped("ขั้นที่ 2 อำเภอ", 24310, 17905, "หยุดที่อำเภอ"),
        plots.Stopped("ขั้นที่ 3 จังหวัด", 17905, 16388, "หยุดที่จังหวัด"),
        plots.Stopped("ขั้นที่ 4 ประเมิน", 16388, 15920, "รอทดสอบ 312 ถอน 156"),
        plots.Stopped("ขั้นที่ 5 รับรอง", 15920, 15182, "กอ.นตผ. ไม่รับรอง"),
    ]
    pairs = {
        (5, 5): 1710, (5, 4): 402, (5, 3): 61, (4, 5): 612, (4, 4): 2610, (4, 3): 388, (4, 2): 40, (3, 5): 118,
        (3, 4): 1032, (3, 3): 1644, (3, 2): 214, (2, 3): 702, (2, 2): 480, (1, 3): 140, (1, 2): 180, (1, 1): 96,
    }  # fmt: skip
    months = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
    sold = [120, 90, 150, 300, 110, 95, 100, 140, 180, 210, 260, 420]
    parts = [
        plots.Part("ก", "ผลิตภัณฑ์และความเข้มแข็งของชุมชน", 2725, 3000),
        plots.Part("ข", "การตลาดและความเป็นมา", 2650, 3000),
        plots.Part("ค", "คุณภาพผลิตภัณฑ์", 3768, 4000),
    ]
    bands = [plots.Band(5, 9000), plots.Band(4, 8000), plots.Band(3, 7000), plots.Band(2, 5000), plots.Band(1, 0)]
    row = [plots.Seat("here", "ประธาน"), *[plots.Seat("here")] * 5, plots.Seat("recused"), *[plots.Seat("away")] * 4]
    return {
        "funnel": plots.funnel(stages, "ได้ดาว", label="ผลิตภัณฑ์ที่ผ่านแต่ละขั้น จาก 41,206 เหลือ 15,182"),
        "changes": plots.changes(pairs, "รอบ 2565", "รอบ 2567", label="การเปลี่ยนดาวของผลิตภัณฑ์ที่เข้าทั้งสองรอบ"),
        "columns": plots.columns(
            [plots.Bar(month, value * 1000) for month, value in zip(months, sold, strict=True)], label="ยอดขายรายเดือน"
        ),
        "line": plots.line(
            ["2546", "2547", "2549", "2551", "2553"],
            [plots.Series("ลงทะเบียน", [31079, 26497, None, 31789, 33228]), plots.Series("ได้ดาว", [22000, 14570, 14000, 11534, 10700])],
            label="ผู้ลงทะเบียนและผลิตภัณฑ์ที่ได้ดาวรายปี",
        ),
        "marks": plots.marks(parts, 9143, bands, label="รวม 91.43 คะแนน ได้ 5 ดาว"),
        "kinds": plots.bars(
            [plots.Bar("ของใช้ ของตกแต่ง ของที่ระลึก", 30110), plots.Bar("อาหาร", 28204), plots.Bar("เครื่องดื่ม", 0)],
            label="ผลิตภัณฑ์ตามประเภท", wide=1152,
        ),
        "seats": plots.seats(row, 6, label="มา 7 จาก 11 คน ครบองค์ประชุมที่ 6"),
    }  # fmt: skip


def context() -> dict[str, Any]:
    """Everything the pages of the gallery show."""
    counts = [(5, 3214, 217), (4, 5870, 396), (3, 4102, 277), (2, 1530, 103), (1, 466, 31)]
    area = _area()
    return {
        "sample": True, "unread": "3", "now": NOW, "area": area, "cards": _cards(), "dist": counts, "jobs": _jobs(), "form": _form(),
        "values": {tile.code: (int(tile.code) * 37) % 400 for tile in tiles.TILES if tile.code != "58"},
        "crumbs": [("ผลิตภัณฑ์", "#main"), ("กาฬสินธุ์", "#main")], "glyphs": list(GLYPHS), "as_at": NOW,
        "groups": [("ในอำเภอของคุณ", [area]), ("จังหวัดอื่น", [area, area])],
        "both": [("เรื่องราว", "ยายทองใบจำลาย\nจากหมอน", "ยายทองใบทอ")],
        "refusals": [
            refuse("unsigned", "รายงานเวทีตำบลยอดแกงยังไม่ลงชื่อครบ ค้างตั้งแต่ 17 พ.ย."),
            refuse("unsettled", "คณะกรรมการยังไม่รับรองลำดับ", who="นายอำเภอนามน ประธาน"),
        ],
        "ready": ["ครบแล้ว แผนและงบประมาณ 6 บรรทัด"],
        "star_rows": [{"stars": stars, "value": value, "was": value - 500 * (stars - 3)} for stars, value, _w in counts],
        "day": date(2026, 11, 19), **_drawn(),
    }  # fmt: skip


def options() -> str:
    """The list below an area picker, as the server would answer."""
    area = _area()
    groups = [("ในอำเภอของคุณ", [area]), ("จังหวัดอื่น", [area])]
    return render_to_string("parts/area_options.html", {"groups": groups, "total": 2, "capped": False})


def render(name: str, *, language: str = "th", theme: str = "", officer: bool = True) -> str:
    """One page of the gallery, or an error page, as a reader would get it."""
    user = User(username="nm.kamon", title="นางสาว", name_th="กมลชนก ตัวอย่าง", origin="sample") if officer else AnonymousUser()
    request = RequestFactory().get("/work/" if officer else "/products/?stars=5&stars=4")
    request.user = user
    request.COOKIES["theme"] = theme
    request._messages = [Message(25, "บันทึกแล้ว"), Message(30, "แถว 14 ต้องตอบก่อน"), Message(40, "ส่งไม่ได้ ยังขาดลายมือชื่อ")]
    with override(language):
        names = {tile.code: f"จังหวัด{tile.th}" for tile in tiles.TILES}
        cache.set(f"province-names-{language}", names)
        path = HERE / f"{name}.html"
        engine = engines["django"]
        template = engine.from_string(path.read_text()) if path.exists() else engine.get_template(f"{name}.html")
        return template.render(context(), request)


def show(page: Page, html: str, **answers: str) -> None:
    """Show the page in the browser; static files come from disk, an address holding a name of `answers` gives that,
    anything else is not there.
    """

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if path == "/page":
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        for name, answer_html in answers.items():
            if name in path:
                return route.fulfill(body=answer_html, content_type="text/html; charset=utf-8")
        found = path.startswith(settings.STATIC_URL) and finders.find(path.removeprefix(settings.STATIC_URL))
        if not found:
            return route.fulfill(status=404, body="")
        return route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(f"{SITE}/page")
    page.evaluate("document.fonts.ready")
