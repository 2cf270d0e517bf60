"""A product's way from a tambon forum to a star, through the browser, each act signed in as the one whose act it is."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from registry.models import Product
from selection.models import Announcement, Assignment, Certificate, Entry, ForumLine, Panel, SupportLine
from tests import make
from tests.journeys import committees, rounds, sheets
from tests.journeys.cast import PASSWORD, Cast, gathered
from tests.journeys.sheets import Signed
from tests.journeys.walk import DESK, PHONE, TABLET, Walk, in_thai, posted, press, refused, says, sign_in
from tests.selection.make import open_round, today


@pytest.mark.journey
@pytest.mark.timeout(900)
def test_from_a_tambon_forum_to_a_star(walk: Walk) -> None:
    cast = gathered()
    centre = walk.enter()
    sign_in(centre, "central.office", PASSWORD)
    rounds.make_round(walk, centre)
    first_forum(walk, cast)
    second_forum(walk, cast)
    amphoe(walk, cast)
    signed = province(walk, cast)
    judges(walk, cast, centre, signed)
    nation(walk, cast)
    nothing_told(walk, cast)
    announce(walk, centre)
    stranger(walk, cast, signed)


def first_forum(walk: Walk, cast: Cast) -> None:
    """Nong Bua, on a phone: an incomplete product, more votes than people, and a product that fails a test."""
    page = walk.enter(cast.recorders[make.HOME], size=PHONE)
    forum = rounds.begin_forum(walk, page, present=64)
    says(page, "แยมหม่อนลำปาว ยังไม่มีประเภท")
    walk.look(page, "forum before products")
    complete_jam(walk, cast)
    for short in ("silk", "fish", "bought", "jam"):
        rounds.bring(page, forum, cast.products[short].public_id)
    rounds.open_line(page, forum, "ผ้าไหมแพรวาลายเกาะ")
    walk.look(page, "forum line")
    rounds.fill_line(page, votes=65, chosen=True)
    refused(page, lambda: page.get_by_role("button", name="บันทึก", exact=True).click(),
            "ได้ 65 เสียง แต่มีผู้เข้าร่วมเพียง 64 คน", 403)  # fmt: skip
    walk.look(page, "forum line with an error")
    assert page.input_value("#id_votes") == "65"
    assert page.input_value("#id_wisdom_evidence") == rounds.EVIDENCE["wisdom"]
    assert page.locator("[name=plan][value=yes]").is_checked()
    page.fill("#id_votes", "58")
    rounds.save_line(page)
    for short, votes in (("fish", 41), ("jam", 30)):
        rounds.open_line(page, forum, cast.products[short].name)
        rounds.fill_line(page, votes=votes, chosen=True)
        rounds.save_line(page)
    rounds.open_line(page, forum, "ผ้าพันคอพิมพ์ลายสำเร็จรูป")
    rounds.fill_line(page, votes=22, chosen=True, material="no")
    refused(page, lambda: page.get_by_role("button", name="บันทึก", exact=True).click(),
            "เลือก ผ้าพันคอพิมพ์ลายสำเร็จรูป ไม่ได้ เพราะข้อ “ใช้วัตถุดิบในท้องถิ่น” ตอบว่าไม่ใช่", 403)  # fmt: skip
    page.set_checked("#id_chosen", False)
    rounds.save_line(page)
    rounds.send_up(walk, page, forum)


def complete_jam(walk: Walk, cast: Cast) -> None:
    """The amphoe officer gives the incomplete product its category."""
    page = walk.enter(cast.officer, size=PHONE)
    page.goto(f"/register/products/{cast.products['jam'].public_id}/edit/")
    page.locator("[name=category][value=food]").check()
    page.locator("main form").get_by_role("button", name="บันทึก").first.click()
    says(page, "บันทึกแล้ว")
    assert Product.objects.get(pk=cast.products["jam"].pk).category == make.category("food")


def second_forum(walk: Walk, cast: Cast) -> None:
    """Nam On; the same form sent twice makes one line."""
    page = walk.enter(cast.recorders[make.SISTER])
    forum = rounds.begin_forum(walk, page, present=40)
    page.select_option("#id_product", cast.products["sash"].public_id)
    twice = [posted(page, "form[action$='/bring/']") for _time in range(2)]
    assert [found.status for found in twice] == [302, 302]
    assert twice[0].headers["location"] == twice[1].headers["location"]
    assert ForumLine.objects.filter(entry__product=cast.products["sash"]).count() == 1
    page.goto(forum)
    says(page, "ยังขาด")
    rounds.open_line(page, forum, "สไบแพรวาย้อมคราม")
    rounds.fill_line(page, votes=37, chosen=True)
    rounds.save_line(page)
    rounds.send_up(walk, page, forum)
    other = Panel.objects.get(stage__number=1, area__code=make.HOME)
    assert page.request.get(f"/forums/{other.public_id}/").status == 404
    assert Entry.objects.filter(stage=2, state="competing").count() == 4


def amphoe(walk: Walk, cast: Cast) -> None:
    """Na Mon: too early, no quorum, a place without reason, two people at once, a support line sent twice."""
    body = cast.amphoe
    page, chair = walk.enter(body.secretary), walk.enter(body.chair)
    too_early(page)
    panel = committees.convene(page)
    walk.look(page, "amphoe panel")
    committees.record_meeting(page, panel, present=[1])
    page.goto(f"{panel}settle/")
    says(page, in_thai("%(there)s of %(all)s members are recorded as present; the quorum is %(needed)s. Record who else was "
                       "there, or meet again.", there=1, all=3, needed=2))  # fmt: skip
    committees.record_meeting(page, panel, present=[0, 1, 2])
    names = {short: product.name for short, product in cast.products.items()}
    chair.goto(panel)
    order = {names["silk"]: 1, names["sash"]: 2, names["fish"]: 3, names["jam"]: 4}
    committees.write_order(page, order, reason="")
    press(page, "บันทึกลำดับ")
    page.goto(f"{panel}settle/")
    says(page, in_thai("Write the committee's reason for the place of %(name)s.", name=names["silk"]),
         in_thai("%(name)s has no standard that this round accepts, valid on %(day)s. Record it on the product's page, or "
                 "the product stays at this stage.", name=names["jam"], day=rounds.thai(today())))  # fmt: skip
    page.goto(panel)
    committees.write_order(page, order, reason="ฝีมือละเอียด มีตลาดรองรับ")
    press(page, "บันทึกลำดับ")
    committees.write_order(chair, {names["silk"]: 2, names["sash"]: 1}, reason="ควรสลับกัน")
    refused(chair, lambda: press(chair, "บันทึกลำดับ"), "มีผู้อื่นบันทึกรายการนี้ระหว่างที่ท่านกำลังพิมพ์", 409)
    says(chair, "ฝีมือละเอียด มีตลาดรองรับ")
    assert chair.locator("tr.rk", has_text=names["silk"]).locator("textarea").first.input_value() == "ควรสลับกัน"
    walk.look(chair, "amphoe conflict")
    support(walk, page, panel, names["silk"])
    committees.settle(walk, page, panel, "amphoe")
    assert sorted(Entry.objects.filter(stage=3).values_list("product__name", flat=True)) == sorted(
        names[short] for short in ("silk", "fish", "sash")
    )


def too_early(page: Page) -> None:
    """A second round, whose stage 2 opens tomorrow: the closed button says so, and so does the answer to a forged act."""
    tomorrow = today() + timedelta(days=1)
    later = dict.fromkeys((2, 3, 4, 5), (tomorrow, tomorrow + timedelta(days=9)))
    open_round("2569-r2", days=later)
    wait = in_thai("Stage %(number)s opens on %(day)s. Come back then; what is typed as a draft is kept.",
                   number=2, day=rounds.thai(tomorrow))  # fmt: skip
    page.goto("/rounds/2569-r2/panels/")
    says(page, wait)
    page.goto("/rounds/2569/panels/")
    form = "main form[action$='/panels/convene/']"
    page.eval_on_selector(form, "form => form.action = form.action.replace('/2569/', '/2569-r2/')")
    refused(page, lambda: press(page, "เปิดการประชุม"), wait, 403)
    assert not Panel.objects.filter(stage__round__key="2569-r2").exists()


def support(walk: Walk, page: Page, panel: str, product: str) -> None:
    """An amount in words is refused with everything still there; the same line sent twice is one line."""
    page.goto(panel)
    committees.add_support(page, product=product, help_="อบรมการออกแบบลายและบรรจุภัณฑ์", baht="ห้าหมื่น")
    refused(page, lambda: press(page, "เพิ่มรายการนี้"), "“ห้าหมื่น” ยังไม่ใช่จำนวนเต็ม")
    walk.look(page, "support line with an error")
    assert page.input_value("#id_plan_help") == "อบรมการออกแบบลายและบรรจุภัณฑ์"
    page.fill("#id_plan_amount_baht", "๕๐,๐๐๐")
    assert posted(page, "#plan form.line-form").status == 302
    press(page, "เพิ่มรายการนี้")
    assert list(SupportLine.objects.values_list("amount_baht", flat=True)) == [50_000]


def province(walk: Walk, cast: Cast) -> Signed:
    """Kalasin: nobody scores before he is recorded as present, a forged mark, unsigned sheets, the order of the marks."""
    body, signed = cast.province, Signed()
    page = walk.enter(body.secretary)
    panel = committees.convene(page)
    member = walk.enter(body.members[0], size=PHONE)
    member.goto(f"{panel}sheets/")
    says(member, "ยังไม่มีชื่อท่านในผู้มาประชุม")
    committees.record_meeting(page, panel, present=[0, 1, 2])
    forged_mark(walk, member, panel, cast)
    page.goto(f"{panel}settle/")
    says(page, in_thai("%(name)s: %(count)s sheets are not signed yet.", name=cast.products["silk"].name, count=6))
    for place, user in enumerate((body.chair, body.secretary, body.members[0])):
        judge = member if user == body.members[0] else walk.enter(user, size=TABLET)
        sheets.sign_all(walk, judge, panel, sheets.PROVINCE[place], signed, entries_of(cast, stage=3))
    page.goto(panel)
    names = {short: cast.products[short].name for short in ("silk", "sash", "fish")}
    committees.write_order(page, dict.fromkeys(names.values(), 1), reason="คะแนนและตลาดชัดเจน")
    press(page, "เรียงตามคะแนน")
    walk.look(page, "province panel with marks")
    committees.settle(walk, page, panel, "province")
    return signed


def forged_mark(walk: Walk, page: Page, panel: str, cast: Cast) -> None:
    """A radio whose value was raised in the browser is refused in words; the rest of the sheet stays as it was."""
    page.goto(f"{panel}sheets/")
    walk.look(page, "my sheets")
    press(page, "เริ่มให้คะแนน")
    walk.look(page, "sheet", sizes=(PHONE, TABLET, DESK))
    items = page.locator("#sheet-form fieldset.item")
    items.nth(0).locator("label.lvl").nth(1).click()
    page.get_by_role("button", name="ถัดไป").click()
    expect(items.nth(1)).to_be_visible()
    items.nth(1).locator("input").first.evaluate("radio => radio.value = '9900'")
    items.nth(1).locator("label.lvl").first.click()
    expect(page.locator("#sheet-sum [role=alert]")).to_contain_text("เกินคะแนนเต็ม")
    refused(page, lambda: page.get_by_role("button", name="ถัดไป").click(), "99.00 เกินคะแนนเต็ม")
    walk.look(page, "sheet with a forged mark")
    assert items.nth(0).locator("input").nth(1).is_checked()
    assert not items.nth(1).locator("input:checked").count()


def entries_of(cast: Cast, *, stage: int, category: str | None = None) -> dict[str, str]:
    """The short names of the products that stand at the stage, by the public id of their entry."""
    shorts = {product.pk: short for short, product in cast.products.items()}
    rows = Entry.objects.filter(round__key="2569", stage=stage, state="competing")
    if category:
        rows = rows.filter(category__code=category)
    return {row.public_id: shorts[row.product_id] for row in rows.order_by("pk")}


def judges(walk: Walk, cast: Cast, centre: Page, signed: Signed) -> None:
    """The centre: a panel for each category, blind; a stranger finds no sheet; one missing sheet keeps it from settling."""
    for category, ranks in sheets.JUDGES.items():
        body, panel = cast.judges[category], convene_judges(walk, cast, centre, category)
        stranger = walk.enter(cast.judges["food" if category == "apparel" else "apparel"].chair)
        assert stranger.request.get(f"{panel}sheets/1/c/").status == 404
        chair = walk.enter(body.chair, size=TABLET)
        for place, user in enumerate((body.secretary, body.members[0], body.chair)):
            page = chair if user == body.chair else walk.enter(user, size=TABLET)
            numbers = sample_numbers(panel, entries_of(cast, stage=4, category=category))
            left = sheets.sign_all(walk, page, panel, ranks[place], signed, numbers, blind=cast.names, but=user == body.chair)
            if left:
                page.goto(f"{panel}settle/")
                says(page, in_thai("%(name)s: %(count)s sheets are not signed yet.", name=f"ตัวอย่างที่ {left}", count=1))
                sheets.sign_one(page, panel, left, ranks[place], signed, numbers)
        sheets.tells_nothing(chair, panel, cast.names)
        committees.settle(walk, chair, panel, f"judges of {category}")
        sheets.tells_nothing(chair, panel, cast.names)


def convene_judges(walk: Walk, cast: Cast, centre: Page, category: str) -> str:
    centre.goto("/rounds/2569/panels/")
    walk.look(centre, "panels of the centre")
    group = cast.judges[category].committee.public_id
    centre.locator("form.bench-form", has=centre.locator(f"option[value='{group}']")).get_by_role("button").click()
    says(centre, "ปิดชื่อ")
    return centre.url


def sample_numbers(panel: str, entries: dict[str, str]) -> dict[str, str]:
    """The short names of the products by the number on their sample; only this test may know it."""
    public_id = panel.rstrip("/").rpartition("/")[2]
    rows = Assignment.objects.filter(panel__public_id=public_id).select_related("entry")
    return {str(row.sample_no): entries[row.entry.public_id] for row in rows}


def nation(walk: Walk, cast: Cast) -> None:
    """The national committee: certifying without a meeting, holding without a reason, then the stars."""
    page = walk.enter(cast.national.chair)
    panel = committees.convene(page)
    walk.look(page, "national panel")
    page.goto(f"{panel}certify/")
    says(page, in_thai("Record the meeting first: its day and who was present."),
         in_thai("Decide on %(name)s first.", name=cast.products["silk"].name))  # fmt: skip
    committees.record_meeting(page, panel, present=[0, 1, 2])
    row = page.locator("tr.rk", has_text=cast.products["fish"].name)
    row.locator("summary", has_text="ลงมติ").click()
    row.locator("[value=hold]").check()
    refused(page, lambda: row.get_by_role("button", name="บันทึกมติ").click(),
            in_thai("Write the reason for not certifying %(name)s now.", name=cast.products["fish"].name), 403)  # fmt: skip
    walk.look(page, "national decision with an error")
    press(page, "ลงมติรับรองที่เหลือทั้ง 3 รายการ")
    walk.look(page, "national decisions")
    press(page, "ตรวจแล้วรับรอง")
    walk.look(page, "national check")
    press(page, "รับรองผล")
    says(page, "รับรองแล้ว 3 รายการ")
    walk.look(page, "certified")


def nothing_told(walk: Walk, cast: Cast) -> None:
    """Before the announcement a stranger finds nothing, nowhere."""
    page, silk = walk.enter(), cast.products["silk"]
    for address in ("/", "/products/", "/products/?q=แพรวา", f"/products/?area={make.PARENT}", f"/areas/{make.HOME}/",
                    f"/areas/{make.PROVINCE}/", "/reports/"):  # fmt: skip
        assert page.goto(address).status == 200
        sheets.names_none(page, [product.name for product in cast.products.values()])
    for address in (f"/products/{silk.public_id}/", f"/products/{silk.public_id}/explanation.json",
                    f"/en/products/{silk.public_id}/"):  # fmt: skip
        assert page.goto(address).status == 404
        sheets.names_none(page, [name for name in cast.names if name not in address])
    page.goto("/products/?q=แพรวา")
    says(page, "ยังไม่มีผลิตภัณฑ์ที่ประกาศผล")
    walk.look(page, "catalogue with nothing")


def announce(walk: Walk, centre: Page) -> None:
    centre.goto("/rounds/2569/announce/")
    walk.look(centre, "announcement")
    form = "main form[action$='/announce/']"
    assert posted(centre, form).status == 302
    press(centre, "ประกาศผล 3 รายการ")
    says(centre, "ไม่มีรายการรอประกาศ", "ประกาศครั้งที่ 1")
    assert Announcement.objects.count() == 1


def stranger(walk: Walk, cast: Cast, signed: Signed) -> None:
    """Anybody finds the product, and counts the star again from the sheets that were given."""
    page = walk.enter(size=PHONE)
    page.goto("/")
    walk.look(page, "home")
    page.locator("main input[name=q]").first.fill("แพรวา")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    says(page, cast.products["silk"].name, cast.products["sash"].name)
    expect(page.locator("main")).not_to_contain_text(cast.products["fish"].name)
    walk.look(page, "catalogue")
    for short in ("silk", "sash", "fish"):
        product = cast.products[short]
        total, stars = signed.result(short)
        page.goto("/products/?q=" + product.name)
        page.locator("main article.prod a", has_text=product.name).click()
        says(page, product.name, f"{total // 100}.{total % 100:02}", f"{stars} ดาว")
        number = Certificate.objects.get(award__entry__product=product).number
        assert page.locator(".cert-no").inner_text() == number
        told = page.request.get(f"/products/{product.public_id}/explanation.json").json()
        assert sheets.vectors(told) == signed.vectors(short)
    walk.look(page, "product")
