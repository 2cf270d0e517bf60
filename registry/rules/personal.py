"""What stands against keeping, reading, publishing and erasing the data of a person; no sentence repeats a value."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from registry.clock import bangkok_day, end_of_day, start_of_day
from registry.models import Consent, Office, Person, PersonRole, Producer, ReadKind, RetentionRule, RevealLog, User
from registry.personal import OddNumber, read_national_id, read_phone, without_numbers
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules.offices import REGISTRARS, SEATERS, holds, offices_at, place
from registry.thai import match_key, normalise

LONGEST_PART, LONGEST_ADDRESS, LONGEST_WORDS = 100, 400, 300
LEAST_WORDS = 4  # letters of a reason
ID_WRONG: Mapping[str, str] = {
    "wrong_length": N_("A national ID has 13 digits. Count them on the card and write all of them."),
    "not_digits": N_("A national ID is written with digits only. Write the 13 digits as they stand on the card."),
    "wrong_start": N_("No national ID begins with 0 or 9. Compare the first digit with the card."),
    "wrong_check": N_(
        "The last digit does not fit the twelve before it, so one digit is wrong."
        " Compare all 13 digits with the card and write them again."
    ),
}
PHONE_WRONG: Mapping[str, str] = {
    "wrong_length": N_("A telephone number has 9 digits, a mobile number 10. Write it from its first 0, such as 081-234-5678."),
    "not_digits": N_("Write one telephone number with digits only, such as 081-234-5678."),
    "wrong_start": N_("This is not how a Thai telephone number begins. Write it from its first 0, such as 081-234-5678."),
}


def may_keep_persons(user: User | None, producer: Producer, at: datetime) -> Refusal | None:
    """The recorder or an officer of the producer's area; nothing stands against the system itself."""
    if user is None or holds(user, REGISTRARS, producer.area, at):
        return None
    return refuse("not_your_people", N_(
        "Personal data of this producer are kept by the offices of %(area)s. Ask the amphoe office."
    ), area=place(producer.area))


def may_answer_for_persons(user: User | None, producer: Producer, at: datetime) -> Refusal | None:
    """Access copies and erasure are an officer's, from the amphoe up, not a recorder's."""
    if user is None or holds(user, SEATERS, producer.area, at):
        return None
    return refuse("officers_only", N_(
        "Copies and erasure of personal data are given by an officer of the amphoe, the province or the centre."
        " Send the request to the amphoe office of %(area)s."
    ), area=place(producer.area))


def may_run_retention(user: User | None, at: datetime) -> Refusal | None:
    """Erasing what is over its term, for the whole country, is the centre's."""
    if user is None or any(held.office == Office.CENTRAL_OFFICER for held in offices_at(user, at)):
        return None
    return refuse("central_only", N_("The terms of keeping are watched by the centre. Ask an officer of the centre."))


def national_id_fits(text: str) -> Refusal | None:
    """Thirteen digits whose last one checks the others; an empty one is fine."""
    try:
        _read = read_national_id(text) if text.strip() else ""
    except OddNumber as odd:
        return refuse(f"national_id_{odd.code}", ID_WRONG[odd.code], field="national_id")
    return None


def phone_fits(text: str) -> Refusal | None:
    """A Thai number; an empty one is fine."""
    try:
        _read = read_phone(text) if text.strip() else ""
    except OddNumber as odd:
        return refuse(f"phone_{odd.code}", PHONE_WRONG[odd.code], field="phone")
    return None


def person_fits(told: Mapping[str, str], *, fresh: bool) -> list[Refusal | None]:
    """The parts of a person as told; a new one needs a name."""
    checks = [national_id_fits(told.get("national_id", "")), phone_fits(told.get("phone", ""))]
    for field in ("first_name", "last_name"):
        text = normalise(told.get(field, ""))
        asked = bool(text) or (fresh and field == "first_name")
        if asked and not match_key(text):
            checks.append(refuse("name_missing", N_("Write the name in letters, as people call it."), field=field))
        elif len(text) > LONGEST_PART:
            checks.append(refuse("part_long", N_("Shorten this to %(most)s letters."), field=field, most=LONGEST_PART))
    if len(told.get("address", "")) > LONGEST_ADDRESS:
        checks.append(refuse("part_long", N_("Shorten this to %(most)s letters."), field="address", most=LONGEST_ADDRESS))
    return checks


def person_is_new(producer: Producer, national_id: str, but: Person | None = None) -> Refusal | None:
    """The same national ID stands once among the people of one producer."""
    same = producer.people.filter(left_on=None).with_number("national_id", national_id)
    if not national_id or not same.exclude(pk=but.pk if but else 0).exists():
        return None
    return refuse("person_exists", N_(
        "A person with this national ID is recorded for this producer already. Correct that person instead."
    ), field="national_id")


def chair_is_free(producer: Producer, role: str, but: Person | None = None) -> Refusal | None:
    """One chair at a time."""
    chairs = producer.people.kept().filter(role=PersonRole.CHAIR, left_on=None).exclude(pk=but.pk if but else 0)
    if role != PersonRole.CHAIR or not chairs.exists():
        return None
    return refuse("chair_taken", N_(
        "This producer has a chair. Record the day on which the former chair left, then add the new one."
    ), field="role")


def not_erased(person: Person) -> Refusal | None:
    """What was erased cannot be corrected, read or published."""
    if person.erased_at is None:
        return None
    return refuse("erased", N_(
        "The data of this person were erased on %(day)s. Add the person anew if that is needed."
    ), day=bangkok_day(person.erased_at))


def words_given(words: str, field: str = "words") -> Refusal | None:
    """A few words of one's own, without anybody's numbers in them."""
    text = normalise(words)
    if len(match_key(text)) < LEAST_WORDS:
        return refuse("words_missing", N_("Write in a few words what for, such as the number of the request."), field=field)
    if without_numbers(text) != text:
        return refuse("words_hold_numbers", N_(
            "Leave out national IDs and telephone numbers here: these words are kept for ever."
        ), field=field)
    return None


def budget_left(user: User | None, kind: str, at: datetime) -> Refusal | None:
    """So many persons unmasked, and so many searches by a number, a user and a day in Bangkok."""
    if user is None or reads_today(user, kind, at) < limit_of(kind):
        return None
    if kind == ReadKind.LOOKUP:
        return refuse("lookups_used_up", N_(
            "You have searched by number %(limit)s times today, which is the limit of a day."
            " Go on tomorrow, or ask a colleague of your office."
        ), limit=limit_of(kind))
    return refuse("reveals_used_up", N_(
        "You have unmasked the data of %(limit)s persons today, which is the limit of a day."
        " Go on tomorrow, or ask a colleague of your office."
    ), limit=limit_of(kind))


def limit_of(kind: str) -> int:
    """How many reads of this kind a day has room for."""
    return int(settings.LOOKUPS_A_DAY if kind == ReadKind.LOOKUP else settings.REVEALS_A_DAY)


def reads_today(user: User, kind: str, at: datetime) -> int:
    """How many reads count against this kind's limit today; copies and reveals share one."""
    kinds = [ReadKind.LOOKUP] if kind == ReadKind.LOOKUP else [ReadKind.REVEAL, ReadKind.COPY]
    day = bangkok_day(at)
    mine = RevealLog.objects.filter(by=user, kind__in=kinds)
    return mine.filter(Q(at__gte=start_of_day(day)) & Q(at__lt=end_of_day(day))).count()


def something_asked(person: Person, fields: Collection[str]) -> Refusal | None:
    """At least one field that holds something."""
    if any(getattr(person, field) for field in fields):
        return None
    return refuse("nothing_asked", N_("Choose at least one thing that is recorded."), field="fields_asked")


def opens(person: Person, fields: Collection[str]) -> Refusal | None:
    """The values open with the keys of this installation."""
    if all(person.readable(field) is not None for field in fields):
        return None
    return refuse("unreadable", N_(
        "These values cannot be opened: a key is missing on this server. Tell the administrator the number of the record,"
        " %(number)s, and do not type the values again."
    ), number=person.public_id)


def can_consent(person: Person, kind: str) -> list[Refusal | None]:
    """There is something to publish, of a person in office, and no consent is live already."""
    checks: list[Refusal | None] = [not_erased(person)]
    if person.left_on is not None:
        checks.append(refuse("person_left", N_("Who has left the producer is no longer named on its public pages.")))
    if kind == "phone" and not person.phone:
        checks.append(refuse("no_phone", N_("No telephone number is recorded. Record it first."), field="kind"))
    if Consent.objects.filter(person=person, kind=kind, withdrawn_on=None).exists():
        checks.append(refuse("agreed_already", N_("This consent is recorded already. Withdraw it first if it changed."), field="kind"))
    return checks


def consent_is_live(consent: Consent) -> Refusal | None:
    """A consent is taken back once."""
    if consent.withdrawn_on is None:
        return None
    return refuse("withdrawn_already", N_("This consent was withdrawn on %(day)s."), day=consent.withdrawn_on)


def retention_of(person: Person) -> RetentionRule:
    """The rule of keeping for the person's role."""
    return RetentionRule.objects.get(kind=person.role)


def law_lets_go(person: Person, rule: RetentionRule, at: datetime) -> Refusal | None:
    """Erasure waits while the rule of the person's role says that the data are needed, and says until when."""
    ground, ended = Named(rule.ground_th, rule.ground_en), person.ended_on
    if ended is None:
        if not rule.needed_while_registered:
            return None
        return refuse("still_needed", N_(
            "These data must be kept for now. %(ground)s"
            " Record the day on which the person left, or end the producer, then ask again."
        ), ground=ground)
    until = ended + timedelta(days=rule.keep_days)
    if until <= bangkok_day(at):
        return None
    return refuse("kept_until", N_("These data must be kept until %(day)s. %(ground)s"), day=until, ground=ground)


def is_due(person: Person, rule: RetentionRule, today: date) -> bool:
    """Whether the term of keeping is over."""
    ended = person.ended_on
    return person.erased_at is None and ended is not None and ended + timedelta(days=rule.erase_after_days) <= today
