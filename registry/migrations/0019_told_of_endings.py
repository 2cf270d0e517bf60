"""What was told of papers that end: once for each last day and threshold, and never taken back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0018_every_standard_of_the_field'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpiryNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('valid_to', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conformity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.conformity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('conformity', 'valid_to', 'days'), name='an_end_is_told_once_a_threshold'), models.CheckConstraint(condition=models.Q(('days__in', (90, 30, 7))), name='an_end_is_told_90_30_or_7_days_ahead')],
            },
        ),
        migrations.RunSQL("SELECT make_append_only('registry_expirynotice')", migrations.RunSQL.noop),
    ]
