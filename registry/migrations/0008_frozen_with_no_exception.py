"""A table frozen in every column refuses with its own sentence (the trigger has no argument then, not an empty list)."""

from django.db import migrations

FUNCTION = r"""
CREATE OR REPLACE FUNCTION refuse_other_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; after jsonb; free text; open_columns text[] := COALESCE(TG_ARGV, '{}');
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a row of % is frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    before := to_jsonb(OLD); after := to_jsonb(NEW);
    FOREACH free IN ARRAY open_columns LOOP before := before - free; after := after - free; END LOOP;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'a row of % is frozen but for: %', TG_TABLE_NAME, array_to_string(open_columns, ', ')
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_committees_by_origin")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
