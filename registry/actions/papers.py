"""Keeping a paper, and erasing what may no longer be kept."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from registry.actions.acts import moment, note, save_version
from registry.models import Area, Origin, Paper, User, free_public_id
from registry.refusal import require
from registry.rules import may_register_in
from registry.rules.papers import file_name, media_type_of, paper_fits


@transaction.atomic
def keep_paper(
    *, by: User | None, content: "File[Any]", kind: str, area: Area, name: str = "", origin: str | None = None,
    field: str = "file", at: datetime | None = None,
) -> Paper:
    """Keeps `content` as a private paper of `area`; `kind` is a small word (a–z, 0–9, _) of whoever asks for it.

    Refuses what `paper_fits` refuses (said beside the form's `field`) and a place outside the writer's areas. Who asks
    for the paper locks and checks his own row first, and keeps the Paper it gives.
    """
    now = moment(at)
    require(may_register_in(by, [area], now), paper_fits(content, field))
    media_type = media_type_of(content)
    assert media_type is not None  # paper_fits refuses it
    paper = Paper(
        public_id=free_public_id(Paper), kind=kind, area=area, name=file_name(name or content.name or "", media_type),
        sha256=_digest(content), size=content.size, media_type=media_type,
        origin=by.origin if by else origin or Origin.REAL, created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    paper.file.save(f"{paper.public_id}.bin", content, save=False)
    try:
        paper.save()
    except Exception:
        paper.file.delete(save=False)
        raise
    note("paper_kept", paper, by=by, at=now, after={"kind": kind, "area": area.code, "sha256": paper.sha256})
    return paper


@transaction.atomic
def erase_paper(*, paper: Paper, by: User | None, at: datetime | None = None) -> Paper:
    """Removes the file of a paper whose time is over and blanks its name; digest, size and days stay. Twice is once.

    Who may, and why, is the caller's rule: erasure and retention ask for it, no page does.
    """
    now = moment(at)
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.erased_at:
        return locked
    storage, stored = locked.file.storage, str(locked.file.name)
    save_version(locked, version=locked.version, by=by, at=now, file="", name="", erased_at=now)
    note("paper_erased", locked, by=by, at=now, after={"kind": locked.kind, "sha256": locked.sha256})
    transaction.on_commit(lambda: storage.delete(stored))
    return locked


def _digest(content: "File[Any]") -> str:
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()
