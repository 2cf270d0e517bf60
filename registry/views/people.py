"""Signing in, braked against guessing, and signing out."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse

from registry.actions.logins import WINDOW, count_try, forget_tries
from registry.forms.people import LoginForm
from registry.refusal import Refusal


class Login(views.LoginView):
    """The door. At most ten tries in ten minutes for one user name from one address; others are not touched by it."""

    template_name = "registry/login_form.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        """Where the stranger was going, if that is ours and not this door itself."""
        url = super().get_redirect_url()
        return "" if url.split("?")[0] == self.request.path else url

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        refusal = count_try(**who_tries(request))
        return self._wait(refusal) if refusal else super().post(request, *args, **kwargs)

    def form_valid(self, form: LoginForm) -> HttpResponse:
        forget_tries(**who_tries(self.request))
        return super().form_valid(form)

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def _wait(self, refusal: Refusal) -> HttpResponse:
        form = LoginForm(self.request, initial={"username": self.request.POST.get("username", "")[:60]})
        context = self.get_context_data(form=form, refusals=[refusal])
        response = self.render_to_response(context, status=429)
        response["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response


class Logout(views.LogoutView):
    """Ends the session; by POST only."""


def who_tries(request: HttpRequest) -> dict[str, str]:
    """User name and address of a try at the door."""
    return {"username": request.POST.get("username", "").strip().lower()[:200], "address": address_of(request)}


def address_of(request: HttpRequest) -> str:
    """The address a request came from; a whole /64 of IPv6 counts as one.

    Behind the proxy that production stands behind, it is the last one in X-Forwarded-For: what that proxy itself saw.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        address = ip_address(told)
    except ValueError:
        return told[:60]
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
