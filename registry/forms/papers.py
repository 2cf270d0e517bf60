"""The field that takes one paper: a PDF or a photograph."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.rules.papers import paper_fits, paper_too_large


class PaperField(forms.FileField):
    """A paper as it comes from a phone or a scanner; says at once what `keep_paper` would refuse.

    A view sets `too_large` when the upload was cut at the limit (`request.upload_too_large`): then there is no file to
    read, and the field says so instead of "choose a file".
    """

    too_large = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("A photograph (JPEG, PNG) or a PDF, up to 10 MB."))
        kwargs["error_messages"] = {
            "required": _("Choose a photograph or a PDF first."),
            "max_length": _("The name of the file is too long. Rename it and choose it again."),
        } | kwargs.get("error_messages", {})
        super().__init__(allow_empty_file=True, max_length=200, **kwargs)
        self.widget.attrs["accept"] = "image/jpeg,image/png,application/pdf"

    def clean(self, data: Any, initial: Any = None) -> Any:
        if self.too_large:
            raise ValidationError(str(paper_too_large()), code="paper_large")
        content = super().clean(data, initial)
        if content and content is not initial and (refusal := paper_fits(content)):
            raise ValidationError(refusal.sentence, code=refusal.code)
        return content
