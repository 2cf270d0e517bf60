"""Registrations: windows, what they ask for, filings, checks, decisions, and codes of older registers."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_th', models.CharField(max_length=200, verbose_name='Thai name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
                ('source_note', models.TextField(blank=True, verbose_name='source')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('code', models.CharField(max_length=30, unique=True)),
                ('per_product', models.BooleanField(default=False, verbose_name='asked of each product')),
                ('strikes', models.BooleanField(default=False, verbose_name='“no” strikes the product')),
                ('may_not_apply', models.BooleanField(default=False, verbose_name='may not apply')),
            ],
            options={
                'ordering': ['per_product', 'order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PaperNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_th', models.CharField(max_length=200, verbose_name='Thai name')),
                ('name_en', models.CharField(max_length=200, verbose_name='English name')),
                ('source_note', models.TextField(blank=True, verbose_name='source')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('code', models.CharField(max_length=30, unique=True)),
                ('for_group', models.BooleanField(default=True, verbose_name='asked of groups')),
                ('for_owner', models.BooleanField(default=True, verbose_name='asked of single owners')),
                ('for_sme', models.BooleanField(default=True, verbose_name='asked of enterprises')),
                ('must', models.BooleanField(default=True, verbose_name='must be there')),
            ],
            options={
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('type', models.CharField(choices=[('group', 'Community producer group'), ('owner', 'Single community owner'), ('sme', 'Small or medium enterprise')], max_length=6, verbose_name='type')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('filed', 'filed, waits for the check'), ('checked', 'checked, waits for the committee'), ('returned', 'sent back to be completed'), ('registered', 'registered'), ('refused', 'not registered'), ('renewed', 'followed by a later registration'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                ('turn', models.PositiveSmallIntegerField(default=0)),
                ('filed_on', models.DateField(null=True)),
                ('site_address', models.CharField(blank=True, max_length=200)),
                ('founded_on', models.DateField(null=True)),
                ('members', models.PositiveIntegerField(null=True)),
                ('juristic_number', models.CharField(blank=True, max_length=13)),
                ('thai_nationals', models.BooleanField(default=False)),
                ('link_labour', models.CharField(blank=True, max_length=300)),
                ('link_material', models.CharField(blank=True, max_length=300)),
                ('link_management', models.CharField(blank=True, max_length=300)),
                ('link_benefit', models.CharField(blank=True, max_length=300)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='registry.area')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='registry.producer')),
                ('products', models.ManyToManyField(related_name='registrations', to='registry.product')),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='registry.registration')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('turn', models.PositiveSmallIntegerField()),
                ('passed', models.BooleanField()),
                ('position', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='registry.registration')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CheckLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('answer', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('na', 'does not apply')], max_length=3)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.checkitem')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.product')),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='registry.registrationcheck')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('turn', models.PositiveSmallIntegerField()),
                ('verdict', models.CharField(choices=[('register', 'register'), ('refuse', 'do not register'), ('return', 'send back to be completed')], max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('voters', models.PositiveSmallIntegerField()),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registration_decisions', to='registry.meeting')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='registry.registration')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.paperneed')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.paper')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='registry.registration')),
            ],
            options={
                'ordering': ['need__order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('fiscal_year_be', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('renew_before', models.DateField(blank=True, null=True, verbose_name='registrations before this day are renewed')),
                ('source_note', models.TextField(blank=True, verbose_name='source')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opens_on'],
            },
        ),
        migrations.AddField(
            model_name='registration',
            name='window',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='registry.registrationwindow'),
        ),
        migrations.CreateModel(
            name='OldCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('scheme', models.CharField(max_length=60)),
                ('code', models.CharField(max_length=60)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='old_codes', to='registry.producer')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='old_codes', to='registry.product')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code', 'origin'), name='an_old_code_has_one_holder'), models.CheckConstraint(condition=models.Q(models.Q(('scheme', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='an_old_code_says_its_scheme')],
            },
        ),
        migrations.AddConstraint(
            model_name='registrationcheck',
            constraint=models.UniqueConstraint(fields=('registration', 'turn'), name='a_filing_is_checked_once'),
        ),
        migrations.AddConstraint(
            model_name='registrationcheck',
            constraint=models.CheckConstraint(condition=models.Q(('passed', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='sending_back_says_why'),
        ),
        migrations.AddConstraint(
            model_name='checkline',
            constraint=models.UniqueConstraint(fields=('check_of', 'item', 'product'), name='a_check_answers_an_item_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='registrationdecision',
            constraint=models.UniqueConstraint(fields=('registration', 'turn'), name='a_filing_is_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='registrationdecision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'register'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='not_registering_says_why'),
        ),
        migrations.AddConstraint(
            model_name='registrationdecision',
            constraint=models.CheckConstraint(condition=models.Q(('voters__gt', 0)), name='somebody_decided'),
        ),
        migrations.AddConstraint(
            model_name='registrationwindow',
            constraint=models.UniqueConstraint(fields=('fiscal_year_be', 'quarter'), name='one_registration_window_per_quarter'),
        ),
        migrations.AddConstraint(
            model_name='registrationwindow',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='a_year_has_four_quarters'),
        ),
        migrations.AddConstraint(
            model_name='registrationwindow',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='window_closes_after_it_opened'),
        ),
        migrations.AddConstraint(
            model_name='registrationwindow',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('opens_on'), models.F('closes_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registration_windows_do_not_overlap'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['area', 'state'], name='registrations_by_place'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'filed', 'checked', 'returned'))), fields=('producer',), name='one_open_registration_per_producer'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'registered')), fields=('producer',), name='one_standing_registration_per_producer'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned', 'withdrawn')), models.Q(('filed_on__isnull', False), ('turn__gt', 0), ('window__isnull', False)), _connector='OR'), name='a_filing_names_its_window'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned', 'withdrawn')), models.Q(('link_benefit', ''), ('link_labour', ''), ('link_management', ''), ('link_material', ''), _negated=True), _connector='OR'), name='a_registered_producer_is_linked_to_its_community'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned', 'withdrawn')), ('thai_nationals', True), _connector='OR'), name='a_registered_producer_is_thai'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned', 'withdrawn')), models.Q(('type', 'group'), _negated=True), models.Q(('founded_on__isnull', False), ('members__gt', 0), ('members__isnull', False)), _connector='OR'), name='a_group_has_members_and_a_founding_day'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned', 'withdrawn')), models.Q(('type', 'sme'), _negated=True), models.Q(('juristic_number', ''), _negated=True), _connector='OR'), name='an_enterprise_has_its_juristic_number'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('juristic_number', ''), models.Q(('juristic_number__regex', '^0[0-9]{12}$'), ('type', 'sme')), _connector='OR'), name='a_juristic_number_is_thirteen_digits_of_an_enterprise'),
        ),
    ]
