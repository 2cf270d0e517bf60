"""What a paper may be: a PDF or a picture, by its content and not by its name, of a size a village line can carry."""

import warnings
from typing import Any

from django.core.files.base import File
from PIL import Image, UnidentifiedImageError

from registry.models.files import ENDINGS, MediaType
from registry.refusal import N_, Refusal, refuse
from registry.thai import normalise

LARGEST_PAPER = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 60_000_000
LONGEST_FILE_NAME = 160
BEGINNINGS = (
    (b"%PDF-", MediaType.PDF), (b"\xff\xd8\xff", MediaType.JPEG), (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)


def media_type_of(content: "File[Any]") -> MediaType | None:
    """What the bytes themselves say the file is; None for everything that is not a whole PDF, JPEG or PNG."""
    content.seek(0)
    head = content.read(16)
    content.seek(0)
    found = next((kind for beginning, kind in BEGINNINGS if head.startswith(beginning)), None)
    if found is None or (found is not MediaType.PDF and not _is_picture(content, found)):
        return None
    return found


def _is_picture(content: "File[Any]", kind: MediaType) -> bool:
    """Whether Pillow reads it as the same kind; only the head is read, so a bomb is never unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(content, formats=[kind.label]) as picture:
                return 0 < picture.width * picture.height <= MOST_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    finally:
        content.seek(0)


def paper_fits(content: "File[Any]", field: str = "file") -> Refusal | None:
    """Not empty, not larger than LARGEST_PAPER, and truly a PDF, JPEG or PNG."""
    if not content.size:
        return refuse("paper_empty", N_("This file is empty. Take the picture again, or choose another file."), field=field)
    if content.size > LARGEST_PAPER:
        return paper_too_large(field)
    if media_type_of(content) is None:
        return refuse("paper_kind", N_(
            "This is neither a PDF nor a picture (JPEG or PNG). Photograph the paper, or save it as a PDF."
        ), field=field)
    return None


def paper_too_large(field: str = "file") -> Refusal:
    """The sentence for a file beyond the limit, also when the line was cut before all of it came in."""
    return refuse("paper_large", N_(
        "This file is larger than %(most)s MB. Photograph the paper at a smaller size and choose it again."
    ), field=field, most=LARGEST_PAPER // 2**20)


def file_name(told: str, media_type: MediaType) -> str:
    """The name to keep and to send: no path, nothing that cannot be seen, with the ending of what the file truly is."""
    name = normalise(told.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ") or "paper"
    name = "".join("-" if letter in '<>:"|?*;%' or not letter.isprintable() else letter for letter in name)
    endings = ENDINGS[media_type]
    if name.lower().endswith(endings):
        stem, ending = name.rsplit(".", 1)
        return f"{stem[: LONGEST_FILE_NAME - 5]}.{ending}"
    return f"{name[: LONGEST_FILE_NAME - 5]}{endings[0]}"
