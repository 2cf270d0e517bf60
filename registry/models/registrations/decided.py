"""What became of a filing: the officer's check with its answers, and the committee's decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.meetings import Meeting
from registry.models.products import Product
from registry.models.registrations.asked import CheckItem
from registry.models.registrations.filings import Registration
from registry.models.rows import FactRow


class RegistrationCheck(FactRow):
    """The officer's check of one filing: the answers, the words, and whether it goes to the committee."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="checks")
    turn = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    position = models.CharField(max_length=120)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "turn"], name="a_filing_is_checked_once"),
            models.CheckConstraint(condition=Q(passed=True) | ~Q(words=""), name="sending_back_says_why"),
        ]


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_APPLYING = "na", _("does not apply")


class CheckLine(FactRow):
    """One answer of a check, about the whole or about one product."""

    check_of = models.ForeignKey(RegistrationCheck, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "item", "product"], nulls_distinct=False, name="a_check_answers_an_item_once"
            ),
        ]


class Verdict(models.TextChoices):
    """Each is an act of `registry.flow`."""

    REGISTER = "register", _("register")
    REFUSE = "refuse", _("do not register")
    RETURN = "return", _("send back to be completed")


class RegistrationDecision(FactRow):
    """What the amphoe's committee decided at a Meeting about one filing; `voters` took part in it."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="decisions")
    turn = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registration_decisions")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    voters = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "turn"], name="a_filing_is_decided_once"),
            models.CheckConstraint(
                condition=Q(verdict="register") | ~Q(reason=""), name="not_registering_says_why"
            ),
            models.CheckConstraint(condition=Q(voters__gt=0), name="somebody_decided"),
        ]

    @property
    def body(self) -> str:
        """The committee, by the name it had when it decided."""
        return self.meeting.committee.name_at(self.at) if self.meeting.committee else ""
