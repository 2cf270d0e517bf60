"""The list holds certificate numbers of rounds with longer keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_login_tries")]

    operations = [
        migrations.AlterField("listing", "certificate_no", models.CharField(max_length=32)),
    ]
