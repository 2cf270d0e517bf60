"""A handover that was taken changes no more; its record is append-only and carries the digest of its body."""

from django.db import migrations

PROTECT = """
ALTER TABLE registry_handoverrecord ADD CONSTRAINT a_record_carries_the_digest_of_its_body
    CHECK (digest = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
SELECT make_append_only('registry_handoverrecord');
CREATE TRIGGER taken_is_frozen BEFORE UPDATE OR DELETE ON registry_handover FOR EACH ROW WHEN (OLD.taken_at IS NOT NULL)
    EXECUTE FUNCTION refuse_other_columns();
ALTER TABLE registry_handover ENABLE ALWAYS TRIGGER taken_is_frozen;
REVOKE DELETE, TRUNCATE ON registry_handover FROM otop_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0041_handovers")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
