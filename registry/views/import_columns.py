"""Saying in the browser what the columns of a sent file mean; remembered for the next file with these headings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from registry.actions.imports import choose_columns, may_be_named
from registry.forms.import_columns import ColumnsForm
from registry.models import ImportFile
from registry.refusal import require
from registry.rules import may_import
from registry.views.gate import Gated, once_or_form
from registry.views.imports import seen_by

TEMPLATE = "registry/import_columns.html"


class ImportColumns(Gated, View):
    """A line for each column of the file with values from it; the file is then checked anew."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        file = self._file(request, public_id)
        return render(request, TEMPLATE, {"file": file, "form": ColumnsForm(file=file)})

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        file = self._file(request, public_id)
        form = ColumnsForm(request.POST, file=file)

        def act() -> str:
            choose_columns(by=request.user, file=file, fields=form.chosen())
            messages.success(request, _("Remembered for your next file with these headings. The rows are checked now."))
            return reverse("registry:import-show", args=[file.public_id])

        return once_or_form(request, form, act, TEMPLATE, {"file": file})

    def _file(self, request: HttpRequest, public_id: str) -> ImportFile:
        file = get_object_or_404(seen_by(request.user), public_id=public_id)
        require(may_import(request.user, timezone.now()), may_be_named(file))
        return file
