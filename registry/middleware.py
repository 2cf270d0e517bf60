"""Turns what an action refused into a page in plain words, and keeps signed-in pages out of shared caches."""

import logging
from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from registry.refusal import Refused
from registry.typed import left

logger = logging.getLogger(__name__)


class PlainAnswers:
    """403, 409, 400 and 503 with a sentence; never a bare 500 for what somebody typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.has_header("Cache-Control")  # what says itself how long it may be kept stays so
        if not said and getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(
                request, f"{exception.status}.html", {"refusals": exception.refusals, "left": left(request)},
                status=exception.status,
            )  # fmt: skip
        if isinstance(exception, DataError | TooManyFieldsSent | UnreadablePostError | SuspiciousOperation):
            return render(request, "400.html", status=400)
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("database not reachable: %s", type(exception).__name__)
            return render(request, "503.html", status=503)
        return None
