"""What the system says when it will not do something: one sentence a person can act on, in his own language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from django.utils.translation import get_language, gettext, gettext_noop, override

from registry.clock import BANGKOK
from registry.thai import date_words

N_ = gettext_noop


@dataclass(frozen=True, slots=True)
class Named:
    """A name kept in two columns, shown in the language of the reader; English falls back to Thai when it is empty."""

    th: str
    en: str = ""

    def __str__(self) -> str:
        return self.th if (get_language() or "th").startswith("th") else self.en or self.th


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why not.

    `code` is stable and for programs and tests; `msgid` is the English sentence with `%(name)s` places; `params` fill
    them (lazy strings, `Named` and other Refusals are said in the reader's language, dates in words of the Buddhist
    Era); `field` names the form field it belongs to; `who` names the person or office that can put it right.
    """

    code: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    field: str | None = None
    who: str | None = None

    @property
    def sentence(self) -> str:
        """The sentence in the language now active; a translation with a wrong place in it falls back to English."""
        translated = gettext(self.msgid)
        if not self.params:
            return translated
        said = {name: _said(value) for name, value in self.params.items()}
        try:
            return translated % said
        except (KeyError, TypeError, ValueError):
            return self.msgid % said

    def in_language(self, language: str) -> str:
        """The sentence in `language` ("th" or "en"), whatever is active now."""
        with override(language):
            return self.sentence

    def __str__(self) -> str:
        return self.sentence


def _said(value: object) -> object:
    """A parameter as a reader should see it: dates in words (times in Bangkok), numbers untouched, the rest as text."""
    if isinstance(value, datetime):
        local = value.astimezone(BANGKOK) if value.tzinfo else value
        return f"{_said(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return date_words(value, get_language() or "th")
    return value if isinstance(value, int) else str(value)


def refuse(code: str, msgid: str, /, *, field: str | None = None, who: str | None = None, **params: object) -> Refusal:
    """A Refusal with its params by keyword; so no place in a msgid is called `field` or `who`."""
    return Refusal(code=code, msgid=msgid, params=params, field=field, who=who)


class Refused(Exception):
    """An act was refused, for every reason in `refusals`; `status` is the HTTP answer it becomes."""

    status: ClassVar[int] = 403

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(refusals)
        self.refusals = tuple(refusals)

    @property
    def sentences(self) -> list[str]:
        """Each reason as a sentence in the language now active."""
        return [refusal.sentence for refusal in self.refusals]

    @property
    def codes(self) -> list[str]:
        """The codes of the reasons, in order."""
        return [refusal.code for refusal in self.refusals]

    def __str__(self) -> str:
        return "\n".join(self.sentences)


class Conflict(Refused):
    """Someone else saved first: `yours` is what was sent, `theirs` what is stored now, both field name → value."""

    status: ClassVar[int] = 409

    def __init__(
        self,
        refusals: tuple[Refusal, ...],
        *,
        yours: Mapping[str, object] | None = None,
        theirs: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(refusals)
        self.yours = dict(yours or {})
        self.theirs = dict(theirs or {})


def require(*checks: Refusal | Iterable[Refusal | None] | None) -> None:
    """Let the act go on, or raise Refused with every reason found, each once, in the order given."""
    found: dict[tuple[str, str | None, str], Refusal] = {}
    for check in checks:
        for refusal in (check,) if check is None or isinstance(check, Refusal) else check:
            if refusal is not None:
                found.setdefault((refusal.code, refusal.field, refusal.sentence), refusal)
    if found:
        raise Refused(tuple(found.values()))
