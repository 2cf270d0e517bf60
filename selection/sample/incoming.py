"""A small file that the sample's amphoe officer has taken in, so that questions wait for an answer."""

import csv
import io

from django.core.files.base import ContentFile

from registry.actions.imports import confirm_file, receive_file
from registry.intake.work import check_file, run_file
from registry.models import ImportFile, Origin, User

HEADINGS = ("รหัสผลิตภัณฑ์", "ชื่อผลิตภัณฑ์", "ประเภท", "ชื่อผู้ผลิต", "ตำบล", "อำเภอ", "จังหวัด", "ราคา", "ดาว")
ROWS = (
    ("NM-01", "ไข่เค็มดินจอมปลวก", "อาหาร", "กลุ่มไข่เค็มบ้านโนน", "สงเปลือย", "นามน", "กาฬสินธุ์", "60", "3"),
    ("NM-02", "พรมเช็ดเท้าเศษผ้า", "", "กลุ่มสตรีสงเปลือย", "สงเปลือย", "นามน", "กาฬสินธุ์", "80", ""),
    ("NM-03", "น้ำอ้อยก้อน", "อาหาร", "", "หลักเหลี่ยม", "นามน", "กาฬสินธุ์", "45", ""),
    ("NM-04", "กระติบข้าวลายมัดหมี่", "ของใช้", "กลุ่มจักสานไหล", "", "นามน", "กาฬสินธุ์", "120", "4"),
    ("NM-05", "ตะกร้าไหลถักลายข้าวหลามตัด", "ของใช้ ของตกแต่ง ของที่ระลึก", "กลุ่มจักสานไหลนามน", "นามน", "นามน", "กาฬสินธุ์", "260", "4"),
    ("NM-06", "", "อาหาร", "กลุ่มแม่บ้านยอดแกง", "ยอดแกง", "นามน", "กาฬสินธุ์", "", ""),
    ("NM-07", "ผ้าขิดลายบัวหลวง", "ผ้า เครื่องแต่งกาย", "กลุ่มทอผ้าบ้านบัวบาน", "หนองบัว", "นามน", "กาฬสินธุ์", "1800", ""),
)  # fmt: skip


def is_taken_in() -> bool:
    return ImportFile.objects.filter(origin=Origin.SAMPLE).exists()


def take_in(by: User) -> ImportFile:
    """Takes the file in as `by` would in the browser; gives it with the outcome of every row."""
    text = io.StringIO()
    csv.writer(text).writerows((HEADINGS, *ROWS))
    content = ContentFile(text.getvalue().encode("utf-8-sig"), name="otop-namon.csv")
    file = check_file(receive_file(by=by, name="otop-namon.csv", content=content, check=False))
    return run_file(confirm_file(by=by, file=file, run=False))
