"""A merged row stays merged, into one of its own kind of data; its people may follow it; what people said is kept."""

from django.db import migrations

FORWARD = r"""
SELECT make_append_only('registry_distinctproducers');
SELECT make_append_only('registry_distinctproducts');

ALTER TABLE registry_producer ADD CONSTRAINT a_producer_is_merged_within_its_origin
    FOREIGN KEY (merged_into_id, origin) REFERENCES registry_producer (id, origin);
ALTER TABLE registry_product ADD CONSTRAINT a_product_is_merged_within_its_origin
    FOREIGN KEY (merged_into_id, origin) REFERENCES registry_product (id, origin);

CREATE FUNCTION keep_what_was_merged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id OR NEW.ended_on IS DISTINCT FROM OLD.ended_on THEN
        RAISE EXCEPTION 'a merged row stays merged' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_merged BEFORE UPDATE ON registry_producer FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION keep_what_was_merged();
ALTER TABLE registry_producer ENABLE ALWAYS TRIGGER stays_merged;
CREATE TRIGGER stays_merged BEFORE UPDATE ON registry_product FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION keep_what_was_merged();
ALTER TABLE registry_product ENABLE ALWAYS TRIGGER stays_merged;

-- A person stays with the same producer, or follows it into the one it was merged into.
CREATE OR REPLACE FUNCTION keep_persons_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the row of a person stays: erase its data instead' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.public_id <> OLD.public_id OR (NEW.producer_id <> OLD.producer_id AND NEW.producer_id IS DISTINCT FROM
        (SELECT merged_into_id FROM registry_producer WHERE id = OLD.producer_id)) THEN
        RAISE EXCEPTION 'a person belongs to one producer' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at THEN
        RAISE EXCEPTION 'what was erased stays erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0033_duplicates_and_merging")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
