"""Announcing: what was certified is published, numbered and listed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from registry.actions import ledger
from registry.actions.acts import moment, note
from registry.clock import bangkok_day
from registry.models import Origin, User
from registry.refusal import Refusal, require
from selection import flow, rules
from selection.actions.listing import list_certificates
from selection.models import (
    Announcement,
    Award,
    Certificate,
    Round,
)


def unannounced(round_: Round) -> list[Award]:
    """The awards of a round that are certified and not public yet, in the order of their certification."""
    path = "entry__area__parent__parent__parent"
    found = Award.objects.filter(round=round_, certificate=None)
    return list(found.select_related("entry__product__producer", "entry__category", path).order_by("pk"))


def announcing_refusals(round_: Round, awards: Sequence[Award]) -> list[Refusal]:
    """All that keeps a round's awards from being announced, whoever asks."""
    found = (rules.round_open(round_), rules.is_standard(round_), rules.something_to_announce(awards))
    return [refusal for refusal in found if refusal is not None]


@transaction.atomic
def announce(*, round_: Round, by: User, at: datetime | None = None) -> Announcement:
    """Publishes every certified award that is not public yet: announcement, numbered certificates, the national list."""
    now = moment(at)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    awards = unannounced(locked)
    require(rules.may_announce(by, now), *announcing_refusals(locked, awards))
    day = bangkok_day(now)
    announcement = Announcement.objects.create(
        round=locked, number=locked.announcements.count() + 1, announced_on=day, by=by, at=now
    )
    certificates = _certificates(announcement, awards, day, by, now)
    Certificate.objects.bulk_create(certificates)
    list_certificates(certificates)
    locked.state = flow.after(flow.ROUND, locked.state, "announce")
    locked.save(update_fields=["state"])
    note("announce", locked, by=by, at=now, after={"awards": len(awards)})
    ledger.append_many(
        [
            (
                "announcement",
                {
                    "v": 1,
                    "round": locked.key,
                    "number": announcement.number,
                    "on": day.isoformat(),
                    "awards": len(awards),
                },
            ),
            *(
                (
                    "certificate",
                    {
                        "v": 1,
                        "number": row.number,
                        "product": row.award.entry.product.public_id,
                        "stars": row.award.stars,
                        "from": row.valid_from.isoformat(),
                        "to": row.valid_to.isoformat(),
                    },
                )
                for row in certificates
            ),
        ],
        at=now,
    )
    return announcement


def _certificates(
    announcement: Announcement, awards: Sequence[Award], day: date, by: User, at: datetime
) -> list[Certificate]:
    """Numbers run through the round: year, province, running number; samples say so in the number itself."""
    round_ = announcement.round
    given = Certificate.objects.filter(award__round=round_).count()
    prefix = "SAMPLE-" if round_.origin == Origin.SAMPLE else ""
    until = _years_later(day, round_.validity_years)
    return [
        Certificate(
            award=award,
            announcement=announcement,
            origin=award.origin,
            by=by,
            at=at,
            valid_from=day,
            valid_to=until,
            number=f"{prefix}{round_.key}-{award.entry.area.code[:2]}-{number:05d}",
        )
        for number, award in enumerate(awards, given + 1)
    ]


def _years_later(day: date, years: int) -> date:
    """The last day of a validity that begins on `day`: the day before the same date, years later."""
    try:
        end = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        end = day.replace(year=day.year + years, day=28)
    return date.fromordinal(end.toordinal() - 1)
