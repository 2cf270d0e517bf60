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
from registry.models.photos import Photo, first_photos, photo_file
from registry.models.producers import Producer, ProducerFact, ProducerType
from registry.models.product_lines import Material, Prize, ProductLine, SalesKind, SalesPlace, lines_of
from registry.models.products import (
    Category,
    CategoryLabel,
    Product,
    ProductFact,
    ProductSource,
    SubCategory,
    category_name,
)
from registry.models.rows import EditableRow, FactRow, Origin, TermQuerySet, Today, free_public_id, free_public_ids
from registry.models.scope import reach, reaches, within_reach
from registry.models.standards import Conformity, Standard

__all__ = [
    "Appointment",
    "Area",
    "AreaSuccession",
    "Attendance",
    "Category",
    "CategoryLabel",
    "Committee",
    "CommitteeKind",
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
    "Material",
    "Meeting",
    "MeetingKind",
    "Office",
    "Origin",
    "Outcome",
    "Photo",
    "Prize",
    "Producer",
    "ProducerFact",
    "ProducerType",
    "Product",
    "ProductFact",
    "ProductLine",
    "ProductSource",
    "Question",
    "SalesKind",
    "SalesPlace",
    "Seat",
    "SeatRole",
    "Standard",
    "SubCategory",
    "TermQuerySet",
    "Today",
    "User",
    "category_name",
    "first_photos",
    "free_public_id",
    "free_public_ids",
    "lines_of",
    "photo_file",
    "reach",
    "reaches",
    "search_words",
    "searched_text",
    "within_reach",
]
