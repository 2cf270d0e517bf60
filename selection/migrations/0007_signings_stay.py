"""What was signed stays as it was worded."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("selection", "0006_signings")]

    operations = [migrations.RunSQL("SELECT make_append_only('selection_signing');", migrations.RunSQL.noop)]
