"""People of a producer with sealed values, what they agreed to, who read them, and how long they are kept."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0021_words_of_the_quadrants'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('owner', 'Owner'), ('contact', 'Contact')], max_length=7, verbose_name='role')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='title')),
                ('first_name', models.TextField(blank=True, verbose_name='given name')),
                ('last_name', models.TextField(blank=True, verbose_name='family name')),
                ('national_id', models.TextField(blank=True, verbose_name='national ID')),
                ('phone', models.TextField(blank=True, verbose_name='telephone')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('national_id_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('phone_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('erased_why', models.CharField(blank=True, editable=False, max_length=200)),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='registry.producer')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('name', 'Name'), ('phone', 'Telephone number')], max_length=5, verbose_name='what may be public')),
                ('way', models.CharField(choices=[('paper', 'A signed paper'), ('spoken', 'Said to an officer'), ('minutes', 'In the minutes of a meeting')], max_length=7, verbose_name='given by')),
                ('paper', models.CharField(max_length=120, verbose_name='paper or words')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='registry.person')),
            ],
            options={
                'ordering': ['-given_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12, unique=True)),
                ('name_th', models.CharField(max_length=160)),
                ('name_en', models.CharField(max_length=160)),
                ('needed_while_registered', models.BooleanField(default=False)),
                ('keep_days', models.PositiveIntegerField(default=0)),
                ('erase_after_days', models.PositiveIntegerField()),
                ('ground_th', models.TextField()),
                ('ground_en', models.TextField()),
                ('source_note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('erase_after_days__gte', models.F('keep_days'))), name='data_is_erased_after_it_must_be_kept')],
            },
        ),
        migrations.CreateModel(
            name='RevealLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('reveal', 'unmasked'), ('copy', 'access copy'), ('lookup', 'search by number')], max_length=6)),
                ('fields', models.CharField(max_length=200)),
                ('reason', models.CharField(choices=[('contact', 'To call or write to the person about the producer'), ('identity', 'To compare with a card or paper before me'), ('request', 'The person asks to see or correct the data'), ('audit', 'Audit or inspection by order')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='registry.person')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('national_id_key', ''), _negated=True), fields=['national_id_key'], name='people_by_national_id'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('phone_key', ''), _negated=True), fields=['phone_key'], name='people_by_phone'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('first_name__regex', '^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$')), name='first_name_is_kept_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('last_name__regex', '^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$')), name='last_name_is_kept_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('national_id__regex', '^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$')), name='national_id_is_kept_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$')), name='phone_is_kept_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', '^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$')), name='address_is_kept_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('address', ''), ('first_name', ''), ('last_name', ''), ('national_id', ''), ('national_id_key', ''), ('phone', ''), ('phone_key', ''), ('title', '')), _connector='OR'), name='an_erased_person_holds_nothing'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), _negated=True), models.Q(('first_name', ''), _negated=True), _connector='OR'), name='a_person_who_is_kept_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None), models.Q(('national_id_key', ''), _negated=True)), fields=('producer', 'national_id_key'), name='a_person_is_recorded_once_per_producer'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('erased_at', None), ('left_on', None), ('role', 'chair')), fields=('producer',), name='a_producer_has_one_chair'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person', 'kind'), name='one_live_consent_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='a_consent_is_withdrawn_after_it_was_given'),
        ),
        migrations.AddIndex(
            model_name='reveallog',
            index=models.Index(fields=['by', '-at'], name='reads_of_a_user_by_day'),
        ),
        migrations.AddConstraint(
            model_name='reveallog',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'lookup'), ('person', None)), models.Q(models.Q(('kind', 'lookup'), _negated=True), ('person__isnull', False)), _connector='OR'), name='a_read_names_its_person_and_a_search_none'),
        ),
    ]
