"""Wording the titles of offices as orders and rules have them."""

from datetime import datetime

from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over
from registry.models import OfficeTitle, TitlePlace, User
from registry.refusal import require
from registry.rules.appointments import may_word_titles, source_noted, title_worded
from registry.thai import normalise, paragraphs


@transaction.atomic
def word_title(
    *, by: User | None, title: OfficeTitle, version: int, title_th: str, title_en: str, source_note_th: str,
    source_note_en: str, spaced: bool = False, at: datetime | None = None,
) -> OfficeTitle:
    """Other words for the title of an office, from now on; what was signed or settled keeps the words it was signed with.

    `spaced` puts a space before the place in Thai; the centre's offices name no place. Refuses empty words, and, with
    Conflict, a title that somebody else saved since `version`.
    """
    now = moment(at)
    changes = {
        "title_th": normalise(title_th), "title_en": normalise(title_en), "spaced": spaced and title.where != TitlePlace.CENTRE,
        "source_note_th": paragraphs(source_note_th), "source_note_en": paragraphs(source_note_en),
    }
    require(
        may_word_titles(by, now), title_worded(str(changes["title_th"]), str(changes["title_en"])),
        source_noted(str(changes["source_note_th"]), str(changes["source_note_en"])),
    )
    before, after = difference(title, changes)
    save_over(title, version=version, by=by, at=now, **changes)
    if after:
        note("title_worded", title, by=by, at=now, before=before, after=after)
    return title
