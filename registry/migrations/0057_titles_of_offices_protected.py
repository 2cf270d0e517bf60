"""Of the title of an office only its words and their source change, and no row comes or goes."""

from django.db import migrations

PROTECT = """
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_officetitle FOR EACH ROW EXECUTE FUNCTION refuse_other_columns(
    'title_th', 'title_en', 'spaced', 'source_note_th', 'source_note_en', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_officetitle ENABLE ALWAYS TRIGGER frozen;
REVOKE INSERT, DELETE, TRUNCATE ON registry_officetitle FROM otop_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0056_titles_of_offices_filled")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
