"""Titles of offices: the words below a signature, as rows with a source."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0054_registered_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('office', models.CharField(choices=[('recorder', 'Tambon recorder'), ('amphoe_officer', 'Amphoe officer'), ('province_officer', 'Province officer'), ('central_officer', 'Central officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='office')),
                ('leads', models.BooleanField(default=False, verbose_name='heads the office')),
                ('where', models.CharField(choices=[('anywhere', 'Everywhere but Bangkok'), ('bangkok', 'Bangkok'), ('centre', 'Centre')], max_length=8, verbose_name='where')),
                ('title_th', models.CharField(max_length=100, verbose_name='title in Thai')),
                ('title_en', models.CharField(max_length=100, verbose_name='title in English')),
                ('spaced', models.BooleanField(default=False, verbose_name='a space before the place, in Thai')),
                ('source_note_th', models.TextField(verbose_name='source note in Thai')),
                ('source_note_en', models.TextField(verbose_name='source note in English')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('office', 'leads', 'where'), name='an_office_has_one_title_in_a_place'), models.CheckConstraint(condition=models.Q(('leads', False), ('office__in', ('amphoe_officer', 'province_officer', 'central_officer')), _connector='OR'), name='only_an_office_with_a_head_titles_one'), models.CheckConstraint(condition=models.Q(models.Q(('office__in', ['central_officer', 'administrator']), ('spaced', False), ('where', 'centre')), models.Q(models.Q(('where', 'centre'), _negated=True), models.Q(('office__in', ['central_officer', 'administrator']), _negated=True)), _connector='OR'), name='offices_of_the_centre_have_titles_without_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('title_th', ''), _negated=True), models.Q(('title_en', ''), _negated=True), models.Q(('source_note_th', ''), _negated=True), models.Q(('source_note_en', ''), _negated=True)), name='a_title_has_words_and_a_source')],
            },
        ),
    ]
