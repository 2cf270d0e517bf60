"""What stands against a classification, and what is only said of it."""

from collections.abc import Iterator
from datetime import date

from registry.models import Product, QuadrantQuestion
from registry.models.quadrants import ANSWERS
from registry.quadrant import NO_STANDARD, Answers, missing
from registry.refusal import N_, Named, Refusal, refuse


def answers_complete(answers: Answers) -> Iterator[Refusal]:
    """All five questions have an answer; the first is enough where the product has no standard."""
    lacking = missing(answers)
    words = {row.number: Named(row.text_th, row.text_en) for row in QuadrantQuestion.objects.filter(number__in=lacking)}
    for question in lacking:
        yield refuse("answer_missing", N_("Choose the answer that fits best for: %(question)s."),
                     field=ANSWERS[question - 1], question=words.get(question, question))


def nobody_was_quicker(seen: int, newest: int) -> Refusal | None:
    """The form was opened with the newest classification."""
    if seen == newest:
        return None
    return refuse("classified_since", N_(
        "Somebody classified this product while you were answering. Open its page, compare, and classify it again if yours still holds."
    ))


def standards_agree(product: Product, answers: Answers, day: date) -> Refusal | None:
    """A warning, never a bar: what was answered about standards is not what the register holds."""
    held = [row.standard for row in product.conformities.select_related("standard") if row.holds_on(day)]
    if (answers[0] == NO_STANDARD) != bool(held):
        return None
    if held:
        return refuse("standard_held", N_(
            "The answer says that there is no standard, but the register holds %(standard)s. Compare the two."
        ), field="standard", standard=Named(held[0].name_th, held[0].name_en))
    return refuse("standard_not_held", N_(
        "The answer says that there is a standard, but the register holds none in force. Record it on the product's page."
    ), field="standard")
