"""A notice moves only as its flow says, its words are frozen when it leaves, and what happened to it is never taken back."""

from django.db import migrations

PROTECT = r"""
CREATE FUNCTION notice_follows_its_flow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; after jsonb; free text;
    open_columns text[] := ARRAY['state', 'version', 'changed_at', 'changed_by_id', 'sent_at', 'delivered_at', 'attempts', 'due_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a notice is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' AND NOT (NEW.state = 'sent' AND NEW.channel = 'in_app' AND NEW.created_by_id IS NULL) THEN
            RAISE EXCEPTION 'a notice begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'ready'), ('draft', 'sent'), ('draft', 'withdrawn'), ('ready', 'withdrawn'), ('ready', 'sent'),
        ('ready', 'sending'), ('ready', 'failed'), ('sending', 'sent'), ('sending', 'ready'), ('sending', 'failed'),
        ('sending', 'maybe'), ('maybe', 'sent'), ('maybe', 'ready'), ('failed', 'ready'), ('failed', 'withdrawn'),
        ('failed', 'sent'), ('sent', 'delivered'), ('sent', 'failed'), ('sent', 'withdrawn'), ('delivered', 'failed')
    ) THEN
        RAISE EXCEPTION 'a notice that is % cannot become %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'draft' THEN
        open_columns := open_columns || ARRAY[
            'title', 'words', 'reference', 'language', 'position', 'sender', 'approved_by_id', 'approved_at', 'message_id', 'batch_id'];
    END IF;
    before := to_jsonb(OLD); after := to_jsonb(NEW);
    FOREACH free IN ARRAY open_columns LOOP before := before - free; after := after - free; END LOOP;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'what was approved stays as it was approved' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows_its_flow BEFORE INSERT OR UPDATE OR DELETE ON registry_notice FOR EACH ROW
    EXECUTE FUNCTION notice_follows_its_flow();
ALTER TABLE registry_notice ENABLE ALWAYS TRIGGER follows_its_flow;
REVOKE DELETE, TRUNCATE ON registry_notice FROM otop_app;

CREATE FUNCTION batch_stays_as_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a sending is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'draft' AND to_jsonb(OLD) - 'version' - 'changed_at' - 'changed_by_id'
        IS DISTINCT FROM to_jsonb(NEW) - 'version' - 'changed_at' - 'changed_by_id' THEN
        RAISE EXCEPTION 'what was approved stays as it was approved' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_as_approved BEFORE UPDATE OR DELETE ON registry_noticebatch FOR EACH ROW
    EXECUTE FUNCTION batch_stays_as_approved();
ALTER TABLE registry_noticebatch ENABLE ALWAYS TRIGGER stays_as_approved;
REVOKE DELETE, TRUNCATE ON registry_noticebatch FROM otop_app;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_lettercode FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('used_at', 'bound', 'ended_at');
ALTER TABLE registry_lettercode ENABLE ALWAYS TRIGGER frozen;
REVOKE DELETE, TRUNCATE ON registry_lettercode FROM otop_app;
SELECT make_append_only('registry_noticeevent');
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0045_notices")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
