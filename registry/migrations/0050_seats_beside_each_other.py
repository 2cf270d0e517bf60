"""A seat is of the origin of its committee and its holder, and in the days of a term nobody sits twice or shares the chair."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION refuse_seat_beside_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.ends_on IS NOT NULL AND (OLD.ends_on IS NULL OR NEW.ends_on <= OLD.ends_on) THEN
        RETURN NEW;  -- a term that grows shorter touches nobody
    END IF;
    IF NOT EXISTS (SELECT FROM registry_committee c JOIN registry_user u USING (origin) WHERE c.id = NEW.committee_id AND u.id = NEW.user_id) THEN
        RAISE EXCEPTION 'a_seat_has_the_origin_of_its_committee_and_holder' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM registry_seat s
        WHERE s.committee_id = NEW.committee_id AND s.id IS DISTINCT FROM NEW.id
            AND (s.user_id = NEW.user_id OR (s.role = NEW.role AND NEW.role IN ('chair', 'secretary')))
            AND (s.ends_on IS NULL OR s.ends_on > NEW.starts_on)
            AND (NEW.ends_on IS NULL OR s.starts_on < NEW.ends_on OR s.starts_on = NEW.starts_on)
    ) THEN
        RAISE EXCEPTION 'one_chair_one_secretary_and_one_seat_a_person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER beside_another BEFORE INSERT OR UPDATE ON registry_seat FOR EACH ROW EXECUTE FUNCTION refuse_seat_beside_another();
ALTER TABLE registry_seat ENABLE ALWAYS TRIGGER beside_another;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0049_products_without_category")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
