"""Photographs of products, named by their content; a row ends, nothing is deleted."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0012_registration_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                ('focus_x', models.PositiveSmallIntegerField(default=50)),
                ('focus_y', models.PositiveSmallIntegerField(default=50)),
                ('alt_th', models.CharField(blank=True, max_length=200)),
                ('alt_en', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='registry.product')),
            ],
            options={
                'ordering': ['place', 'id'],
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['product', 'place'], name='live_photos_in_order')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('product', 'digest'), name='a_picture_stands_once_with_its_product'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='photo_digest_is_sha256'), models.CheckConstraint(condition=models.Q(('focus_x__range', (0, 100)), ('focus_y__range', (0, 100))), name='photo_focus_lies_in_the_picture'), models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0), ('widths__contains', [models.F('width')])), name='photo_has_its_own_width_among_its_sizes')],
            },
        ),
    ]
