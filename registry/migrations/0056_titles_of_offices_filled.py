"""The usual titles of offices, which nobody confirmed."""

from django.db import migrations

USUAL_TH, USUAL_EN = "ถ้อยคำที่ใช้กันทั่วไป ยังไม่ยืนยัน", "usual wording, not confirmed"
TITLES = [  # public id, office, of its head, where, Thai, English, a space before the place in Thai
    ("CB9VRAJG", "recorder", False, "anywhere", "ผู้บันทึกข้อมูล", "Recorder", False),
    ("VEDM8RVE", "amphoe_officer", True, "anywhere", "พัฒนาการ", "Head of Community Development", False),
    ("0RFC4D25", "amphoe_officer", False, "anywhere", "เจ้าหน้าที่พัฒนาชุมชน", "Community Development Officer", False),
    ("ZXYGGTNH", "province_officer", True, "anywhere", "พัฒนาการ", "Head of Community Development", False),
    ("QEK724ST", "province_officer", False, "anywhere", "เจ้าหน้าที่พัฒนาชุมชน", "Community Development Officer", False),
    ("Z62JQG8P", "recorder", False, "bangkok", "ผู้บันทึกข้อมูล", "Recorder", False),
    ("FG1VDQMV", "amphoe_officer", True, "bangkok", "หัวหน้าฝ่ายพัฒนาชุมชนและสวัสดิการสังคม", "Head of Community Development", True),
    ("5XTXWSKE", "amphoe_officer", False, "bangkok", "เจ้าหน้าที่พัฒนาชุมชน", "Community Development Officer", False),
    ("MYAJNXTP", "province_officer", True, "bangkok", "ผู้อำนวยการสำนักพัฒนาสังคม", "Director of Social Development", True),
    ("7FNX0RCB", "province_officer", False, "bangkok", "เจ้าหน้าที่พัฒนาชุมชน", "Community Development Officer", False),
    (
        "81A6GRHS", "central_officer", True, "centre", "อธิบดีกรมการพัฒนาชุมชน",
        "Director-General, Community Development Department", False,
    ),
    ("DP5VFG9B", "central_officer", False, "centre", "เจ้าหน้าที่กรมการพัฒนาชุมชน", "Officer, Community Development Department", False),
    ("1YFMW8ST", "administrator", False, "centre", "ผู้ดูแลระบบ", "Administrator of the register", False),
]


def fill(apps, schema_editor):
    title = apps.get_model("registry", "OfficeTitle")
    for public_id, office, leads, where, title_th, title_en, spaced in TITLES:
        title.objects.create(
            public_id=public_id, office=office, leads=leads, where=where, title_th=title_th, title_en=title_en, spaced=spaced,
            source_note_th=USUAL_TH, source_note_en=USUAL_EN,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0055_titles_of_offices")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
