"""Public holidays and weekends of the world's places, and the place a time zone lies in.

A place is a country or one of its regions, written as ISO 3166 writes it: `PT`, `DE-BY`; `NOWHERE` keeps no holidays.
The holidays library is imported when the first place is asked about: 6 MB and a sixth of a second, and little for each
country that is asked about then.
"""

import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.util import find_spec, module_from_spec
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

NOWHERE = ""
SATURDAY_AND_SUNDAY = frozenset({5, 6})
WORDS = "en_US"
REGIONS = {
    "Europe/London": "GB-ENG",
    "Australia/Sydney": "AU-NSW",
    "Australia/Melbourne": "AU-VIC",
    "Australia/Brisbane": "AU-QLD",
    "Australia/Perth": "AU-WA",
    "Australia/Adelaide": "AU-SA",
    "Australia/Hobart": "AU-TAS",
    "Australia/Darwin": "AU-NT",
    "America/Toronto": "CA-ON",
    "America/Vancouver": "CA-BC",
    "America/Edmonton": "CA-AB",
    "America/Winnipeg": "CA-MB",
    "America/Halifax": "CA-NS",
    "America/St_Johns": "CA-NL",
}
"""Zones that are one region's."""
NO_HOLIDAYS: Mapping[date, str] = MappingProxyType({})


def usual_place(timezone: str) -> str:
    """The place the IANA zone `timezone` lies in; NOWHERE where it lies in none, as UTC does.

    It is a country, or a region where a zone is that region's own and the country as a whole keeps fewer days.
    """
    countries, same = _zones()
    known = timezone if timezone in countries else same.get(timezone, timezone)
    return REGIONS.get(known, countries.get(known, NOWHERE))


@cache
def public_holidays(place: str, year: int) -> Mapping[date, str]:
    """The public holidays of a place in a year, by date, in English where the library knows it."""
    known = _calendar(place, year)
    return NO_HOLIDAYS if known is None else MappingProxyType({day: known[day] for day in sorted(known)})


@cache
def weekend(place: str) -> frozenset[int]:
    """The weekdays (Monday 0) on which a place rests nowadays; Saturday and Sunday where nothing else is known."""
    known = _calendar(place)
    return frozenset(known.weekend) if known is not None else SATURDAY_AND_SUNDAY


def name_of(place: str) -> str:
    """A place as people call it: "Portugal", "Germany, Bayern"."""
    country, _, region = place.partition("-")
    return _places_in(country).get(place, place) if region else _country_names().get(place, place)


def is_known(place: str) -> bool:
    """Whether there is a calendar of that place."""
    return place in _places_in(place.partition("-")[0])


@cache
def places() -> Mapping[str, str]:
    """Every place whose holidays are known: its code -> its name, countries by name, their regions after them."""
    names = _country_names()
    found: dict[str, str] = {}
    for country in sorted(_countries(), key=lambda code: names.get(code, code)):
        found |= _places_in(country)
    return MappingProxyType(found)


def looking_like(typed: str) -> list[str]:
    """The places whose name or code holds what was typed, those beginning with it first."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    hits = [place for place, name in places().items() if wanted in name.casefold() or wanted == place.casefold()]
    return sorted(hits, key=lambda place: not places()[place].casefold().startswith(wanted))


@cache
def _places_in(country: str) -> Mapping[str, str]:
    """A country and its regions: code -> name; nothing where no holidays are known of it."""
    calendar = _calendar(country)
    if calendar is None:
        return {}
    name, aliases = _country_names().get(country, country), calendar.get_subdivision_aliases()
    # a region without a name of its own is called by its code
    regions = {region: (aliases.get(region) or [region])[0] for region in calendar.subdivisions}
    return {country: name} | {f"{country}-{region}": f"{name}, {words}" for region, words in regions.items()}


def _calendar(place: str, year: int | None = None) -> "HolidayBase | None":
    country, _, region = place.partition("-")
    if country not in _countries():
        return None
    calendar_of = _library().country_holidays
    try:
        plain = calendar_of(country, subdiv=region or None)
    except NotImplementedError:  # the library's word for a region it does not know
        return None
    language = WORDS if WORDS in plain.supported_languages else None
    known: HolidayBase = calendar_of(country, subdiv=region or None, years=year, language=language)
    return known


@cache
def _countries() -> frozenset[str]:
    """The countries whose holidays are known, none of which is read for it."""
    return frozenset(_library().registry.EntityLoader.get_country_codes(include_aliases=False))


@cache
def _library() -> ModuleType:
    """The holidays library, reading each country when it is first asked about.

    With the first it would read all 250 and hold 18 MB, for its package of countries imports every one of them. They
    are modules of their own, which it finds by name; so the package is put in place without what it imports.
    """
    import holidays

    package = find_spec("holidays.countries")
    assert package is not None
    sys.modules.setdefault(package.name, module_from_spec(package))
    return holidays


@cache
def _zones() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Zone -> country, and a zone's other names -> zone, as the time zone database has them."""
    rows = [line.split("\t") for line in _table("zone.tab") if not line.startswith("#")]
    links = [line.split() for line in _table("tzdata.zi") if line.startswith("L ")]
    countries = {zone: country for country, _, zone, *_ in rows}
    return countries, {name: target for _, target, name in links if name not in countries}


@cache
def _country_names() -> Mapping[str, str]:
    rows = [line.split("\t") for line in _table("iso3166.tab") if not line.startswith("#")]
    return {code: name for code, name, *_ in rows}


def _table(name: str) -> list[str]:
    return (resources.files("tzdata.zoneinfo") / name).read_text(encoding="utf-8").splitlines()
