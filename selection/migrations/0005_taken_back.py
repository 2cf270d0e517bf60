"""A product brought to a forum by mistake can be taken back, on a day, and brought anew as another entry."""

from django.db import migrations, models

ALLOW = r"""
DROP TRIGGER frozen ON selection_entry;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_entry FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('stage', 'state', 'withdrawn_on', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER frozen;
CREATE TRIGGER taken_back BEFORE UPDATE ON selection_entry FOR EACH ROW
    WHEN (OLD.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS DISTINCT FROM NEW.withdrawn_on)
    EXECUTE FUNCTION refuse_going_back();
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER taken_back;
"""
BEFORE = r"""
DROP TRIGGER taken_back ON selection_entry;
DROP TRIGGER frozen ON selection_entry;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_entry FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('stage', 'state', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0004_no_way_round")]

    operations = [
        migrations.AddField("entry", "withdrawn_on", models.DateField(blank=True, null=True)),
        migrations.RemoveConstraint("entry", "a_product_enters_a_round_once"),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("round", "product"),
                name="a_product_enters_a_round_once",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(("state", "withdrawn"), ("withdrawn_on__gte", models.F("entered_on")))
                | models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_on", None)),
                name="what_is_taken_back_has_its_day",
            ),
        ),
        migrations.RunSQL(ALLOW, BEFORE),
    ]
