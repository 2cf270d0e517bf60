"""Standards with issuer, pattern, validity and categories, each confirmed or not; papers that state no end."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0016_subcategories_and_labels'),
    ]

    operations = [
        migrations.RenameField(
            model_name='standard',
            old_name='source_note',
            new_name='source_note_th',
        ),
        migrations.AddField(
            model_name='conformity',
            name='paper',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.paper'),
        ),
        migrations.AddField(
            model_name='conformity',
            name='no_end',
            field=models.BooleanField(default=False, verbose_name='the paper states no end'),
        ),
        migrations.AddField(
            model_name='standard',
            name='categories',
            field=models.ManyToManyField(blank=True, related_name='+', to='registry.category', verbose_name='categories it is for'),
        ),
        migrations.AddField(
            model_name='standard',
            name='issuer_en',
            field=models.CharField(blank=True, max_length=200, verbose_name='issuer in English'),
        ),
        migrations.AddField(
            model_name='standard',
            name='number_confirmed',
            field=models.BooleanField(default=False, verbose_name='the pattern is confirmed by the issuer'),
        ),
        migrations.AddField(
            model_name='standard',
            name='number_example',
            field=models.CharField(blank=True, max_length=60, verbose_name='example of a number'),
        ),
        migrations.AddField(
            model_name='standard',
            name='source_note_en',
            field=models.TextField(blank=True, verbose_name='source note in English'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='source_note_th',
            field=models.TextField(blank=True, verbose_name='source note in Thai'),
        ),
        migrations.AddField(
            model_name='standard',
            name='validity_confirmed',
            field=models.BooleanField(default=False, verbose_name='the validity is confirmed by the issuer'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='code',
            field=models.CharField(max_length=20, unique=True, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='issuer_th',
            field=models.CharField(blank=True, max_length=200, verbose_name='issuer in Thai'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='name_en',
            field=models.CharField(max_length=160, verbose_name='name in English'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='name_th',
            field=models.CharField(max_length=160, verbose_name='name in Thai'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='number_pattern',
            field=models.CharField(blank=True, max_length=200, verbose_name='pattern of the number'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='order',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='order'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='validity_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usual validity in months'),
        ),
        migrations.AddIndex(
            model_name='conformity',
            index=models.Index(condition=models.Q(('valid_to__isnull', False)), fields=['valid_to'], name='conformities_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='conformity',
            constraint=models.CheckConstraint(condition=models.Q(('no_end', False), ('valid_to', None), _connector='OR'), name='a_paper_without_an_end_has_no_last_day'),
        ),
    ]
