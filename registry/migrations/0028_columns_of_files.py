"""What the columns of a file mean: said by its sender and remembered for the same headings."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0027_channels_and_thresholds'),
    ]

    operations = [
        migrations.AddField(
            model_name='importfile',
            name='columns',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importfile',
            name='table',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='importfile',
            name='state',
            field=models.CharField(choices=[('checking', 'being checked'), ('columns', 'waits for its columns to be named'), ('checked', 'checked, waits for your word'), ('running', 'being taken in'), ('done', 'done'), ('refused', 'refused'), ('cancelled', 'cancelled')], default='checking', max_length=10),
        ),
        migrations.CreateModel(
            name='ColumnMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('fields', models.JSONField(default=list)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='column_maps', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'digest'), name='one_map_of_columns_per_sender')],
            },
        ),
    ]
