"""What every template may ask: the theme chosen, the public address, whether only samples are shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """`theme` ("light", "dark" or empty for the system's), `public_url`, `local_mode`."""
    chosen = request.COOKIES.get("theme", "")
    return {
        "theme": chosen if chosen in THEMES else "",
        "public_url": settings.OTOP_PUBLIC_URL,
        "local_mode": settings.OTOP_MODE == "local",
    }
