"""How long the code of a letter opens, as data that people may set otherwise."""

from django.db import migrations

DEFAULT = "ค่าเริ่มต้นของระบบ ไม่ใช่เกณฑ์ของทางราชการ แก้ได้"


def fill(apps, schema_editor):
    apps.get_model("registry", "Threshold").objects.create(
        code="letter_code_days", value=90, name_th="รหัสในหนังสือแจ้งใช้ได้กี่วันนับจากวันพิมพ์",
        name_en="The code of a letter opens for so many days from its printing", source_note=DEFAULT,
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0046_notices_protected")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
