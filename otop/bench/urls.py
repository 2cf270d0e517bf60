"""The site's addresses and one that says ok: what the machine and the middleware cost without any page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from otop.urls import handler400, handler403, handler404, handler500
from otop.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def ok(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bench-ok/", ok), *site]
