"""A sending to who sits on a committee; registered post as a way of a letter; positions as long as a signature."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0050_seats_beside_each_other")]

    operations = [
        migrations.AddField(
            model_name='noticebatch',
            name='committee',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.committee'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='position',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='act',
            field=models.CharField(choices=[('written', 'written'), ('changed', 'words changed'), ('approved', 'approved'), ('withdrawn', 'withdrawn'), ('put_up', "put among the recipient's notices"), ('opened', 'opened by the recipient'), ('handing', 'handed to the mail server'), ('accepted', 'accepted by the mail server'), ('later', 'the mail server asks to try later'), ('refused', 'refused by the mail server'), ('broken', 'the mail server could not be reached'), ('doubtful', 'the line broke while it was handed over: perhaps sent'), ('given_up', 'given up after many tries'), ('again', 'to be sent again'), ('arrived', 'found to have arrived'), ('printed', 'printed'), ('handed', 'handed over'), ('posted', 'posted'), ('registered', 'posted, registered with return receipt'), ('abroad', 'posted abroad, registered with return receipt'), ('returned', 'came back'), ('code_used', 'opened with its code')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='noticebatch',
            constraint=models.CheckConstraint(condition=models.Q(('committee', None), models.Q(('channel__in', ['in_app', 'mail']), ('kind', 'message')), _connector='OR'), name='who_sits_on_a_committee_gets_a_message'),
        ),
    ]
