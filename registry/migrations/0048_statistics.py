"""Statistics of tables right after much was written: the app may ask for them, its owner takes them."""

from django.db import migrations

REFRESH = r"""
CREATE FUNCTION refresh_statistics(tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE tab text;
BEGIN
    FOREACH tab IN ARRAY tables LOOP EXECUTE format('ANALYZE public.%I', tab); END LOOP;
END $$;
REVOKE ALL ON FUNCTION refresh_statistics(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics(text[]) TO otop_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0047_terms_of_notices")]

    operations = [migrations.RunSQL(REFRESH, "DROP FUNCTION refresh_statistics(text[])")]
