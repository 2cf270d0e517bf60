"""What may be told of sales and of producing, and what looks odd in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from registry.clock import bangkok_day
from registry.models import MOST_SATANG, Area, Confirmation, Producer, SalesChannel, StillProducing, Threshold, User
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules.offices import REGISTRARS, holds, place
from registry.thai import baht_words, first_of_month, month_words

LEAST_TOLD = 3  # producers behind a total that everybody sees; fewer would show what one of them sold


def thresholds() -> dict[str, int]:
    """The numbers that people may set otherwise, by code; one query."""
    return dict(Threshold.objects.values_list("code", "value"))


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a sentence says it."""

    first: date

    def __str__(self) -> str:
        return str(Named(month_words(self.first, "th"), month_words(self.first, "en")))


def month_has_come(month: date, at: datetime) -> Refusal | None:
    """Sales are told of a month that has begun; `month` is its first day."""
    if month <= bangkok_day(at):
        return None
    return refuse("month_to_come", N_("%(month)s has not come yet. Choose this month or one before it."),
                  month=Month(month))


def was_there_in(producer: Producer, month: date, field: str | None = None) -> Refusal | None:
    """A producer sells from the month of its registration to the month of its end."""
    if month < first_of_month(producer.registered_on):
        return refuse("before_registration", N_(
            "%(name)s was registered on %(day)s, after %(month)s. Choose a later month, or leave the line empty."
        ), field=field, name=producer.name, day=producer.registered_on, month=Month(month))
    if producer.ended_on is not None and month > producer.ended_on:
        return refuse("after_end", N_(
            "%(name)s ended on %(day)s, before %(month)s. Choose an earlier month, or leave the line empty."
        ), field=field, name=producer.name, day=producer.ended_on, month=Month(month))
    return None


def amount_fits(satang: int | None, field: str | None = None) -> Refusal | None:
    """From zero to what the column holds."""
    if satang is None or 0 <= satang <= MOST_SATANG:
        return None
    return refuse("amount_out_of_range", N_("Write an amount in baht from 0 to %(most)s."), field=field,
                  most=baht_words(MOST_SATANG))


def amount_looks_odd(
    satang: int | None, usual: int | None, bounds: Mapping[str, int], name: str, channel: SalesChannel
) -> Refusal | None:
    """A warning, never a bar: far above what one channel sells in a month, or what this producer usually tells.

    `usual` is the mean of the twelve months before, in satang; `bounds` are the `thresholds()`.
    """
    if satang is None:
        return None
    times = bounds.get("sale_odd_times", 10)
    far_above = usual is not None and usual > 0 and satang > usual * times
    if satang <= bounds.get("sale_odd_baht", 5_000_000) * 100 and not far_above:
        return None
    return refuse("amount_looks_odd", N_(
        "%(amount)s baht for %(name)s, %(channel)s, is far above the usual. It is kept as written:"
        " compare it with the paper, and correct it if a digit is too many."
    ), name=name, channel=Named(channel.name_th, channel.name_en), amount=baht_words(satang))


def sees_sales(user: User | None, area: Area, at: datetime) -> bool:
    """Amounts of single producers are for the officers of the place and those above it, for nobody else."""
    return holds(user, REGISTRARS, area, at)


def grid_area_fits(area: Area) -> Refusal | None:
    """A grid is of one amphoe or one tambon."""
    if area.level in ("amphoe", "tambon"):
        return None
    return refuse("grid_area_wide", N_(
        "%(area)s is too wide for one table. Choose an amphoe or a tambon of it."
    ), field="area", area=place(area))


def not_answered_yet(producer: Producer, year_be: int) -> Refusal | None:
    """One answer a year; who said yes and stops later is ended on the producer's own page."""
    there = Confirmation.objects.filter(
        producer=producer, year_be=year_be, answer__in=[StillProducing.YES, StillProducing.NO]
    ).first()
    if there is None:
        return None
    return refuse("answered_this_year", N_(
        "%(name)s answered for %(year)s on %(day)s already. If it has stopped since, end it on its own page."
    ), name=producer.name, year=year_be, day=bangkok_day(there.at))


@dataclass(frozen=True, slots=True)
class Part:
    """One area of a level: how many producers told, and what they sold in all."""

    code: str
    told: int
    satang: int


def shown_parts(parts: Sequence[Part], whole_is_shown: bool) -> set[str]:
    """The codes of those `parts` of one area whose total may stand on a page for everybody.

    A total stands there only when at least LEAST_TOLD producers are behind it, and so for what can be reckoned from it:
    where the whole is shown, the whole less the shown parts is the sum of the hidden ones, so these must hold
    LEAST_TOLD producers together too; until they do, the shown part with the fewest is hidden with them. Under a hidden
    area everything is hidden, or its parts would add up to it. The figures are those of one closed moment, so that no
    two days can be compared.
    """
    if not whole_is_shown:
        return set()
    by_size = sorted((part for part in parts if part.told), key=lambda part: (part.told, part.code))
    shown = [part for part in by_size if part.told >= LEAST_TOLD]
    hidden = sum(part.told for part in by_size if part.told < LEAST_TOLD)
    while 0 < hidden < LEAST_TOLD and shown:
        hidden += shown.pop(0).told
    return {part.code for part in shown}
