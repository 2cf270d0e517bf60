"""The forms of photographs: sending several at once, and describing one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField
from registry.models import Photo
from registry.models.photos import FOCUS_POINTS

NINE = (
    _("top left"), _("top"), _("top right"), _("left"), _("the middle"), _("right"), _("bottom left"), _("bottom"),
    _("bottom right"),
)  # fmt: skip
POINTS = [f"{x}-{y}" for y in FOCUS_POINTS for x in FOCUS_POINTS]


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Files of any number; gives them as a list, empty ones too, so that each is refused by its name."""

    def clean(self, data: Sequence[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        return [file for file in data or () if file]


class PhotoForm(LookForm, forms.Form):
    """Pictures from the gallery, or one taken now with the camera of the phone."""

    photos = PhotosField(
        label=_("Photographs"), required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        help_text=_("Several at once: JPEG, PNG or WebP, each up to 20 MB, together up to 60 MB."),
    )
    camera = PhotosField(
        label=_("Or take one now"), required=False,
        widget=SeveralFiles(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("On a phone this opens the camera."),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["uploads"] = [*data.get("photos", ()), *data.get("camera", ())]
        if self.too_large:
            self.add_error("photos", _("These are more than 20 MB a picture or 60 MB together. Send fewer at once."))
        elif not data["uploads"]:
            self.add_error("photos", _("Choose one or more pictures first."))
        return data


class PhotoChangeForm(LookForm, forms.Form):
    """What a photograph shows, and the point that must be seen however a page cuts it."""

    alt_th = LineField(
        label=_("What the photograph shows"), max_length=200, required=False,
        help_text=_("For people who cannot see it. Such as: หญิงสองคนย้อมด้ายในหม้อคราม."),
    )
    alt_en = LineField(label=_("The same in English"), max_length=200, required=False)
    focus = forms.ChoiceField(
        label=_("What must always be seen"), widget=forms.RadioSelect,
        choices=list(zip(POINTS, NINE, strict=True)),
        help_text=_("Pages cut a picture to their shape. Touch the part that must stay."),
        error_messages={
            "required": _("Choose the part of the picture that must always be seen."),
            "invalid_choice": _("Choose the part of the picture that must always be seen."),
        },
    )  # fmt: skip
    version = VersionField()


class PhotoEndForm(LookForm, forms.Form):
    version = VersionField()


def photo_values(photo: Photo) -> dict[str, Any]:
    """What the form of a stored photo begins with."""
    return {
        "alt_th": photo.alt_th, "alt_en": photo.alt_en, "focus": f"{photo.focus_x}-{photo.focus_y}", "version": photo.version,
    }  # fmt: skip
