"""The explanation of a star as public data, computed again from the signed sheets at every request."""

import json
import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.views import View

from selection.explain import Mismatch, explain
from selection.star_history import current_award
from selection.views.catalogue import listed_or_404

JSON = "application/json; charset=utf-8"
logger = logging.getLogger(__name__)


class ExplanationShow(View):
    """Canonical JSON: everything needed to compute the star again, and nothing about who gave which mark."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        award = current_award(listed_or_404(request, pid))
        if award is None:
            raise Http404
        try:
            return HttpResponse(explain(award).canonical(), content_type=JSON)
        except Mismatch:
            logger.exception("an award cannot be computed again from its sheets: %s", award.pk)
            said = {"error": "The stored sheets do not give the stored star. The register has to look into it."}
            return HttpResponse(json.dumps(said), content_type=JSON, status=500)
