"""Letters: printed with their code, told of how they fared; and the pages that the code opens without a login."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.views import View
from django.views.decorators.cache import never_cache

from registry.actions.letters import (
    CODE_LENGTH,
    WINDOW,
    grouped,
    open_with_code,
    opened_by,
    print_letters,
    record_delivery,
)
from registry.clock import bangkok_day
from registry.forms.notices import CodeForm, DeliveryForm
from registry.levels import Level
from registry.marks import area_name, area_path
from registry.models import Conformity, Notice, Product, SeatRole
from registry.qr import qr
from registry.refusal import Refusal
from registry.rules.notices import can_undergo, may_deal_with
from registry.signature import position_lines
from registry.thai import letter_date, to_arabic_digits, to_thai_digits
from registry.views.gate import Gated, once_shown
from registry.views.notices import seen
from registry.views.people import address_of
from registry.views.writing import Writing

COOKIE, SALT, KEPT = "letter", "letter device", 120 * 24 * 60 * 60
_WORD = re.compile(r"[0-9A-Za-z]+")
MOST_SHOWN = 100
ABOVE = (Level.REGION, Level.CENTRAL)


def paper_digits(text: str) -> str:
    """Thai digits for the numbers of a paper; codes and addresses keep theirs, for people type them."""
    return _WORD.sub(lambda found: to_thai_digits(found[0]) if found[0].isdigit() else found[0], text)


def sheet(notice: Notice, code: str = "") -> dict[str, Any]:
    """What one letter shows, in its own language; without a code it is the copy for the file.

    Thai papers have Thai digits and the Buddhist Era; English ones the digits and the year of their readers.
    """
    thai = notice.language == "th"
    drawn = paper_digits if thai else to_arabic_digits
    day = letter_date(bangkok_day(notice.approved_at), notice.language) if notice.approved_at else ""
    with override(notice.language):
        site = f"{settings.OTOP_PUBLIC_URL}{reverse('registry:letter-code')}"
        return {
            "notice": notice, "thai": thai, "title": drawn(notice.title), "words": drawn(notice.words), "day": drawn(day),
            "place": place_of(notice), "reference": drawn(notice.reference), "position": position_lines(notice.position),
            "to": addressee(notice), "code": grouped(code) if code else "",
            "host": site.split("//", 1)[-1],
            # drawn anew each time: what is kept in memory for drawings shall hold no code
            "qr": qr.__wrapped__(f"{site}{code}/", gettext("Address of the code")) if code else "",
        }


def place_of(notice: Notice) -> str:
    """Where the office that signs lies, without the area that its name tells already; nothing above a province."""
    thai, node = notice.language == "th", notice.area
    while notice.sender and area_name(node, thai=thai, long=True) not in notice.sender:
        if node.level in ABOVE or node.parent is None:
            return ""
        node = node.parent
    return area_path(node.parent, long=True) if node.level not in (*ABOVE, Level.PROVINCE) else ""


def addressee(notice: Notice) -> str:
    """To whom a letter goes: the chair of a group or a committee (its secretary where nobody holds the chair), or an owner."""
    name = {"name": notice.recipient_on_paper}
    if notice.committee is not None:
        day = bangkok_day(notice.approved_at or timezone.now())
        roles = set(notice.committee.seats.active_on(day).values_list("role", flat=True))
        alone = SeatRole.SECRETARY in roles and SeatRole.CHAIR not in roles
        return gettext("the secretary of %(name)s") % name if alone else gettext("the chair of %(name)s") % name
    producer = notice.of_producer
    if producer is not None and producer.type == "group":
        return gettext("the chair of %(name)s") % name
    return gettext("the owner of %(name)s") % name


def printed(request: HttpRequest, notices: Sequence[Notice], back: str) -> HttpResponse:
    """The letters with their codes, shown this once; a page that is sent twice goes back without printing again."""
    letters = once_shown(request, lambda: print_letters(by=request.user, notices=notices))
    if not letters:
        messages.warning(request, gettext(
            "These letters were printed from here already. Print again if the paper failed: earlier codes then end."
        ))
        return HttpResponseRedirect(back)
    answer = render(request, "registry/letter_print.html", {"letters": [sheet(*letter) for letter in letters], "back": back})
    answer["Cache-Control"] = "no-store"
    return answer


class LetterPrint(Gated, View):
    """A letter as it looks on paper; sent (POST) it is printed with a fresh code."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        notice = self._letter(public_id)
        return render(request, "registry/letter_print.html", {
            "letters": [sheet(notice)], "copy": notice, "back": reverse("registry:notice-show", args=[public_id]),
            "printable": can_undergo(notice, "print") is None and may_deal_with(request.user, notice, timezone.now()) is None,
        })

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return printed(request, [self._letter(public_id)], reverse("registry:notice-show", args=[public_id]))

    def _letter(self, public_id: str) -> Notice:
        notice = seen(self.request.user, public_id)
        if notice.channel != "letter" or not notice.words:
            raise Http404
        return notice


class LetterDelivery(Writing):
    """How a printed letter fared."""

    template_name = "registry/letter_delivery.html"
    form_class = DeliveryForm
    step = 0
    keeps_draft = False

    def load(self) -> None:
        self.row = seen(self.request.user, self.kwargs["public_id"])
        self.context |= {"notice": self.row, "steps": [], "sample": self.row.origin == "sample"}

    def against(self) -> Iterable[Refusal | None]:
        return [may_deal_with(self.request.user, self.row, self.at), can_undergo(self.row, "deliver")]

    def act(self, data: dict[str, Any]) -> str:
        record_delivery(by=self.request.user, notice=self.row, **data)
        return reverse("registry:notice-show", args=[self.row.public_id])


def quiet(answer: HttpResponse) -> HttpResponse:
    """Nobody looks for the page; the site's own policy tells its address to no other site."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def device_of(request: HttpRequest) -> str:
    """The secret this device was given when it first opened a letter; nothing when it never did."""
    told: str = request.get_signed_cookie(_cookie(), "", salt=SALT)
    return told


def _cookie() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


@method_decorator(never_cache, name="dispatch")
class LetterCodePage(View):
    """Where a code is typed, or comes with the address; only the button looks it up, so that a preview uses up nothing."""

    def get(self, request: HttpRequest, code: str = "") -> HttpResponse:
        form = CodeForm(initial={"code": grouped(code) if len(code) == CODE_LENGTH else code})
        return quiet(render(request, "registry/letter_code.html", {"form": form, "came": bool(code)}))

    def post(self, request: HttpRequest, code: str = "") -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return quiet(render(request, "registry/letter_code.html", {"form": form}, status=422))
        opened = open_with_code(code=form.cleaned_data["code"], address=address_of(request), device=device_of(request))
        if isinstance(opened, Refusal):
            form.add_error("code", opened.sentence)
            status = 429 if opened.code == "too_many_codes" else 422
            answer = render(request, "registry/letter_code.html", {"form": form}, status=status)
            if status == 429:
                answer["Retry-After"] = str(int(WINDOW.total_seconds()))
            return quiet(answer)
        notice, device = opened
        with override(notice.language):  # what the letter says is read on in its own language
            response = HttpResponseRedirect(reverse("registry:letter-own", args=[notice.public_id]))
        response.set_signed_cookie(
            _cookie(), device, salt=SALT, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        return quiet(response)


@method_decorator(never_cache, name="dispatch")
class LetterOwn(View):
    """What the letter is about, and its producer's own products and papers; on the device that opened it; others type their code."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        notice = Notice.objects.for_list().filter(public_id=public_id, channel="letter").first()
        if notice is None or not opened_by(notice=notice, device=device_of(request)):
            return quiet(HttpResponseRedirect(reverse("registry:letter-code")))
        producer = notice.of_producer
        assert producer is not None, "only letters to producers carry codes"
        products = Product.objects.active().filter(producer=producer).select_related("category").order_by("name_sort", "id")[:MOST_SHOWN]
        papers = Conformity.objects.watched().filter(product__producer=producer).select_related("standard", "product")
        return quiet(render(request, "registry/letter_own.html", {
            "notice": notice, "producer": producer, "products": products, "papers": papers.order_by("valid_to", "id")[:MOST_SHOWN],
            "day": letter_date(bangkok_day(notice.approved_at), notice.language) if notice.approved_at else "",
            "registration": producer.registrations.select_related("window").first(), "sample": notice.origin == "sample",
        }))


