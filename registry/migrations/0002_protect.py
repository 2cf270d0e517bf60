"""Append-only tables, the ledger's one way in, and frozen rows: held by PostgreSQL, whoever asks."""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: a correction is a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Frozen rows: only the columns named in the trigger's arguments may change, and no row may go.
CREATE FUNCTION refuse_other_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; after jsonb; free text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a row of % is frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    before := to_jsonb(OLD); after := to_jsonb(NEW);
    FOREACH free IN ARRAY TG_ARGV LOOP before := before - free; after := after - free; END LOOP;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'a row of % is frozen but for %', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION make_append_only(tab regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_any_change()', tab);
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()', tab);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', tab);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only_whole', tab);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM otop_app', tab);
END $$;
REVOKE ALL ON FUNCTION make_append_only(regclass) FROM PUBLIC;
"""

LEDGER = r"""
ALTER TABLE registry_leaf ADD CONSTRAINT leaf_hash_is_of_its_body CHECK (hash = sha256('\x00'::bytea || body));
INSERT INTO registry_ledgerhead (id, size) VALUES (1, 0);
CREATE FUNCTION ledger_append(kind text, body bytea, public boolean, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE place bigint;
BEGIN
    UPDATE registry_ledgerhead SET size = size + 1 WHERE id = 1 RETURNING size - 1 INTO place;
    INSERT INTO registry_leaf (index, kind, body, hash, public, at)
    VALUES (place, ledger_append.kind, ledger_append.body, sha256('\x00'::bytea || ledger_append.body),
            ledger_append.public, ledger_append.at);
    RETURN place;
END $$;
REVOKE ALL ON FUNCTION ledger_append(text, bytea, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_append(text, bytea, boolean, timestamptz) TO otop_app;
REVOKE INSERT ON registry_leaf FROM otop_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON registry_ledgerhead FROM otop_app;
SELECT make_append_only('registry_leaf');
SELECT make_append_only('registry_history');
SELECT make_append_only('registry_producerfact');
SELECT make_append_only('registry_productfact');
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_seat FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('ends_on', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_seat ENABLE ALWAYS TRIGGER frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER, migrations.RunSQL.noop),
    ]
