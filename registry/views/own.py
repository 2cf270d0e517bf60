"""What everybody who is signed in keeps of his own login: the password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from registry.actions.login_codes import change_password
from registry.actions.logins import WINDOW, count_try, forget_tries
from registry.forms.officers import OwnPasswordForm
from registry.refusal import Refused
from registry.views.gate import Gated, once, show_refusals
from registry.views.people import address_of


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class OwnPassword(Gated, View):
    """Changing one's password: braked as the door is, for somebody may sit down at a device that was left open."""

    keeps_draft = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(OwnPasswordForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OwnPasswordForm(request.POST)
        if not form.is_valid():
            return self._shown(form, 422)
        who = {"username": request.user.username, "address": address_of(request)}
        if too_many := count_try(**who):
            show_refusals(form, Refused((too_many,)))
            answer = self._shown(form, 429)
            answer["Retry-After"] = str(int(WINDOW.total_seconds()))
            return answer
        try:
            answer = once(request, lambda: self._changed(form))
        except Refused as refused:
            show_refusals(form, refused)
            return self._shown(form, 422)
        forget_tries(**who)
        return answer

    def _changed(self, form: OwnPasswordForm) -> str:
        user = change_password(by=self.request.user, old=form.cleaned_data["old"], password=form.cleaned_data["password"])
        update_session_auth_hash(self.request, user)  # this device stays signed in, all others do not
        messages.success(self.request, gettext("Your password is changed. Other devices on which you were signed in must sign in again."))
        return reverse("registry:worklist")

    def _shown(self, form: OwnPasswordForm, status: int = 200) -> HttpResponse:
        return render(self.request, "registry/own_password.html", {"form": form}, status=status)
