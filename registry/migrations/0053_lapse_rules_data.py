"""The days of section 71 as they are usually quoted, marked as not confirmed."""

from django.db import migrations

LAW_TH = "พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 71"
LAW_EN = "Administrative Procedure Act B.E. 2539, section 71"
NOTE_TH = (
    "จำนวนวันตามที่อ้างกันทั่วไป (ไปรษณีย์ตอบรับ ในประเทศ 7 วัน ต่างประเทศ 15 วัน นับแต่วันส่ง เว้นแต่พิสูจน์ได้เป็นอย่างอื่น)"
    " ยังไม่ได้เทียบกับราชกิจจานุเบกษา ให้ฝ่ายกฎหมายยืนยันก่อนใช้อ้าง แก้ได้"
)
NOTE_EN = (
    "The days as they are usually quoted (post with return receipt: 7 days within the country, 15 days abroad, from the day of"
    " posting, unless the contrary is proved). Not compared with the Royal Gazette: to be confirmed by the legal officers; may be changed."
)


def fill(apps, schema_editor):
    rule = apps.get_model("registry", "LapseRule")
    for way, days in (("registered", 7), ("abroad", 15)):
        rule.objects.create(
            way=way, days=days, law_th=LAW_TH, law_en=LAW_EN, confirmed=False, source_note_th=NOTE_TH, source_note_en=NOTE_EN,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0052_lapse_rules")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
