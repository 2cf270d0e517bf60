"""An appointment stays with its holder, office and place, carries his origin, and its row never goes."""

from django.db import migrations

PROTECT = """
ALTER TABLE registry_user ADD CONSTRAINT user_with_origin UNIQUE (id, origin);
ALTER TABLE registry_appointment ADD CONSTRAINT an_appointment_has_the_origin_of_its_holder
    FOREIGN KEY (user_id, origin) REFERENCES registry_user (id, origin);
ALTER TABLE registry_appointment ADD CONSTRAINT who_stands_in_is_of_the_same_origin
    FOREIGN KEY (stands_for_id, origin) REFERENCES registry_user (id, origin);
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_appointment FOR EACH ROW EXECUTE FUNCTION refuse_other_columns(
    'position', 'stands_as', 'stands_for_id', 'reason', 'starts_on', 'ends_on', 'order_no', 'order_on', 'end_reason',
    'end_order_no', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_appointment ENABLE ALWAYS TRIGGER frozen;
REVOKE DELETE, TRUNCATE ON registry_appointment FROM otop_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0039_one_head_at_a_time")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
