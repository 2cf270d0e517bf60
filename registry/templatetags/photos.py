"""What templates say to show a photograph: in the sizes the server made, cut around its focus, never shifting the page."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from registry.models import Photo

register = template.Library()
MIDDLE_WIDTH = 800


@register.simple_tag
def photo(
    row: Photo, name: str = "", sizes: str = "100vw", css: str = "", first: bool = False, whole: bool = False
) -> SafeString:
    """{% photo row.photo name=row.name sizes="22rem" %}: an <img> of a Photo; `name` is said where it has no words of its
    own; `first` when it is seen at once; `whole` where the page does not cut it.
    """
    middle = max((width for width in row.widths if width <= MIDDLE_WIDTH), default=row.width)
    focus = "" if whole else f"photo fx-{row.focus_x} fy-{row.focus_y}"
    language = format_html(' lang="{}"', row.alt_lang) if row.alt and row.alt_lang else ""
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{} decoding="async">',
        f"{focus} {css}".strip(), photo_url(row, middle),
        ", ".join(f"{photo_url(row, width)} {width}w" for width in row.widths), sizes, row.width, row.height,
        row.alt or name, language, SafeString(' fetchpriority="high"' if first else ' loading="lazy"'),
    )  # fmt: skip


@register.simple_tag
def photo_url(row: Photo, width: int | None = None) -> str:
    """The address of the file of this width (default: the largest); one for both languages, so that it is kept once."""
    with override("th"):
        return reverse("registry:photo-file", args=[row.digest, width or row.width])
