"""What was counted in a week stays as it was counted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0035_quality_counts")]

    operations = [migrations.RunSQL("SELECT make_append_only('registry_qualitycount')", migrations.RunSQL.noop)]
