"""After how many days a letter that was posted counts as received, by the day of posting."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0051_notices_to_committees")]

    operations = [
        migrations.CreateModel(
            name='LapseRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('registered', 'posted, registered with return receipt'), ('abroad', 'posted abroad, registered with return receipt')], max_length=10, verbose_name='how it was posted')),
                ('days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='days from posting')),
                ('starts_on', models.DateField(blank=True, help_text='Empty: always. A change of the law is a new row with its first day.', null=True, verbose_name='for letters posted from')),
                ('law_th', models.CharField(max_length=160, verbose_name='the law, in Thai')),
                ('law_en', models.CharField(max_length=160, verbose_name='the law, in English')),
                ('confirmed', models.BooleanField(default=False, verbose_name='the number of days is confirmed')),
                ('source_note_th', models.TextField(blank=True, verbose_name='source, in Thai')),
                ('source_note_en', models.TextField(blank=True, verbose_name='source, in English')),
            ],
            options={
                'ordering': ['way', 'starts_on'],
            },
        ),
        migrations.AddConstraint(
            model_name='lapserule',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='a_lapse_takes_a_day_or_more'),
        ),
        migrations.AddConstraint(
            model_name='lapserule',
            constraint=models.UniqueConstraint(fields=('way', 'starts_on'), name='one_lapse_rule_of_a_way_and_day', nulls_distinct=False),
        ),
    ]
