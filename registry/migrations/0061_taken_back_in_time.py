"""A term is taken back before its first day only and stays so, and one that was taken back stands in nobody's way."""

from django.db import migrations

PROTECT = """
DROP TRIGGER frozen ON registry_seat;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_seat FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('ends_on', 'taken_back', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_seat ENABLE ALWAYS TRIGGER frozen;
DROP TRIGGER frozen ON registry_appointment;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_appointment FOR EACH ROW EXECUTE FUNCTION refuse_other_columns(
    'position', 'stands_as', 'stands_for_id', 'reason', 'starts_on', 'ends_on', 'order_no', 'order_on', 'end_reason',
    'end_order_no', 'taken_back', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_appointment ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION refuse_taking_back_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.taken_back THEN
        RAISE EXCEPTION 'what was taken back stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.taken_back AND (TG_OP = 'INSERT' OR OLD.starts_on <= (now() AT TIME ZONE 'Asia/Bangkok')::date) THEN
        RAISE EXCEPTION 'a term is taken back before its first day' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER taken_back_in_time BEFORE INSERT OR UPDATE ON registry_seat FOR EACH ROW EXECUTE FUNCTION refuse_taking_back_late();
ALTER TABLE registry_seat ENABLE ALWAYS TRIGGER taken_back_in_time;
CREATE TRIGGER taken_back_in_time BEFORE INSERT OR UPDATE ON registry_appointment FOR EACH ROW EXECUTE FUNCTION refuse_taking_back_late();
ALTER TABLE registry_appointment ENABLE ALWAYS TRIGGER taken_back_in_time;

CREATE OR REPLACE FUNCTION refuse_seat_beside_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.ends_on IS NOT NULL AND (OLD.ends_on IS NULL OR NEW.ends_on <= OLD.ends_on) THEN
        RETURN NEW;  -- a term that grows shorter touches nobody
    END IF;
    IF NOT EXISTS (SELECT FROM registry_committee c JOIN registry_user u USING (origin) WHERE c.id = NEW.committee_id AND u.id = NEW.user_id) THEN
        RAISE EXCEPTION 'a_seat_has_the_origin_of_its_committee_and_holder' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM registry_seat s
        WHERE s.committee_id = NEW.committee_id AND s.id IS DISTINCT FROM NEW.id AND NOT s.taken_back
            AND (s.user_id = NEW.user_id OR (s.role = NEW.role AND NEW.role IN ('chair', 'secretary')))
            AND (s.ends_on IS NULL OR s.ends_on > NEW.starts_on)
            AND (NEW.ends_on IS NULL OR s.starts_on < NEW.ends_on OR s.starts_on = NEW.starts_on)
    ) THEN
        RAISE EXCEPTION 'one_chair_one_secretary_and_one_seat_a_person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0060_taken_back")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
