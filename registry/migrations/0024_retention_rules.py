"""How long each kind of personal data is kept, as data to be confirmed by the office that answers for it."""

from django.db import migrations

UNCONFIRMED = "ระยะเวลาเป็นค่าตัวอย่างที่ยังไม่ยืนยันกับเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของกรม แก้ได้ในหน้าข้อมูลอ้างอิง"
DUTY = (
    "ทะเบียนผู้ผลิตต้องมีผู้รับผิดชอบที่ระบุตัวได้ตราบที่ผู้ผลิตยังอยู่ในทะเบียน (ภารกิจเพื่อประโยชน์สาธารณะ พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 24)",
    "While a producer is in the register it needs a person who answers for it (public task, Personal Data Protection Act B.E. 2562, section 24).",
)
WISH = (
    "เก็บไว้เพื่อการติดต่อเท่านั้น เจ้าของข้อมูลขอให้ลบได้ทุกเมื่อ (มาตรา 33)",
    "Kept for contact only; the person may ask for erasure at any time (section 33).",
)
TYPING = (
    "ร่างที่ยังไม่ส่งอาจมีข้อมูลส่วนบุคคล จึงเก็บเท่าที่จำเป็นต่อการทำงานให้เสร็จ",
    "Typing that was not sent may hold personal data; it is kept no longer than it takes to finish the work.",
)
RULES = [
    ("chair", "ประธานกลุ่ม", "Chair of a group", True, 90, 730, DUTY),
    ("owner", "เจ้าของ", "Owner", True, 90, 730, DUTY),
    ("contact", "ผู้ติดต่อ", "Contact person", False, 0, 365, WISH),
    ("draft", "ร่างที่ยังไม่ส่ง", "Typing not sent", False, 0, 90, TYPING),
]


def fill(apps, schema_editor):
    rule = apps.get_model("registry", "RetentionRule")
    for kind, name_th, name_en, needed, keep, erase, (ground_th, ground_en) in RULES:
        rule.objects.create(
            kind=kind, name_th=name_th, name_en=name_en, needed_while_registered=needed, keep_days=keep,
            erase_after_days=erase, ground_th=ground_th, ground_en=ground_en, source_note=UNCONFIRMED,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_persons_protected")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
