"""Stage 5: the national committee decides and certifies; what it certified is announced, numbered and listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from registry.actions import ledger
from registry.actions.acts import moment, note, saved_by_another
from registry.clock import bangkok_day
from registry.models import Origin, User, free_public_id, free_public_ids
from registry.refusal import N_, Conflict, Refusal, refuse, require
from registry.thai import normalise
from selection import flow, rules, scoring, tally
from selection.actions.listing import list_certificates
from selection.actions.locks import lock_entries, lock_panel
from selection.actions.stopped import awards_of_stopped
from selection.models import (
    Announcement,
    Award,
    Certificate,
    DecisionLine,
    DecisionOutcome,
    Entry,
    EntryState,
    Panel,
    Round,
)


@transaction.atomic
def decide(
    *,
    panel: Panel,
    entry: Entry,
    outcome: str,
    reason: str = "",
    version: int | None = None,
    by: User,
    at: datetime | None = None,
) -> DecisionLine:
    """Notes what the committee means to do with one entry: certify, hold for later, or no star (the last two with a reason).

    `version` is that of the line the form was opened with, 0 when there was none; None asks nothing.
    """
    now = moment(at)
    locked = lock_panel(panel)
    require(
        rules.may_certify(by, locked, now),
        rules.panel_open(locked),
        rules.stage_open(locked.stage, now),
        rules.before_panel(entry, locked),
    )
    if outcome != DecisionOutcome.CERTIFY and not reason.strip():
        unsaid = N_("Write the reason for not certifying %(name)s now.")
        require(refuse("outcome_reason", unsaid, field="reason", name=entry.product.name))
    _same_line(locked, entry, outcome, reason, version)
    said = {"panel": locked, "outcome": outcome, "reason": normalise(reason)}
    line, _fresh = DecisionLine.objects.update_or_create(
        entry=entry,
        defaults={**said, "version": F("version") + 1, "changed_by": by, "changed_at": now},
        create_defaults={**said, "created_by": by, "created_at": now, "public_id": free_public_id(DecisionLine)},
    )
    note("decide", line, by=by, at=now, after={"entry": entry.public_id, "outcome": outcome})
    return line


def _same_line(panel: Panel, entry: Entry, outcome: str, reason: str, version: int | None) -> None:
    """Refuses with both texts when the line of the entry is another than the one the form was opened with."""
    stored = panel.decision_lines.filter(entry=entry).first()
    now_at = stored.version if stored else 0
    if version is None or version == now_at:
        return
    theirs = {"outcome": stored.outcome, "reason": stored.reason} if stored else {}
    raise Conflict(
        (saved_by_another(),),
        yours={"outcome": outcome, "reason": reason},
        theirs={**theirs, "version": now_at},
    )


@transaction.atomic
def decide_rest(*, panel: Panel, by: User, at: datetime | None = None) -> int:
    """Notes "certify" for every entry that has no word of the committee yet and has a total; gives how many."""
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_certify(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    seen = weigh(locked, at=now)
    open_ones = [entry for entry in seen.entries if entry.pk not in seen.lines and seen.totals[entry.pk] is not None]
    ids = free_public_ids(DecisionLine, len(open_ones))
    DecisionLine.objects.bulk_create(
        DecisionLine(
            panel=locked,
            entry=entry,
            outcome=DecisionOutcome.CERTIFY,
            created_by=by,
            created_at=now,
            public_id=public_id,
        )
        for entry, public_id in zip(open_ones, ids, strict=True)
    )
    note("decide_rest", locked, by=by, at=now, after={"entries": [entry.public_id for entry in open_ones]})
    return len(open_ones)


def bands_of(round_: Round) -> list[tally.Band]:
    """The round's bands as values."""
    return [tally.Band(band.stars, band.least) for band in round_.bands.all()]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What lies before the national committee: entries, totals (hundredths), the stars that follow, its word so far."""

    entries: list[Entry]
    totals: dict[int, int | None]
    stars: dict[int, int]
    lines: dict[int, DecisionLine]
    refusals: list[Refusal]

    def decided(self, outcome: str) -> list[Entry]:
        """The entries with this word of the committee."""
        return [entry for entry in self.entries if entry.pk in self.lines and self.lines[entry.pk].outcome == outcome]


def weigh(panel: Panel, *, at: datetime) -> Weighed:
    """Looks at a panel of stage 5 as `certify` does, with all that still keeps it from certifying; changes nothing."""
    stage, entries = panel.stage, scoring.standing(panel)
    standing = {entry.pk for entry in entries}
    lines = {line.entry_id: line for line in panel.decision_lines.all() if line.entry_id in standing}
    totals = scoring.totals(entries)
    bands = bands_of(stage.round)
    stars = {
        pk: tally.capped(tally.stars(total, bands), stage.award_up_to)
        for pk, total in totals.items()
        if total is not None
    }
    certified = [entry for entry in entries if entry.pk in lines and lines[entry.pk].outcome == DecisionOutcome.CERTIFY]
    found = [
        rules.is_standard(stage.round),
        *rules.meeting_in_order(panel, stage.round, at),
        *rules.has_decision(list(lines.values()), entries),
        rules.only_held(list(lines.values()), entries),
        *(rules.total_is_known(entry, totals[entry.pk]) for entry in certified),
    ]
    return Weighed(entries, totals, stars, lines, [refusal for refusal in found if refusal is not None])


@transaction.atomic
def certify(*, panel: Panel, by: User, at: datetime | None = None) -> list[Award]:
    """Gives every entry decided on its stars by the round's bands; held ones wait, refused ones stop. Nothing is public yet.

    Entries that stopped at an earlier stage which may leave stars get theirs here too.
    Refuses without quorum, for a rehearsal, when an entry has no decision or no total, and when all are held.
    """
    now = moment(at)
    locked = lock_panel(panel)
    lock_entries([entry.pk for entry in scoring.standing(locked)])
    require(rules.may_certify(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    seen = weigh(locked, at=now)
    require(seen.refusals)
    certified, refused = seen.decided(DecisionOutcome.CERTIFY), seen.decided(DecisionOutcome.REFUSE)
    awards = [_award(locked, entry, seen.totals[entry.pk] or 0, by, now) for entry in certified]
    awards += awards_of_stopped(locked, bands_of(locked.stage.round), by=by, at=now)
    Award.objects.bulk_create(awards)
    _end_entries(certified, EntryState.DECIDED, by, now)
    _end_entries(refused, EntryState.STOPPED, by, now)
    ledger.append_many(
        [*(_award_leaf(award) for award in awards), *(_refusal_leaf(locked, entry) for entry in refused)], at=now
    )
    return awards


def _award(panel: Panel, entry: Entry, total: int, by: User, at: datetime) -> Award:
    stars = tally.capped(tally.stars(total, bands_of(panel.stage.round)), panel.stage.award_up_to)
    return Award(
        entry=entry,
        round=panel.stage.round,
        origin=entry.origin,
        panel=panel,
        stars=stars,
        total=total,
        stage=panel.stage.number,
        by=by,
        at=at,
    )


def _end_entries(entries: Sequence[Entry], state: str, by: User, at: datetime) -> None:
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        state=state, version=F("version") + 1, changed_at=at, changed_by=by
    )


def _award_leaf(award: Award) -> tuple[str, dict[str, object]]:
    sheets = scoring.totals_by_part(scoring.counted_sheets([award.entry])[award.entry_id])
    return "award", {
        "v": 1,
        "round": award.round.key,
        "entry": award.entry.public_id,
        "product": award.entry.product.public_id,
        "total": award.total,
        "stars": award.stars,
        "stage": award.stage,
        "sheets": sheets,
    }


def _refusal_leaf(panel: Panel, entry: Entry) -> tuple[str, dict[str, object]]:
    return "refusal", {"v": 1, "round": panel.stage.round.key, "entry": entry.public_id}


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
