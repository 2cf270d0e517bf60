"""By which registered post a letter left, kept on the letter, so that those that count as received are found by their day."""

from django.db import migrations, models

FLOW = r"""
CREATE OR REPLACE FUNCTION notice_follows_its_flow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; after jsonb; free text;
    open_columns text[] := ARRAY['state', 'version', 'changed_at', 'changed_by_id', 'sent_at', 'delivered_at', 'attempts', 'due_at',
        'posted_as', 'posted_on'];
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
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0053_lapse_rules_data")]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='posted_as',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='notice',
            name='posted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('posted_on__isnull', False), ('state', 'sent')), fields=['posted_on'], name='registered_letters_sent'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('posted_as', ''), ('posted_on', None)), models.Q(('channel', 'letter'), ('posted_as__in', ['registered', 'abroad']), ('posted_on__isnull', False)), _connector='OR'), name='only_letters_are_posted'),
        ),
        migrations.RunSQL(FLOW, migrations.RunSQL.noop),
    ]
