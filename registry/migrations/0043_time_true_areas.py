"""Past states of areas, changes of areas as acts, and the questions they leave."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0042_handovers_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('rename', 'new name'), ('recode', 'new code'), ('split', 'division'), ('merge', 'union')], max_length=6, verbose_name='kind')),
                ('on', models.DateField(verbose_name='takes effect on')),
                ('gazette', models.CharField(max_length=160, verbose_name='legal reference')),
                ('source_note', models.TextField(blank=True, verbose_name='source note')),
                ('orders', models.JSONField()),
                ('state', models.CharField(choices=[('planned', 'waits for its day'), ('done', 'carried out'), ('cancelled', 'called off')], default='planned', max_length=9)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PlaceQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
            ],
            options={
                'ordering': ['area', 'id'],
            },
        ),
        migrations.AddField(
            model_name='area',
            name='state_of',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='past_states', to='registry.area'),
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['code'], name='area_by_code'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('state_of', None), ('valid_to__isnull', False), _connector='OR'), name='a_past_state_of_an_area_has_ended'),
        ),
        migrations.AddField(
            model_name='areachange',
            name='changed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='areachange',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='answer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area'),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area'),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='change',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='registry.areachange'),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='changed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.producer'),
        ),
        migrations.AddField(
            model_name='placequestion',
            name='product',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.product'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.CheckConstraint(condition=models.Q(('gazette', ''), _negated=True), name='a_change_of_areas_names_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at', None)), _connector='OR'), name='a_change_carried_out_has_its_time'),
        ),
        migrations.AddIndex(
            model_name='placequestion',
            index=models.Index(condition=models.Q(('answer', None)), fields=['area'], name='open_place_questions'),
        ),
        migrations.AddConstraint(
            model_name='placequestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('producer', None), ('product__isnull', False)), models.Q(('producer__isnull', False), ('product', None)), _connector='OR'), name='a_question_of_place_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='placequestion',
            constraint=models.UniqueConstraint(fields=('change', 'producer'), name='a_producer_is_asked_once_per_change'),
        ),
        migrations.AddConstraint(
            model_name='placequestion',
            constraint=models.UniqueConstraint(fields=('change', 'product'), name='a_product_is_asked_once_per_change'),
        ),
    ]
