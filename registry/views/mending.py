"""Mending one row after another: the page of a row that was opened from a check leads on to the next that fails it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from registry.models.quality import QualityCheck


def on_to_next(request: HttpRequest, row: str, url: str) -> str:
    """The address after saving: the next row that fails the check named in `?mend=`, else `url`."""
    said = mending(request, row)
    return said["next"] if said else url


def mending(request: HttpRequest, row: str) -> dict[str, Any]:
    """The check that is being mended, in words, and where the next row is; empty where none is."""
    check = request.GET.get("mend", "")
    if check not in QualityCheck.values or not row:
        return {}
    query = urlencode({"check": check, "area": request.GET.get("in", "")[:8], "after": row})
    return {"words": QualityCheck(check).label, "next": f"{reverse('registry:quality-next')}?{query}"}
