"""Notices with their recipients, what happened to each, sendings to many, and codes of letters."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0044_areas_protected'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('papers_end', 'Papers that end'), ('still_producing', 'Still producing?'), ('registration', 'Result of a registration'), ('message', 'Message')], max_length=16, verbose_name='what it is about')),
                ('channel', models.CharField(choices=[('in_app', 'on the site'), ('mail', 'by mail'), ('letter', 'by letter')], max_length=6, verbose_name='by which way')),
                ('state', models.CharField(choices=[('draft', 'draft, waits for approval'), ('approved', 'approved'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('within_days', models.PositiveSmallIntegerField(default=90)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('language', models.CharField(choices=[('th', 'Thai'), ('en', 'English')], default='th', max_length=2)),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='number of the letter')),
                ('total', models.PositiveIntegerField(default=0)),
                ('approved_at', models.DateTimeField(null=True)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=8, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('papers_end', 'Papers that end'), ('still_producing', 'Still producing?'), ('registration', 'Result of a registration'), ('message', 'Message')], max_length=16)),
                ('channel', models.CharField(choices=[('in_app', 'on the site'), ('mail', 'by mail'), ('letter', 'by letter')], max_length=6)),
                ('state', models.CharField(choices=[('draft', 'draft, waits for approval'), ('ready', 'approved, waits to leave'), ('sending', 'being handed to the mail server'), ('maybe', 'perhaps sent: the line broke while it was handed over'), ('sent', 'sent'), ('delivered', 'delivered'), ('failed', 'not delivered'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('about_kind', models.CharField(blank=True, max_length=20)),
                ('about', models.CharField(blank=True, max_length=20)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(choices=[('th', 'Thai'), ('en', 'English')], default='th', max_length=2)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='number of the letter')),
                ('position', models.CharField(blank=True, max_length=160)),
                ('sender', models.CharField(blank=True, max_length=200)),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('message_id', models.CharField(blank=True, max_length=160)),
                ('origin', models.CharField(choices=[('real', 'real'), ('sample', 'sample')], default='real', max_length=6)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.committee')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.person')),
                ('producer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.producer')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.noticebatch')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('act', models.CharField(choices=[('written', 'written'), ('changed', 'words changed'), ('approved', 'approved'), ('withdrawn', 'withdrawn'), ('put_up', "put among the recipient's notices"), ('opened', 'opened by the recipient'), ('handing', 'handed to the mail server'), ('accepted', 'accepted by the mail server'), ('later', 'the mail server asks to try later'), ('refused', 'refused by the mail server'), ('broken', 'the mail server could not be reached'), ('doubtful', 'the line broke while it was handed over: perhaps sent'), ('given_up', 'given up after many tries'), ('again', 'to be sent again'), ('arrived', 'found to have arrived'), ('printed', 'printed'), ('handed', 'handed over'), ('posted', 'posted'), ('returned', 'came back'), ('code_used', 'opened with its code')], max_length=9)),
                ('on', models.DateField(null=True)),
                ('reply', models.CharField(blank=True, max_length=200)),
                ('queue_id', models.CharField(blank=True, max_length=80)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='registry.notice')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='LetterCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('bound', models.CharField(blank=True, max_length=64)),
                ('ended_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='registry.notice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('notice',), name='a_letter_has_one_live_code'), models.CheckConstraint(condition=models.Q(models.Q(('bound', ''), ('used_at', None)), models.Q(('used_at__isnull', False), models.Q(('bound', ''), _negated=True)), _connector='OR'), name='a_used_code_belongs_to_a_device')],
            },
        ),
        migrations.AddConstraint(
            model_name='noticebatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='a_sending_is_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='noticebatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'message'), _negated=True), models.Q(models.Q(('title', ''), _negated=True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='a_message_to_many_has_words'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('key', ''), _negated=True), fields=['key'], name='notices_by_key'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('channel', 'in_app')), fields=['user', 'state'], name='notices_of_a_user'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['area', 'state'], name='notices_by_place'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('channel', 'mail'), ('state', 'ready')), fields=['due_at'], name='mails_due'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('committee', None), ('person', None), ('producer', None), ('user__isnull', False)), models.Q(('committee', None), ('person', None), ('producer__isnull', False), ('user', None)), models.Q(('committee', None), ('person__isnull', False), ('producer', None), ('user', None)), models.Q(('committee__isnull', False), ('person', None), ('producer', None), ('user', None)), _connector='OR'), name='a_notice_has_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'letter'), ('user', None)), models.Q(models.Q(('channel', 'letter'), _negated=True), ('user__isnull', False)), _connector='OR'), name='letters_go_to_those_without_a_login'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), models.Q(('channel', 'in_app'), ('created_by', None)), _connector='OR'), name='nothing_leaves_before_a_person_approved_it'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(models.Q(('title', ''), _negated=True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='what_leaves_has_words'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('batch', 'user'), name='a_sending_reaches_a_user_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('batch', 'producer'), name='a_sending_reaches_a_producer_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('user', 'key'), name='a_user_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('producer', 'key'), name='a_producer_is_told_once'),
        ),
        migrations.AddIndex(
            model_name='noticeevent',
            index=models.Index(fields=['notice', 'id'], name='events_of_a_notice'),
        ),
    ]
