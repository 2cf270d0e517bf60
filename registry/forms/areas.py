"""Finding one area by any part of its Thai or English name, as a search and as a form's field."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import AreaPicker, AreaTyped
from registry.levels import Level
from registry.models import Area, AreaSuccession, lies_in, reach
from registry.thai import normalise, place_key

SHOWN = 30
OFFERED = 12  # on a form that came back
COUNTED = 200
LONGEST = 80
LEAST_LETTERS = 2
MOST_WORDS = 6
_JOINED = re.compile(r"(?<=\S)(?=อำเภอ|จังหวัด)")
TO_PROVINCE = {Level.TAMBON: "parent__parent__", Level.AMPHOE: "parent__", Level.PROVINCE: ""}


class EnglishKey(Func):
    """The English name in small letters without anything but letters and digits, as `place_key` leaves a typed one."""

    template = "regexp_replace(%(expressions)s, '[^a-z0-9]', '', 'g')"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of areas gave: the first SHOWN by nearness, and the total, counted no further than COUNTED + 1."""

    typed: str
    areas: list[Area]
    total: int

    @property
    def capped(self) -> bool:
        return self.total > COUNTED

    @property
    def groups(self) -> list[tuple[int, list[Area]]]:
        """By nearness: 0 within the searcher's areas, 1 in his provinces, 2 elsewhere; empty groups left out."""
        return [(near, rows) for near in (0, 1, 2) if (rows := [a for a in self.areas if a.nearness == near])]


def words_of(typed: str) -> list[str]:
    """The words of a search, at most MOST_WORDS in LONGEST letters; none when they say less than two letters."""
    text = _JOINED.sub(" ", normalise(typed[: 2 * LONGEST])[:LONGEST])
    words = text.split()[:MOST_WORDS]
    return words if len(place_key(" ".join(words))) >= LEAST_LETTERS else []


def matching(typed: str, level: str | None = None) -> QuerySet[Area]:
    """Current areas whose name contains what was typed, with or without prefixes, in Thai or English.

    Further words narrow by the names above: หนองบัว นามน, or nong bua kalasin. A code finds its area. Fewer than two
    letters find nothing. A name or code that an area had before finds what it is now, as `formerly`.
    """
    words = words_of(typed)
    rows = Area.objects.current().with_path().annotate(
        en_key=EnglishKey(Lower("name_en")), en_key_1=EnglishKey(Lower("parent__name_en")),
        en_key_2=EnglishKey(Lower("parent__parent__name_en")),
    )
    if not words:
        return rows.none()
    condition = Q(code=words[0])
    for cut in range(1, len(words) + 1):
        named = " ".join(words[:cut])
        condition |= (_named("", named) | Q(pk__in=_followed(named))) & _above(words[cut:])
    before = AreaSuccession.objects.filter(_was(" ".join(words)), new=OuterRef("pk"))
    rows = rows.annotate(formerly=Subquery(before.values(said=Concat("old__name_th", Value(" "), "old__code"))[:1]))
    return (rows.filter(level=level) if level else rows.exclude(level=Level.CENTRAL)).filter(condition)


def _was(words: str) -> Q:
    """Links from an area that was called so or had this code."""
    key = place_key(words)
    named = Q(old__name_key__contains=key) | Q(old__name_en__icontains=words)
    return (named if key else Q(pk__in=[])) | Q(old__code=words)


def _followed(words: str) -> QuerySet[Area, int]:
    """The areas that took the place of one called so, or of what took its place."""
    first = AreaSuccession.objects.filter(_was(words)).values("new")
    both = AreaSuccession.objects.filter(Q(pk__in=AreaSuccession.objects.filter(_was(words)).values("pk")) | Q(old__in=first))
    return both.values_list("new", flat=True)


def _named(at: str, words: str) -> Q:
    """The name of the area `at` (a lookup prefix: "", "parent__", "parent__parent__") contains `words`."""
    key = place_key(words)
    english = ("en_key", "en_key_1", "en_key_2")[at.count("parent")]
    return Q(**{f"{at}name_key__contains": key}) | Q(**{f"{english}__contains": key}) if key else Q(pk__in=[])


def _above(words: list[str]) -> Q:
    """Every word is in the name of one of the two areas above; no words ask nothing."""
    condition = Q()
    for word in words:
        condition &= _named("parent__", word) | _named("parent__parent__", word)
    return condition


def find_areas(typed: str, level: str | None, user: object, *, mine_only: bool = False) -> Found:
    """Searches, nearest to the user's own areas first, whole names before parts, then Thai order; at most two queries.

    `mine_only` leaves out what lies outside the user's offices and seats.
    """
    key = place_key(" ".join(words_of(typed)))
    rows = matching(typed, level).annotate(
        nearness=_nearness(level, reach(user)),
        part=Case(
            When(Q(name_key=key) | Q(en_key=key), then=0), When(name_key__startswith=key, then=1),
            When(Q(name_key__contains=key) | Q(en_key__contains=key), then=2), default=3,
        ),
    )
    if mine_only:
        rows = rows.filter(nearness=0)
    areas = list(rows.order_by("nearness", "part", "name_sort", "code")[: COUNTED + 1])
    for area in areas:
        if area.formerly == f"{area.name_th} {area.code}":  # its boundary alone changed
            area.formerly = None
    return Found(typed=normalise(typed[: 2 * LONGEST])[:LONGEST], areas=areas[:SHOWN], total=len(areas))


def _nearness(level: str | None, ranges: list[tuple[int, int]]) -> Case:
    """0 within one of the ranges, 1 in the same province as one, 2 elsewhere."""
    cases = [When(lies_in(lft, rght, ""), then=0) for lft, rght in ranges]
    if level in TO_PROVINCE:
        up = TO_PROVINCE[Level(level)]
        cases += [When(**{f"{up}lft__lte": lft, f"{up}rght__gte": rght}, then=1) for lft, rght in ranges]
    return Case(*cases, default=2, output_field=IntegerField())


class AreaField(forms.Field):
    """An area picked by typing; gives the Area. With `level` None an area of any level but the centre.

    When the text alone fits several areas, the form comes back with them to choose from. The form sets `user`, whose
    own areas then come first; `mine_only` searches nowhere else.
    """

    widget = AreaPicker
    default_error_messages = {
        "required": _("Choose the place: type a part of its name, then pick the line with the right path."),
        "several": _("“%(typed)s” fits several places. Choose one from the list."),
        "many": _("“%(typed)s” fits too many places. Type the amphoe or province behind the name."),
        "nowhere": _("No place has “%(typed)s” in its name. Type fewer letters, or the English name."),
        "unknown": _("This place is not in the list of areas any more. Search for it again."),
    }

    def __init__(self, *, level: str | None = Level.TAMBON, mine_only: bool = False, **kwargs: Any) -> None:
        self.level, self.mine_only = level, mine_only
        self.user: object = None
        super().__init__(**{"widget": AreaPicker(level=level or ""), **kwargs})

    def clean(self, value: AreaTyped | str | None) -> Area | None:
        answer = value if isinstance(value, AreaTyped) else AreaTyped(str(value or ""), "")
        area = self._chosen(answer)
        if area is None and answer.typed:
            area = self._searched(answer.typed)
        if area is None and answer.code:
            raise self._error("unknown", answer.typed)
        if area is None and self.required:
            raise self._error("required", "")
        self.widget.area = area
        return area

    def _chosen(self, answer: AreaTyped) -> Area | None:
        """The area of the code, unless the text was changed to something else since."""
        if not answer.code or len(answer.code) > 8 or "\x00" in answer.code:
            return None
        rows = matching(answer.typed, self.level) if answer.typed else Area.objects.current().with_path()
        if self.level:
            rows = rows.filter(level=self.level)
        found: Area | None = rows.filter(code=answer.code).first()
        return found

    def _searched(self, typed: str) -> Area:
        found = find_areas(typed, self.level, self.user, mine_only=self.mine_only)
        if found.total == 1:
            return found.areas[0]
        self.widget.candidates = found.areas[:OFFERED]
        code = "nowhere" if not found.total else "many" if found.total > OFFERED else "several"
        raise self._error(code, found.typed)

    def _error(self, code: str, typed: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code, {"typed": typed})
