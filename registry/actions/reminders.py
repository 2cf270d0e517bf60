"""Reminders that the system puts up on the site by itself: to whom, and the yearly one to ask every producer."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from registry.actions.acts import moment
from registry.actions.notice_words import question_words
from registry.actions.notices import put_up, reminder
from registry.clock import bangkok_day, first_day_of_year_be, year_be_at
from registry.models import Appointment, Area, Notice, NoticeKind, Office, Producer, User, unasked
from registry.rules import thresholds

KEEPERS = (Office.RECORDER, Office.AMPHOE_OFFICER)


def keepers_of(rows: QuerySet[Any], area_field: str, origin_field: str, day: date) -> Iterator[tuple[User, Area, int]]:
    """Recorders and amphoe officers of the places of `rows`, each with his area and the number of rows in it.

    Three queries however many rows; who holds two such offices is told of the larger one.
    """
    counts: Counter[tuple[int, str]] = Counter()
    found = rows.order_by().values_list(area_field, f"{area_field}__parent", origin_field).annotate(n=Count("pk"))
    for tambon, amphoe, origin, count in found:
        counts[tambon, origin] += count
        counts[amphoe, origin] += count
    held = Appointment.objects.active_on(day).filter(
        office__in=KEEPERS, area__in={area for area, _origin in counts}, user__is_active=True
    )
    told: dict[int, tuple[User, Area, int]] = {}
    for office in held.select_related("user", "area"):
        count = counts[office.area_id, office.user.origin]
        if count > told.get(office.user_id, (None, None, 0))[2]:
            told[office.user_id] = (office.user, office.area, count)
    yield from told.values()


@transaction.atomic
def remind_to_ask(*, at: datetime | None = None) -> int:
    """Once a year, on its day: each recorder and amphoe officer is told how many producers he is to ask; gives how many."""
    now = moment(at)
    day, year = bangkok_day(now), year_be_at(now)
    begins = first_day_of_year_be(year) + timedelta(days=thresholds().get("confirm_from_day", 1) - 1)
    key = f"ask:{year}"
    if day < begins or Notice.objects.filter(key=key).exists():
        return 0
    asked = Producer.objects.active().filter(unasked(year))
    return put_up(
        [
            reminder(keeper, area, NoticeKind.STILL_PRODUCING, key, question_words(count, year, "th"))
            for keeper, area, count in keepers_of(asked, "area", "origin", day)
        ], at=now,
    )  # fmt: skip
