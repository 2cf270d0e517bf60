"""How many days a sent file is kept, as a number that people may set otherwise."""

from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("registry", "Threshold").objects.create(
        code="import_file_days",
        value=90,
        name_th="ลบไฟล์นำเข้าออกจากที่เก็บเมื่อไม่มีใครแตะต้องเกินกี่วัน แถวที่อ่านได้ยังอยู่",
        name_en="Delete a sent import file when nobody touched it for so many days; its rows stay",
        source_note="ค่าเริ่มต้นของระบบ ไม่ใช่เกณฑ์ของทางราชการ แก้ได้",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0029_choices_and_keeping")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
