"""A registration moves only as its flow says; what was filed, checked and decided stays as it was."""

from django.db import migrations

WINDOWS = r"""
ALTER TABLE registry_registrationwindow ADD CONSTRAINT a_window_lies_in_its_quarter CHECK (
    fiscal_year_be BETWEEN 2540 AND 2700
    AND opens_on >= (make_date(fiscal_year_be - 544, 10, 1) + make_interval(months => 3 * (quarter - 1)))
    AND closes_on < (make_date(fiscal_year_be - 544, 10, 1) + make_interval(months => 3 * quarter))
);
"""

MOVES = r"""
CREATE FUNCTION registration_follows_its_flow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; after jsonb; free text;
    open_columns text[] := ARRAY['state', 'version', 'changed_at', 'changed_by_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a registration is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'a registration begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT parent_id FROM registry_area WHERE id = NEW.site_id)
        IS DISTINCT FROM (SELECT parent_id FROM registry_area WHERE id = NEW.area_id) THEN
        RAISE EXCEPTION 'a producer is registered in the amphoe where it produces' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' OR (NEW.state = OLD.state AND OLD.state IN ('draft', 'returned')) THEN
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'filed'), ('draft', 'withdrawn'), ('returned', 'filed'), ('returned', 'withdrawn'),
        ('filed', 'checked'), ('filed', 'returned'),
        ('checked', 'registered'), ('checked', 'refused'), ('checked', 'returned'), ('registered', 'renewed')
    ) THEN
        RAISE EXCEPTION 'a registration that is % cannot become %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'filed' AND OLD.state <> 'filed' THEN
        open_columns := open_columns || ARRAY['window_id', 'turn', 'filed_on'];
    END IF;
    before := to_jsonb(OLD); after := to_jsonb(NEW);
    FOREACH free IN ARRAY open_columns LOOP before := before - free; after := after - free; END LOOP;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'what was filed stays as it was filed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows_its_flow BEFORE INSERT OR UPDATE OR DELETE ON registry_registration FOR EACH ROW
    EXECUTE FUNCTION registration_follows_its_flow();
ALTER TABLE registry_registration ENABLE ALWAYS TRIGGER follows_its_flow;
"""

PARTS = r"""
CREATE FUNCTION only_while_the_registration_is_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    SELECT state INTO found FROM registry_registration
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.registration_id ELSE NEW.registration_id END;
    IF found NOT IN ('draft', 'returned') THEN
        RAISE EXCEPTION 'what was filed stays as it was filed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER only_while_written BEFORE INSERT OR UPDATE OR DELETE ON registry_registration_products FOR EACH ROW
    EXECUTE FUNCTION only_while_the_registration_is_written();
ALTER TABLE registry_registration_products ENABLE ALWAYS TRIGGER only_while_written;
CREATE TRIGGER only_while_written BEFORE INSERT OR UPDATE OR DELETE ON registry_registrationpaper FOR EACH ROW
    EXECUTE FUNCTION only_while_the_registration_is_written();
ALTER TABLE registry_registrationpaper ENABLE ALWAYS TRIGGER only_while_written;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_registrationpaper FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('taken_back_at');
ALTER TABLE registry_registrationpaper ENABLE ALWAYS TRIGGER frozen;
SELECT make_append_only('registry_registrationcheck');
SELECT make_append_only('registry_checkline');
SELECT make_append_only('registry_registrationdecision');
SELECT make_append_only('registry_oldcode');
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_registrations")]

    operations = [
        migrations.RunSQL(WINDOWS, migrations.RunSQL.noop),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(PARTS, migrations.RunSQL.noop),
    ]
