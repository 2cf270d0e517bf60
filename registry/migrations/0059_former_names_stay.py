"""A former name of a committee is written once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0058_former_names")]

    operations = [migrations.RunSQL("SELECT make_append_only('registry_formername');", migrations.RunSQL.noop)]
