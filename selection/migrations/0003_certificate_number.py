"""Certificate numbers hold the whole key of the round and the mark of a sample."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("selection", "0002_protect"), ("registry", "0005_certificate_number")]

    operations = [
        migrations.AlterField("certificate", "number", models.CharField(max_length=32, unique=True)),
    ]
