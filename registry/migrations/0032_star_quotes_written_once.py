"""A quoted star is written once and stays: another file that says otherwise is another quote."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0031_star_quotes")]

    operations = [
        migrations.RunSQL("SELECT make_append_only('registry_starquote');", migrations.RunSQL.noop),
    ]
