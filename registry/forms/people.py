"""The form at the door."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.forms.texts import LineField

UNKNOWN = _("User name and password do not go together. Check both, also whether the keyboard is on Thai.")


class LoginForm(LookForm, AuthenticationForm):
    """User name and password; the answer is the same for an unknown name, a wrong password and a closed account."""

    username = LineField(
        label=_("User name"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
        error_messages={"required": _("Write your user name.")},
    )
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )
    error_messages = {"invalid_login": UNKNOWN, "inactive": UNKNOWN}

    def clean_username(self) -> str:
        """User names are kept in small letters; a phone likes to begin with a capital."""
        return self.cleaned_data["username"].lower()
