"""What stands against what is told of a product: live plants, sub-categories, lines of materials, sales and prizes."""

from collections.abc import Sequence
from datetime import datetime

from registry.clock import bangkok_day
from registry.models import Area, Category, SubCategory
from registry.refusal import N_, Refusal, refuse
from registry.thai import match_key, year_be

# Words in which a live plant may hide; each may also name a processed good, so a person decides, never the word.
PLANT_WORDS = (
    "ต้นกล้า", "กล้าไม้", "กล้าพันธุ์", "กิ่งพันธุ์", "กิ่งตอน", "กิ่งชำ", "ต้นพันธุ์", "พันธุ์ไม้", "พันธุ์พืช", "ไม้ดอก", "ไม้ประดับ",
    "ไม้กระถาง", "ไม้มงคล", "ไม้ผล", "ต้นไม้", "บอนไซ", "กล้วยไม้", "กระบองเพชร", "แคคตัส", "ไม้ด่าง", "ไม้อวบน้ำ", "sapling",
    "seedling", "bonsai", "orchid", "cactus", "succulent", "potted plant", "ornamental plant", "live plant",
)  # fmt: skip
_KEYS = [(match_key(word), word) for word in PLANT_WORDS]


def plant_word(*names: str) -> str:
    """The word in the names that sounds like a live plant, if there is one."""
    keys = [match_key(name) for name in names]
    return next((word for part, word in _KEYS if any(part in key for key in keys)), "")


def is_no_live_plant(name: str, name_en: str, *, said: bool) -> Refusal | None:
    """Live plants are not registered; where the name sounds like one, a person must have `said` that it is none."""
    word = plant_word(name, name_en)
    if said or not word:
        return None
    return refuse("live_plant", N_(
        "Live plants such as saplings and ornamentals are not registered, and “%(word)s” sounds like one."
        " If this is a processed good, say so here; a live plant cannot be taken in."
    ), field="not_live_plant", word=word)


def subcategory_fits(category: Category | None, subcategory: SubCategory | None) -> Refusal | None:
    """A sub-category is one of the product's category."""
    if subcategory is None or (category is not None and subcategory.category_id == category.pk):
        return None
    return refuse("subcategory_differs", N_("%(name)s belongs to another category. Choose one that fits, or none."),
                  field="subcategory", name=subcategory)


def shares_fit(shares: Sequence[int | None]) -> Refusal | None:
    """Shares are 1 to 100 percent each and at most 100 together; what is not known stays open."""
    known = [share for share in shares if share is not None]
    if all(1 <= share <= 100 for share in known) and sum(known) <= 100:
        return None
    return refuse("shares_many", N_(
        "The shares of the raw materials make %(sum)s percent together; at most 100 can be. Correct the figures."
    ), sum=sum(known))


def origin_is_one(area: Area | None, country: str) -> Refusal | None:
    """A raw material comes from a place in Thailand or from abroad, not both."""
    if area is None or not country:
        return None
    return refuse("origin_double", N_(
        "A raw material comes from a place in Thailand or from abroad. Divide it into two lines, or leave one out."
    ))


def prize_year_fits(year: int | None, at: datetime) -> Refusal | None:
    """A prize was given in a year of the Buddhist Era that has begun."""
    if year is None or 2400 <= year <= year_be(bangkok_day(at)):
        return None
    return refuse("prize_year_odd", N_("%(year)s is not a year in which a prize was given. Write it like 2567."), year=year)
