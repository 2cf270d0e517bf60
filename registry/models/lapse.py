"""When a letter that was posted counts as received by law, though nobody saw it arrive: the rule as data, and where it stands."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.notices import NoticeAct, NoticeState


class LapseRule(models.Model):
    """After how many days a letter posted in one way counts as received, from a day of posting on (None: always).

    A later rule leaves letters posted before its first day to the earlier one, so a change of the law is a new row.
    """

    way = models.CharField(
        _("how it was posted"), max_length=10,
        choices=[(way.value, way.label) for way in (NoticeAct.REGISTERED, NoticeAct.ABROAD)],
    )
    days = models.PositiveSmallIntegerField(_("days from posting"), validators=[MinValueValidator(1)])
    starts_on = models.DateField(
        _("for letters posted from"), null=True, blank=True,
        help_text=_("Empty: always. A change of the law is a new row with its first day."),
    )
    law_th = models.CharField(_("the law, in Thai"), max_length=160)
    law_en = models.CharField(_("the law, in English"), max_length=160)
    confirmed = models.BooleanField(_("the number of days is confirmed"), default=False)
    source_note_th = models.TextField(_("source, in Thai"), blank=True)
    source_note_en = models.TextField(_("source, in English"), blank=True)

    class Meta:
        ordering = ["way", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="a_lapse_takes_a_day_or_more"),
            models.UniqueConstraint(fields=["way", "starts_on"], nulls_distinct=False, name="one_lapse_rule_of_a_way_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.days}"

    @property
    def law(self) -> str:
        return self.law_en if get_language() == "en" else self.law_th

    @property
    def source_note(self) -> str:
        return self.source_note_en if get_language() == "en" else self.source_note_th


def lapsed_letters(notices: Any, rules: Iterable[LapseRule], day: date) -> Any:
    """The letters that count as received by `day` by lapse of time; none that was seen to arrive or came back."""
    asked, later = Q(pk__in=[]), dict[str, date | None]()
    for rule in sorted(rules, key=lambda one: (one.way, one.starts_on or date.min), reverse=True):
        span = Q(posted_as=rule.way, posted_on__lte=day - timedelta(days=rule.days))
        if rule.starts_on is not None:
            span &= Q(posted_on__gte=rule.starts_on)
        if until := later.get(rule.way):
            span &= Q(posted_on__lt=until)
        later[rule.way] = rule.starts_on
        asked |= span
    return notices.filter(asked, state=NoticeState.SENT, posted_on__isnull=False)
