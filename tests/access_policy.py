"""Who may open and send each address: one line an address, and a function that makes the thing it is about.

The thing stands in the tambon HOME (see `tests.make`). The people of PEOPLE stand to it in every relation that matters.
Somebody in `get` or `post` gets through (a form that came back with errors counts as through); of the others, those in
`sees` are told why not (403), and for the rest there is nothing there (404). Strangers are sent to the door.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.actions.batches import draft_batch
from registry.actions.boundaries import Orders, change_areas
from registry.actions.handovers import begin_handover
from registry.actions.letters import print_letters
from registry.actions.notices import approve_notice, draft_notice
from registry.actions.photos import Picture, add_photos
from registry.models import CommitteeKind, Notice, OfficeTitle, Photo, Question, Registration, User
from selection.actions.reports import build_reports
from selection.models import Entry, ForumLine, Round, RoundState
from tests import make
from tests.registry import files, filings
from tests.selection import make as way
from tests.selection.listings import an_announced_product, listed

Who = frozenset[str]


def _member(kind: str, code: str) -> User:
    someone = make.user()
    make.seat(make.committee(kind, code), someone)
    return someone


PEOPLE: dict[str, Callable[[], User | None]] = {
    "anonymous": lambda: None,
    "nobody": make.user,
    "recorder here": lambda: make.recorder(make.HOME),
    "recorder of a sister tambon": lambda: make.recorder(make.SISTER),
    "recorder of another province": lambda: make.recorder(make.ELSEWHERE),
    "amphoe officer here": lambda: make.amphoe_officer(make.PARENT),
    "amphoe officer next door": lambda: make.amphoe_officer(make.OTHER_AMPHOE),
    "province officer here": lambda: make.province_officer(make.PROVINCE),
    "province officer elsewhere": lambda: make.province_officer(make.OTHER_PROVINCE),
    "central officer": make.central_officer,
    "administrator": make.administrator,
    "amphoe member here": lambda: _member(CommitteeKind.AMPHOE, make.PARENT),
    "amphoe member next door": lambda: _member(CommitteeKind.AMPHOE, make.OTHER_AMPHOE),
    "province member here": lambda: _member(CommitteeKind.PROVINCE, make.PROVINCE),
    "national member": lambda: _member(CommitteeKind.NATIONAL, make.CENTRE),
    "judge": lambda: _member(CommitteeKind.JUDGES, make.CENTRE),
}

ANYONE = frozenset(PEOPLE)
SIGNED_IN = ANYONE - {"anonymous"}
NOBODY: Who = frozenset()
OFFICERS_HERE = frozenset({"recorder here", "amphoe officer here", "province officer here", "central officer"})
REGISTRARS = OFFICERS_HERE | {
    "recorder of a sister tambon", "recorder of another province", "amphoe officer next door", "province officer elsewhere",
}
MEMBERS_HERE = frozenset({"amphoe member here", "province member here", "national member"})
REACHING = OFFICERS_HERE | MEMBERS_HERE | {"administrator"}
CENTRAL = frozenset({"central officer"})


def nothing() -> dict[str, str]:
    """An address about no thing."""
    return {}


@dataclass(frozen=True)
class Page:
    """The policy of one address; None for a method it does not have. `sent` is what a POST sends."""

    get: Who | None
    post: Who | None = None
    sees: Who = NOBODY
    thing: Callable[[], Mapping[str, object]] = nothing
    sent: Mapping[str, str] = field(default_factory=dict)


def a_producer() -> dict[str, str]:
    return {"public_id": make.producer().public_id}


def two_producers() -> dict[str, str]:
    return {"public_id": make.producer().public_id, "other": make.producer().public_id}


def two_products() -> dict[str, str]:
    return {"public_id": make.product().public_id, "other": make.product().public_id}


def a_product() -> dict[str, str]:
    return {"public_id": make.product().public_id}


def a_conformity() -> dict[str, str]:
    held = make.conformity(make.product())
    return {"public_id": held.product.public_id, "held": held.public_id}


def as_csv() -> dict[str, str]:
    return {"kind": "csv"}


POLICY: dict[str, Page] = {
    "registry:login": Page(ANYONE, ANYONE),
    "registry:logout": Page(None, ANYONE),
    "registry:theme-set": Page(None, ANYONE),
    "registry:worklist": Page(SIGNED_IN),
    "registry:draft-list": Page(SIGNED_IN),
    "registry:draft-save": Page(None, SIGNED_IN),
    "registry:draft-drop": Page(None, SIGNED_IN),
    "registry:area-search": Page(ANYONE),
    "registry:producer-list": Page(SIGNED_IN),
    "registry:producer-new": Page(REGISTRARS, REGISTRARS, sees=SIGNED_IN),
    "registry:producer-show": Page(REACHING, thing=a_producer),
    "registry:producer-edit": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_producer),
    "registry:producer-end": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_producer),
    "registry:quality": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:quality-next": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:quality-area": Page(OFFICERS_HERE, sees=SIGNED_IN - REGISTRARS, thing=lambda: {"code": make.HOME}),
    "registry:producer-alike": Page(SIGNED_IN),
    "registry:product-alike": Page(REACHING, thing=a_producer),
    "registry:duplicate-producers": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:duplicate-products": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:producer-merge": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=two_producers),
    "registry:product-merge": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=two_products),
    "registry:producer-distinct": Page(None, OFFICERS_HERE, sees=REACHING, thing=two_producers),
    "registry:product-distinct": Page(None, OFFICERS_HERE, sees=REACHING, thing=two_products),
    "registry:product-new": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_producer),
    "registry:product-list": Page(SIGNED_IN),
    "registry:product-show": Page(REACHING, thing=a_product),
    "registry:product-edit": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:product-end": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:product-making": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:product-selling": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:conformity-new": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:conformity-edit": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_conformity),
    "registry:conformity-notes": Page(REACHING, thing=a_product),
    "registry:classification-new": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:standard-list": Page(SIGNED_IN),
    "registry:expiring-list": Page(SIGNED_IN),
    "registry:producer-file": Page(SIGNED_IN, thing=as_csv),
    "registry:product-file": Page(SIGNED_IN, thing=as_csv),
    "registry:expiring-file": Page(SIGNED_IN, thing=as_csv),
    "registry:registration-sheet": Page(SIGNED_IN, thing=as_csv),
    "registry:question-file": Page(SIGNED_IN, thing=as_csv),
    "registry:confirm-file": Page(REGISTRARS, sees=SIGNED_IN, thing=as_csv),
    "registry:officer-file": Page(SIGNED_IN, thing=as_csv),
    "registry:committee-file": Page(SIGNED_IN, thing=as_csv),
    "registry:member-file": Page(SIGNED_IN, thing=as_csv),
    "registry:duplicate-producers-file": Page(REGISTRARS, sees=SIGNED_IN, thing=as_csv),
    "registry:duplicate-products-file": Page(REGISTRARS, sees=SIGNED_IN, thing=as_csv),
    "registry:notice-desk-file": Page(SIGNED_IN, thing=as_csv),
    "registry:batch-file": Page(SIGNED_IN, thing=as_csv),
    "registry:imports-file": Page(SIGNED_IN, thing=as_csv),
    "registry:areachange-file": Page(SIGNED_IN, thing=as_csv),
    "registry:quality-file": Page(OFFICERS_HERE, sees=SIGNED_IN - REGISTRARS, thing=lambda: {"code": make.HOME, "kind": "csv"}),
}


def an_officer() -> dict[str, str]:
    return {"public_id": make.recorder(make.HOME).public_id}


def an_appointment() -> dict[str, str]:
    return {"public_id": make.recorder(make.HOME).appointments.get().public_id}


def a_coming_appointment() -> dict[str, str]:
    held = make.appointment(make.user(), "recorder", make.HOME, starts_on=date(2099, 1, 1))
    return {"public_id": held.public_id}


APPOINTERS_HERE = frozenset({"amphoe officer here", "province officer here", "central officer", "administrator"})
APPOINTERS = APPOINTERS_HERE | {"amphoe officer next door", "province officer elsewhere"}

# officers: seen by who reaches their place, appointed by an office above
POLICY |= {
    "registry:password-set": Page(ANYONE, ANYONE),
    "registry:officer-list": Page(SIGNED_IN),
    "registry:officer-new": Page(APPOINTERS, APPOINTERS, sees=SIGNED_IN),
    "registry:own-password": Page(SIGNED_IN, SIGNED_IN),
    "registry:officer-show": Page(REACHING, thing=an_officer),
    "registry:officer-code": Page(None, APPOINTERS_HERE, sees=REACHING, thing=an_officer),
    "registry:appointment-by-name": Page(APPOINTERS, APPOINTERS, sees=SIGNED_IN),
    "registry:appointment-new": Page(APPOINTERS_HERE, APPOINTERS_HERE, sees=REACHING, thing=an_officer),
    "registry:appointment-edit": Page(APPOINTERS_HERE, APPOINTERS_HERE, sees=REACHING, thing=an_appointment),
    "registry:appointment-end": Page(APPOINTERS_HERE, APPOINTERS_HERE, sees=REACHING, thing=an_appointment),
    "registry:appointment-back": Page(APPOINTERS_HERE, APPOINTERS_HERE, sees=REACHING, thing=a_coming_appointment),
}


def a_committee() -> dict[str, str]:
    return {"public_id": make.committee().public_id}


def a_seat() -> dict[str, str]:
    held = make.seat(make.committee())
    return {"public_id": held.committee.public_id, "seat": held.public_id}


def a_coming_seat() -> dict[str, str]:
    held = make.seat(make.committee(), starts_on=date(2099, 1, 1))
    return {"public_id": held.committee.public_id, "seat": held.public_id}


SEATERS_HERE = frozenset({"amphoe officer here", "province officer here", "central officer"})
SEATERS = SEATERS_HERE | {"amphoe officer next door", "province officer elsewhere"}
SEE_IT = SEATERS_HERE | {"administrator", "amphoe member here"}

# committees: seen by who holds an office at or above their place and by who sits on them
POLICY |= {
    "registry:committee-list": Page(SIGNED_IN),
    "registry:committee-new": Page(SEATERS, SEATERS, sees=SIGNED_IN),
    "registry:committee-show": Page(SEE_IT, thing=a_committee),
    "registry:seat-new": Page(SEATERS_HERE, SEATERS_HERE, sees=SEE_IT, thing=a_committee),
    "registry:seat-end": Page(SEATERS_HERE, SEATERS_HERE, sees=SEE_IT, thing=a_seat),
    "registry:seat-back": Page(SEATERS_HERE, SEATERS_HERE, sees=SEE_IT, thing=a_coming_seat),
    "registry:committee-name": Page(SEATERS_HERE, SEATERS_HERE, sees=SEE_IT, thing=a_committee),
}


def a_handover() -> dict[str, str]:
    held, taker = make.recorder(make.HOME).appointments.get(), make.recorder(make.HOME)
    row = begin_handover(by=None, appointment=held, taker=taker, order_no="1/2569", held_on=date(2026, 1, 1))
    return {"public_id": row.public_id}


# handovers: begun by who holds the office or who appoints to it; confirmed by nobody but the two
POLICY |= {
    "registry:handover-new": Page(APPOINTERS_HERE, APPOINTERS_HERE, sees=REACHING, thing=an_appointment),
    "registry:handover-show": Page(APPOINTERS_HERE, sees=REACHING, thing=a_handover),
    "registry:handover-give": Page(None, NOBODY, sees=REACHING, thing=a_handover),
    "registry:handover-take": Page(None, NOBODY, sees=REACHING, thing=a_handover),
    "registry:handover-drafts": Page(None, NOBODY, sees=REACHING, thing=a_handover),
}


def a_photo() -> Photo:
    picture = Picture("0" * 64, 640, 480, {640: b"RIFF"})
    return add_photos(by=None, product=make.product(), pictures=[picture])[0]


def a_photo_of_ours() -> dict[str, str]:
    return {"public_id": a_photo().public_id}


def a_file_of_a_listed_product() -> dict[str, object]:
    picture = Picture("1" * 64, 640, 480, {640: b"RIFF"})
    add_photos(by=None, product=listed().product, pictures=[picture])
    return {"digest": picture.digest, "width": 640}


# photographs: the pages as the product's own; a file as its product is seen
POLICY |= {
    "registry:photo-list": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_product),
    "registry:photo-edit": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_photo_of_ours),
    "registry:photo-move": Page(None, OFFICERS_HERE, sees=REACHING, thing=a_photo_of_ours),
    "registry:photo-end": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_photo_of_ours),
    "registry:photo-file": Page(ANYONE, thing=a_file_of_a_listed_product),
}


def a_month(**more: object) -> dict[str, object]:
    make.producer()
    return {"code": make.HOME, "month": date(2024, 3, 1), **more}


# sales
POLICY |= {
    "registry:sales-home": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:sales-grid": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=lambda: a_month(page=1)),
    "registry:sales-file": Page(OFFICERS_HERE, sees=REACHING, thing=lambda: a_month(kind="csv")),
    "registry:sales-area": Page(ANYONE, thing=lambda: {"code": make.HOME, "year": 2567}),
    "registry:confirm-list": Page(REGISTRARS, sees=SIGNED_IN),
    "registry:producer-confirm": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_producer),
    "registry:staleness": Page(REACHING, thing=lambda: {"code": make.HOME}),
    "registry:staleness-file": Page(REACHING, thing=lambda: {"code": make.HOME, "kind": "csv"}),
    "registry:sales-paste": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_month),
}


def a_planned_change() -> dict[str, str]:
    orders = Orders("rename", (make.PARENT,), name_th="นามนใหม่", name_en="New Na Mon")
    return {"public_id": change_areas(by=None, orders=orders, on=date(2099, 1, 1), gazette="ราชกิจจานุเบกษา").public_id}


# changes of areas: ordered by the centre, read by everybody who signs in; places by whoever reaches them
CHANGERS = CENTRAL | {"administrator"}
POLICY |= {
    "registry:areachange-list": Page(SIGNED_IN),
    "registry:areachange-new": Page(CHANGERS, CHANGERS, sees=SIGNED_IN, thing=lambda: {"kind": "split"}),
    "registry:areachange-show": Page(SIGNED_IN, CHANGERS, sees=SIGNED_IN, thing=a_planned_change),
    "registry:place-list": Page(SIGNED_IN, SIGNED_IN),
}


def a_title() -> dict[str, str]:
    return {"public_id": OfficeTitle.objects.get(office="amphoe_officer", leads=True, where="anywhere").public_id}


# the titles of offices: worded by the centre, no secret to whom they name
POLICY |= {
    "registry:title-list": Page(SIGNED_IN),
    "registry:title-edit": Page(CHANGERS, CHANGERS, sees=SIGNED_IN, thing=a_title),
}


def a_letter(approved: bool = False) -> Notice:
    producer = make.producer()
    one = draft_notice(
        by=None, to=producer, area=producer.area, channel="letter", kind="registration", title="แจ้งผล", words="ทดสอบ", origin="real",
    )
    assert one is not None
    return approve_notice(by=make.amphoe_officer(), notice=one) if approved else one


def a_draft_of_ours() -> dict[str, str]:
    return {"public_id": a_letter().public_id}


def a_letter_of_ours() -> dict[str, str]:
    return {"public_id": a_letter(approved=True).public_id}


def a_printed_letter() -> dict[str, str]:
    letter = a_letter(approved=True)
    print_letters(by=None, notices=[letter])
    return {"public_id": letter.public_id}


def a_sending(**more: str) -> dict[str, str]:
    a_letter()
    batch = draft_batch(by=make.amphoe_officer(), area=make.area(), kind="registration", channel="letter")
    return {"public_id": batch.public_id, **more}


# notices: one's own; letters and mails by their place; a code by whoever holds the letter
APPROVERS = OFFICERS_HERE - {"recorder here"}
POLICY |= {
    "registry:notice-list": Page(SIGNED_IN),
    "registry:notice-desk": Page(SIGNED_IN),
    "registry:notice-show": Page(REACHING, thing=a_draft_of_ours),
    "registry:notice-edit": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_draft_of_ours),
    "registry:notice-do": Page(None, APPROVERS, sees=REACHING, thing=lambda: {**a_draft_of_ours(), "act": "approve"}),
    "registry:letter-print": Page(REACHING, OFFICERS_HERE, sees=REACHING, thing=a_letter_of_ours),
    "registry:letter-delivery": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_printed_letter),
    "registry:letter-code": Page(ANYONE, ANYONE),
    "registry:letter-code-told": Page(ANYONE, ANYONE, thing=lambda: {"code": "7KQ2M4XD9F3HTN"}),
    "registry:letter-own": Page(ANYONE, thing=a_printed_letter),
    "registry:committee-write": Page(SEATERS_HERE, SEATERS_HERE, sees=SEE_IT, thing=a_committee),
    "registry:batch-list": Page(SIGNED_IN),
    "registry:batch-new": Page(REGISTRARS, REGISTRARS, sees=SIGNED_IN),
    "registry:batch-show": Page(REACHING, thing=a_sending),
    "registry:batch-do": Page(None, APPROVERS, sees=REACHING, thing=lambda: a_sending(act="approve")),
    "registry:batch-letters": Page(None, REACHING, thing=a_sending),
}


def a_file() -> dict[str, str]:
    return {"public_id": files.checked(files.row(), by=make.amphoe_officer()).public_id}


def a_question() -> dict[str, str]:
    files.taken(files.row(producer=""))
    return {"public_id": Question.objects.latest("pk").public_id}


# files that come in: the sender's own, all for the centre; questions by the place they are about
POLICY |= {
    "registry:import-list": Page(SIGNED_IN),
    "registry:import-new": Page(REGISTRARS, REGISTRARS, sees=SIGNED_IN),
    "registry:import-template": Page(REGISTRARS, sees=SIGNED_IN, thing=as_csv),
    "registry:import-show": Page(frozenset({"central officer"}), thing=a_file),
    "registry:import-columns": Page(frozenset({"central officer"}), frozenset({"central officer"}), thing=a_file),
    "registry:import-confirm": Page(None, frozenset({"central officer"}), thing=a_file),
    "registry:import-result": Page(frozenset({"central officer"}), thing=a_file),
    "registry:question-list": Page(SIGNED_IN),
    "registry:question-answer": Page(REACHING, OFFICERS_HERE, sees=REACHING, thing=a_question),
}


# private papers: through their page only, by who reaches the place
POLICY |= {"registry:paper-show": Page(REACHING, thing=lambda: {"public_id": files.paper().public_id})}


def a_registration(make_it: Callable[[], Registration]) -> Callable[[], dict[str, str]]:
    return lambda: {"public_id": make_it().public_id}


def a_registration_paper() -> dict[str, str]:
    row = filings.drafted()
    return {"public_id": row.public_id, "paper_id": row.papers.first().paper.public_id}


def a_draft_in_its_window() -> dict[str, str]:
    filings.window()
    return {"public_id": filings.drafted().public_id}


def a_committee_with_a_filing() -> dict[str, str]:
    filings.checked()
    return {"public_id": filings.committee()[0].public_id}


CHECKERS = OFFICERS_HERE - {"recorder here"}
WRITTEN = {"get": OFFICERS_HERE, "post": OFFICERS_HERE, "sees": REACHING}

# registrations: written where one registers, checked above the tambon, decided by who leads the amphoe's committee
POLICY |= {
    "registry:registration-new": Page(**WRITTEN, thing=a_producer),
    "registry:old-code-new": Page(**WRITTEN, thing=a_producer),
    "registry:registration-list": Page(SIGNED_IN),
    "registry:registration-show": Page(REACHING, thing=a_registration(filings.filed)),
    "registry:registration-print": Page(REACHING, thing=a_registration(filings.registered)),
    "registry:registration-facts": Page(**WRITTEN, thing=a_registration(filings.drafted)),
    "registry:registration-link": Page(**WRITTEN, thing=a_registration(filings.drafted)),
    "registry:registration-goods": Page(**WRITTEN, thing=a_registration(filings.drafted)),
    "registry:registration-papers": Page(**WRITTEN, thing=a_registration(filings.drafted)),
    "registry:registration-paper-back": Page(None, OFFICERS_HERE, sees=REACHING, thing=a_registration_paper),
    "registry:registration-file": Page(None, OFFICERS_HERE, sees=REACHING, thing=a_draft_in_its_window),
    "registry:registration-withdraw": Page(None, OFFICERS_HERE, sees=REACHING, thing=a_registration(filings.drafted)),
    "registry:registration-check": Page(CHECKERS, CHECKERS, sees=REACHING, thing=a_registration(filings.filed)),
    "registry:registration-decide": Page(
        REACHING - {"recorder here"}, NOBODY, sees=REACHING - {"recorder here"}, thing=a_committee_with_a_filing
    ),
    "registry:window-list": Page(SIGNED_IN),
    "registry:window-new": Page(CENTRAL, CENTRAL, sees=SIGNED_IN),
    "registry:window-edit": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=lambda: {"public_id": filings.window().public_id}),
}


def a_listing() -> dict[str, str]:
    return {"pid": listed().public_id}


# public: the front page, the catalogue, areas
POLICY |= {
    "selection:home": Page(ANYONE),
    "selection:catalogue-list": Page(ANYONE),
    "selection:product-show": Page(ANYONE, thing=a_listing),
    "selection:explanation-show": Page(ANYONE, thing=an_announced_product),
    "selection:area-list": Page(ANYONE),
    "selection:area-show": Page(ANYONE, thing=lambda: {"code": make.HOME}),
}


RECORDING = frozenset({"recorder here", "amphoe officer here"})


def an_open_round() -> dict[str, object]:
    return {"key": way.open_round().key}


def a_complete_draft() -> dict[str, object]:
    return {"key": way.draft_round().key}


def a_stage() -> dict[str, object]:
    return an_open_round() | {"number": 1}


def a_criteria_draft() -> dict[str, object]:
    return {"pid": way.criteria_set(active=False).public_id}


def an_announced_round() -> dict[str, object]:
    round_ = way.open_round()
    Round.objects.filter(pk=round_.pk).update(state=RoundState.ANNOUNCED)
    return {"key": round_.key}


def a_forum() -> dict[str, object]:
    panel = way.convened_forum(way.open_round())
    way.brought(panel, make.product(), by=make.recorder())
    return {"pid": panel.public_id}


def a_forum_line() -> dict[str, object]:
    return a_forum() | {"line": ForumLine.objects.get().public_id}


# rounds, criteria, forums
POLICY |= {
    "selection:round-list": Page(SIGNED_IN),
    "selection:round-new": Page(CENTRAL, CENTRAL, sees=SIGNED_IN),
    "selection:round-show": Page(SIGNED_IN, thing=an_open_round),
    "selection:round-edit": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=a_complete_draft),
    "selection:round-open": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=a_complete_draft),
    "selection:round-close": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=an_announced_round),
    "selection:stage-close": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=a_stage),
    "selection:criteria-list": Page(SIGNED_IN),
    "selection:criteria-new": Page(CENTRAL, CENTRAL, sees=SIGNED_IN),
    "selection:criteria-sample": Page(None, CENTRAL, sees=SIGNED_IN),
    "selection:criteria-edit": Page(CENTRAL, CENTRAL, sees=SIGNED_IN, thing=a_criteria_draft),
    "selection:criteria-activate": Page(None, CENTRAL, sees=SIGNED_IN, thing=a_criteria_draft, sent={"version": "1"}),
    "selection:criteria-table": Page(SIGNED_IN, thing=a_criteria_draft),
    "selection:criteria-show": Page(SIGNED_IN, thing=lambda: {"pid": way.criteria_set().public_id}),
    "selection:forum-list": Page(SIGNED_IN, RECORDING, sees=REACHING, thing=an_open_round, sent={"area": make.HOME}),
    "selection:forum-show": Page(REACHING, thing=a_forum),
    "selection:forum-record": Page(RECORDING, RECORDING, sees=REACHING, thing=a_forum),
    "selection:forum-bring": Page(None, RECORDING, sees=REACHING, thing=a_forum),
    "selection:forum-line": Page(RECORDING, RECORDING, sees=REACHING, thing=a_forum_line),
    "selection:forum-take-back": Page(RECORDING, RECORDING, sees=REACHING, thing=a_forum_line),
    "selection:forum-choose": Page(None, RECORDING, sees=REACHING, thing=a_forum_line, sent={"version": "2", "chosen": "no"}),
    "selection:forum-settle": Page(REACHING, RECORDING, sees=REACHING, thing=a_forum),
}


def a_round_with_its_amphoe() -> dict[str, object]:
    way.amphoe()
    return {"key": way.open_round().key}


def an_amphoe_panel() -> dict[str, object]:
    whole = way.through(1)
    return {"pid": way.ranked(way.convened(whole.round, 2, whole.amphoe), whole.amphoe).public_id}


def a_tied_panel() -> dict[str, object]:
    whole = way.through(1, round_=way.open_round(stages={2: {"quota": 1}}))
    panel = way.convened(whole.round, 2, whole.amphoe)
    return {"pid": way.ranked(panel, whole.amphoe, dict.fromkeys(whole.entries, 1)).public_id}


def a_support_line() -> dict[str, object]:
    whole = way.through(1)
    panel = whole.ranked_amphoe()
    return {"pid": panel.public_id, "line_id": panel.support_lines.get().public_id}


def a_province_panel() -> dict[str, object]:
    whole = way.through(2)
    return {"pid": way.convened(whole.round, 3, whole.province).public_id}


def a_province_sheet() -> dict[str, object]:
    return a_province_panel() | {"n": Entry.objects.first().public_id, "part": "a"}


def an_entry_apart() -> dict[str, object]:
    return a_province_panel() | {"n": Entry.objects.first().public_id}


def a_national_panel() -> dict[str, object]:
    whole = way.through(4)
    return {"pid": way.convened(whole.round, 5, whole.national).public_id}


def a_national_entry() -> dict[str, object]:
    return a_national_panel() | {"entry_id": Entry.objects.first().public_id}


AT_AMPHOE = REACHING - {"recorder here"}
AT_PROVINCE = AT_AMPHOE - {"amphoe officer here", "amphoe member here"}
AT_CENTRE = frozenset({"central officer", "administrator", "national member"})

# panels: committees at stages 2, 3 and 5, judges at stage 4; none of PEOPLE leads one (their own tests do)
POLICY |= {
    "selection:panel-list": Page(SIGNED_IN, thing=an_open_round),
    "selection:panel-convene": Page(
        None, frozenset({"amphoe member here"}), sees=SIGNED_IN, thing=a_round_with_its_amphoe, sent={"stage": "2", "area": make.PARENT}
    ),
    "selection:round-announce": Page(AT_CENTRE, CENTRAL, sees=AT_CENTRE, thing=lambda: {"key": way.through(5).round.key}),
    "selection:panel-show": Page(AT_AMPHOE, thing=an_amphoe_panel),
    "selection:panel-meet": Page(AT_AMPHOE, NOBODY, sees=AT_AMPHOE, thing=an_amphoe_panel),
    "selection:panel-recuse": Page(
        AT_AMPHOE, frozenset({"amphoe member here"}), sees=AT_AMPHOE, thing=an_amphoe_panel, sent={"entry": "x", "seat": "x"}
    ),
    "selection:panel-decide": Page(AT_PROVINCE, NOBODY, sees=AT_PROVINCE, thing=an_entry_apart),
    "selection:panel-settle": Page(AT_AMPHOE, NOBODY, sees=AT_AMPHOE, thing=an_amphoe_panel),
    "selection:ranking-save": Page(AT_AMPHOE, NOBODY, sees=AT_AMPHOE, thing=an_amphoe_panel),
    "selection:ranking-choose": Page(AT_AMPHOE, NOBODY, sees=AT_AMPHOE, thing=a_tied_panel),
    "selection:plan-add": Page(AT_AMPHOE, NOBODY, sees=AT_AMPHOE, thing=an_amphoe_panel),
    "selection:plan-drop": Page(None, NOBODY, sees=AT_AMPHOE, thing=a_support_line),
    "selection:sheet-list": Page(frozenset({"province member here"}), thing=a_province_panel),
    "selection:sheet-show": Page(NOBODY, NOBODY, sees=AT_PROVINCE, thing=a_province_sheet),
    "selection:sheet-sign": Page(NOBODY, NOBODY, sees=AT_PROVINCE, thing=a_province_sheet),
    "selection:national-fill": Page(None, NOBODY, sees=AT_CENTRE, thing=a_national_panel),
    "selection:national-decide": Page(AT_CENTRE, NOBODY, sees=AT_CENTRE, thing=a_national_entry),
    "selection:national-certify": Page(AT_CENTRE, NOBODY, sees=AT_CENTRE, thing=a_national_panel),
}


def a_counted_year() -> dict[str, object]:
    build_reports(year_be=2567)
    return {"year": 2567}


# yearly statistics
POLICY |= {
    "selection:report-list": Page(ANYONE, CENTRAL, sees=SIGNED_IN, sent={"year": "2567"}),
    "selection:report-show": Page(ANYONE, thing=a_counted_year),
    "selection:report-file": Page(ANYONE, thing=lambda: {**a_counted_year(), "kind": "csv"}),
}


# personal data: offices of the area keep them; seats and the administrator's office see nothing of them
CENTRE_TO_AMPHOE = OFFICERS_HERE - {"recorder here"}


def a_person() -> dict[str, str]:
    return {"public_id": make.person().public_id}


def a_consent() -> dict[str, str]:
    return {"public_id": make.consent(make.person()).public_id}


POLICY |= {
    "registry:person-new": Page(OFFICERS_HERE, OFFICERS_HERE, sees=REACHING, thing=a_producer),
    "registry:person-search": Page(SIGNED_IN, SIGNED_IN, sent={"field": "phone", "number": make.PHONE}),
    "registry:person-show": Page(OFFICERS_HERE, thing=a_person),
    "registry:person-edit": Page(OFFICERS_HERE, OFFICERS_HERE, thing=a_person),
    "registry:person-reveal": Page(OFFICERS_HERE, OFFICERS_HERE, thing=a_person),
    "registry:person-copy": Page(CENTRE_TO_AMPHOE, CENTRE_TO_AMPHOE, sees=OFFICERS_HERE, thing=a_person),
    "registry:person-erase": Page(CENTRE_TO_AMPHOE, CENTRE_TO_AMPHOE, sees=OFFICERS_HERE, thing=a_person),
    "registry:consent-new": Page(OFFICERS_HERE, OFFICERS_HERE, thing=a_person),
    "registry:consent-withdraw": Page(OFFICERS_HERE, OFFICERS_HERE, thing=a_consent),
    "registry:retention": Page(CENTRAL, CENTRAL, sees=SIGNED_IN),
}
