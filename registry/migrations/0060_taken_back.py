"""Seats and appointments can be taken back before their first day: their term then has no day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0059_former_names_stay'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='appointment',
            name='appointment_ends_after_it_began',
        ),
        migrations.RemoveConstraint(
            model_name='appointment',
            name='an_office_has_one_head_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='appointment',
            name='an_office_of_the_sample_has_one_head_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='seat',
            name='seat_ends_after_it_began',
        ),
        migrations.AddField(
            model_name='appointment',
            name='taken_back',
            field=models.BooleanField(default=False, verbose_name='taken back before its first day'),
        ),
        migrations.AddField(
            model_name='seat',
            name='taken_back',
            field=models.BooleanField(default=False, verbose_name='taken back before its first day'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back', False), models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR')), models.Q(('ends_on__isnull', False), ('ends_on__lt', models.F('starts_on')), ('taken_back', True)), _connector='OR'), name='appointment_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'substantive'), ('leads', True), ('origin', 'real'), ('taken_back', False)), expressions=[(models.Func(models.F('area'), models.F('area'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='an_office_has_one_head_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'substantive'), ('leads', True), ('origin', 'sample'), ('taken_back', False)), expressions=[(models.Func(models.F('area'), models.F('area'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='an_office_of_the_sample_has_one_head_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back', False), models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR')), models.Q(('ends_on__isnull', False), ('ends_on__lt', models.F('starts_on')), ('taken_back', True)), _connector='OR'), name='seat_ends_after_it_began'),
        ),
    ]
