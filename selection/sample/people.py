"""The sample's people: invented names, every role, and passwords for those who are meant to be tried."""

import itertools
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from registry.actions.committees import create_committee, give_seat
from registry.actions.people import appoint, create_user
from registry.models import Area, Category, Committee, CommitteeKind, Office, Origin, Seat, SeatRole, User

GIVEN = (
    ("นาง", "สมศรี", "Somsi"), ("นาย", "สมชาย", "Somchai"), ("นางสาว", "พิมพ์ใจ", "Phimchai"), ("นาย", "ประเสริฐ", "Prasoet"),
    ("นาง", "บุญเรือน", "Bunruean"), ("นาย", "วิชัย", "Wichai"), ("นางสาว", "กัลยา", "Kanlaya"), ("นาย", "ธนากร", "Thanakon"),
    ("นาง", "มาลี", "Mali"), ("นาย", "สุเทพ", "Suthep"), ("นางสาว", "อรทัย", "Orathai"), ("นาย", "ณรงค์", "Narong"),
    ("นาง", "จันทร์เพ็ญ", "Chanphen"), ("นาย", "อำนาจ", "Amnat"), ("นางสาว", "ศิริพร", "Siriphon"), ("นาย", "บุญมี", "Bunmi"),
    ("นาง", "รัตนา", "Rattana"), ("นาย", "เกรียงไกร", "Kriangkrai"), ("นางสาว", "วรรณา", "Wanna"), ("นาย", "ชูชาติ", "Chuchat"),
    ("นาง", "ดวงใจ", "Duangchai"), ("นาย", "มานพ", "Manop"), ("นางสาว", "นงลักษณ์", "Nonglak"), ("นาย", "ไพโรจน์", "Phairot"),
    ("นาง", "สายฝน", "Saifon"), ("นาย", "อนันต์", "Anan"), ("นางสาว", "ปราณี", "Prani"), ("นาย", "สมบัติ", "Sombat"),
    ("นาง", "ลัดดา", "Latda"), ("นาย", "กำพล", "Kamphon"), ("นางสาว", "ฟ้าใส", "Fasai"), ("นาย", "ทองดี", "Thongdi"),
)  # fmt: skip
SURNAMES = (
    ("ตัวอย่าง", "Tuayang"), ("ตัวอย่างดี", "Tuayangdi"), ("ตัวอย่างงาม", "Tuayangngam"), ("ตัวอย่างสุข", "Tuayangsuk"),
    ("ตัวอย่างไทย", "Tuayangthai"), ("ตัวอย่างศรี", "Tuayangsi"),
)  # fmt: skip
ROLE_WORDS = {
    "recorder": ("ผู้บันทึกระดับตำบล", "Tambon recorder"), "amphoe": ("พัฒนาการอำเภอ", "Amphoe officer"),
    "province": ("พัฒนาการจังหวัด", "Province officer"), "central": ("เจ้าหน้าที่ส่วนกลาง", "Central officer"),
    "administrator": ("ผู้ดูแลระบบ", "Administrator"), "judge": ("กรรมการให้คะแนนประเภทอาหาร", "Judge of food"),
    "chair": ("ประธานคณะกรรมการ", "Chair of the committee"), "secretary": ("เลขานุการคณะกรรมการ", "Secretary of the committee"),
    "member": ("กรรมการ", "Member of the committee"),
}  # fmt: skip
Login = dict[str, str]


@dataclass
class People:
    """Who acts in the sample, found by area code; everybody holds office from the first day on."""

    since: date
    at: datetime
    logins: list[Login] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    names: Iterator[tuple[tuple[str, str, str], tuple[str, str]]] = field(
        default_factory=lambda: ((GIVEN[n % len(GIVEN)], SURNAMES[n // len(GIVEN) % len(SURNAMES)]) for n in itertools.count())
    )

    def user(self, username: str) -> User:
        """The user of this name, made when he is not there yet."""
        if username not in self.users:
            self.users[username] = self._made(username)
        return self.users[username]

    def login(self, username: str, role: str, area: Area) -> User:
        """`user`, who can sign in: a random password, noted among the logins."""
        password = secrets.token_urlsafe(12)
        self.users[username] = user = self._made(username, password)
        words = ROLE_WORDS[role]
        self.logins.append({"role_th": words[0], "role_en": words[1], "username": username, "password": password, "area": area.long_name})
        return user

    def _made(self, username: str, password: str | None = None) -> User:
        (title, first, first_en), (last, last_en) = next(self.names)
        return create_user(
            by=None, username=username, title=title, name_th=f"{first} {last}", name_en=f"{first_en} {last_en}",
            password=password, is_staff=username == "administrator", origin=Origin.SAMPLE, at=self.at,
        )

    def appoint(self, user: User, office: str, area: Area) -> None:
        appoint(by=None, user=user, office=office, area=area, order_no="ตัวอย่าง 1", starts_on=self.since, at=self.at)

    def committee(self, kind: str, area: Area, seats: Collection[tuple[str, User]], category: Category | None = None) -> Committee:
        """The committee of an area with its people, each (role, user)."""
        label = str(category.name_th) if category else area.long_name
        head = {
            CommitteeKind.AMPHOE: "คณะกรรมการ นตผ.", CommitteeKind.PROVINCE: "คณะกรรมการ นตผ.",
            CommitteeKind.NATIONAL: "คณะกรรมการอำนวยการ นตผ. แห่งชาติ", CommitteeKind.JUDGES: "คณะผู้พิจารณาประเภท",
        }[CommitteeKind(kind)]  # fmt: skip
        english = f"Judges of {category.name_en}" if category else f"{CommitteeKind(kind).value.title()} OTOP committee, {area.name_en}"
        name = head if kind == CommitteeKind.NATIONAL else f"{head}{label}"
        made = create_committee(
            by=None, kind=kind, area=area, name_th=f"{name} (ตัวอย่าง)", name_en=f"{english} (sample)", category=category,
            origin=Origin.SAMPLE, at=self.at,
        )  # fmt: skip
        for role, user in seats:
            give_seat(by=None, committee=made, user=user, role=role, starts_on=self.since, at=self.at)
        return made


def people_of_the_centre(people: People, centre: Area) -> None:
    """The central officer, the administrator, the national committee, and three judges for each category."""
    people.appoint(people.login("central", "central", centre), Office.CENTRAL_OFFICER, centre)
    people.appoint(people.login("administrator", "administrator", centre), Office.ADMINISTRATOR, centre)
    people.committee(CommitteeKind.NATIONAL, centre, [
        (SeatRole.CHAIR, people.login("national-chair", "chair", centre)),
        (SeatRole.SECRETARY, people.login("national-secretary", "secretary", centre)),
        (SeatRole.MEMBER, people.login("national-member", "member", centre)),
    ])
    roles = (SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)
    for category in Category.objects.all():
        food = category.code == "food"
        judges = [
            people.login(f"judge{number}", "judge", centre) if food else people.user(f"judge-{category.code}-{number}")
            for number in (1, 2, 3)
        ]
        people.committee(CommitteeKind.JUDGES, centre, list(zip(roles, judges, strict=True)), category)


def people_of(people: People, area: Area, *, tried: bool) -> None:
    """The officer of a province or amphoe and its committee; where `tried`, each of them can sign in.

    Elsewhere the officer is also the committee's secretary, as the regulation has it.
    """
    province = area.level == "province"
    kind, name = (CommitteeKind.PROVINCE, "province") if province else (CommitteeKind.AMPHOE, "amphoe")
    office = Office.PROVINCE_OFFICER if province else Office.AMPHOE_OFFICER
    if tried:
        officer = people.login(name, name, area)
        seats = [(SeatRole(role), people.login(f"{name}-{role}", role, area)) for role in ("chair", "secretary", "member")]
    else:
        officer = people.user(f"{name}-{area.code}")
        seats = [
            (SeatRole.CHAIR, people.user(f"{name}-{area.code}-chair")), (SeatRole.SECRETARY, officer),
            (SeatRole.MEMBER, people.user(f"{name}-{area.code}-member")),
        ]
    people.users[area.code] = officer
    people.appoint(officer, office, area)
    people.committee(kind, area, seats)


def leader(committee: Committee, role: str = SeatRole.CHAIR) -> User:
    """Who holds the chair (or another role) of a committee."""
    return next(seat.user for seat in seats_of(committee) if seat.role == role)


def seats_of(committee: Committee) -> list[Seat]:
    return list(committee.seats.select_related("user").order_by("pk"))
