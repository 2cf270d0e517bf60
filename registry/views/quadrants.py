"""Classifying a product by five questions; the page shows the table that decides and what the register knows of standards."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.quadrants import classify_product
from registry.clock import bangkok_day
from registry.forms.quadrants import ClassificationForm, classification_values
from registry.models import QuadrantItem, QuadrantKind, QuadrantQuestion
from registry.models.quadrants import ANSWERS
from registry.quadrant import printed
from registry.rules.quadrants import standards_agree
from registry.views.products import ProductWriting, standards_of


class ClassificationNew(ProductWriting):
    """Five questions with their newest answers; a product that fits no row is kept as such and waits for a review."""

    template_name = "registry/classification_form.html"
    form_class = ClassificationForm
    called = gettext_lazy("Classify a product")

    def load(self) -> None:
        super().load()
        self.newest = self.product.classifications.order_by("-number").first()
        kinds = {row.letter: row for row in QuadrantKind.objects.all()}
        self.context |= {
            "newest": self.newest, "standards": standards_of(self.product, self.at), "questions": QuadrantQuestion.objects.all(),
            "table": [(letter, kinds.get(letter), cells) for letter, cells in printed()],
            "unconfirmed": QuadrantItem.objects.filter(confirmed=False).exists(), "steps": (),
        }

    def values(self) -> dict[str, Any]:
        return classification_values(self.newest)

    def form(self, *args: Any, **kwargs: Any) -> Form:
        form = super().form(*args, **kwargs)
        self.context["asked"] = [form[name] for name in ANSWERS]
        return form

    def act(self, data: dict[str, Any]) -> str:
        answers = [data[name] for name in ANSWERS]
        made = classify_product(
            by=self.request.user, at=None, product=self.product, answers=answers, seen=data["seen"], remark=data["remark"]
        )
        if made.is_unclassified:
            messages.warning(self.request, _(
                "These answers fit no row of the table. The product is kept as unclassified and waits for a review."
            ))
        if doubt := standards_agree(self.product, answers, bangkok_day(self.at)):
            messages.warning(self.request, doubt.sentence)
        return reverse("registry:product-show", args=[self.product.public_id]) + "#quadrant-h"
