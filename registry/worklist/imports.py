"""Lines about imported files: those that wait for their sender's word or are under way, and the questions they left."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import ImportFile, ImportState, Question, User
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers

TOLD = {"name": "name", "rows": "rows", "id": "public_id", "state": "state"}


@provider
def open_questions(user: User, at: datetime) -> Iterable[Ask]:
    """One line for all questions from imports about the user's areas."""
    if not registers(user, at):
        return
    yield Ask(
        rows=Question.objects.visible_to(user).open(), area="area",
        many=lambda count: Line(
            what=_("Questions from imported files: %(count)s") % {"count": how_many(count)},
            why=_("Rows wait until somebody who knows the place decides."),
            url=reverse("registry:question-list"), group=Group.QUESTION, where=_("Imports"), count=count,
        ),
    )  # fmt: skip


@provider
def checked_imports(user: User, at: datetime) -> Iterable[Ask]:
    """The user's files that were checked and wait for his word: a few by name, the newest first."""
    yield Ask(
        rows=ImportFile.objects.filter(created_by=user, state=ImportState.CHECKED).order_by("-id"), told=TOLD,
        one=lambda file: Line(
            what=_("Confirm the import of %(file)s") % {"file": file["name"]},
            why=_("%(rows)s rows were checked and wait for your word.") % {"rows": f"{file['rows']:,}"},
            url=reverse("registry:import-show", args=[file["id"]]), group=Group.MINE, where=_("Imports"),
        ),
        many=lambda count: Line(
            what=_("Imports to confirm: %(count)s") % {"count": how_many(count)}, why=_("Their rows wait for your word."),
            url=reverse("registry:import-list"), group=Group.MINE, where=_("Imports"), count=count,
        ),
    )  # fmt: skip


@provider
def imports_under_way(user: User, at: datetime) -> Iterable[Ask]:
    """The user's files that are being checked or taken in; nobody has to do anything."""
    yield Ask(
        rows=ImportFile.objects.filter(created_by=user, state__in=(ImportState.CHECKING, ImportState.RUNNING)).order_by("-id"),
        told=TOLD,
        one=lambda file: Line(
            what=_("Import of %(file)s") % {"file": file["name"]}, why=_("The file is %(state)s; it goes on without you.") % {
                "state": ImportState(file["state"]).label
            },
            url=reverse("registry:import-show", args=[file["id"]]), group=Group.OTHERS, where=_("Imports"),
        ),
        many=lambda count: Line(
            what=_("Imports under way: %(count)s") % {"count": how_many(count)}, why=_("They go on without you."),
            url=reverse("registry:import-list"), group=Group.OTHERS, where=_("Imports"), count=count,
        ),
    )  # fmt: skip
