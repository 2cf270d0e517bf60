"""The forms of notices: the words of a draft, how a letter fared, a code that is typed, and a sending to many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import LANGUAGES, Channel, NoticeAct, NoticeKind
from registry.rules.notices import LONGEST_TITLE, LONGEST_WORDS

CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the list."))
WAYS = [
    (NoticeAct.HANDED, _("Handed over to the recipient")),
    (NoticeAct.REGISTERED, _("Posted, registered with return receipt")),
    (NoticeAct.POSTED, _("Posted by ordinary post")),
    (NoticeAct.ABROAD, _("Posted abroad, registered with return receipt")),
    (NoticeAct.ARRIVED, _("Received on a day that is known: the return receipt, or other proof")),
    (NoticeAct.RETURNED, _("Came back")),
]


def language_field(help_text: Any = "") -> forms.ChoiceField:
    """In which language the notice is; Thai is offered first."""
    return forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, initial="th", widget=forms.RadioSelect, error_messages=CHOOSE, help_text=help_text,
    )


class NoticeForm(LookForm, forms.Form):
    """The words of a draft; the number of the letter is the office's own."""

    language = language_field(_(
        "Date, position and office are written in this language. Words that the register made are made anew in it;"
        " what a person wrote stays as it is."
    ))
    title = LineField(label=_("Subject"), max_length=LONGEST_TITLE)
    words = StoryField(label=_("Text"), max_length=LONGEST_WORDS, required=True, widget=forms.Textarea(attrs={"rows": "12"}))
    reference = LineField(
        label=_("Number of the letter"), max_length=60, required=False,
        help_text=_("From the office's own register of letters, such as กส 0519/123. Empty leaves room to write it."),
    )
    version = VersionField()


class DeliveryForm(LookForm, forms.Form):
    """How a printed letter fared, and on which day."""

    way = forms.ChoiceField(label=_("What happened"), choices=WAYS, widget=forms.RadioSelect, error_messages=CHOOSE)
    on = DayField(label=_("On which day"), help_text=_("Such as 18 กันยายน 2567."))
    item = LineField(
        label=_("Number of the registered letter"), max_length=80, required=False,
        help_text=_("From the slip of the post office, if it was registered."),
    )


class CodeForm(LookForm, forms.Form):
    """The code of a letter, as somebody types it from paper."""

    code = LineField(
        label=_("Code of the letter"), max_length=60, help_text=_("Fourteen letters and digits, such as 7KQ2M4X-D9F3HTN."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class CommitteeNoticeForm(LookForm, forms.Form):
    """What a committee is told, by which way."""

    channel = forms.ChoiceField(
        label=_("By which way"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[
            (Channel.IN_APP, _("On the site, to everybody who sits on it today")),
            (Channel.MAIL, _("By mail, to everybody who sits on it today; who has no address gets it on the site")),
            (Channel.LETTER, _("One letter to print, to the chair")),
        ],
    )
    language = language_field(_("The language you write in; a letter has its date, position and office in it."))
    title = LineField(label=_("Subject"), max_length=LONGEST_TITLE)
    words = StoryField(label=_("Text"), max_length=LONGEST_WORDS, required=True, widget=forms.Textarea(attrs={"rows": "12"}))
    reference = LineField(
        label=_("Number of the letter"), max_length=60, required=False, help_text=_("Of a letter; empty leaves room to write it."),
    )


class BatchForm(LookForm, forms.Form):
    """A sending to many: about what, to where, by which way."""

    kind = forms.ChoiceField(
        label=_("What it is about"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[
            (NoticeKind.PAPERS_END, _("Papers that end: a letter to each producer with the list of its papers")),
            (NoticeKind.STILL_PRODUCING, _("Still producing? A letter to each producer that has not answered this year")),
            (NoticeKind.REGISTRATION, _("Results of registrations: the letters that wait as drafts")),
            (NoticeKind.MESSAGE, _("A message of mine to the officers of the area")),
        ],
    )
    channel = forms.ChoiceField(
        label=_("By which way"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[
            (Channel.LETTER, _("Letter to print (producers)")), (Channel.IN_APP, _("On the site (officers)")),
            (Channel.MAIL, _("By mail (officers)")),
        ],
    )
    area = AreaField(level=None, mine_only=True, label=_("Area"), help_text=_("Everybody in it and below it."))
    within_days = forms.TypedChoiceField(
        label=_("Papers that end"), coerce=int, initial=90, required=False, empty_value=90, error_messages=CHOOSE,
        choices=[(90, _("Lapsed or within 90 days")), (30, _("Lapsed or within 30 days")), (7, _("Lapsed or within 7 days"))],
    )
    language = language_field(_("Of all of them: words of the register, date, position and office. A message is written by you in it."))
    title = LineField(label=_("Subject of a message"), max_length=LONGEST_TITLE, required=False)
    words = StoryField(label=_("Text of a message"), max_length=LONGEST_WORDS, required=False)
    reference = LineField(
        label=_("Number of the letter"), max_length=60, required=False,
        help_text=_("The same on all letters; empty leaves room to write it."),
    )
