"""What is true of a row of the register: fields, constraints, querysets."""

from registry.models.areas import Area, AreaSuccession
from registry.models.committees import Committee, CommitteeKind, Seat, SeatRole
from registry.models.expiry import ExpiryNotice
from registry.models.files import MediaType, Paper
from registry.models.imports import ImportFile, ImportRow, ImportState, Outcome, Question
from registry.models.jobs import Job, JobState
from registry.models.ledger import Draft, FormKey, History, Leaf, LedgerHead
from registry.models.listing import Listing, search_words, searched_text
from registry.models.logins import LoginTry
from registry.models.meetings import Attendance, Meeting, MeetingKind
from registry.models.people import Appointment, Office, User
from registry.models.producers import Producer, ProducerFact, ProducerType
from registry.models.products import Category, Product, ProductFact, ProductSource
from registry.models.quadrants import (
    Classification,
    QuadrantItem,
    QuadrantKind,
    QuadrantQuestion,
    classified_as,
)
from registry.models.rows import EditableRow, FactRow, Origin, TermQuerySet, Today, free_public_id, free_public_ids
from registry.models.scope import reach, reaches, within_reach
from registry.models.standards import WATCH_DAYS, Conformity, Standard, Standing, has_papers, lapsed_among

__all__ = [
    "WATCH_DAYS",
    "Appointment",
    "Area",
    "AreaSuccession",
    "Attendance",
    "Category",
    "Classification",
    "Committee",
    "CommitteeKind",
    "Conformity",
    "Draft",
    "EditableRow",
    "ExpiryNotice",
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
    "Origin",
    "Outcome",
    "Paper",
    "Producer",
    "ProducerFact",
    "ProducerType",
    "Product",
    "ProductFact",
    "ProductSource",
    "QuadrantItem",
    "QuadrantKind",
    "QuadrantQuestion",
    "Question",
    "Seat",
    "SeatRole",
    "Standard",
    "Standing",
    "TermQuerySet",
    "Today",
    "User",
    "classified_as",
    "free_public_id",
    "free_public_ids",
    "has_papers",
    "lapsed_among",
    "reach",
    "reaches",
    "search_words",
    "searched_text",
    "within_reach",
]
