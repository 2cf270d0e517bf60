"""The one form of a round: its name and days, five stages with their rules, criteria, standards, bands, meetings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.clock import year_be_at
from registry.forms.fields import DayField, HundredthsField, LookForm, WholeField, YearField, dress
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Category, Standard
from registry.thai import to_arabic_digits
from selection.actions.drafts import RoundDraft, RoundFields, StageRules
from selection.actions.rounds import SAMPLE_BANDS, SAMPLE_STAGES
from selection.models import (
    CriteriaSet,
    CriteriaState,
    PromotionKind,
    Round,
    RoundCriteria,
    RoundKind,
    RoundStandard,
    StarBand,
    TieRule,
)
from selection.tally import FULL_MARKS, MOST_STARS

STAGES = range(1, 6)
WAYS_UP: dict[int, tuple[PromotionKind, ...]] = {
    1: (PromotionKind.QUOTA, PromotionKind.ALL),
    2: (PromotionKind.QUOTA, PromotionKind.ALL),
    3: tuple(PromotionKind),
    4: tuple(PromotionKind),
}
WITH_TIE_RULE, WITH_LEAST, WITH_AWARD = (2, 3, 4), (3, 4), (3, 4, 5)
PLAIN = ("validity_years", "spread_limit", "quorum_percent", "notice_days", "appeal_days")
OWN = ("year_be", "name_th", "name_en", "register_closes_on", *PLAIN, "source_note_th", "source_note_en")


class KeyField(forms.RegexField):
    """The key of a round, in either digits and either case."""

    def to_python(self, value: Any) -> str:
        return to_arabic_digits(super().to_python(value)).lower()


class RoundForm(LookForm, forms.Form):
    """A new round; with `round_` the rules of a draft, whose key and kind stay."""

    key = KeyField(
        r"^[0-9]{4}(-[a-z0-9]+)?$", label=_("Key of the round"), max_length=12, strip=True,
        help_text=_("It stands in the address: the year, then if need be a hyphen and small Latin letters or digits."),
        error_messages={
            "required": _("Write the key of the round, such as 2569."),
            "invalid": _("Write the year in Arabic digits, then if need be a hyphen and a short word: 2569 or 2569-r1."),
        },
    )  # fmt: skip
    kind = forms.ChoiceField(
        choices=[(RoundKind.STANDARD, _("Round that gives stars")), (RoundKind.REHEARSAL, _("Rehearsal, reaches nobody"))],
        label=_("Kind of round"), widget=forms.RadioSelect, initial=RoundKind.STANDARD,
    )  # fmt: skip
    year_be = YearField(label=_("Year"), error_messages={"required": _("Write the year of the round.")})
    name_th = LineField(
        label=_("Thai name"), max_length=300, error_messages={"required": _("Write the name of the round in Thai.")}
    )
    name_en = LineField(label=_("English name"), max_length=300, required=False)
    register_closes_on = DayField(
        label=_("Closing day of the register"),
        help_text=_("Products registered later, and standards not valid on this day, wait for the next round."),
        error_messages={"required": _("Write the last day of registration, such as 18 กันยายน 2569.")},
    )
    validity_years = WholeField(label=_("Certificates are valid for"), least=1, most=20)
    quorum_percent = WholeField(label=_("Quorum of a committee"), least=1, most=100)
    notice_days = WholeField(label=_("Written notice before a meeting"), least=0, most=60)
    appeal_days = WholeField(label=_("Time to appeal after delivery"), least=1, most=365)
    spread_limit = HundredthsField(label=_("Members of a panel may lie apart"), least=0, most=FULL_MARKS)
    asks_at = forms.TypedChoiceField(
        choices=[(2, _("when leaving stage 2, the amphoe")), (3, _("when leaving stage 3, the province")), (0, _("never"))],
        label=_("Standards are asked"), coerce=int, widget=forms.RadioSelect, initial=2,
    )  # fmt: skip
    source_note_th = StoryField(label=_("Source of the rules, in Thai"), max_length=2000)
    source_note_en = StoryField(label=_("Source of the rules, in English"), max_length=2000)

    def __init__(self, *args: Any, round_: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(Category.objects.all())
        self.standards = list(Standard.objects.prefetch_related("categories"))
        self.criteria_sets = _active_sets()
        if round_ is not None:
            del self.fields["key"], self.fields["kind"]
            self.fields["version"] = VersionField()
        for number in STAGES:
            self._add(f"s{number}", _stage_fields(number))
        for category in self.categories:
            self._add("criteria", {category.code: _criteria_field(self.criteria_sets[category.pk], category)})
            self._add("standards", {category.code: _standards_field(self.standards, category)})
        self._add("band", {str(stars): _band_field(stars) for stars in range(MOST_STARS, 1, -1)})

    def _add(self, prefix: str, fields: dict[str, forms.Field]) -> None:
        for name, field in fields.items():
            self.fields[f"{prefix}_{name}"] = field
            dress(f"{prefix}_{name}", field.widget)

    def stage_rows(self) -> Iterator[dict[str, Any]]:
        """Each stage's number and fields by their short names, for the template."""
        for number in STAGES:
            prefix = f"s{number}_"
            yield {"number": number} | {name[3:]: self[name] for name in self.fields if name.startswith(prefix)}

    def category_rows(self) -> Iterator[tuple[Category, BoundField, BoundField, int]]:
        """Each category with its criteria set, its accepted standards and how many are ticked."""
        for category in self.categories:
            ticked = self[f"standards_{category.code}"]
            yield category, self[f"criteria_{category.code}"], ticked, len(ticked.value() or ())

    def band_rows(self) -> list[tuple[int, BoundField]]:
        return [(stars, self[f"band_{stars}"]) for stars in range(MOST_STARS, 1, -1)]

    def draft(self) -> RoundDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        by_code = {standard.code: standard for standard in self.standards}
        chosen = {str(row.public_id): row for rows in self.criteria_sets.values() for row in rows}
        return RoundDraft(
            fields=RoundFields(**{name: data[name] for name in OWN}),
            stages={number: self._stage(number) for number in STAGES},
            bands={1: 0} | {stars: data[f"band_{stars}"] for stars in range(2, MOST_STARS + 1)},
            criteria=[chosen[data[f"criteria_{c.code}"]] for c in self.categories if data[f"criteria_{c.code}"]],
            accepted=[(c, by_code[code]) for c in self.categories for code in data[f"standards_{c.code}"]],
        )

    def _stage(self, number: int) -> StageRules:
        said = {
            name[3:]: value for name, value in self.cleaned_data.items() if name.startswith(f"s{number}_")
        }  # what the form does not ask of a stage keeps the default of StageRules
        said["asks_eligibility"] = self.cleaned_data["asks_at"] == number
        return StageRules(**{"promotion": PromotionKind.ALL, **said})


def _of_stage(number: int, words: Any) -> str:
    """The label by which the summary of errors tells one stage's field from another's."""
    return _("Stage %(number)s, %(field)s") % {"number": number, "field": words}


def _of_category(words: Any, category: Category) -> Any:
    return _("%(field)s, %(category)s") % {"field": words, "category": category.name}


def _stage_fields(number: int) -> dict[str, forms.Field]:
    missing = {"required": _("Write a day, such as 18 กันยายน 2569.")}
    fields: dict[str, forms.Field] = {
        "opens_on": DayField(label=_of_stage(number, _("opens on")), error_messages=missing),
        "closes_on": DayField(label=_of_stage(number, _("last day")), error_messages=missing),
    }
    if number in WAYS_UP:
        ways = [(way.value, way.label) for way in WAYS_UP[number]]
        fields["promotion"] = forms.ChoiceField(label=_of_stage(number, _("who goes up")), choices=ways)
        fields["quota"] = WholeField(label=_of_stage(number, _("quota")), required=False, least=1, most=9999)
    if number in WITH_LEAST:
        fields["least_total"] = HundredthsField(
            label=_of_stage(number, _("least total")), required=False, most=FULL_MARKS
        )
    if number in WITH_TIE_RULE:
        fields["tie_rule"] = forms.ChoiceField(
            label=_of_stage(number, _("a tie at the edge")), choices=TieRule.choices
        )
    if number in WITH_AWARD:
        fields["award_up_to"] = forms.TypedChoiceField(
            label=_of_stage(number, _("stars of those who stop here")), coerce=int,
            choices=[(0, _("none, they get no star")), *((stars, _("up to %(stars)s") % {"stars": stars}) for stars in range(1, 6))],
        )  # fmt: skip
    return fields


def _active_sets() -> dict[int, list[CriteriaSet]]:
    """The sets that may be chosen, by category, the newest edition first; one query."""
    found: dict[int, list[CriteriaSet]] = defaultdict(list)
    for row in CriteriaSet.objects.filter(state=CriteriaState.ACTIVE).select_related("category").order_by("-edition"):
        found[row.category_id].append(row)
    return found


def _criteria_field(sets: Sequence[CriteriaSet], category: Category) -> forms.ChoiceField:
    choices = [(row.public_id, CriteriaName(row)) for row in sets]
    return forms.ChoiceField(
        label=_of_category(_("Criteria set"), category), required=False, choices=[("", _("not chosen yet")), *choices],
        initial=sets[0].public_id if sets else "",
    )  # fmt: skip


class CriteriaName:
    """A set's name, edition and standing in the reader's language, said when it is shown."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        self.set = criteria_set

    def __str__(self) -> str:
        said = _("%(name)s, edition %(edition)s") if self.set.official else _(
            "%(name)s, edition %(edition)s (sample, not official)"
        )
        return said % {"name": self.set.name, "edition": self.set.edition}


def _standards_field(standards: Sequence[Standard], category: Category) -> forms.MultipleChoiceField:
    """All standards to choose from; at first those are ticked that the register says are for the category."""
    return forms.MultipleChoiceField(
        label=_of_category(_("Accepted standards"), category), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(standard.code, standard.name) for standard in standards],
        initial=[standard.code for standard in standards if category in standard.categories.all()],
    )  # fmt: skip


def _band_field(stars: int) -> HundredthsField:
    return HundredthsField(
        label=_("%(count)s stars from") % {"count": stars}, most=FULL_MARKS,
        error_messages={"required": _("Write the least total for these stars, such as 80.00.")},
    )  # fmt: skip


def sample_values() -> dict[str, Any]:
    """What the form of a new round begins with: this year and the sample's rules."""
    year = year_be_at(timezone.now())
    values: dict[str, Any] = {"year_be": year, "key": str(year)}
    values |= {name: Round._meta.get_field(name).default for name in PLAIN}
    values |= {f"band_{stars}": least for stars, least in SAMPLE_BANDS.items()}
    for number, rules in SAMPLE_STAGES.items():
        said = {"tie_rule": TieRule.COMMITTEE, **rules}
        names = ("promotion", "quota", "tie_rule", "award_up_to")
        values |= {f"s{number}_{name}": said[name] for name in names if name in said}
    return values


def round_values(round_: Round) -> dict[str, Any]:
    """What the form of a draft round begins with."""
    values: dict[str, Any] = {name: getattr(round_, name) for name in OWN} | {"version": round_.version, "asks_at": 0}
    for stage in round_.stages.all():
        names = ("opens_on", "closes_on", "promotion", "quota", "least_total", "tie_rule", "award_up_to")
        values |= {f"s{stage.number}_{name}": getattr(stage, name) for name in names}
        if stage.asks_eligibility:
            values["asks_at"] = stage.number
    values |= {f"band_{band.stars}": band.least for band in StarBand.objects.filter(round=round_)}
    for category in Category.objects.all():
        values |= {f"criteria_{category.code}": "", f"standards_{category.code}": []}
    for used in RoundCriteria.objects.filter(round=round_).select_related("category", "criteria_set"):
        values[f"criteria_{used.category.code}"] = used.criteria_set.public_id
    for taken in RoundStandard.objects.filter(round=round_).select_related("category", "standard"):
        values[f"standards_{taken.category.code}"].append(taken.standard.code)
    return values
