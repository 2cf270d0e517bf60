"""What is true of a row of the register: fields, constraints, querysets."""

from registry.models.areas import Area, AreaSuccession
from registry.models.committees import Committee, CommitteeKind, Seat, SeatRole
from registry.models.files import MediaType, Paper
from registry.models.imports import ImportFile, ImportRow, ImportState, Outcome, Question
from registry.models.jobs import Job, JobState
from registry.models.ledger import Draft, FormKey, History, Leaf, LedgerHead
from registry.models.listing import Listing, search_words, searched_text
from registry.models.logins import LoginTry
from registry.models.meetings import Attendance, Meeting, MeetingKind
from registry.models.people import Appointment, Office, User
from registry.models.personal import (
    FOUND_BY,
    SEALED,
    Consent,
    ConsentKind,
    ConsentWay,
    Person,
    PersonRole,
    ReadKind,
    ReadReason,
    RetentionRule,
    RevealLog,
    SealedField,
    agreed_people,
)
from registry.models.producers import Producer, ProducerFact, ProducerType
from registry.models.products import Category, Product, ProductFact, ProductSource
from registry.models.registrations import (
    Answer,
    CheckItem,
    CheckLine,
    OldCode,
    PaperNeed,
    Registration,
    RegistrationCheck,
    RegistrationDecision,
    RegistrationPaper,
    RegistrationState,
    RegistrationWindow,
    Verdict,
)
from registry.models.rows import EditableRow, FactRow, Origin, TermQuerySet, Today, free_public_id, free_public_ids
from registry.models.scope import reach, reaches, within_reach
from registry.models.standards import Conformity, Standard

__all__ = [
    "FOUND_BY",
    "SEALED",
    "Answer",
    "Appointment",
    "Area",
    "AreaSuccession",
    "Attendance",
    "Category",
    "CheckItem",
    "CheckLine",
    "Committee",
    "CommitteeKind",
    "Conformity",
    "Consent",
    "ConsentKind",
    "ConsentWay",
    "Draft",
    "EditableRow",
    "FactRow",
    "FormKey",
    "History",
    "ImportFile",
    "ImportRow",
    "ImportState",
    "Job",
    "JobState",
    "Leaf",
    "LedgerHead",
    "Listing",
    "LoginTry",
    "MediaType",
    "Meeting",
    "MeetingKind",
    "Office",
    "OldCode",
    "Origin",
    "Outcome",
    "Paper",
    "PaperNeed",
    "Person",
    "PersonRole",
    "Producer",
    "ProducerFact",
    "ProducerType",
    "Product",
    "ProductFact",
    "ProductSource",
    "Question",
    "ReadKind",
    "ReadReason",
    "Registration",
    "RegistrationCheck",
    "RegistrationDecision",
    "RegistrationPaper",
    "RegistrationState",
    "RegistrationWindow",
    "RetentionRule",
    "RevealLog",
    "SealedField",
    "Seat",
    "SeatRole",
    "Standard",
    "TermQuerySet",
    "Today",
    "User",
    "Verdict",
    "agreed_people",
    "free_public_id",
    "free_public_ids",
    "reach",
    "reaches",
    "search_words",
    "searched_text",
    "within_reach",
]
