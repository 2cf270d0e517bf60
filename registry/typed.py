"""What a person wrote into a form, told from what the form carried along: shown to him when the form itself cannot be."""

from collections.abc import Mapping

from django.http import HttpRequest

CARRIED = {"csrfmiddlewaretoken", "form_key", "version", "stood", "opened", "weighed", "draft_page", "next", "back", "move"}
SECRET = {"password", "old", "again", "code"}
LONG = 12  # letters; shorter words without a space that are not Thai are choices, codes and numbers


def written(typed: Mapping[str, object]) -> list[str]:
    """The texts among what was typed, each once; no choices, codes, numbers, passwords or hidden fields."""
    texts = [text.strip() for name, text in typed.items() if name not in CARRIED | SECRET and isinstance(text, str)]
    return list(dict.fromkeys(text for text in texts if _is_text(text)))


def left(request: HttpRequest) -> list[str]:
    """What was sent with a form whose row closed or went in between: its writer gets it back."""
    user = getattr(request, "user", None)
    return written(request.POST.dict()) if request.method == "POST" and user is not None and user.is_authenticated else []


def _is_text(text: str) -> bool:
    return " " in text or "\n" in text or any("\u0e00" <= letter <= "\u0e7f" for letter in text) or len(text) >= LONG
