"""How an office is held, for whom and why somebody stands in, the order that ends it; one-time codes of logins."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0036_quality_protected")]

    operations = [
        migrations.CreateModel(
            name='LoginCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='appointment',
            name='end_order_no',
            field=models.CharField(blank=True, max_length=60, verbose_name='order that ended it'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('moved', 'Moved to another post'), ('retired', 'Retired'), ('resigned', 'Left the service'), ('returned', 'The holder came back'), ('revoked', 'The order was revoked')], max_length=10, verbose_name='why it ended'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='kind',
            field=models.CharField(choices=[('substantive', 'Holds the office'), ('acting', 'Acts for the holder'), ('in_post', 'Acts in the post'), ('delegated', 'By delegation')], default='substantive', max_length=12, verbose_name='how'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='leads',
            field=models.BooleanField(default=False, verbose_name='heads the office'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='order_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of the order'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='origin',
            field=models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6),
        ),
        migrations.AddField(
            model_name='appointment',
            name='position',
            field=models.CharField(blank=True, max_length=120, verbose_name='position'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='reason',
            field=models.CharField(blank=True, choices=[('vacant', 'The post is vacant'), ('leave', 'The holder is on leave'), ('duty', 'The holder is on duty elsewhere'), ('unable', 'The holder cannot do his duty'), ('unsaid', 'Recorded before a reason was asked')], max_length=10, verbose_name='why somebody else acts'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='stands_as',
            field=models.CharField(blank=True, max_length=160, verbose_name='position stood in for'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='stands_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='history',
            name='acting_as',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.appointment'),
        ),
        migrations.AddField(
            model_name='logincode',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='logincode',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='login_code', to=settings.AUTH_USER_MODEL),
        ),
    ]
