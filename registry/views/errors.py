"""The pages of last resort, in plain words and in the reader's language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from registry.converters import tidied
from registry.typed import left


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Leads on when only the public id was mistyped (O for 0, small letters …), else says that nothing is here."""
    meant = tidied(request.path_info) if request.method in ("GET", "HEAD") else None
    if meant:
        query = request.META["QUERY_STRING"]
        return HttpResponseRedirect(f"{meant}?{query}" if query else meant)
    return render(request, "404.html", {"left": left(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
