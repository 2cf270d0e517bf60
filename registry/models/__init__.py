"""What is true of a row of the register: fields, constraints, querysets."""

from registry.models.areas import Area, AreaSuccession
from registry.models.committees import Committee, CommitteeKind, Seat, SeatRole
from registry.models.imports import ImportFile, ImportRow, ImportState, Outcome, Question
from registry.models.jobs import Job, JobState
from registry.models.ledger import Draft, FormKey, History, Leaf, LedgerHead
from registry.models.listing import Listing, search_words, searched_text
from registry.models.logins import LoginTry
from registry.models.meetings import Attendance, Meeting, MeetingKind
from registry.models.people import Appointment, Office, User
from registry.models.producers import Producer, ProducerFact, ProducerType
from registry.models.products import Category, Product, ProductFact, ProductSource
from registry.models.rows import EditableRow, FactRow, Origin, TermQuerySet, Today, free_public_id, free_public_ids
from registry.models.sales import (
    MOST_SATANG,
    Confirmation,
    Sale,
    SalesChannel,
    SaleSource,
    StillProducing,
    Threshold,
    asked_this_year,
    unasked,
)
from registry.models.scope import reach, reaches, within_reach
from registry.models.standards import Conformity, Standard

__all__ = [
    "MOST_SATANG",
    "Appointment",
    "Area",
    "AreaSuccession",
    "Attendance",
    "Category",
    "Committee",
    "CommitteeKind",
    "Confirmation",
    "Conformity",
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
    "Meeting",
    "MeetingKind",
    "Office",
    "Origin",
    "Outcome",
    "Producer",
    "ProducerFact",
    "ProducerType",
    "Product",
    "ProductFact",
    "ProductSource",
    "Question",
    "Sale",
    "SaleSource",
    "SalesChannel",
    "Seat",
    "SeatRole",
    "Standard",
    "StillProducing",
    "TermQuerySet",
    "Threshold",
    "Today",
    "User",
    "asked_this_year",
    "free_public_id",
    "free_public_ids",
    "reach",
    "reaches",
    "search_words",
    "searched_text",
    "unasked",
    "within_reach",
]
