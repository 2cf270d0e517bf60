"""Finding the tambon a row means: exact by the names of its path, else choices for a person; never a guess."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db import connection

from registry.intake.address import PlaceSaid, parse_address, tambon_of_authority
from registry.intake.spots import Found, Spot, begun, best_likeness, inside, keys_of, readings, said_keys
from registry.levels import Level
from registry.models import Area
from registry.thai import to_arabic_digits

CHOICES = 6
MANY = 30
LEAST = 0.55  # of likeness, for a name to be taken for a misspelling of another
PROVINCE_NAMES = {"กทม": "10", "กรุงเทพ": "10", "bangkokmetropolis": "10", "อยุธยา": "14"}
FINGERPRINT = """
SELECT md5(string_agg(concat_ws('|', id, code, level, name_th, name_en, lft), ',' ORDER BY id)) FROM registry_area WHERE valid_to IS NULL
"""
ABOVE = {Level.PROVINCE: 0, Level.AMPHOE: 2, Level.TAMBON: 4}  # letters of the code that name the area above


_CODE = re.compile(r"(?<!\d)\d{2}(?:\d{2}){0,2}(?!\d)")
_kept: dict[str, Any] = {}


class Places:
    """All areas of today, loaded once; each search is dictionary work and remembered."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Takes the areas with parents before children."""
        self.by_code: dict[str, Spot] = {}
        self.by_id: dict[int, Spot] = {}
        self.below: dict[str, list[Spot]] = defaultdict(list)  # by the code above; provinces by ""
        self.named: dict[tuple[str, str], list[Spot]] = defaultdict(list)  # by level and code above, and key
        for area in areas:
            if area.level in ABOVE:
                self._add(area)
        self.find: Callable[[PlaceSaid], Found] = lru_cache(maxsize=50_000)(self._find)

    @classmethod
    def load(cls) -> "Places":
        """Today's areas, in one query and a second; kept for the life of the process while no area changes."""
        with connection.cursor() as cursor:
            cursor.execute(FINGERPRINT)
            (state,) = cursor.fetchone()
        if _kept.get("state") != state:
            _kept.update(state=state, places=cls(Area.objects.current().order_by("lft")))
        return _kept["places"]

    def _add(self, area: Area) -> None:
        above = area.code[: ABOVE[Level(area.level)]]
        parent = self.by_code.get(above)
        spot = Spot(
            area.id,
            area.code,
            area.level,
            area.name_th,
            area.name_en,
            area.lft,
            area.rght,
            frozenset(keys_of(area, parent)),
        )
        self.by_code[area.code] = self.by_id[area.id] = spot
        self.below[above].append(spot)
        for within in {"", area.code[:2], above}:
            for key in spot.keys:
                self.named[area.level + within, key].append(spot)

    def path(self, spot: Spot) -> list[Spot]:
        """The spot with what it lies in, province first."""
        return [self.by_code[spot.code[:size]] for size in (2, 4, 6) if size <= len(spot.code)]

    def _find(self, said: PlaceSaid) -> Found:
        """By the code, by the columns and by the address; they must not speak against one another."""
        columns, address = readings(said)
        found = self._by_names(columns)
        if address is not None and address != columns:
            found = self._agreed(found, self._by_names(address))
        if said.code:
            found = self._with_code(said, found)
        return self._with_authority(said, found)

    def named_area(self, text: str) -> Spot | None:
        """The area of any level that a short text names surely: by its code, by a path with its marks, or as a province."""
        code = _CODE.search(to_arabic_digits(text))
        if code is not None:
            spot, beside = self.by_code.get(code[0]), said_keys(_CODE.sub(" ", to_arabic_digits(text)).strip(" ()"))
            return spot if spot is not None and (not beside or spot.keys & set(beside)) else None
        written = parse_address(text)
        found = self._one(written.get("province", "" if written else text), Level.PROVINCE, "")
        for level in (Level.AMPHOE, Level.TAMBON):
            if level in written:
                if found is None and "province" in written:
                    return None
                found = self._one(written[level], level, found.code if found else "")
        return found

    def _by_names(self, said: PlaceSaid) -> Found:
        """The search by the names of the path alone."""
        province = self._one(said.province, Level.PROVINCE, "")
        if said.province and province is None:
            return self._astray(said, "province", None)
        within = province.code if province else ""
        amphoe = self._one(said.amphoe, Level.AMPHOE, within)
        if said.amphoe and amphoe is None:
            return self._unsure_amphoe(said, province)
        if not said.tambon:
            return Found(amphoe or province, "missing", "tambon", "", tuple(self.below[amphoe.code]) if amphoe else ())
        fitting = self.exact(said.tambon, Level.TAMBON, amphoe.code if amphoe else within)
        if amphoe is not None and len(fitting) == 1:
            return Found(fitting[0])
        if fitting:
            return Found(
                amphoe or province, "several", "tambon" if amphoe else "amphoe", said.tambon, tuple(fitting[:MANY])
            )
        return self._astray(said, "tambon", amphoe or province)

    def _unsure_amphoe(self, said: PlaceSaid, province: Spot | None) -> Found:
        """No province and several amphoes of the name: the tambon decides if only one of them has it."""
        amphoes = self.exact(said.amphoe, Level.AMPHOE, "") if province is None else []
        fitting = [spot for amphoe in amphoes for spot in self.exact(said.tambon, Level.TAMBON, amphoe.code)]
        if len(fitting) == 1:
            return Found(fitting[0])
        if amphoes:
            return Found(None, "several", "province", said.amphoe, tuple(fitting[:MANY]))
        return self._astray(said, "amphoe", province)

    def _astray(self, said: PlaceSaid, field: str, sure: Spot | None) -> Found:
        """The part `field` is no name of today inside what is sure: the tambons whose whole path is most like what was said."""
        written = getattr(said, field)
        scored = sorted(self._scored(said, sure), key=lambda pair: (-pair[0], pair[1].code))
        if not scored:
            near = self._nearest(said, field, sure)
            return Found(sure, "misspelt" if near else "unknown", field, written, tuple(near))
        choices = tuple(spot for _score, spot in scored[:CHOICES])
        elsewhere = bool(self._named_elsewhere(written, Level(field), sure))
        return Found(sure, "contradiction" if elsewhere else "misspelt", field, written, choices)

    def _named_elsewhere(self, written: str, level: Level, sure: Spot | None) -> list[Spot]:
        return self.exact(written, level, sure.code[:2] if sure and level is Level.TAMBON else "")

    def _scored(self, said: PlaceSaid, sure: Spot | None) -> list[tuple[float, Spot]]:
        """Tambons worth showing with their score, 0 to 1: the mean likeness of the parts of the path that were said."""
        if not said.tambon:
            return []
        parts = [keys for text in (said.province, said.amphoe, said.tambon) if (keys := said_keys(text))]
        sizes = [size for size, text in ((2, said.province), (4, said.amphoe), (6, said.tambon)) if said_keys(text)]
        found = []
        for spot in self._pool(said, sure):
            own = best_likeness(parts[-1], spot)
            if own >= LEAST:
                rest = [
                    best_likeness(keys, self.by_code[spot.code[:size]]) for keys, size in zip(parts, sizes, strict=True)
                ]
                found.append((sum(rest) / len(rest), spot))
        return found

    def _pool(self, said: PlaceSaid, sure: Spot | None) -> list[Spot]:
        """Where the tambon may lie: the sure province, else provinces and amphoes whose names are much like those said."""
        if sure is not None:
            return self._tambons(self.by_code[sure.code[:2]])
        places = self._most_alike(said.province, self.below[""]) + self.exact(said.amphoe, Level.AMPHOE, "")
        if not said.province and said.amphoe:
            amphoes = [amphoe for province in self.below[""] for amphoe in self.below[province.code]]
            places += self._most_alike(said.amphoe, amphoes)
        return list(dict.fromkeys(spot for place in places for spot in self._tambons(place)))

    def _nearest(self, said: PlaceSaid, field: str, sure: Spot | None) -> list[Spot]:
        """No tambon to go by: all tambons of the amphoe most like the one said; nothing when none is."""
        if said.tambon or field == "tambon":
            return []
        provinces = [sure] if sure else self._most_alike(said.province, self.below[""])
        pool = [amphoe for province in provinces for amphoe in self.below[province.code]]
        near = self._most_alike(said.amphoe, pool) if said.amphoe else pool[:1]
        return self.below[near[0].code] if near else []

    def _tambons(self, place: Spot) -> list[Spot]:
        if place.level == Level.TAMBON:
            return [place]
        return [spot for child in self.below[place.code] for spot in self._tambons(child)]

    def _most_alike(self, text: str, pool: Sequence[Spot]) -> list[Spot]:
        """The areas of the pool whose name is written much like the text, best first, at most three."""
        keys = said_keys(text)
        scored = [(best_likeness(keys, spot), spot) for spot in pool] if keys else []
        best = sorted((pair for pair in scored if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[1].code))
        return [spot for _score, spot in best[:3]]

    def _one(self, text: str, level: Level, within: str) -> Spot | None:
        """The only area of `level` inside the code `within` that has this name."""
        fitting = self.exact(text, level, within) if text else []
        return fitting[0] if len(fitting) == 1 else None

    def exact(self, text: str, level: Level, within: str) -> list[Spot]:
        """Areas of `level` inside the code `within` ("" for all) with this very name, Thai or English.

        An abbreviation that ends in ฯ is exact when only one name begins so.
        """
        for key in said_keys(text):
            if level is Level.PROVINCE and key in PROVINCE_NAMES:
                return [self.by_code[PROVINCE_NAMES[key]]]
            if fitting := self.named.get((level + within, key)):
                return fitting
        fitting = [
            spot for spot in self.below.get(within, ()) if spot.level == level and spot.name.startswith(begun(text))
        ]
        return fitting if len(fitting) == 1 and begun(text) != "ฯ" else []

    def _agreed(self, columns: Found, address: Found) -> Found:
        """What the columns and the address say together: one tambon, or both as choices."""
        if columns.spot is address.spot and not columns.reason and not address.reason:
            return columns
        if (
            not columns.reason
            and address.reason
            and (address.reason == "missing" or columns.spot in address.choices[:1])
        ):
            return columns
        if not address.reason and columns.reason == "missing" and inside(columns.spot, address.spot):
            return address
        firm = [found.spot for found in (address, columns) if not found.reason and found.spot is not None]
        choices = tuple(dict.fromkeys([*firm, *columns.choices, *address.choices]))[:CHOICES]
        sure = self._common(firm + [found.spot for found in (columns, address) if found.spot is not None])
        if not firm and columns.reason == address.reason == "missing":
            return Found(sure, "contradiction", "address")
        if not firm:
            return replace(columns if columns.reason != "missing" else address, choices=choices)
        return Found(sure, "contradiction", "address", "", choices)

    def _with_code(self, said: PlaceSaid, found: Found) -> Found:
        """A six-digit code is the tambon, if the names do not speak against it; an old code yields to exact names."""
        code = "".join(letter for letter in to_arabic_digits(said.code) if letter.isdigit())
        spot = self.by_code.get(code)
        if spot is None:
            named = said.tambon or said.amphoe or said.province or said.address
            return found if named else Found(None, "unknown", "area_code", said.code)
        if found.spot is spot or spot in found.choices or (found.reason == "missing" and inside(found.spot, spot)):
            return Found(spot) if spot.level == Level.TAMBON else found
        if spot.level != Level.TAMBON and found.spot is not None and inside(spot, found.spot):
            return found
        others = found.choices if found.reason else (found.spot,)
        choices = tuple(choice for choice in (spot, *others) if choice is not None and choice.level == Level.TAMBON)[
            :CHOICES
        ]
        return Found(
            self._common([spot, *([found.spot] if found.spot else [])]),
            "contradiction",
            "area_code",
            said.code,
            choices,
        )

    def _with_authority(self, said: PlaceSaid, found: Found) -> Found:
        """The tambon a local authority is named after: a choice where none is said, a doubt where another one is."""
        name = tambon_of_authority(said.authority)
        if not name or found.spot is None:
            return found
        own = self.exact(name, Level.TAMBON, found.spot.code[:4])
        if not own or found.spot in own:
            return found
        if found.reason == "missing":
            return Found(found.spot, "authority", "tambon", name, tuple(own[:CHOICES]))
        if not found.reason:
            return Found(
                self._common([found.spot, *own]), "contradiction", "tambon", said.tambon, (found.spot, *own)[:CHOICES]
            )
        return replace(found, choices=tuple(dict.fromkeys([*own, *found.choices]))[:CHOICES])

    def _common(self, spots: Sequence[Spot]) -> Spot | None:
        """The lowest area that holds them all."""
        for size in (4, 2):
            codes = {spot.code[:size] for spot in spots}
            if len(codes) == 1:
                return self.by_code[codes.pop()]
        return None
