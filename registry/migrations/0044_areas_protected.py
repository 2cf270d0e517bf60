"""What an area was is never rewritten, and nothing is put into an area that has ended."""

from django.db import migrations

FORWARD = r"""
-- an area that has ended, and a past state, keep what they say; only their place in the numbering moves
CREATE TRIGGER ended_area_is_frozen BEFORE UPDATE OR DELETE ON registry_area FOR EACH ROW
    WHEN (OLD.valid_to IS NOT NULL)
    EXECUTE FUNCTION refuse_other_columns('lft', 'rght', 'depth', 'tree_id');
ALTER TABLE registry_area ENABLE ALWAYS TRIGGER ended_area_is_frozen;
SELECT make_append_only('registry_areasuccession');

CREATE FUNCTION refuse_an_ended_area() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.area_id = OLD.area_id THEN RETURN NEW; END IF;
    IF EXISTS (SELECT 1 FROM registry_area WHERE id = NEW.area_id AND valid_to IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing new stands in an area that has ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_a_living_area BEFORE INSERT OR UPDATE OF area_id ON registry_producer
    FOR EACH ROW EXECUTE FUNCTION refuse_an_ended_area();
CREATE TRIGGER in_a_living_area BEFORE INSERT OR UPDATE OF area_id ON registry_product
    FOR EACH ROW EXECUTE FUNCTION refuse_an_ended_area();
ALTER TABLE registry_producer ENABLE ALWAYS TRIGGER in_a_living_area;
ALTER TABLE registry_product ENABLE ALWAYS TRIGGER in_a_living_area;

-- what was carried out or answered stays so
CREATE TRIGGER done_is_frozen BEFORE UPDATE OR DELETE ON registry_areachange FOR EACH ROW
    WHEN (OLD.state <> 'planned') EXECUTE FUNCTION refuse_other_columns('version');
CREATE TRIGGER answered_is_frozen BEFORE UPDATE OR DELETE ON registry_placequestion FOR EACH ROW
    WHEN (OLD.answer_id IS NOT NULL) EXECUTE FUNCTION refuse_other_columns('version');
ALTER TABLE registry_areachange ENABLE ALWAYS TRIGGER done_is_frozen;
ALTER TABLE registry_placequestion ENABLE ALWAYS TRIGGER answered_is_frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0043_time_true_areas")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
