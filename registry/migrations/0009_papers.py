"""Papers: private files, frozen but for their erasure."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FROZEN = r"""
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_paper FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('name', 'file', 'erased_at', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE registry_paper ENABLE ALWAYS TRIGGER frozen;
CREATE FUNCTION a_paper_is_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.name, NEW.file) IS DISTINCT FROM (OLD.name, OLD.file) AND (OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL)
    THEN
        RAISE EXCEPTION 'a paper is erased, never exchanged' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_erased BEFORE UPDATE ON registry_paper FOR EACH ROW EXECUTE FUNCTION a_paper_is_only_erased();
ALTER TABLE registry_paper ENABLE ALWAYS TRIGGER only_erased;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0008_frozen_with_no_exception'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(max_length=30)),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name of the file')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='papers/%Y/%m/')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG')], max_length=20)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('media_type__in', ['application/pdf', 'image/jpeg', 'image/png'])), name='a_paper_is_a_pdf_or_a_picture'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='a_paper_holds_something'), models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z][a-z0-9_]*$')), name='a_paper_has_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), models.Q(('file', ''), _negated=True), models.Q(('name', ''), _negated=True)), models.Q(('erased_at__isnull', False), ('file', ''), ('name', '')), _connector='OR'), name='a_paper_has_its_file_until_it_is_erased')],
            },
        ),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
    ]
