"""The quadrants: questions, items and names as words that can be edited, and classifications, kept for good."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0019_told_of_endings'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuadrantKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_th', models.CharField(max_length=250, verbose_name='text in Thai')),
                ('text_en', models.CharField(max_length=250, verbose_name='text in English')),
                ('confirmed', models.BooleanField(default=False, verbose_name='the text is confirmed by the department')),
                ('source_note_th', models.TextField(blank=True, verbose_name='source note in Thai')),
                ('source_note_en', models.TextField(blank=True, verbose_name='source note in English')),
                ('letter', models.CharField(max_length=1, unique=True)),
                ('meaning_th', models.TextField(blank=True, verbose_name='meaning in Thai')),
                ('meaning_en', models.TextField(blank=True, verbose_name='meaning in English')),
                ('mark_th', models.CharField(blank=True, max_length=80, verbose_name='mark in Thai')),
                ('mark_en', models.CharField(blank=True, max_length=80, verbose_name='mark in English')),
            ],
            options={
                'ordering': ['letter'],
            },
        ),
        migrations.CreateModel(
            name='QuadrantQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_th', models.CharField(max_length=250, verbose_name='text in Thai')),
                ('text_en', models.CharField(max_length=250, verbose_name='text in English')),
                ('confirmed', models.BooleanField(default=False, verbose_name='the text is confirmed by the department')),
                ('source_note_th', models.TextField(blank=True, verbose_name='source note in Thai')),
                ('source_note_en', models.TextField(blank=True, verbose_name='source note in English')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='QuadrantItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_th', models.CharField(max_length=250, verbose_name='text in Thai')),
                ('text_en', models.CharField(max_length=250, verbose_name='text in English')),
                ('confirmed', models.BooleanField(default=False, verbose_name='the text is confirmed by the department')),
                ('source_note_th', models.TextField(blank=True, verbose_name='source note in Thai')),
                ('source_note_en', models.TextField(blank=True, verbose_name='source note in English')),
                ('code', models.CharField(max_length=3, unique=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='registry.quadrantquestion')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('standard', models.CharField(max_length=3)),
                ('potential', models.CharField(blank=True, max_length=3)),
                ('process', models.CharField(blank=True, max_length=3)),
                ('development', models.CharField(blank=True, max_length=3)),
                ('market', models.CharField(blank=True, max_length=3)),
                ('said', models.JSONField(default=list)),
                ('quadrant', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('-', 'UNCLASSIFIED')], max_length=1)),
                ('mark', models.CharField(blank=True, choices=[('gold', 'GOLD'), ('silver', 'SILVER'), ('red', 'RED'), ('blue', 'BLUE')], max_length=6)),
                ('premium', models.BooleanField()),
                ('rule', models.CharField(max_length=12)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classifications', to='registry.product')),
            ],
            options={
                'ordering': ['product', '-number'],
                'indexes': [models.Index(fields=['quadrant', 'product'], name='classifications_by_quadrant')],
                'constraints': [models.UniqueConstraint(fields=('product', 'number'), name='classifications_of_a_product_are_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'qd-1'), _negated=True), models.Q(('mark', 'gold'), ('premium', True), ('quadrant', 'A'), ('development__in', ('4.1',)), ('market__in', ('5.1',)), ('potential__in', ('2.1',)), ('process__in', ('3.1', '3.2')), ('standard__in', ('1.1', '1.2'))), models.Q(('mark', 'silver'), ('premium', False), ('quadrant', 'B'), ('development__in', ('4.2',)), ('market__in', ('5.1', '5.2', '5.3', '5.4')), ('potential__in', ('2.2', '2.3')), ('process__in', ('3.3',)), ('standard__in', ('1.1', '1.2'))), models.Q(('mark', 'red'), ('premium', False), ('quadrant', 'C'), ('development__in', ('4.3', '4.4')), ('market__in', ('5.1', '5.3', '5.4')), ('potential__in', ('2.2', '2.3')), ('process__in', ('3.2',)), ('standard__in', ('1.1', '1.2'))), models.Q(('mark', 'blue'), ('premium', False), ('quadrant', 'D'), ('standard__in', ('1.3',))), models.Q(('mark', ''), ('premium', False), ('quadrant', '-'), models.Q(('development__in', ('4.1',)), ('market__in', ('5.1',)), ('potential__in', ('2.1',)), ('process__in', ('3.1', '3.2')), ('standard__in', ('1.1', '1.2')), _negated=True), models.Q(('development__in', ('4.2',)), ('market__in', ('5.1', '5.2', '5.3', '5.4')), ('potential__in', ('2.2', '2.3')), ('process__in', ('3.3',)), ('standard__in', ('1.1', '1.2')), _negated=True), models.Q(('development__in', ('4.3', '4.4')), ('market__in', ('5.1', '5.3', '5.4')), ('potential__in', ('2.2', '2.3')), ('process__in', ('3.2',)), ('standard__in', ('1.1', '1.2')), _negated=True), models.Q(('standard__in', ('1.3',)), _negated=True), ('development__in', ('4.1', '4.2', '4.3', '4.4')), ('market__in', ('5.1', '5.2', '5.3', '5.4')), ('potential__in', ('2.1', '2.2', '2.3')), ('process__in', ('3.1', '3.2', '3.3')), ('standard__in', ('1.1', '1.2', '1.3'))), _connector='OR'), name='a_quadrant_follows_from_its_answers'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='the_first_classification_is_number_one')],
            },
        ),
        migrations.RunSQL("SELECT make_append_only('registry_classification')", migrations.RunSQL.noop),
    ]
