"""The table to fill in: headings that the import knows, lists to choose from, and a sheet that explains each column."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from registry.exports.workbook import DropDown, Sheet, workbook
from registry.intake.columns import FIELDS
from registry.intake.report import csv_lines
from registry.levels import Level
from registry.models import Area, Category, Office, ProducerType, Standard, SubCategory, User
from registry.rules import REGISTRARS, offices_at

ROWS = 5000  # with lists to choose from
MUST, MAY = _("must be there"), _("may be left empty")
# field → (must it be there, what to write, an example), in the order of the table
EXPLAINED = {
    "province": (MUST, _("Choose from the list. Only places of your offices are in it."), "กาฬสินธุ์"),
    "amphoe": (MUST, _("Choose after the province: the list then holds its amphoe."), "นามน"),
    "tambon": (MUST, _("Choose after the amphoe. Where goods are made, not where they are sold."), "หนองบัว"),
    "village": (MAY, _("The village with its number; it tells two groups of one name apart."), "บ้านโพน หมู่ 5"),
    "producer_name": (MUST, _("The full name of the group, person or firm, always written the same way."), "กลุ่มทอผ้าบ้านโพน"),
    "producer_type": (MAY, _("Choose from the list; left empty, it is read from the name."), "กลุ่มผู้ผลิตชุมชน"),
    "product_name_th": (MUST, _("One product in each row, without codes, stars or prices."), "ผ้าขิดลายดอกจัน"),
    "product_name_en": (MAY, _("The name in English, if there is one."), "Khit cloth"),
    "category": (MAY, _("Choose from the list. Without it the product cannot enter a round yet."), "ผ้า เครื่องแต่งกาย"),
    "subcategory": (MAY, _("Choose from the list one that belongs to the category."), "ผ้า"),
    "price_baht": (MAY, _("The price of one unit, figures only."), "1250.50"),
    "unit": (MAY, _("What the price is for."), "ผืน"),
    "capacity_month": (MAY, _("How many units can be made in a month, a whole number."), "40"),
    "story": (MAY, _("Where the product comes from, told for the public."), "ทอสืบกันมาสามรุ่น"),
    "wisdom": (MAY, _("The local wisdom in it."), "ลายขิดของชาวผู้ไท"),
    "process": (MAY, _("How it is made, step by step."), "ย้อม กรอ ทอ"),
    "packaging": (MAY, _("What it is packed in."), "กล่องกระดาษสา"),
    "materials": (MAY, _("The raw materials and where they come from."), "ฝ้ายจาก ต.หนองบัว"),
    "material_origins": (
        MAY, _("Each raw material with the place it comes from and its share, divided by semicolons."),
        "ฝ้าย = ต.หนองบัว อ.นามน จ.กาฬสินธุ์ 60%; ไหม = ประเทศลาว 40%",
    ),
    "standard": (
        MAY, _("Each standard with its number, divided by commas. Days and papers are entered on the product's page."), "มผช.17/2546"
    ),
    "registered_on": (MAY, _("The day of registration; left empty, it is the day of the import."), "1 ตุลาคม 2568"),
    "not_live_plant": (MAY, _("Write ใช่ where the name sounds like a live plant and the product is none."), "ใช่"),
    "source": (MAY, _("The name of your own list, if the rows have numbers there."), "ทะเบียน อ.นามน"),
    "source_ref": (MAY, _("The number of the row in your own list: sent again, the row is found by it."), "12"),
}  # fmt: skip
WIDTHS = {
    "producer_name": 34, "product_name_th": 34, "product_name_en": 26, "producer_type": 30, "category": 30, "story": 40, "materials": 30,
    "material_origins": 40,
}  # fmt: skip
AREAS, LISTS = "areas", "lists"  # sheets behind the lists; nobody reads them


def headings() -> list[str]:
    return [FIELDS[field][0] for field in EXPLAINED]


def template_csv() -> Iterator[bytes]:
    """The headings alone, with a byte order mark."""
    for line in csv_lines(headings(), []):
        yield line.encode()


def template_xlsx(user: User, at: datetime) -> Iterator[bytes]:
    """The workbook for this user: his places only, the categories of today; all in Thai, as its headings are."""
    with override("th"):
        places = tambons_of(user, at)
        kinds = [
            list(Category.objects.values_list("name_th", flat=True)), [str(label) for label in ProducerType.labels],
            list(SubCategory.objects.values_list("name_th", flat=True)),
        ]
        sheets = [
            Sheet(gettext("Products"), [headings()], [WIDTHS.get(field, 16) for field in EXPLAINED], _drop_downs(places, kinds)),
            Sheet(gettext("Explanation"), _explanations(), [26, 20, 70, 30]),
            Sheet(AREAS, _area_lists(places), hidden=True),
            Sheet(LISTS, _side_by_side(["categories", "types", "subcategories"], kinds), hidden=True),
        ]
    return workbook(sheets)


def tambons_of(user: User, at: datetime) -> list[tuple[str, str, str]]:
    """Province, amphoe and tambon of today's areas in which the user registers, in the order of the dictionary."""
    held = [one for one in offices_at(user, at) if one.office in REGISTRARS]
    order = ("parent__parent__name_sort", "parent__name_sort", "name_sort", "code")
    rows: Iterable[Area] = Area.objects.current().filter(level=Level.TAMBON).select_related("parent__parent").order_by(*order)
    if not any(one.office == Office.CENTRAL_OFFICER for one in held):
        ranges = [(one.area.lft, one.area.rght) for one in held]
        rows = [row for row in rows if any(lft <= row.lft and row.rght <= rght for lft, rght in ranges)]
    return list(dict.fromkeys((row.parent.parent.name_th, row.parent.name_th, row.name_th) for row in rows))


def _explanations() -> list[list[object]]:
    """A line for each column, then how standards are named here."""
    lines: list[list[object]] = [[gettext("Column"), gettext("Must it be there?"), gettext("What to write"), gettext("Example")]]
    lines += [[FIELDS[field][0], str(must), str(words), example] for field, (must, words, example) in EXPLAINED.items()]
    known = ", ".join(Standard.objects.values_list("name_th", flat=True))
    return [*lines, [], ["", "", gettext("Standards that are known: %(names)s") % {"names": known}, ""]]


def _area_lists(places: Sequence[tuple[str, str, str]]) -> list[list[object]]:
    """A: provinces; C and D: province and its amphoe; F and G: province|amphoe and its tambons."""
    amphoes = list(dict.fromkeys(place[:2] for place in places))
    provinces = list(dict.fromkeys(place[0] for place in places))
    lines: list[list[object]] = [["province", "", "of", "amphoe", "", "of", "tambon"]]
    for number, (province, amphoe, tambon) in enumerate(places):
        first = provinces[number] if number < len(provinces) else ""
        pair = amphoes[number] if number < len(amphoes) else ("", "")
        lines.append([first, "", *pair, "", f"{province}|{amphoe}", tambon])
    return lines


def _side_by_side(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[list[object]]:
    longest = max(map(len, columns))
    return [list(names), *([column[row] if row < len(column) else "" for column in columns] for row in range(longest))]


def _drop_downs(places: Sequence[tuple[str, str, str]], kinds: Sequence[Sequence[str]]) -> list[DropDown]:
    """Each place is chosen after the one it lies in; where the sender writes something else he is warned, not stopped."""
    at = {field: place for place, field in enumerate(EXPLAINED, 1)}
    provinces = len({place[0] for place in places}) or 1
    chosen = {
        "province": f"{AREAS}!$A$2:$A${provinces + 1}",
        "amphoe": _below("D", "C", "$A2"),
        "tambon": _below("G", "F", '$A2&"|"&$B2'),
        "category": f"{LISTS}!$A$2:$A${len(kinds[0]) + 1}",
        "producer_type": f"{LISTS}!$B$2:$B${len(kinds[1]) + 1}",
        "subcategory": f"{LISTS}!$C$2:$C${len(kinds[2]) + 1}",
        "not_live_plant": '"ใช่"',
    }
    return [
        DropDown(at[field], formula, 2, ROWS + 1, FIELDS[field][0], str(EXPLAINED[field][1])) for field, formula in chosen.items()
    ]


def _below(names: str, keys: str, key: str) -> str:
    """The names beside those keys of the areas' sheet that equal `key`; they stand together."""
    column = f"{AREAS}!${keys}:${keys}"
    return f"OFFSET({AREAS}!${names}$1,MATCH({key},{column},0)-1,0,COUNTIF({column},{key}),1)"
