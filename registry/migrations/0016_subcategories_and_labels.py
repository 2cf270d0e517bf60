"""The sub-categories and the older names of categories as data; what could not be confirmed says so in its source note."""

from datetime import date

from django.db import migrations

CONFIRMED = "clinictech.ops.go.th บทความ 277"
UNCONFIRMED = "ยังไม่ยืนยันกับกรมการพัฒนาชุมชน แก้ได้"
SUBCATEGORIES = [
    ("food", "food-fresh", "ผลผลิตทางการเกษตรสด", "Fresh farm produce", CONFIRMED),
    ("food", "food-first", "วัตถุดิบที่ผ่านการแปรรูปเบื้องต้น", "Raw produce with first processing", CONFIRMED),
    ("food", "food-processed", "อาหารแปรรูป", "Processed food", f"{CONFIRMED}; ชื่อกลุ่มที่สาม{UNCONFIRMED}"),
    ("beverage", "drink-alcohol", "เครื่องดื่มที่มีแอลกอฮอล์", "Alcoholic drinks", UNCONFIRMED),
    ("beverage", "drink-plain", "เครื่องดื่มที่ไม่มีแอลกอฮอล์", "Drinks without alcohol", UNCONFIRMED),
    ("apparel", "apparel-fabric", "ผ้า", "Fabric", UNCONFIRMED),
    ("apparel", "apparel-garment", "เครื่องแต่งกาย", "Garments and accessories", UNCONFIRMED),
    ("utensil", "utensil-wood", "ไม้", "Wood", UNCONFIRMED),
    ("utensil", "utensil-wicker", "จักสาน", "Wickerwork", UNCONFIRMED),
    ("utensil", "utensil-flowers", "ดอกไม้ประดิษฐ์", "Artificial flowers", UNCONFIRMED),
    ("utensil", "utensil-metal", "โลหะ", "Metal", UNCONFIRMED),
    ("utensil", "utensil-ceramic", "เซรามิก เครื่องปั้นดินเผา", "Ceramics", UNCONFIRMED),
    ("utensil", "utensil-textile", "เคหะสิ่งทอ", "Home textiles", UNCONFIRMED),
    ("utensil", "utensil-other", "อื่น ๆ", "Other", UNCONFIRMED),
    ("herb", "herb-health", "สมุนไพรเพื่อสุขภาพ", "Health herbs", UNCONFIRMED),
    ("herb", "herb-cosmetic", "เครื่องสำอาง", "Cosmetics", UNCONFIRMED),
    ("herb", "herb-household", "วัตถุอันตรายที่ใช้ในบ้านเรือน", "Household hazardous substances", UNCONFIRMED),
]
LABELS = [
    (
        "herb", date(2016, 1, 1), "สมุนไพรที่ไม่ใช่อาหารและยา", "Herbs that are not food or medicine",
        "ชื่อในการคัดสรรปี 2559 (roiet.cdd.go.th); วันเริ่มใช้เป็นต้นปี ยังไม่ยืนยัน แก้ได้",
    ),
    (
        "herb", date(2019, 1, 1), "สมุนไพรที่ไม่ใช่อาหาร", "Herbs that are not food",
        "ชื่อที่ใช้ปัจจุบัน; วันเริ่มใช้เป็นต้นปีของรอบ 2562 ยังไม่ยืนยัน แก้ได้",
    ),
]  # fmt: skip


def fill(apps, schema_editor):
    categories = {row.code: row for row in apps.get_model("registry", "Category").objects.all()}
    subcategory, label = apps.get_model("registry", "SubCategory"), apps.get_model("registry", "CategoryLabel")
    for order, (category, code, name_th, name_en, note) in enumerate(SUBCATEGORIES, 1):
        subcategory.objects.create(
            category=categories[category], code=code, name_th=name_th, name_en=name_en, order=order, source_note=note
        )
    for category, day, name_th, name_en, note in LABELS:
        label.objects.create(
            category=categories[category], valid_from=day, name_th=name_th, name_en=name_en, source_note=note
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0015_shares_and_subcategories")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
