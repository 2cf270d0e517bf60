"""/healthz: the state of database, broker and worker, for machines."""

from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError


def health(_request: HttpRequest) -> JsonResponse:
    """200 when all three answer, else 503; each is "ok" or "down"."""
    state = {"database": _database(), "broker": _broker(), "worker": _worker()}
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _broker() -> str:
    try:
        with current_app.connection_for_write(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=0, timeout=1)
    except (OperationalError, OSError):
        return "down"
    return "ok"


def _worker() -> str:
    try:
        return "ok" if current_app.control.ping(timeout=0.5, limit=1) else "down"
    except (OperationalError, OSError):
        return "down"
