"""The drafts of a user, each with the name of what its form is about, as far as he may see it."""

from typing import Any

from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from registry.models.ledger import Draft
from registry.models.producers import Producer
from registry.models.products import Product
from registry.models.registrations import Registration


class RowOfPage(Func):
    """The public id in a path, as `/register/products/7KQ2M4XD/edit/` has one."""

    template = "substring(%(expressions)s from '/([0-9A-Z*~$=]{8})/')"
    output_field = CharField()


def drafts_of(user: Any) -> QuerySet[Draft]:
    """The user's own drafts, the newest first, with `about`: the name of the product or producer they tell of."""
    rows = Draft.objects.filter(user=user).annotate(row=RowOfPage(F("page"))).order_by("-at", "-id")
    product, producer, registration = (
        Subquery(model.objects.visible_to(user).filter(public_id=OuterRef("row")).values(name)[:1])
        for model, name in ((Product, "name"), (Producer, "name"), (Registration, "producer__name"))
    )
    return rows.annotate(about=Coalesce(product, producer, registration))
