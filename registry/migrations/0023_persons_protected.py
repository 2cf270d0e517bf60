"""Who read personal data is append-only, a consent is frozen but for its withdrawal, and a person's row never goes."""

from django.db import migrations

PROTECT = r"""
SELECT make_append_only('registry_reveallog');
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_consent FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('withdrawn_on', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_consent ENABLE ALWAYS TRIGGER frozen;
REVOKE DELETE, TRUNCATE ON registry_consent FROM otop_app;

-- A person stays with the same producer, and what was erased stays erased.
CREATE FUNCTION keep_persons_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the row of a person stays: erase its data instead' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.producer_id <> OLD.producer_id OR NEW.public_id <> OLD.public_id THEN
        RAISE EXCEPTION 'a person belongs to one producer' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at THEN
        RAISE EXCEPTION 'what was erased stays erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON registry_person FOR EACH ROW EXECUTE FUNCTION keep_persons_row();
ALTER TABLE registry_person ENABLE ALWAYS TRIGGER keep_row;
REVOKE DELETE, TRUNCATE ON registry_person FROM otop_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0022_persons")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
