"""Notices: what is told to whom, by which way, who let it leave, and what became of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.committees import Committee
from registry.models.people import User
from registry.models.personal import Person
from registry.models.producers import Producer
from registry.models.rows import EditableRow, FactRow, Origin
from registry.models.scope import office_reach, within_reach


class NoticeKind(models.TextChoices):
    PAPERS_END = "papers_end", _("Papers that end")
    STILL_PRODUCING = "still_producing", _("Still producing?")
    REGISTRATION = "registration", _("Result of a registration")
    MESSAGE = "message", _("Message")


class Channel(models.TextChoices):
    IN_APP = "in_app", _("on the site")
    MAIL = "mail", _("by mail")
    LETTER = "letter", _("by letter")


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("draft, waits for approval")
    READY = "ready", _("approved, waits to leave")
    SENDING = "sending", _("being handed to the mail server")
    MAYBE = "maybe", _("perhaps sent: the line broke while it was handed over")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("not delivered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class BatchState(models.TextChoices):
    DRAFT = "draft", _("draft, waits for approval")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


LANGUAGES = (("th", _("Thai")), ("en", _("English")))
UNBOUND = ("draft", "withdrawn")  # nothing of it has left
ARRIVED = ("sent", "delivered")  # what a person finds among his notices


def _kept_by_offices(rows: Any, user: object, free: Q) -> Any:
    """Those of `rows` that fulfil `free`, and those in the areas of the user's offices."""
    for lft, rght in office_reach(user):
        free |= lies_in(lft, rght)
    return rows.filter(free)


class BatchQuerySet(models.QuerySet["NoticeBatch"]):
    def visible_to(self, user: object) -> Self:
        """Sendings to areas within the user's reach; those to a committee only by an office, for its members get their own."""
        return _kept_by_offices(within_reach(self, user, "area"), user, Q(committee=None))


class NoticeBatch(EditableRow):
    """One notice to many: its recipients are rows from the beginning, so that nobody is forgotten or told twice."""

    kind = models.CharField(_("what it is about"), max_length=16, choices=NoticeKind.choices)
    channel = models.CharField(_("by which way"), max_length=6, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=BatchState.choices, default=BatchState.DRAFT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="+")
    within_days = models.PositiveSmallIntegerField(default=90)
    title = models.CharField(_("subject"), max_length=200, blank=True)
    words = models.TextField(_("words"), blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="th")
    reference = models.CharField(_("number of the letter"), max_length=60, blank=True)
    total = models.PositiveIntegerField(default=0)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_sending_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(kind="message") | ~Q(title="") & ~Q(words=""), name="a_message_to_many_has_words"
            ),
            models.CheckConstraint(
                condition=Q(committee=None) | Q(kind="message", channel__in=["in_app", "mail"]),
                name="who_sits_on_a_committee_gets_a_message",
            ),
        ]


class NoticeQuerySet(models.QuerySet["Notice"]):
    def inbox_of(self, user: Any) -> Self:
        """What reached this user on the site."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(user=user, channel=Channel.IN_APP, state__in=ARRIVED)

    def desk_of(self, user: object) -> Self:
        """Letters and mails, and messages to many, about areas within the user's reach; never another's reminders.

        What goes to a committee is seen by the offices that keep it, not by its members: who opened what is no matter of
        theirs, and a group of judges is hidden from the other committees of the place.
        """
        rows = within_reach(self, user, "area").exclude(channel=Channel.IN_APP, batch=None)
        return _kept_by_offices(rows, user, Q(committee=None) & (Q(batch=None) | Q(batch__committee=None)))

    def visible_to(self, user: object) -> Self:
        """One's own, and those of one's areas."""
        return self.inbox_of(user) | self.desk_of(user)

    def unread(self) -> Self:
        return self.filter(channel=Channel.IN_APP, state=NoticeState.SENT)

    def for_list(self) -> Self:
        return self.select_related("user", "producer", "committee", "person__producer", "area__parent__parent")


class Notice(EditableRow):
    """One message to one recipient by one way; its words are frozen when a person lets it leave.

    `about_kind` and `about` name the row it is about (a model's name and a public id). `key` keeps the system from
    telling one recipient the same thing twice. `position` and `sender` are those of who approved it, as they were then.
    `posted_as` and `posted_on` are of the last registered post that did not come back: see `registry.models.lapse`.
    """

    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=NoticeState.choices, default=NoticeState.DRAFT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="notices")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="notices")
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="notices")
    batch = models.ForeignKey(NoticeBatch, null=True, on_delete=models.PROTECT, related_name="notices")
    about_kind = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="th")
    title = models.CharField(_("subject"), max_length=200, blank=True)
    words = models.TextField(_("words"), blank=True)
    reference = models.CharField(_("number of the letter"), max_length=60, blank=True)
    position = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    posted_as = models.CharField(max_length=10, blank=True)
    posted_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=160, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "state"], condition=Q(channel="in_app"), name="notices_of_a_user"),
            models.Index(fields=["area", "state"], name="notices_by_place"),
            models.Index(fields=["key"], condition=~Q(key=""), name="notices_by_key"),
            models.Index(fields=["due_at"], condition=Q(channel="mail", state="ready"), name="mails_due"),
            models.Index(fields=["posted_on"], condition=Q(state="sent", posted_on__isnull=False), name="registered_letters_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, producer=None, person=None, committee=None)
                | Q(user=None, producer__isnull=False, person=None, committee=None)
                | Q(user=None, producer=None, person__isnull=False, committee=None)
                | Q(user=None, producer=None, person=None, committee__isnull=False),
                name="a_notice_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(channel="letter", user=None) | ~Q(channel="letter") & Q(user__isnull=False),
                name="letters_go_to_those_without_a_login",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | Q(approved_by__isnull=False, approved_at__isnull=False)
                | Q(channel="in_app", created_by=None),
                name="nothing_leaves_before_a_person_approved_it",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | ~Q(title="") & ~Q(words=""), name="what_leaves_has_words"
            ),
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_as="")
                | Q(posted_on__isnull=False, posted_as__in=["registered", "abroad"], channel="letter"),
                name="only_letters_are_posted",
            ),
            models.UniqueConstraint(fields=["batch", "user"], name="a_sending_reaches_a_user_once"),
            models.UniqueConstraint(fields=["batch", "producer"], name="a_sending_reaches_a_producer_once"),
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="a_user_is_told_once"),
            models.UniqueConstraint(fields=["producer", "key"], condition=~Q(key=""), name="a_producer_is_told_once"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether its words may still be changed."""
        return self.state == NoticeState.DRAFT

    @property
    def is_unread(self) -> bool:
        return self.channel == Channel.IN_APP and self.state == NoticeState.SENT

    @property
    def to_committee(self) -> bool:
        """Whether it goes to a committee, or to somebody because he sits on one."""
        return self.committee_id is not None or (self.batch is not None and self.batch.committee_id is not None)

    @property
    def of_producer(self) -> Producer | None:
        """The producer whose matter it is, if it goes to one or to a person of one."""
        return self.person.producer if self.person is not None else self.producer

    @property
    def recipient(self) -> str:
        """Who it goes to, by a name that anybody may see who sees the notice: of a person only the producer's."""
        if self.user is not None:
            return self.user.full_name
        if self.committee is not None:
            return self.committee.name
        return str(self.of_producer)

    @property
    def recipient_on_paper(self) -> str:
        """The same, as it stands on a letter that was approved: a committee by the name it had then."""
        return self.committee.name_at(self.approved_at) if self.committee is not None else self.recipient


class NoticeAct(models.TextChoices):
    """What happened to a notice; each once it happened, never taken back."""

    WRITTEN = "written", _("written")
    CHANGED = "changed", _("words changed")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PUT_UP = "put_up", _("put among the recipient's notices")
    OPENED = "opened", _("opened by the recipient")
    HANDING = "handing", _("handed to the mail server")
    ACCEPTED = "accepted", _("accepted by the mail server")
    LATER = "later", _("the mail server asks to try later")
    REFUSED = "refused", _("refused by the mail server")
    BROKEN = "broken", _("the mail server could not be reached")
    DOUBTFUL = "doubtful", _("the line broke while it was handed over: perhaps sent")
    GIVEN_UP = "given_up", _("given up after many tries")
    AGAIN = "again", _("to be sent again")
    ARRIVED = "arrived", _("found to have arrived")
    PRINTED = "printed", _("printed")
    HANDED = "handed", _("handed over")
    POSTED = "posted", _("posted")
    REGISTERED = "registered", _("posted, registered with return receipt")
    ABROAD = "abroad", _("posted abroad, registered with return receipt")
    RETURNED = "returned", _("came back")
    CODE_USED = "code_used", _("opened with its code")


REGISTERED_WAYS = (NoticeAct.REGISTERED, NoticeAct.ABROAD)  # after which the law lets a letter count as received


class NoticeEvent(FactRow):
    """One thing that happened to a notice; append-only. `reply` is what the mail server said, without any address.

    `queue_id` is the number under which it travels: of the mail server, or of the post office on a registered letter.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=NoticeAct.choices)
    on = models.DateField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    queue_id = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["notice", "id"], name="events_of_a_notice")]
