"""What a notice says, in the language of its recipient, from what the register knows on that day."""

from datetime import date, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.clock import BE_OFFSET
from registry.models import (
    Conformity,
    Notice,
    NoticeAct,
    NoticeEvent,
    NoticeKind,
    Producer,
    RegistrationDecision,
    Verdict,
)
from registry.thai import letter_date, letter_year

MOST_OF_A_REASON = 3000
Told = tuple[str, str]  # subject and words


def words_for(notice: Notice, on: date) -> Told | None:
    """Subject and words of a letter to a producer about its matter as it stands on the day `on`; None when it is settled.

    They are in the language of the notice, with days and years as readers of that language write them.
    """
    producer = notice.of_producer
    assert producer is not None, "only letters to producers are worded by the system"
    if notice.kind == NoticeKind.PAPERS_END:
        within = notice.batch.within_days if notice.batch is not None else 90
        return papers_words(producer, on, within, notice.language)
    if notice.kind == NoticeKind.STILL_PRODUCING:
        settled = producer.confirmations.filter(year_be=on.year + BE_OFFSET).exclude(answer="not_reached").exists()
        return None if settled else still_producing_words(producer, on, notice.language)
    decision = decision_of(notice)
    if decision is None:
        raise ValueError(f"no words for {notice.kind}")
    return decision_words(decision, notice.language)


def decision_of(notice: Notice) -> RegistrationDecision | None:
    """The decision that a letter about a registration tells of: that of the turn for which it was written."""
    turn = notice.key.rpartition(":")[2]
    if notice.about_kind != "registration" or not turn.isdigit():
        return None
    rows = RegistrationDecision.objects.select_related("registration__producer", "meeting__committee")
    return rows.filter(registration__public_id=notice.about, turn=int(turn)).first()


def made(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those whose words the register made and nobody changed, so that it can make them again in another language."""
    changed = NoticeEvent.objects.filter(notice=OuterRef("pk"), act=NoticeAct.CHANGED)
    key = Concat(Value("registration:"), F("registration__public_id"), Value(":"), Cast("turn", CharField()), output_field=CharField())
    decided = RegistrationDecision.objects.annotate(told=key).filter(registration__public_id=OuterRef("about"), told=OuterRef("key"))
    asked = Q(kind=NoticeKind.STILL_PRODUCING) & ~Q(key="")
    return notices.filter(~Exists(changed), asked | Exists(decided), producer__isnull=False)


def papers_words(producer: Producer, on: date, within: int, language: str) -> Told | None:
    """The papers of standards of this producer that lapsed or end within so many days, each with its last day."""
    rows = Conformity.objects.watched().filter(product__producer=producer, valid_to__lte=on + timedelta(days=within))
    lines: list[str] = []
    with override(language):
        lines += [
            "– " + _("%(standard)s %(number)s of %(product)s: last day %(day)s") % {
                "standard": row.standard.name, "number": row.number, "product": row.product.name,
                "day": letter_date(row.valid_to, language),
            }
            for row in rows.select_related("standard", "product").order_by("valid_to", "id") if row.valid_to is not None
        ]  # fmt: skip
        return None if not lines else (_("Papers of standards that end"), "\n".join([
            _("The register holds these papers of products of %(producer)s, which have ended or end soon:") % {"producer": producer.name},
            *lines, "",
            _("Please bring the new paper to the amphoe office so that it is recorded."
              " If a product is no longer made, tell the office."),
        ]))


def still_producing_words(producer: Producer, on: date, language: str) -> Told:
    """The yearly question, to a producer that was not reached otherwise."""
    with override(language):
        return _("Asking whether production goes on"), "\n".join([
            _("Every producer in the register is asked once a year whether it still produces."
              " For the year %(year)s the answer of %(producer)s is not there yet.")
            % {"year": letter_year(on.year + BE_OFFSET, language), "producer": producer.name},
            "",
            _("Please tell the amphoe office, by telephone or in person. If production has stopped, tell the day it stopped."),
        ])


def decision_words(decision: RegistrationDecision, language: str) -> Told:
    """What the committee decided about one registration, with its reason."""
    row, meeting = decision.registration, decision.meeting
    with override(language):
        words = [
            _("%(committee)s decided at its meeting %(number)s on %(day)s"
              " about registration %(registration)s of %(producer)s: %(verdict)s.") % {
                "committee": meeting.committee, "number": meeting.number,
                "day": letter_date(meeting.held_on, language) if meeting.held_on else "–",
                "registration": row.public_id, "producer": row.producer.name, "verdict": Verdict(decision.verdict).label,
            },
        ]
        if decision.reason:
            words += ["", _("Reason: %(reason)s") % {"reason": Truncator(decision.reason).chars(MOST_OF_A_REASON)}]
        if decision.verdict == Verdict.RETURN:
            words += ["", _("Please bring what is missing to the officer of the amphoe, who files the registration again.")]
        return _("Result of the registration of a producer"), "\n".join(words)


def ending_words(count: int, days: int, language: str) -> Told:
    """A reminder to an officer: how many papers of his area end within so many days."""
    with override(language):
        return (
            _("Papers that end within %(days)s days: %(count)s") % {"days": days, "count": f"{count:,}"},
            _("Open the list of papers that end, ask the producers for the new ones and record them."),
        )


def question_words(count: int, year: int, language: str) -> Told:
    """A reminder to an officer: how many producers of his area are to be asked this year."""
    with override(language):
        return (
            _("Still producing in %(year)s? %(count)s producers to ask") % {"year": letter_year(year, language), "count": f"{count:,}"},
            _("Every producer is asked once a year. Open the list and record each answer as it comes."),
        )
