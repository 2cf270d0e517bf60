"""Lines about imported files: those that wait for their sender's word, and the questions they left."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import ImportFile, ImportState, Question, User
from registry.worklist.lines import Group, Line, capped, how_many, provider, registers


@provider
def open_questions(user: User, at: datetime) -> Iterable[Line]:
    """One line for all questions from imports about the user's areas."""
    if not registers(user, at):
        return
    count = capped(Question.objects.visible_to(user).open())
    if count:
        yield Line(
            what=_("Questions from imported files: %(count)s") % {"count": how_many(count)},
            why=_("Rows wait until somebody who knows the place decides."),
            url=reverse("registry:question-list"), group=Group.QUESTION, where=_("Imports"), count=count,
        )


@provider
def checked_imports(user: User, at: datetime) -> Iterable[Line]:
    """A line for each of the user's files that was checked and waits for his word; the newest five."""
    files = ImportFile.objects.filter(created_by=user, state=ImportState.CHECKED).order_by("-id")[:5]
    for file in files:
        yield Line(
            what=_("Confirm the import of %(file)s") % {"file": file.name},
            why=_("%(rows)s rows were checked and wait for your word.") % {"rows": f"{file.rows:,}"},
            url=reverse("registry:import-show", args=[file.public_id]), group=Group.MINE, where=_("Imports"),
        )
