"""How every form looks to the page, and fields that read Thai days, years and numbers as people write them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models import Area
from registry.thai import date_words, parse_date, parse_hundredths, parse_whole, parse_year_be, year_be

GREATEST_WHOLE = 2**31 - 1
FILL_IN, CHOOSE = _("Fill this in."), _("Choose one.")
LANGUAGE_OF_ENDING = {"_th": "th", "_en": "en"}


class LookForm:
    """Mixed into a form, before `forms.Form`: its widgets get the classes of the style sheet.

    The browser's own bubbles are switched off, so that every error is said by the server, in the reader's language and
    in one place. Fields ending in _th or _en say their language.
    """

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(name, field.widget)
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = CHOOSE if hasattr(field, "choices") else FILL_IN


def dress(name: str, widget: forms.Widget) -> None:
    """Give a widget the class, size and language with which the page shows it; what is already set stays."""
    attrs = widget.attrs
    if isinstance(widget, forms.Textarea):
        attrs.pop("cols", None)
        attrs["rows"] = attrs.get("rows") if attrs.get("rows") not in (None, "10") else "4"
    if isinstance(widget, forms.DateInput):
        attrs.setdefault("autocomplete", "off")
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple) or widget.is_hidden:
        return
    if language := LANGUAGE_OF_ENDING.get(name[-3:]):
        attrs.setdefault("lang", language)
    if "inp" not in attrs.get("class", "").split():
        attrs["class"] = f"inp {attrs.get('class', '')}".strip()


class WrittenField(forms.CharField):
    """A line of text that is read into a value, and shown again as a person would write it."""

    longest = 60

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", self.longest)
        super().__init__(**kwargs)

    def read(self, text: str) -> Any:
        """The value of what was typed; ValueError when it says none."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """The value as it is shown in the field."""
        return str(value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(self.error_messages["unread"], "unread", {"typed": text}) from error

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else self.written(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.read(data or "") != initial)
        except (ValueError, OverflowError):
            return bool(data) or initial is not None


class DayField(WrittenField):
    """A day in either era and either digits, with a month's name or as figures; gives a `date`."""

    default_error_messages = {
        "unread": _("“%(typed)s” is not a day yet. Write it like 18 กันยายน 2567 or 18/09/2567."),
    }

    def read(self, text: str) -> date:
        return parse_date(text)

    def written(self, value: date) -> str:
        return date_words(value, (get_language() or "th")) if year_be(value) >= 2484 else value.isoformat()


class YearField(WrittenField):
    """A year of either era; gives the Buddhist Era year."""

    default_error_messages = {"unread": _("“%(typed)s” is not a year yet. Write it like 2567 or ๒๕๖๗.")}

    def read(self, text: str) -> int:
        return parse_year_be(text)


class WholeField(WrittenField):
    """A whole number from `least` to `most`, in either digits, with or without commas; gives an `int`."""

    default_error_messages = {
        "unread": _("“%(typed)s” is not a whole number yet. Write it like 60 or ๖๐."),
        "range": _("Write a number from %(least)s to %(most)s."),
    }

    def __init__(self, *, least: int = 0, most: int = GREATEST_WHOLE, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def read(self, text: str) -> int:
        return parse_whole(text)

    def written(self, value: int) -> str:
        return f"{value:,}"

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and not self.least <= number <= self.most:
            places = {"least": self.written(self.least), "most": self.written(self.most)}
            raise forms.ValidationError(self.error_messages["range"], "range", places)
        return number


class HundredthsField(WholeField):
    """A number with at most two decimals, such as marks or baht; gives whole hundredths, and so are the bounds."""

    default_error_messages = {"unread": _("“%(typed)s” is not a number with at most two decimals, like 68.50.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def read(self, text: str) -> int:
        return parse_hundredths(text)

    def written(self, value: int) -> str:
        return f"{value // 100:,}.{value % 100:02}"


class AreaTyped(NamedTuple):
    """What came back from an area picker: the code that was chosen, if one was, and the text that was typed."""

    code: str
    typed: str


class AreaPicker(forms.Widget):
    """A text with which one area is found, and the code that was found (name `<field>_typed` beside `<field>`).

    Works without scripts: what was typed goes to the server, which sets `candidates` and shows the form again. A field
    that uses it sets `area` (the one chosen) so that its whole path stands below the text. Gives an `AreaTyped`.
    """

    template_name = "parts/area_picker.html"

    def __init__(self, level: str = "tambon", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.level = level
        self.area: Area | None = None
        self.candidates: Sequence[Area] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, AreaTyped) else AreaTyped(str(getattr(value, "code", value) or ""), "")
        area = self.area or (value if isinstance(value, Area) else None)
        return {
            **context, "level": self.level, "area": area, "candidates": self.candidates,
            "code": typed.code, "typed": typed.typed or (area.name if area else ""),
        }  # fmt: skip

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> AreaTyped:
        return AreaTyped(str(data.get(name) or "").strip(), str(data.get(f"{name}_typed") or "").strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_typed" not in data

    def __deepcopy__(self, memo: dict[int, Any]) -> "AreaPicker":
        copied = super().__deepcopy__(memo)
        copied.area, copied.candidates = None, ()
        return copied
