"""The titles of offices as papers word them: rows that the centre edits, each with its source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.people import LED, Office
from registry.models.rows import EditableRow
from registry.signature import Titles, Where, Wording


class TitlePlace(models.TextChoices):
    """Where a wording holds."""

    ANYWHERE = Where.ANYWHERE.value, _("Everywhere but Bangkok")
    BANGKOK = Where.BANGKOK.value, _("Bangkok")
    CENTRE = Where.CENTRE.value, _("Centre")


class OfficeTitleQuerySet(models.QuerySet["OfficeTitle"]):
    def worded(self) -> Titles:
        """All of them as signatures ask for them; one query.

        Read by whoever words signatures, once for all of them, and never kept from one request to the next: so that a
        change shows at once in every process.
        """
        rows = self.values_list("office", "leads", "where", "title_th", "title_en", "spaced")
        return {(office, leads, where): Wording(th, en, spaced) for office, leads, where, th, en, spaced in rows}


class OfficeTitle(EditableRow):
    """The title of an office, of its head or its staff, everywhere, in Bangkok or at the centre; only the words change.

    The place is joined to it by `office_title`; `spaced` is the one thing that it must know.
    """

    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    leads = models.BooleanField(_("heads the office"), default=False)
    where = models.CharField(_("where"), max_length=8, choices=TitlePlace.choices)
    title_th = models.CharField(_("title in Thai"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100)
    spaced = models.BooleanField(_("a space before the place, in Thai"), default=False)
    source_note_th = models.TextField(_("source note in Thai"))
    source_note_en = models.TextField(_("source note in English"))

    objects = OfficeTitleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "leads", "where"], name="an_office_has_one_title_in_a_place"),
            models.CheckConstraint(condition=Q(leads=False) | Q(office__in=LED), name="only_an_office_with_a_head_titles_one"),
            models.CheckConstraint(
                condition=Q(where="centre", spaced=False, office__in=["central_officer", "administrator"])
                | ~Q(where="centre") & ~Q(office__in=["central_officer", "administrator"]),
                name="offices_of_the_centre_have_titles_without_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(title_th="") & ~Q(title_en="") & ~Q(source_note_th="") & ~Q(source_note_en=""),
                name="a_title_has_words_and_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_th

    @property
    def source_note(self) -> str:
        return self.source_note_en if get_language() == "en" else self.source_note_th
