"""Every standard of the field with what is known of it; what the issuer has not confirmed is marked so and can be edited."""

from django.db import migrations

ALL = ("food", "beverage", "apparel", "utensil", "herb")
TISI = ("สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม (สมอ.)", "Thai Industrial Standards Institute (TISI)")
FDA = ("สำนักงานคณะกรรมการอาหารและยา (อย.)", "Food and Drug Administration of Thailand (Thai FDA)")
BY_BODY = ("หน่วยรับรองที่ระบุบนใบรับรอง", "The certifying body named on the certificate")
FOOD = (
    "ใช้กับอาหารในการลงทะเบียนได้ (คลินิกเทคโนโลยี บทความ 277)",
    "Accepted for food in the registration (Clinic Technology, article 277).",
)
GUESSED = (
    "รูปแบบเลข อายุ และประเภทที่ใช้ได้ ยังไม่ยืนยันกับหน่วยงานผู้ออก แก้ไขได้",
    "The form of the number, the validity and the categories are not confirmed by the issuer yet; they can be edited.",
)
# code, Thai, English, issuer, pattern, example, months, categories, what the sources say in Thai and English
STANDARDS = [
    (
        "tcps", "มผช.", "Thai Community Product Standard", TISI, r"^(มผช\.?\s*)?\d{1,4}/25\d\d$", "มผช. 247/2552", 36, ALL,
        "ประกาศโดย สมอ. ร่วมกับสำนักงานอุตสาหกรรมจังหวัด 1,432 มาตรฐาน เป็นไปโดยสมัครใจ (คลินิกเทคโนโลยี บทความ 397; tcps.tisi.go.th)",
        "Announced by TISI with the provincial industry offices, 1,432 standards, voluntary (Clinic Technology, article 397; tcps.tisi.go.th).",
    ),
    (
        "tis", "มอก.", "Thai Industrial Standard", TISI, r"^(มอก\.?\s*)?\d{1,5}-25\d\d$", "มอก. 17-2561", None, ALL,
        "ต่างจากและเข้มกว่า มผช. (tisi.go.th) อายุตามใบอนุญาต",
        "Different from and stricter than the community standard (tisi.go.th). Valid as the licence says.",
    ),
    (
        "fda", "อย. (เลขสารบบอาหาร)", "FDA food serial number", FDA, r"^\d{2}-?\d-?\d{5}-?\d-?\d{4}$", "46-1-00567-2-0001", None,
        ("food", "beverage"),
        "13 หลัก สองหลักแรกคือรหัสจังหวัด หลักที่สามคือสถานะสถานที่และผู้อนุญาต เลขบอกตัวผลิตภัณฑ์ ไม่รับรองคุณภาพ (intbizth; thaipharmaitem)",
        "13 digits: two of the province, one of the site and who permits it. It identifies, it does not warrant quality (intbizth; thaipharmaitem).",
    ),
    (
        "cosmetic", "ใบรับจดแจ้งเครื่องสำอาง", "Cosmetic notification", FDA, r"^(\d[\d-]{8,14}\d)$", "46-1-6500012345", 36, ("herb", "utensil"),
        "เลข 10 หลัก ใบใหม่ 13 หลัก", "10 digits, 13 on newer papers.",
    ),
    (
        "herbal", "ทะเบียนผลิตภัณฑ์สมุนไพร", "Herbal product registration", FDA, "", "", 60, ("herb", "food", "beverage"),
        "รูปแบบเลขมีหลายแบบ", "The numbers have several forms.",
    ),
    (
        "halal", "ฮาลาล", "Halal", ("คณะกรรมการกลางอิสลามแห่งประเทศไทย", "Central Islamic Council of Thailand"),
        r"^(\d ?){12}$", "123456789012", 12, ("food", "beverage", "herb"),
        "เลขผลิตภัณฑ์ 12 หลักอยู่ใต้เครื่องหมาย เลขแบบเก่ายังใช้ได้ (siweb.dss.go.th) ปกติหนึ่งปี บางรายนานกว่า",
        "A product number of 12 digits under the mark; older numbers still count (siweb.dss.go.th). Usually a year, longer for some.",
    ),
    (
        "gmp", "GMP/GHPs", "GMP/GHPs", BY_BODY, "", "", 36, ("food", "beverage", "herb"),
        "ผู้รับรองเปลี่ยนจาก GMP/HACCP เป็น GHPs/HACCP (qaicthailand)", "Certifiers moved from GMP/HACCP to GHPs/HACCP (qaicthailand).",
    ),
    ("haccp", "HACCP", "HACCP", BY_BODY, "", "", 36, ("food", "beverage"), "", ""),
    (
        "gap", "GAP", "GAP",
        ("กรมวิชาการเกษตร กรมประมง หรือกรมปศุสัตว์ ตามชนิดสินค้า", "Department of Agriculture, of Fisheries or of Livestock, by the goods"),
        "", "", 36, ("food", "beverage", "herb"), "อายุสองถึงสามปี", "Two to three years.",
    ),
    (
        "organic", "เกษตรอินทรีย์ไทย", "Thai organic", BY_BODY, "", "", 12, ("food", "beverage", "herb"),
        "ออกโดยหน่วยรับรองในประเทศที่ได้รับการรับรองระบบงาน", "Issued by an accredited body in the country.",
    ),
    (
        "organic-int", "เกษตรอินทรีย์สากล", "International organic", BY_BODY, "", "", 12, ("food", "beverage", "herb"),
        "แยกจากเกษตรอินทรีย์ไทยตามข้อมูลตัวอย่างสาธารณะ (greenmarket)", "Kept apart from Thai organic, as public sample data do (greenmarket).",
    ),
    (
        "qmark", "เครื่องหมาย Q", "Q mark",
        ("สำนักงานมาตรฐานสินค้าเกษตรและอาหารแห่งชาติ (มกอช.)", "National Bureau of Agricultural Commodity and Food Standards (ACFS)"),
        "", "", None, ("food", "beverage"), "อายุตามใบอนุญาต", "Valid as the licence says.",
    ),
    (
        "gi", "สิ่งบ่งชี้ทางภูมิศาสตร์ (GI)", "Geographical indication", ("กรมทรัพย์สินทางปัญญา", "Department of Intellectual Property"),
        r"^สช ?\d{8}$", "สช 50100020", 24, ("food", "beverage", "apparel", "utensil"),
        "เลขทะเบียนขึ้นต้นด้วย สช และแปดหลัก สองหลักแรกคือปี พ.ศ. (bedo.or.th 160) ชื่อคุ้มครองไม่มีกำหนด ใบอนุญาตให้ใช้ตราสองปี",
        "สช and eight digits, the first two of the Buddhist year (bedo.or.th 160). The name is protected without end, the use of the mark for two years.",
    ),
    (
        "peacock", "ตรานกยูงพระราชทาน", "Royal Thai Silk peacock mark", ("กรมหม่อนไหม", "Queen Sirikit Department of Sericulture"),
        "", "", None, ("apparel",), "", "",
    ),
    (
        "wood", "ตรารับรองไม้ชุมชน", "Community wood mark", ("", ""), "", "", None, ("utensil",),
        "ชื่อเต็มและผู้ออกยังไม่ทราบ", "The full name and the issuer are not known yet.",
    ),
    (
        "green", "ฉลากเขียว", "Thai Green Label", ("สถาบันสิ่งแวดล้อมไทย", "Thailand Environment Institute"), "", "", None,
        ("apparel", "utensil"), "", "",
    ),
]
FOOD_CODES = {"fda", "gap", "gmp", "haccp", "qmark", "tcps", "tis", "organic", "halal"}


def note(code, said, at):
    """What the sources say, whether the list for food has it, and that the rest is not confirmed."""
    return " ".join(part for part in (said, FOOD[at] if code in FOOD_CODES else "", GUESSED[at]) if part)


def fill(apps, schema_editor):
    standard = apps.get_model("registry", "Standard")
    categories = {row.code: row for row in apps.get_model("registry", "Category").objects.all()}
    for order, (code, th, en, issuer, pattern, example, months, fits, said_th, said_en) in enumerate(STANDARDS, 1):
        row, _made = standard.objects.update_or_create(code=code, defaults={
            "name_th": th, "name_en": en, "issuer_th": issuer[0], "issuer_en": issuer[1], "number_pattern": pattern,
            "number_example": example, "validity_months": months, "order": order,
            "source_note_th": note(code, said_th, 0), "source_note_en": note(code, said_en, 1),
        })
        row.categories.set([categories[fit] for fit in fits])


class Migration(migrations.Migration):
    dependencies = [("registry", "0017_standards_in_full")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
