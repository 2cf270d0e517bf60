"""The quadrant of a product: its questions and items as words that can be edited, and each classification, kept for good."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.products import Product
from registry.models.rows import FactRow
from registry.quadrant import MARKS, QUESTIONS, ROWS, RULE, Mark, Quadrant, items

ANSWERS = ("standard", "potential", "process", "development", "market")  # a column for each question, in order


class Worded(models.Model):
    """Words in both languages whose official text was not reached: shown as such, editable, with where they come from."""

    text_th = models.CharField(_("text in Thai"), max_length=250)
    text_en = models.CharField(_("text in English"), max_length=250)
    confirmed = models.BooleanField(_("the text is confirmed by the department"), default=False)
    source_note_th = models.TextField(_("source note in Thai"), blank=True)
    source_note_en = models.TextField(_("source note in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_th

    @property
    def source_note(self) -> str:
        return self.source_note_en if get_language() == "en" else self.source_note_th


class QuadrantQuestion(Worded):
    """One of the five things asked of a product."""

    number = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class QuadrantItem(Worded):
    """One answer to a question; its code is what the table reads and never changes."""

    question = models.ForeignKey(QuadrantQuestion, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=3, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class QuadrantKind(Worded):
    """What a quadrant is called, what it means, and the name of its mark."""

    letter = models.CharField(max_length=1, unique=True)
    meaning_th = models.TextField(_("meaning in Thai"), blank=True)
    meaning_en = models.TextField(_("meaning in English"), blank=True)
    mark_th = models.CharField(_("mark in Thai"), max_length=80, blank=True)
    mark_en = models.CharField(_("mark in English"), max_length=80, blank=True)

    class Meta:
        ordering = ["letter"]

    def __str__(self) -> str:
        return f"{self.letter} {self.text}"

    @property
    def meaning(self) -> str:
        return self.meaning_en if get_language() == "en" else self.meaning_th

    @property
    def mark(self) -> str:
        return self.mark_en if get_language() == "en" else self.mark_th


class ClassificationQuerySet(models.QuerySet["Classification"]):
    def current(self) -> Self:
        """The newest of each product."""
        newer = Classification.objects.filter(product=OuterRef("product"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))


def _fits(quadrant: Quadrant) -> Q:
    return Q(**{f"{ANSWERS[question - 1]}__in": wanted for question, wanted in ROWS[quadrant].items()})


def follows_from_the_table() -> Q:
    """Rows of the present rule have the quadrant whose row they fit, and its mark; unclassified ones fit none."""
    right, none_fits = Q(), Q()
    for quadrant in ROWS:
        mark = MARKS[quadrant]
        right |= Q(quadrant=quadrant.value, mark=mark.value, premium=mark is Mark.GOLD) & _fits(quadrant)
        none_fits &= ~_fits(quadrant)
    answered = Q(**{f"{name}__in": items(question) for question, name in zip(QUESTIONS, ANSWERS, strict=True)})
    right |= Q(quadrant=Quadrant.UNCLASSIFIED.value, mark="", premium=False) & none_fits & answered
    return ~Q(rule=RULE) | right


class Classification(FactRow):
    """Five answers about a Product and what they came to by the rule of that day; append-only, a correction is the next."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="classifications")
    number = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=3)
    potential = models.CharField(max_length=3, blank=True)
    process = models.CharField(max_length=3, blank=True)
    development = models.CharField(max_length=3, blank=True)
    market = models.CharField(max_length=3, blank=True)
    said = models.JSONField(default=list)  # the items' words in both languages as they stood when they were chosen
    quadrant = models.CharField(max_length=1, choices=[(one.value, one.name) for one in Quadrant])
    mark = models.CharField(max_length=6, blank=True, choices=[(one.value, one.name) for one in Mark if one])
    premium = models.BooleanField()
    rule = models.CharField(max_length=12)
    note = models.CharField(max_length=500, blank=True)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        ordering = ["product", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="classifications_of_a_product_are_numbered"),
            models.CheckConstraint(condition=follows_from_the_table(), name="a_quadrant_follows_from_its_answers"),
            models.CheckConstraint(condition=Q(number__gte=1), name="the_first_classification_is_number_one"),
        ]
        indexes = [models.Index(fields=["quadrant", "product"], name="classifications_by_quadrant")]

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in ANSWERS)

    @property
    def is_unclassified(self) -> bool:
        return self.quadrant == Quadrant.UNCLASSIFIED


def classified_as(quadrant: str) -> Exists:
    """A condition on products: their newest classification came to `quadrant`."""
    return Exists(Classification.objects.current().filter(product=OuterRef("pk"), quadrant=quadrant))
