"""Areas change: names, codes, divisions, unions; nothing of the past is lost and nothing is guessed."""

import os
import random
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from registry.actions.boundaries import Orders, carry_out_due, change_areas, plan_of, settle_places
from registry.levels import Level, parent_code
from registry.models import (
    Area,
    AreaChange,
    AreaSuccession,
    ChangeState,
    PlaceQuestion,
    boundaries_of,
    number_tree,
)
from registry.refusal import Refused
from tests import make

pytestmark = pytest.mark.django_db
GAZETTE = "ราชกิจจานุเบกษา เล่ม 128 ตอนที่ 18 ก หน้า 1"
NOW = make.at(2026, 11, 20)
# As Bueng Kan left Nong Khai on 23 March 2554, under codes that are free today: 59 plays Nong Khai (43), 68 Bueng Kan (38)
DIVIDED = date(2011, 3, 23)
STAYED = {"5901": "เมืองหนองคาย", "5902": "ท่าบ่อ", "5905": "โพนพิสัย"}
WENT = {
    "5903": ("6801", "เมืองบึงกาฬ"), "5904": ("6802", "พรเจริญ"), "5906": ("6803", "โซ่พิสัย"), "5909": ("6804", "เซกา"),
    "5910": ("6805", "ปากคาด"), "5911": ("6806", "บึงโขงหลง"), "5912": ("6807", "ศรีวิไล"), "5913": ("6808", "บุ่งคล้า"),
}


def change(kind: str, *areas: str, on: date = date(2026, 11, 1), by=None, at=NOW, **rest) -> AreaChange:
    return change_areas(by=by, orders=Orders.of({"kind": kind, "areas": areas, **rest}), on=on, gazette=GAZETTE, at=at)


def whole_tree_is_right() -> None:
    """Nested sets agree with parents, current codes are unique and nest, and whatever ended says what it became."""
    rows = list(Area.objects.order_by("lft"))
    by_pk = {row.pk: row for row in rows}
    numbers = [number for row in rows for number in (row.lft, row.rght)]
    assert len(set(numbers)) == 2 * len(rows)
    assert max(numbers) - min(numbers) == 2 * len(rows) - 1
    inside: dict[int, int] = dict.fromkeys(by_pk, 0)
    for row in rows:
        if row.parent_id is not None:
            above = by_pk[row.parent_id]
            assert above.lft < row.lft < row.rght < above.rght
            assert row.depth == above.depth + 1
            inside[row.parent_id] += row.rght - row.lft + 1
    assert all(row.rght - row.lft == inside[row.pk] + 1 for row in rows)
    current = [row for row in rows if row.valid_to is None]
    assert len({row.code for row in current}) == len(current)
    assert all(row.parent_id is None or by_pk[row.parent_id].code == parent_code(row.code) for row in current)
    followed = set(AreaSuccession.objects.values_list("old_id", flat=True))
    assert all(row.pk in followed for row in rows if row.valid_to is not None)


def put(code: str, name: str, level: str, above: Area) -> Area:
    row = Area(code=code, name_th=name, name_en=f"Area {code}", level=level, parent=above, lft=0, rght=0, tree_id=1, depth=0)
    return Area.objects.bulk_create([row])[0]


def an_undivided_nong_khai() -> None:
    """A province of eleven amphoes with two tambons each, as it was before 2554."""
    province = put("59", "หนองคาย", Level.PROVINCE, make.area("R-N"))
    for code, name in {**STAYED, **{old: name for old, (_new, name) in WENT.items()}}.items():
        amphoe = put(code, name, Level.AMPHOE, province)
        for number in ("01", "02"):
            put(code + number, f"{name} {number}", Level.TAMBON, amphoe)
    number_tree()


def test_bueng_kan_leaves_nong_khai():
    an_undivided_nong_khai()
    goes, stays = make.product(code="590901"), make.product(code="590101")
    goes_row, above = goes.area, make.area("59")
    officer = make.province_officer("59")
    committee = make.committee("amphoe", "5909")
    asked = AreaChange.objects.count()
    done = change(
        "split", "59", on=DIVIDED, by=make.central_officer(), moves=[[old, new] for old, (new, _name) in WENT.items()],
        parts=[["68", "บึงกาฬ", "Bueng Kan"]],
    )  # fmt: skip
    whole_tree_is_right()
    assert done.state == ChangeState.DONE
    assert AreaChange.objects.count() == asked + 1
    # amphoes and tambons went with their new codes, and everything in them stands where it stood
    assert {a.code: a.name_th for a in make.area("68").children.current()} == dict(WENT.values())
    assert Area.objects.current().within(make.area("68")).count() == 1 + 8 + 16
    goes.refresh_from_db()
    assert (goes.area_id, goes.area.code, goes.area.parent.code) == (goes_row.pk, "680401", "6804")
    committee.refresh_from_db()
    assert committee.area.code == "6804"
    # rights follow: the officer of Nong Khai no longer sees what left, one of Bueng Kan does
    assert list(type(goes).objects.visible_to(_again(officer))) == [stays]
    assert list(type(goes).objects.visible_to(make.province_officer("68"))) == [goes]
    # the past is intact: the tree of the day before has one province and the old codes
    eve, after = DIVIDED - timedelta(days=1), DIVIDED
    assert Area.objects.at(eve).filter(code="590901").get().parent.code == "6804"  # the same amphoe, by its present code
    assert Area.objects.at(eve).filter(code="5909").get().parent == above
    assert not Area.objects.at(eve).filter(code__startswith="68").exists()
    assert not Area.objects.at(after).filter(code="5909").exists()
    assert boundaries_of(eve).code_of(goes.area) == "590901"
    assert boundaries_of(eve).code_of(make.area("68")) == "59"
    assert boundaries_of(after).code_of(goes.area) == "680401"
    # links go both ways
    old = Area.objects.get(code="5909", state_of__isnull=False)
    assert [link.new.code for link in old.successions.all()] == ["6804"]
    assert {link.new.code for link in Area.objects.get(code="59", state_of=above).successions.all()} == {"59", "68"}
    assert {link.old.code for link in make.area("68").predecessions.all()} == {"59"}


def _again(user):
    """The user as the next request reads him."""
    return type(user).objects.get(pk=user.pk)


def test_a_new_name_moves_nothing_and_the_old_one_stays_in_its_time():
    product, before = make.product(), make.area("4602")
    old_numbers = (before.lft, before.rght)
    change("rename", "4602", name_th="นามนใหม่", name_en="New Na Mon")
    now = make.area("4602")
    whole_tree_is_right()
    assert (now.pk, now.name_th, now.name_key) == (before.pk, "นามนใหม่", "นามนใหม่")
    assert now.lft > old_numbers[1]  # no number given before means anything now: a request under way sees nothing
    assert not type(product).objects.filter(area__lft__range=old_numbers).exists()
    assert Area.objects.at(date(2026, 10, 31)).get(code="4602").name_th == "นามน"
    assert Area.objects.at(date(2026, 11, 1)).get(code="4602").name_th == "นามนใหม่"
    with pytest.raises(Refused) as again:
        change("rename", "4602", name_th="นามนเก่า", name_en="Old", on=date(2026, 11, 1))
    assert again.value.codes == ["change_out_of_order"]
    assert make.area("4602").name_th == "นามนใหม่"


def test_a_union_takes_everything_along_and_asks_about_two_of_a_name():
    into, gone = make.area(make.SISTER), make.area()
    stays, goes = make.producer(make.SISTER, name="กลุ่มทอผ้าหนองบัว"), make.producer(name="กลุ่มจักสาน")
    twin = make.producer(name="กลุ่มทอผ้าหนองบัว")
    ware, cloth = make.product(goes), make.product(twin)
    change("merge", make.HOME, make.SISTER, code=make.SISTER)
    whole_tree_is_right()
    for row in (stays, goes, twin, ware, cloth):
        row.refresh_from_db()
    assert (goes.area, ware.area, twin.area, cloth.area) == (into, into, gone, gone)
    assert [(fact.on, fact.area) for fact in goes.facts.order_by("id")][1:] == [(date(2026, 11, 1), into)]
    question = PlaceQuestion.objects.get()
    assert (question.producer, question.area) == (twin, gone)
    with pytest.raises(Refused) as two:
        settle_places(by=make.amphoe_officer(), answers={question: into}, at=NOW)
    assert two.value.codes == ["producer_exists"]
    with pytest.raises(Refused) as ended:
        make.product(twin, name="ผ้าใหม่")
    assert ended.value.codes == ["area_ended"]
    assert boundaries_of(date(2026, 10, 31)).code_of(gone) == make.HOME
    assert boundaries_of(date(2026, 11, 1)).code_of(gone) == make.SISTER


def test_a_divided_tambon_is_asked_about_and_never_guessed():
    one, two = make.producer(), make.producer()
    ware, guest = make.product(one), make.product(make.producer(make.SISTER), area=make.area())
    change("split", make.HOME, parts=[["460290", "หนองบัวใหม่", "New Nong Bua"]])
    whole_tree_is_right()
    home, new = make.area(), make.area("460290")
    asked = {question.row: question for question in PlaceQuestion.objects.all()}
    assert set(asked) == {one, two, guest}  # what a producer makes at home goes with the producer
    for stranger in (make.amphoe_officer(make.OTHER_AMPHOE), make.user()):
        assert not PlaceQuestion.objects.visible_to(stranger).exists()
        with pytest.raises(Refused):
            settle_places(by=stranger, answers={asked[one]: new}, at=NOW)
    with pytest.raises(Refused) as elsewhere:
        settle_places(by=make.recorder(), answers={asked[one]: make.area(make.SISTER)}, at=NOW)
    assert elsewhere.value.codes == ["not_a_part"]
    with pytest.raises(Refused) as first:
        change("rename", make.PARENT, name_th="ก", name_en="K")
    assert first.value.codes == ["places_unsettled"]
    settle_places(by=make.recorder(), answers={asked[one]: new, asked[two]: home, asked[guest]: new}, at=NOW)
    for row in (one, two, ware, guest):
        row.refresh_from_db()
    assert [row.area for row in (one, ware, two, guest)] == [new, new, home, new]
    with pytest.raises(Refused) as settled:
        settle_places(by=make.recorder(), answers={asked[one]: home}, at=NOW)
    assert settled.value.codes == ["place_settled_already"]


def test_a_day_to_come_is_kept_until_it_comes():
    by = make.administrator()
    planned = change("recode", "4602", code="4699", on=date(2027, 1, 1), by=by)
    assert planned.state == ChangeState.PLANNED
    assert carry_out_due(by=None, at=make.at(2026, 12, 31)) == {"done": 0, "refused": 0}
    assert make.area("4602")
    assert carry_out_due(by=None, at=make.at(2027, 1, 1)) == {"done": 1, "refused": 0}
    assert make.area("469905").name_th == "หนองบัว"
    whole_tree_is_right()


def why(kind: str, *areas: str, **rest) -> set[str]:
    with pytest.raises(Refused) as refused:
        change(kind, *areas, **rest)
    return set(refused.value.codes)


def test_what_may_not_be_is_refused_with_its_reason():
    assert why("rename", "4602", by=make.province_officer(), name_th="ก", name_en="K") == {"may_not_change_areas"}
    assert why("rename", "4602") == {"nothing_changes"}
    assert why("rename", "R-N", name_th="ก", name_en="K") == {"area_not_changeable"}
    assert why("rename", "4699", name_th="ก", name_en="K") == {"no_such_area"}
    assert why("recode", "4602", code="4603") >= {"area_code_taken"}
    assert why("recode", "4602", code="46021") == {"area_code_odd"}
    assert why("recode", "460205", code="699901") == {"area_above_missing"}
    assert why("split", "4602") == {"parts_needed"}
    assert why("split", "4602", parts=[["4690", "ก", "K"]], keeps=False) == {"parts_needed"}
    assert why("split", "4602", parts=[["4690", "ก", "K"], ["4691", "ข", "Kh"]], keeps=False) == {"areas_left_over"}
    assert why("split", "4602", parts=[["4690", "", "K"]]) == {"area_name_missing"}
    assert why("split", "4602", parts=[["4690", "ก", "K"]], moves=[["460301", "469001"]]) == {"no_such_area"}
    assert why("merge", "4602", code="4602") == {"several_needed"}
    assert why("merge", "4602", "4603", code="4603") == {"area_code_taken"}  # their tambons have the same last figures
    with pytest.raises(Refused) as silent:
        change_areas(by=None, orders=Orders("recode", ("4602",), code="4690"), on=date(2026, 11, 1), gazette=" ", at=NOW)
    assert silent.value.codes == ["ground_missing"]
    assert plan_of(Orders("recode", ("4602",), code="4690"), date(2026, 11, 1), NOW).problems.count(None) > 0


def test_the_database_keeps_what_areas_were():
    change("rename", "4602", name_th="ใหม่", name_en="New")
    past = Area.objects.get(code="4602", valid_to__isnull=False)
    for write in (
        lambda: Area.objects.filter(pk=past.pk).update(name_th="อื่น"),
        lambda: Area.objects.filter(pk=past.pk).delete(),
        lambda: AreaSuccession.objects.all().delete(),
        lambda: AreaChange.objects.update(gazette="อื่น"),
        lambda: type(make.producer()).objects.update(area=past),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_any_sequence_of_changes_leaves_a_sound_tree():
    """A seeded walk over a small province: after every change the tree is right and every earlier day is as it was."""
    an_undivided_nong_khai()
    dice, day, kept = random.Random(2554), date(2012, 1, 1), {}
    walked, days = 0, 60 if os.environ.get("OTOP_DEEP") else 6
    for turn in range(days):
        day += timedelta(days=30)
        current = list(Area.objects.current().within(make.area("59")).exclude(code="59").order_by("lft"))
        if _one_change(dice, current, day, turn):
            walked += 1
            kept[day] = _seen_on(day)
    assert walked >= days // 2
    whole_tree_is_right()
    assert {day: _seen_on(day) for day in kept} == kept


def _seen_on(day: date) -> list[tuple[str, str]]:
    return sorted(Area.objects.at(day).filter(code__startswith="59").values_list("code", "name_th"))


def _one_change(dice: random.Random, current: list[Area], day: date, turn: int) -> bool:
    area, kind = dice.choice(current), dice.choice(["rename", "recode", "split", "merge"])
    free = area.code[:-2] + next(n for n in (f"{n:02}" for n in range(99, 0, -1)) if area.code[:-2] + n not in {a.code for a in current})
    rest: dict = {}
    areas = [area.code]
    if kind == "rename":
        rest = {"name_th": f"นาม{turn}", "name_en": f"Name {turn}"}
    elif kind == "recode":
        rest = {"code": free}
    elif kind == "split":
        below = [child.code for child in current if child.parent_id == area.pk]
        rest = {"parts": [[free, f"ส่วน{turn}", f"Part {turn}"]], "moves": [[code, free + code[-2:]] for code in below[::2]]}
    else:
        areas += [other.code for other in current if other.parent_id == area.parent_id and other.code != area.code][:1]
        below = [child.code for child in current if child.parent and child.parent.code in areas[1:]]
        rest = {"code": area.code, "moves": [[code, f"{area.code}{60 + place}"] for place, code in enumerate(below)]}
    try:
        change(kind, *areas, on=day, **rest)
    except Refused:
        return False
    return True
