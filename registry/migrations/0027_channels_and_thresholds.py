"""The channels of sale and the numbers that warn and remind, as data; what could not be confirmed says so."""

from django.db import migrations

UNCONFIRMED = "รายการช่องทางเป็นค่าเริ่มต้น ยังไม่ยืนยันกับแบบรายงานของกรมการพัฒนาชุมชน แก้ได้"
CHANNELS = [
    ("place", "หน้าร้าน แหล่งผลิต", "At the place", "หน้าร้าน\nแหล่งผลิต\nณ แหล่งผลิต\nshop"),
    ("fair", "งานแสดงสินค้า", "Fairs", "งานแสดงสินค้า\nออกบูธ\nงานแฟร์\nfair"),
    ("online", "ออนไลน์", "Online", "ช่องทางออนไลน์\nเฟซบุ๊ก\nไลน์"),
    ("store", "ห้างสรรพสินค้า ร้านค้าสมัยใหม่", "Department stores and modern trade", "ห้างสรรพสินค้า\nร้านค้าสมัยใหม่\nโมเดิร์นเทรด\nห้าง"),
    ("export", "ส่งออก", "Export", "ต่างประเทศ\nส่งออกต่างประเทศ"),
    ("other", "ช่องทางอื่น", "Other", "อื่นๆ\nอื่น ๆ\nอื่น"),
]
DEFAULT = "ค่าเริ่มต้นของระบบ ไม่ใช่เกณฑ์ของทางราชการ แก้ได้"
THRESHOLDS = [
    (
        "sale_odd_baht", 5_000_000,
        "เตือนเมื่อยอดเดือนเดียวของช่องทางเดียวเกินกี่บาท", "Warn when one month of one channel is above so many baht",
    ),
    (
        "sale_odd_times", 10,
        "เตือนเมื่อยอดเกินกี่เท่าของค่าเฉลี่ยสิบสองเดือนก่อน",
        "Warn when an amount is more than so many times the mean of the twelve months before",
    ),
    (
        "sales_closed_days", 90,
        "ยอดรวมของปีนับ ณ กี่วันหลังสิ้นปี และเปิดเผยหลังจากนั้น",
        "A year's totals are counted so many days after its end, and shown from then on",
    ),
    (
        "confirm_from_day", 1,
        "เริ่มเตือนให้ถามว่ายังผลิตอยู่หรือไม่ตั้งแต่วันที่เท่าใดของปี",
        "Remind to ask whether producers still produce from this day of the year on",
    ),
    (
        "confirm_by_day", 90, "ควรถามให้ครบภายในวันที่เท่าใดของปี", "All should be asked by this day of the year",
    ),
    (
        "stale_days", 365, "ข้อมูลนับว่าเก่าเมื่อไม่ได้ยืนยันเกินกี่วัน", "Data count as old when nobody confirmed them for so many days",
    ),
]  # fmt: skip


def fill(apps, schema_editor):
    channel, threshold = apps.get_model("registry", "SalesChannel"), apps.get_model("registry", "Threshold")
    for order, (code, name_th, name_en, others) in enumerate(CHANNELS, 1):
        channel.objects.create(
            code=code, name_th=name_th, name_en=name_en, other_names=others, order=order, source_note=UNCONFIRMED
        )
    for code, value, name_th, name_en in THRESHOLDS:
        threshold.objects.create(code=code, value=value, name_th=name_th, name_en=name_en, source_note=DEFAULT)


class Migration(migrations.Migration):
    dependencies = [("registry", "0026_sales_written_once")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
