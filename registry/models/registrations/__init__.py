"""Registrations: what is asked, a Producer's filing, its checks, the committee's decision, and codes of older registers."""

from registry.models.registrations.asked import (
    Bilingual,
    CheckItem,
    PaperNeed,
    RegistrationWindow,
    WindowQuerySet,
)
from registry.models.registrations.decided import (
    Answer,
    CheckLine,
    RegistrationCheck,
    RegistrationDecision,
    Verdict,
)
from registry.models.registrations.filings import (
    LINKS,
    OPEN_STATES,
    UNBOUND,
    WRITTEN_ON,
    Registration,
    RegistrationPaper,
    RegistrationQuerySet,
    RegistrationState,
)
from registry.models.registrations.old_codes import (
    OldCode,
)

__all__ = [
    "LINKS",
    "OPEN_STATES",
    "UNBOUND",
    "WRITTEN_ON",
    "Answer",
    "Bilingual",
    "CheckItem",
    "CheckLine",
    "OldCode",
    "PaperNeed",
    "Registration",
    "RegistrationCheck",
    "RegistrationDecision",
    "RegistrationPaper",
    "RegistrationQuerySet",
    "RegistrationState",
    "RegistrationWindow",
    "Verdict",
    "WindowQuerySet",
]
