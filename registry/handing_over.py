"""The list of what is open in an office, as both sign it: the lines of the work list and the drafts not sent."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import override

from registry.models import Draft, Handover, ImportFile, OfficeTitle, Registration, User
from registry.signature import Titles
from registry.worklist import lines_for

# the terms of officers, and the handover itself, are not handed over
LEFT_OUT = ("/officers/", "/handovers/")
DRAFTS_SHOWN = 100


def body_of(handover: Handover, at: datetime) -> str:
    """The list in Thai as canonical JSON: who to whom, by which order, every open line, files not done, drafts by page."""
    with override("th"):
        held, titles = handover.appointment, OfficeTitle.objects.worded()
        told = {
            "giver": list(held.signature("th", titles).lines), "taker": list(taker_lines(handover, titles)),
            "office": held.title("th", titles),
            "order_no": handover.order_no, "held_on": handover.held_on.isoformat(), "lines": _lines(held.user, at),
            "drafts": list(drafts_of(held.user)), "files": _files(held.user), "begun": _begun(held.user),
        }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def taker_lines(handover: Handover, titles: Titles) -> tuple[str, ...]:
    """How the taker signs: by his appointment to the office, whether it runs or comes."""
    held = handover.appointment
    same = handover.taker.appointments.filter(office=held.office, area=held.area, taken_back=False)
    newest = same.select_related("user", "stands_for", "area").order_by("-starts_on", "-id").first()
    return newest.signature("th", titles).lines if newest else (f"({handover.taker.name_in('th')})",)


def _lines(giver: User, at: datetime) -> list[dict[str, Any]]:
    return [
        {"group": str(group.label), "what": line.what, "why": str(line.why), "where": line.where,
         "due": line.due.isoformat() if line.due else ""}
        for group, lines in lines_for(giver, at).items()
        for line in lines if not line.url.startswith(LEFT_OUT)
    ]  # fmt: skip


def _files(giver: User) -> list[str]:
    """Files of his that were not taken over yet, by name; the newest hundred."""
    rows = ImportFile.objects.filter(created_by=giver).exclude(state__in=("done", "refused", "cancelled")).order_by("-id")
    return [file.name for file in rows[:DRAFTS_SHOWN]]


def _begun(giver: User) -> list[str]:
    """Registrations he began and did not file, by their producer and number; the newest hundred."""
    rows = Registration.objects.filter(created_by=giver, state="draft").select_related("producer").order_by("-id")
    return [f"{row.producer.name} ({row.public_id})" for row in rows[:DRAFTS_SHOWN]]


def drafts_of(giver: User) -> list[str]:
    """The pages of his unsent drafts; never what was typed."""
    rows = Draft.objects.filter(user=giver).order_by("page")
    return list(rows.values_list("page", flat=True)[:DRAFTS_SHOWN])
