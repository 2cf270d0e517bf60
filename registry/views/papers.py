"""A private paper, sent to who reaches its place; it can run nothing in our name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views import View

from registry.models import Paper
from registry.views.gate import Gated

NOTHING_RUNS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


class PaperShow(Gated, View):
    """The file itself: a picture to look at, a PDF to save; the type is what its content was found to be."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        paper = get_object_or_404(Paper.objects.visible_to(request.user), public_id=public_id)
        try:
            with paper.file.open("rb") as stored:
                answer = HttpResponse(stored.read(), content_type=paper.media_type)  # 10 MB at most
        except FileNotFoundError as gone:
            raise Http404 from gone
        answer["Content-Disposition"] = content_disposition_header(not paper.is_picture, paper.name)
        answer["Content-Security-Policy"] = NOTHING_RUNS
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
