"""Who takes part in the journey of five stages, and the products that set out."""

from dataclasses import dataclass
from datetime import timedelta

from registry.models import CommitteeKind, Product, SeatRole, User
from selection.sample.criteria import enter_samples
from tests import make
from tests.selection.make import Body, body, today

PASSWORD = "ผ้าขิดลายขอ46-นามน"


@dataclass
class Cast:
    """The people by what they do, and the products by a short name."""

    central: User
    recorders: dict[str, User]
    officer: User
    amphoe: Body
    province: Body
    national: Body
    judges: dict[str, Body]
    products: dict[str, Product]

    @property
    def names(self) -> list[str]:
        """Everything that tells whose a product is."""
        made = self.products.values()
        return [name for product in made for name in (product.name, product.producer.name, product.public_id)]


def gathered() -> Cast:
    """Appoints everybody, registers five products in two tambons (one without category), enters the sample criteria."""
    central = make.central_officer(username="central.office", name_th="วราภรณ์ ศรีสุข", password=PASSWORD)
    enter_samples(by=central)
    recorders = {code: make.recorder(code) for code in (make.HOME, make.SISTER)}
    return Cast(
        central, recorders, make.amphoe_officer(),
        amphoe=seated(CommitteeKind.AMPHOE, make.PARENT), province=seated(CommitteeKind.PROVINCE, make.PROVINCE),
        national=seated(CommitteeKind.NATIONAL, make.CENTRE),
        judges={code: seated(CommitteeKind.JUDGES, make.CENTRE, category=code) for code in ("apparel", "food")},
        products=products(),
    )  # fmt: skip


def seated(kind: str, code: str, *, category: str | None = None) -> Body:
    """A committee of chair, secretary and one member."""
    made = body(kind, code, members=1, category=category)
    assert [seat.role for seat in made.seats] == [SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER]
    return made


def products() -> dict[str, Product]:
    weavers = make.producer(make.HOME, name="กลุ่มสตรีทอผ้าบ้านหนองบัว")
    kitchen = make.producer(make.HOME, name="วิสาหกิจชุมชนครัวหนองบัว")
    sisters = make.producer(make.SISTER, name="กลุ่มแพรวาบ้านนามน")
    made = {
        "silk": make.product(weavers, name="ผ้าไหมแพรวาลายเกาะ", category="apparel"),
        "fish": make.product(kitchen, name="ปลาส้มสมุนไพรหนองบัว", category="food"),
        "bought": make.product(weavers, name="ผ้าพันคอพิมพ์ลายสำเร็จรูป", category="apparel"),
        "jam": make.product(kitchen, name="แยมหม่อนลำปาว", category=None),
        "sash": make.product(sisters, name="สไบแพรวาย้อมคราม", category="apparel"),
    }
    for short in ("silk", "fish", "sash"):  # the jam has no standard: it will stay at the amphoe
        make.conformity(made[short], valid_from=make.LONG_AGO, valid_to=today() + timedelta(days=900))
    return made
