"""The forms of notices: the words of a draft, how a letter fared, a code that is typed, and a sending to many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Channel, NoticeAct, NoticeKind
from registry.rules.notices import LONGEST_TITLE, LONGEST_WORDS

CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the list."))
WAYS = [(way.value, way.label) for way in (NoticeAct.HANDED, NoticeAct.POSTED, NoticeAct.RETURNED)]


class NoticeForm(LookForm, forms.Form):
    """The words of a draft; the number of the letter is the office's own."""

    title = LineField(label=_("Subject"), max_length=LONGEST_TITLE)
    words = StoryField(label=_("Text"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": "12"}))
    reference = LineField(
        label=_("Number of the letter"), max_length=60, required=False,
        help_text=_("From the office's own register of letters, such as กส 0519/123. Empty leaves room to write it."),
    )
    version = VersionField()


class DeliveryForm(LookForm, forms.Form):
    """How a printed letter fared, and on which day."""

    way = forms.ChoiceField(label=_("What happened"), choices=WAYS, widget=forms.RadioSelect, error_messages=CHOOSE)
    on = DayField(label=_("On which day"), help_text=_("Such as 18 กันยายน 2567."))


class CodeForm(LookForm, forms.Form):
    """The code of a letter, as somebody types it from paper."""

    code = LineField(
        label=_("Code of the letter"), max_length=60, help_text=_("Fourteen letters and digits, such as 7KQ2M4X-D9F3HTN."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
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
    title = LineField(label=_("Subject of a message"), max_length=LONGEST_TITLE, required=False)
    words = StoryField(label=_("Text of a message"), max_length=LONGEST_WORDS, required=False)
    reference = LineField(
        label=_("Number of the letter"), max_length=60, required=False,
        help_text=_("The same on all letters; empty leaves room to write it."),
    )
