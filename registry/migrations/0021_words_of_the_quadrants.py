"""The words of the five questions, their items and the four quadrants; what the sources did not give is marked unconfirmed."""

from django.db import migrations

NOT_REACHED = (
    "ถ้อยคำของข้อนี้ยังไม่ได้จากแบบของกรมฯ ตั้งไว้ชั่วคราวตามความหมายของกลุ่ม แก้ไขได้",
    "The department's wording of this item was not reached; it stands in by the meaning of the groups and can be edited.",
)
INFERRED = (
    "ความหมายอนุมานจากชื่อกลุ่ม ถ้อยคำยังไม่ได้จากแบบของกรมฯ แก้ไขได้",
    "The meaning is inferred from the names of the groups; the department's wording was not reached. It can be edited.",
)
TABLE = (
    "ห้าด้านและตารางตาม otop.cdd.go.th/qd หน้าการจัดกลุ่ม",
    "The five questions and the table are those of otop.cdd.go.th/qd, page on the segments.",
)
INFERRED_CODES = {"1.3", "2.1", "3.3", "5.1"}
QUESTIONS = [
    (1, "มาตรฐานผลิตภัณฑ์", "Standard of the product", [
        ("มีมาตรฐานสูงกว่าที่กฎหมายกำหนด", "Holds standards beyond what the law asks"),
        ("มีมาตรฐานตามที่กฎหมายกำหนดหรือมาตรฐานชุมชน", "Holds the standard the law asks, or the community standard"),
        ("ไม่มีมาตรฐาน", "Holds no standard"),
    ]),
    (2, "ศักยภาพการผลิต", "Potential of production", [
        ("ผลิตได้ปริมาณมากและต่อเนื่อง", "Large and continuous output"),
        ("ผลิตได้ปริมาณจำกัดแต่ต่อเนื่อง", "Limited but continuous output"),
        ("ผลิตได้ปริมาณน้อยหรือเป็นช่วง", "Small output, or at times only"),
    ]),
    (3, "กระบวนการผลิตและเทคโนโลยี", "Process and technology", [
        ("ใช้เครื่องจักรหรือเทคโนโลยีเป็นหลัก", "Mainly by machine or technology"),
        ("กระบวนการไม่ซับซ้อน ทำซ้ำได้ง่าย", "A simple process, easily repeated"),
        ("งานฝีมือซับซ้อน ทำด้วยมือ", "Complex work by hand"),
    ]),
    (4, "การพัฒนาผลิตภัณฑ์", "Development of the product", [
        ("พัฒนาต่อเนื่องด้วยนวัตกรรมหรือการออกแบบ", "Developed all the time, by innovation or design"),
        ("พัฒนาโดยรักษาเอกลักษณ์และภูมิปัญญาเดิม", "Developed while keeping its identity and wisdom"),
        ("พัฒนาตามคำสั่งซื้อหรือคำแนะนำ", "Developed on order or on advice"),
        ("ยังไม่ได้พัฒนา", "Not developed yet"),
    ]),
    (5, "ตลาด", "Market", [
        ("ขายทั้งในประเทศและส่งออก", "Sold at home and exported"),
        ("ขายตลาดเฉพาะกลุ่ม", "Sold to a special market"),
        ("ขายหลายจังหวัดในประเทศ", "Sold in several provinces"),
        ("ขายในท้องถิ่น", "Sold where it is made"),
    ]),
]
MARKS_INFERRED = (
    "สีของเครื่องหมายจากใบรับรองสี่แบบของกรมฯ (plapak; cep.cdd.go.th) การจับคู่สีกับกลุ่มเป็นการอนุมาน",
    "The colours are those of the department's four certificates (plapak; cep.cdd.go.th); which belongs to which group is inferred.",
)
KINDS = [
    (
        "A", "ดาวเด่นสู่สากล", "Stars to the world", "คุณภาพสูง ผลิตได้มากและต่อเนื่อง ขายทั้งในและต่างประเทศ",
        "High quality, large continuous output, sold at home and abroad.", "สีทอง Premium (แข่งขันสู่สากล)", "gold, Premium",
        "ชื่อจาก clinictech 1799", "Name from Clinic Technology 1799.",
    ),
    (
        "B", "เอกลักษณ์สร้างคุณค่า", "Identity that gives value", "คุณภาพสูง ผลิตได้น้อย งานฝีมือซับซ้อน",
        "High quality, small output, hard craft.", "สีเงิน Classic (อนุรักษ์คุณค่าสูง)", "silver, Classic",
        "ชื่อจาก clinictech 1799 บางแห่งเรียกอนุรักษ์สร้างคุณค่า", "Name from Clinic Technology 1799; some call it otherwise.",
    ),
    (
        "C", "พัฒนาสู่การแข่งขัน", "Growing to compete", "มีมาตรฐานพื้นฐานตามกฎหมาย กระบวนการไม่ซับซ้อน ผลิตได้มาก",
        "The basic standard of the law, a simple process, larger output.", "สีแดง Standard (พัฒนาสร้างสรรค์)", "red, Standard",
        "ชื่อกลุ่มยังไม่ยืนยัน", "The name of the group is not confirmed.",
    ),
    (
        "D", "ปรับตัวสู่การพัฒนา", "Adapting to grow", "ต้องปรับตัวและพัฒนา เป็นกลุ่มใหญ่ที่สุด",
        "Has to adapt and grow; the largest group.", "สีน้ำเงิน (ยังไม่ทราบชื่อ)", "blue, name not known",
        "ชื่อจาก siamrath 325133 ชื่อเครื่องหมายสีน้ำเงินในต้นฉบับไม่ครบ", "Name from Siamrath 325133; that of the blue mark is cut off in the source.",
    ),
]


def fill(apps, schema_editor):
    model = {name: apps.get_model("registry", f"Quadrant{name}") for name in ("Question", "Item", "Kind")}
    for number, th, en, items in QUESTIONS:
        question = model["Question"].objects.create(
            number=number, text_th=th, text_en=en, source_note_th=TABLE[0], source_note_en=TABLE[1]
        )
        for place, (item_th, item_en) in enumerate(items, 1):
            code = f"{number}.{place}"
            note = INFERRED if code in INFERRED_CODES else NOT_REACHED
            model["Item"].objects.create(
                question=question, code=code, text_th=item_th, text_en=item_en, source_note_th=note[0], source_note_en=note[1]
            )
    for letter, th, en, meaning_th, meaning_en, mark_th, mark_en, note_th, note_en in KINDS:
        model["Kind"].objects.create(
            letter=letter, text_th=th, text_en=en, meaning_th=meaning_th, meaning_en=meaning_en, mark_th=mark_th, mark_en=mark_en,
            source_note_th=f"{note_th} {MARKS_INFERRED[0]}", source_note_en=f"{note_en} {MARKS_INFERRED[1]}",
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_quadrants")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
