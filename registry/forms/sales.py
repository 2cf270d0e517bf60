"""The grid of a month's sales as a form: one field a cell, and for each row what stood there when it was opened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.actions.sales import SaleLine
from registry.forms.areas import AreaField
from registry.forms.fields import LookForm, WrittenField
from registry.models import MOST_SATANG, Producer, Sale, SalesChannel
from registry.thai import baht_words, parse_baht

LONGEST_AMOUNT = 40
Seen = dict[tuple[int, int], int]  # (producer, channel) → the live row's id


class BahtField(WrittenField):
    """Baht and satang in either digits, with or without commas; empty is not told, 0 is told zero. Gives satang."""

    longest = LONGEST_AMOUNT
    default_error_messages = {
        "unread": _("“%(typed)s” is not an amount yet. Write it like 1,250 or ๑,๒๕๐.๕๐; 0 for nothing sold; empty for not told."),
        "range": _("Write an amount in baht from 0 to %(most)s."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def read(self, text: str) -> int:
        return parse_baht(text)

    def written(self, value: int) -> str:
        return baht_words(value)

    def clean(self, value: Any) -> int | None:
        satang: int | None = super().clean(value)
        if satang is not None and satang > MOST_SATANG:
            raise forms.ValidationError(self.error_messages["range"], "range", {"most": baht_words(MOST_SATANG)})
        return satang


class GridRow(NamedTuple):
    """A producer's line of the grid: its cells as (channel, bound field, warning or nothing), and its hidden field."""

    producer: Producer
    cells: list[tuple[SalesChannel, forms.BoundField, Any]]
    seen: forms.BoundField


def cell_name(producer: Producer, channel: SalesChannel) -> str:
    return f"a_{producer.public_id}_{channel.code}"


def seen_name(producer: Producer) -> str:
    return f"seen_{producer.public_id}"


class SalesGridForm(LookForm, forms.Form):
    """Fields for each of `producers` and `channels`, named by the producer's number and the channel's code."""

    def __init__(
        self, *args: Any, producers: Sequence[Producer], channels: Sequence[SalesChannel], odd: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.producers, self.channels, self.odd = producers, channels, odd or {}
        super().__init__(*args, **kwargs)
        for producer in producers:
            for channel in channels:
                field = BahtField(label=f"{producer.name} · {channel.name}", required=False)
                field.widget.attrs |= {"class": "inp num", "aria-label": field.label}
                self.fields[cell_name(producer, channel)] = field
            self.fields[seen_name(producer)] = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def rows(self) -> Iterable[GridRow]:
        for producer in self.producers:
            names = [(channel, cell_name(producer, channel)) for channel in self.channels]
            cells = [(channel, self[name], self.odd.get(name)) for channel, name in names]
            yield GridRow(producer, cells, self[seen_name(producer)])

    def lines(self) -> list[SaleLine]:
        """Every cell as the action takes it."""
        return [
            SaleLine(producer, channel, self.cleaned_data[name], seen.get(channel.code), name)
            for producer in self.producers
            for seen in [read_seen(self.cleaned_data[seen_name(producer)])]
            for channel in self.channels
            for name in [cell_name(producer, channel)]
        ]


def grid_values(producers: Sequence[Producer], channels: Sequence[SalesChannel], stored: Iterable[Sale]) -> dict[str, Any]:
    """What the grid begins with: the amounts that are told, and which rows told them."""
    live = {(row.producer_id, row.channel_id): row for row in stored}
    values: dict[str, Any] = {}
    for producer in producers:
        there = [(channel, live[producer.pk, channel.pk]) for channel in channels if (producer.pk, channel.pk) in live]
        values |= {cell_name(producer, channel): row.satang for channel, row in there}
        values[seen_name(producer)] = " ".join(f"{channel.code}:{row.pk}" for channel, row in there)
    return values


def read_seen(text: str) -> dict[str, int]:
    """Channel code → row id; what is damaged counts as not seen, so that a save meets a conflict rather than overwrites."""
    found: dict[str, int] = {}
    for piece in (text or "").split():
        code, _colon, number = piece.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 19:
            found[code] = int(number)
    return found


class SalesPlaceForm(LookForm, forms.Form):
    """Which amphoe or tambon, and which month."""

    area = AreaField(
        level=None, mine_only=True, label=_("Amphoe or tambon"), help_text=_("One of yours. Type a part of its name.")
    )
    month = forms.ChoiceField(label=_("Month"), choices=())

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months


def last_months(newest: date, count: int) -> list[date]:
    """`count` months up to `newest`, the newest first."""
    index = newest.year * 12 + newest.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(index, index - count, -1)]
