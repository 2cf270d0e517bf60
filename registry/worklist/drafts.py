"""Lines about what the user typed and has not sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import User, drafts_of
from registry.thai import date_words
from registry.worklist.lines import Ask, Group, Line, how_many, provider

A_FORM = gettext_lazy("A form")


def called(page: str) -> str | Promise:
    """What the form of a page is called: its view says so."""
    try:
        with override("th"):  # drafts are kept by their Thai path
            view = resolve(page).func
    except Resolver404:
        return A_FORM
    said: str | Promise = getattr(getattr(view, "view_class", None), "called", A_FORM)
    return said


def draft_line(row: Mapping[str, Any]) -> Line:
    """The line of one draft: which form, about what, since when."""
    what = called(row["page"])
    return Line(
        what=_("%(form)s: %(name)s") % {"form": what, "name": row["name"]} if row["name"] else str(what), url=row["page"],
        why=_("Begun and not sent. Open it to go on, from any device."), group=Group.DRAFT,
        where=_("Typed on %(day)s") % {"day": date_words(bangkok_day(datetime.fromisoformat(row["at"])), get_language() or "th")},
    )


@provider
def drafts(user: User, at: datetime) -> Iterable[Ask]:
    """What the user began on some form and did not send: a few by name, many as one line."""
    yield Ask(
        rows=drafts_of(user), told={"page": "page", "name": "about", "at": "at"}, one=draft_line,
        many=lambda count: Line(
            what=_("Forms begun and not sent: %(count)s") % {"count": how_many(count)}, group=Group.DRAFT, count=count,
            why=_("Open the list to go on or to throw them away."), url=reverse("registry:draft-list"),
        ),
    )  # fmt: skip
