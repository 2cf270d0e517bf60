"""Cells that no spreadsheet takes for a formula, and that are read back as they were."""

from registry.intake.report import safe


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it (behind apostrophes of its own) would begin a formula."""
    return f"'{text}" if _needs(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _needs(text) else text


def _needs(text: str) -> bool:
    bare = text.lstrip("'")
    return safe(bare) != bare
