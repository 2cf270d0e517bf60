"""What every template may ask: the theme chosen, the public address, whether only samples are shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registry.models import Notice

THEMES = ("light", "dark")
MOST_UNREAD = 99


def site(request: HttpRequest) -> dict[str, Any]:
    """`theme` ("light", "dark" or empty for the system's), `public_url`, `local_mode`, `unread` (counted when it is shown)."""
    chosen = request.COOKIES.get("theme", "")
    return {
        "theme": chosen if chosen in THEMES else "",
        "public_url": settings.OTOP_PUBLIC_URL,
        "local_mode": settings.OTOP_MODE == "local",
        "unread": SimpleLazyObject(lambda: unread_of(getattr(request, "user", None))),
    }


def unread_of(user: Any) -> str:
    """How many notices the user has not opened, "99+" beyond that; nothing when there is none. One query."""
    count = Notice.objects.inbox_of(user).unread()[: MOST_UNREAD + 1].count()
    return "" if not count else f"{MOST_UNREAD}+" if count > MOST_UNREAD else str(count)
