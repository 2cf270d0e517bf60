"""What public pages say and draw of a selection: stars won, the loom of stages, how marks add up, certificates as QR."""

from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import marks, plots
from registry.models import Listing, Product
from registry.qr import qr
from selection.explain import Explanation
from selection.loom import loom, upright
from selection.tally import round_half_up

register = template.Library()
register.simple_tag(loom)
register.simple_tag(upright, name="loom_upright")
register.simple_tag(qr)
register.filter(marks.star_words)

LEVEL_REACHED: dict[str, Promise] = {
    "central": gettext_lazy("national level"),
    "region": gettext_lazy("regional level"),
    "province": gettext_lazy("province level"),
    "amphoe": gettext_lazy("amphoe level"),
    "tambon": gettext_lazy("tambon level"),
}
SHOWN_DECIMALS = 100  # of a hundredth: four decimals of a point


@register.filter
def level_reached(level: str) -> str:
    """The level of the body that gave a star, in words."""
    return str(LEVEL_REACHED[level])


@register.simple_tag
def won_at(listing: Listing, today: date) -> str:
    """What stands beside the stars on a label: the round, and that they have expired where they have."""
    round_words = f"OPC {listing.year_be}"
    return round_words if listing.valid_to >= today else _("%(round)s · expired") % {"round": round_words}


@register.simple_tag
def product_stars(product: Product) -> SafeString:
    """The announced stars of a product of the register with their round, leading to its public page; one query."""
    listing = Listing.objects.filter(product=product).first()
    if listing is None:
        return marks.stars(None)
    address = reverse("selection:product-show", args=[listing.public_id])
    return format_html('<a href="{}">{}</a>', address, marks.stars(listing.stars, at=f"OPC {listing.year_be}"))


@register.filter
def exact(value: Fraction) -> str:
    """An exact number of hundredths as points: 27.25 where two decimals hold it, else four and dots: 22.8333…"""
    if value.denominator == 1:
        return f"{value.numerator // 100}.{value.numerator % 100:02}"
    fine = int(value * SHOWN_DECIMALS)
    return f"{fine // 10_000}.{fine % 10_000:04}…"


@register.filter
def nearest(value: Fraction) -> int:
    """The hundredths nearest to an exact number, for what is only shown."""
    return round_half_up(value)


@register.filter
def whole(hundredths: int) -> str:
    """Hundredths without decimals where there are none: 3000 is 30, 1250 is 12.50."""
    return str(hundredths // 100) if hundredths % 100 == 0 else f"{hundredths // 100}.{hundredths % 100:02}"


@register.filter
def percent_of(value: Fraction, most: int) -> int:
    """How much of the most it is, in whole percent, for the length of a bar."""
    return int(100 * value / most) if most else 0


@register.simple_tag
def mark_plot(explained: Explanation) -> SafeString:
    """The parts stacked on the rule of 0 to 100 and the band their sum falls into."""
    parts = [plots.Part(part.letter, str(part.name), round_half_up(part.mean), part.most) for part in explained.parts]
    bands = [plots.Band(band.stars, band.least) for band in explained.bands]
    said = {"total": f"{explained.total // 100}.{explained.total % 100:02}", "words": marks.star_words(explained.band.stars)}
    label = _("The parts add up to %(total)s, which is %(words)s") % said
    return plots.marks(parts, explained.total, bands, label=label, tabled=False)


@register.simple_tag
def area_link() -> str:
    """The address of an area's page with {code} where its code belongs, for maps."""
    return reverse("selection:area-show", args=["00"]).replace("/00/", "/{code}/")


@register.simple_tag
def query_of(**asked: str) -> str:
    """A query of an address from what it asks."""
    return urlencode(asked)


@register.filter
def price_words(product: Product) -> str:
    """1,800 baht a piece; without a unit the price alone."""
    amount = f"{product.price_baht:,.2f}".removesuffix(".00")
    said = {"amount": amount, "unit": product.unit}
    return _("%(amount)s baht per %(unit)s") % said if product.unit else _("%(amount)s baht") % said


@register.filter
def capacity_words(product: Product) -> str:
    """60 pieces a month."""
    return _("%(count)s %(unit)s a month") % {"count": f"{product.capacity_month:,}", "unit": product.unit}
