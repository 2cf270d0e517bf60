"""The windows of 2560–2561, the papers asked for and the officer's check list, each with its source."""

from datetime import date

from django.db import migrations

PHICHIT = "ประกาศรับลงทะเบียนของกรมการพัฒนาชุมชน จังหวัดพิจิตร (phichit.cdd.go.th)"
MANUAL = "คู่มือการลงทะเบียนผู้ผลิต ผู้ประกอบการ OTOP (flipbuilder) หน้า 40"
UNCONFIRMED = "ค่าเริ่มต้นที่ยังไม่ยืนยัน แก้ได้"
LINK_RULE = "bizportal.go.th ข้อ 33; district.cdd.go.th/phanatnikhom; talad.go.th"
WINDOWS = [  # public id, fiscal year BE, quarter, from, to (CE)
    ("PMJHJ9C3", 2560, 4, date(2017, 8, 28), date(2017, 9, 18)),
    ("KWHXCEGP", 2561, 1, date(2017, 10, 1), date(2017, 12, 20)),
    ("V0AM03HV", 2561, 2, date(2018, 1, 1), date(2018, 3, 20)),
    ("TA50CC67", 2561, 3, date(2018, 4, 1), date(2018, 6, 20)),
    ("35K4GSYK", 2561, 4, date(2018, 9, 21), date(2018, 9, 27)),
]
ALL, GROUP, SME = (True, True, True), (True, False, False), (False, False, True)
PAPERS = [  # code, Thai, English, asked of (group, owner, sme), must, source
    ("network_letter", "หนังสือรับรองของประธานเครือข่าย OTOP ระดับอำเภอ", "Letter of the chair of the amphoe OTOP network", ALL, True, PHICHIT),
    ("site_photo", "ภาพถ่ายสถานที่ผลิต", "Photograph of the production site", ALL, True, PHICHIT),
    ("product_photo", "ภาพถ่ายผลิตภัณฑ์ (ขนาด 4×6 นิ้ว หรือไฟล์)", "Photograph of the product (4×6 inches or a file)", ALL, True, PHICHIT),
    ("founding", "เอกสารการจัดตั้งกลุ่ม", "Founding paper of the group", GROUP, True, PHICHIT),
    ("members", "บัญชีรายชื่อสมาชิกกลุ่ม", "List of the group's members", GROUP, True, PHICHIT),
    ("meeting_record", "รายงานการประชุมกลุ่ม", "Record of the group's meeting", GROUP, True, PHICHIT),
    ("juristic", "หนังสือรับรองการจดทะเบียนนิติบุคคล", "Certificate of the juristic person", SME, True, UNCONFIRMED),
    ("authority", "หนังสือมอบอำนาจ (กรณีมีผู้แทน)", "Power of attorney, where somebody acts for the producer", ALL, False, PHICHIT),
    ("licence", "ใบอนุญาตของผลิตภัณฑ์ที่กฎหมายกำหนด", "Licence of a product that the law regulates", ALL, False, PHICHIT),
    ("other", "เอกสารอื่น", "Another paper", ALL, False, PHICHIT),
]  # fmt: skip
CHECKS = [  # code, Thai, English, per product, strikes, may not apply, source
    ("papers", "เอกสารหลักฐานครบถ้วนและตรงกับคำขอ", "The papers are complete and agree with the filing", False, False, False, MANUAL),
    ("site", "สถานที่ผลิตตั้งอยู่ในอำเภอที่ลงทะเบียน", "The production site lies in the amphoe of registration", False, False, False, LINK_RULE),
    ("community", "มีความเชื่อมโยงกับชุมชนจริงอย่างน้อยหนึ่งข้อ", "At least one link with the community is real", False, False, False, LINK_RULE),
    ("nationality", "ผู้ผลิตและสมาชิกกลุ่มมีสัญชาติไทย", "The producer and the group's members are Thai nationals", False, False, False, LINK_RULE),
    ("authority", "ผู้แทนมีหนังสือมอบอำนาจ", "Who acts for the producer has a power of attorney", False, False, True, LINK_RULE),
    ("otop", "เป็นผลิตภัณฑ์ OTOP", "It is an OTOP product", True, True, False, MANUAL),
    ("made", "มีการผลิตอยู่ในปัจจุบัน เห็นภาพถ่ายหรือตัวอย่างแล้ว", "It is in production now; a photograph or sample was shown", True, False, False, MANUAL),
    ("licence", "มีใบอนุญาตตามกฎหมาย (ผลิตภัณฑ์ที่กฎหมายกำหนด)", "The licence was seen (a product that the law regulates)", True, False, True, MANUAL),
    ("category", "ประเภทผลิตภัณฑ์ถูกต้อง", "The category is right", True, False, False, MANUAL),
]  # fmt: skip


def fill(apps, schema_editor):
    window, need, item = (apps.get_model("registry", name) for name in ("RegistrationWindow", "PaperNeed", "CheckItem"))
    for public_id, year, quarter, opens_on, closes_on in WINDOWS:
        window.objects.create(
            public_id=public_id, fiscal_year_be=year, quarter=quarter, opens_on=opens_on, closes_on=closes_on,
            source_note=PHICHIT,
        )
    for order, (code, name_th, name_en, (group, owner, sme), must, source) in enumerate(PAPERS, 1):
        need.objects.create(
            code=code, name_th=name_th, name_en=name_en, for_group=group, for_owner=owner, for_sme=sme, must=must,
            source_note=source, order=order,
        )
    for order, (code, name_th, name_en, per_product, strikes, may_not_apply, source) in enumerate(CHECKS, 1):
        item.objects.create(
            code=code, name_th=name_th, name_en=name_en, per_product=per_product, strikes=strikes,
            may_not_apply=may_not_apply, source_note=source, order=order,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_registrations_protected")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
