"""The five categories and the standards of the field as data; what could not be confirmed says so in its source note."""

from django.db import migrations

CATEGORIES = [
    ("food", "อาหาร", "Food"),
    ("beverage", "เครื่องดื่ม", "Beverages"),
    ("apparel", "ผ้า เครื่องแต่งกาย", "Fabric and clothing"),
    ("utensil", "ของใช้ ของตกแต่ง ของที่ระลึก", "Utensils, decor and souvenirs"),
    ("herb", "สมุนไพรที่ไม่ใช่อาหาร", "Herbs that are not food"),
]
UNCONFIRMED = "รูปแบบเลขและอายุเป็นค่าเริ่มต้นที่ยังไม่ยืนยันกับหน่วยงานผู้ออก แก้ได้"
STANDARDS = [
    (
        "tcps",
        "มผช.",
        "Thai Community Product Standard",
        "สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม",
        r"^(มผช\.?\s*)?\d{1,4}/25\d\d$",
        36,
    ),
    ("tis", "มอก.", "Thai Industrial Standard", "สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม", r"^(มอก\.?\s*)?\d{1,5}-25\d\d$", None),
    (
        "fda",
        "อย. (เลขสารบบอาหาร)",
        "FDA food serial number",
        "สำนักงานคณะกรรมการอาหารและยา",
        r"^\d{2}-?\d-?\d{5}-?\d-?\d{4}$",
        None,
    ),
    ("cosmetic", "ใบรับจดแจ้งเครื่องสำอาง", "Cosmetic notification", "สำนักงานคณะกรรมการอาหารและยา", r"^[\d-]{10,16}$", 36),
    ("herbal", "ทะเบียนผลิตภัณฑ์สมุนไพร", "Herbal product registration", "สำนักงานคณะกรรมการอาหารและยา", "", 60),
    ("halal", "ฮาลาล", "Halal", "สำนักงานคณะกรรมการกลางอิสลามแห่งประเทศไทย", r"^[\d ]{12,15}$", 12),
    ("gmp", "GMP/GHPs", "GMP/GHPs", "", "", 36),
    ("haccp", "HACCP", "HACCP", "", "", 36),
    ("gap", "GAP", "GAP", "กรมวิชาการเกษตร", "", 36),
    ("organic", "เกษตรอินทรีย์", "Organic", "", "", 12),
    ("qmark", "เครื่องหมาย Q", "Q mark", "สำนักงานมาตรฐานสินค้าเกษตรและอาหารแห่งชาติ", "", None),
    ("gi", "สิ่งบ่งชี้ทางภูมิศาสตร์ (GI)", "Geographical indication", "กรมทรัพย์สินทางปัญญา", r"^สช ?\d{8}$", 24),
    ("peacock", "ตรานกยูงพระราชทาน", "Royal Thai Silk peacock mark", "กรมหม่อนไหม", "", None),
]


def fill(apps, schema_editor):
    category, standard = apps.get_model("registry", "Category"), apps.get_model("registry", "Standard")
    for order, (code, name_th, name_en) in enumerate(CATEGORIES, 1):
        category.objects.create(code=code, name_th=name_th, name_en=name_en, order=order)
    for order, (code, name_th, name_en, issuer, pattern, months) in enumerate(STANDARDS, 1):
        standard.objects.create(
            code=code,
            name_th=name_th,
            name_en=name_en,
            issuer_th=issuer,
            number_pattern=pattern,
            validity_months=months,
            source_note=UNCONFIRMED,
            order=order,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_protect")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
