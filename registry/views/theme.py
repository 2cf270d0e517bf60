"""Light, dark, or as the device has it: kept in a cookie, for anybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from registry.context import THEMES

A_YEAR = 365 * 24 * 60 * 60


class ThemeSet(View):
    """Keeps the theme and goes back to the page; anything but light and dark means as the device has it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("next") or request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        response = HttpResponseRedirect(wanted if ours else "/")
        theme = request.POST.get("theme", "")
        if theme in THEMES:
            response.set_cookie(
                "theme", theme, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie("theme", samesite="Lax")
        return response
