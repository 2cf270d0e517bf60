"""What an appointment may never be: two heads at once, a stand-in for nobody, an early end without its order."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0038_appointments_of_before")]

    operations = [
        migrations.RemoveConstraint(
            model_name='appointment',
            name='one_open_appointment_per_office',
        ),
        migrations.RemoveField(
            model_name='appointment',
            name='acting',
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('user', 'office', 'area', 'kind'), name='one_open_appointment_per_office'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'substantive'), ('reason', ''), ('stands_as', ''), ('stands_for', None)), models.Q(('kind__in', ('acting', 'in_post')), ('stands_for__isnull', False), models.Q(('reason__in', ['', 'vacant']), _negated=True)), models.Q(('kind__in', ('acting', 'in_post')), ('reason__in', ['vacant', 'unsaid']), ('stands_for', None)), models.Q(('kind', 'delegated'), ('reason', ''), ('stands_for__isnull', False)), _connector='OR'), name='who_stands_in_names_for_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('stands_for', None), models.Q(('stands_for', models.F('user')), _negated=True), _connector='OR'), name='nobody_stands_in_for_himself'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('leads', False), ('office__in', ('amphoe_officer', 'province_officer', 'central_officer')), _connector='OR'), name='only_these_offices_have_a_head'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_order_no', ''), ('end_reason', '')), models.Q(('ends_on__isnull', False), models.Q(('end_reason', ''), _negated=True), models.Q(('end_order_no', ''), _negated=True)), _connector='OR'), name='an_early_end_names_its_order'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'substantive'), ('leads', True), ('origin', 'real')), expressions=[(models.Func(models.F('area'), models.F('area'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='an_office_has_one_head_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'substantive'), ('leads', True), ('origin', 'sample')), expressions=[(models.Func(models.F('area'), models.F('area'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='an_office_of_the_sample_has_one_head_at_a_time'),
        ),
    ]
