"""What is told of a product in full: sub-category, wisdom, process, packaging, materials, places of sale, prizes; labels."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0013_photos'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='not_live_plant',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='product',
            name='packaging',
            field=models.TextField(blank=True, verbose_name='packaging'),
        ),
        migrations.AddField(
            model_name='product',
            name='process',
            field=models.TextField(blank=True, verbose_name='process'),
        ),
        migrations.AddField(
            model_name='product',
            name='wisdom_holder',
            field=models.CharField(blank=True, max_length=160, verbose_name='wisdom holder'),
        ),
        migrations.AddField(
            model_name='product',
            name='wisdom_holder_public',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='CategoryLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('name_th', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('source_note', models.TextField(blank=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labels', to='registry.category')),
            ],
            options={
                'ordering': ['category', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='raw material')),
                ('country', models.CharField(blank=True, max_length=80)),
                ('share', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_lines', to='registry.product')),
            ],
            options={
                'ordering': ['place', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('year_be', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('name', models.CharField(max_length=200, verbose_name='prize')),
                ('giver', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_lines', to='registry.product')),
            ],
            options={
                'ordering': ['place', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SalesPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('kind', models.CharField(choices=[('shop', 'own shop or workshop'), ('market', 'market or fair'), ('store', "somebody else's shop"), ('online', 'on the internet'), ('other', 'elsewhere')], max_length=6)),
                ('name', models.CharField(max_length=200, verbose_name='place of sale')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_lines', to='registry.product')),
            ],
            options={
                'ordering': ['place', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SubCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name_th', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('order', models.PositiveSmallIntegerField()),
                ('source_note', models.TextField(blank=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subcategories', to='registry.category')),
            ],
            options={
                'ordering': ['category__order', 'order'],
            },
        ),
        migrations.AddField(
            model_name='product',
            name='subcategory',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.subcategory'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('subcategory', None), models.Q(('category', None), _negated=True), _connector='OR'), name='a_subcategory_needs_its_category'),
        ),
        migrations.AddConstraint(
            model_name='categorylabel',
            constraint=models.UniqueConstraint(fields=('category', 'valid_from'), name='one_label_of_a_category_from_a_day'),
        ),
        migrations.AddIndex(
            model_name='material',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['product', 'place'], name='live_materials'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='material_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), ('share__range', (1, 100)), _connector='OR'), name='material_share_is_a_percentage'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('area', None), ('country', ''), _connector='OR'), name='material_comes_from_one_place'),
        ),
        migrations.AddIndex(
            model_name='prize',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['product', 'place'], name='live_prizes'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='prize_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.CheckConstraint(condition=models.Q(('year_be', None), ('year_be__range', (2400, 2700)), _connector='OR'), name='prize_year_is_buddhist_era'),
        ),
        migrations.AddIndex(
            model_name='salesplace',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['product', 'place'], name='live_places_of_sale'),
        ),
        migrations.AddConstraint(
            model_name='salesplace',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='place_of_sale_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='subcategory',
            constraint=models.UniqueConstraint(fields=('id', 'category'), name='subcategory_with_category'),
        ),
    ]
