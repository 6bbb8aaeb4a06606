"""Units and currencies of news, each with the base that makes its values comparable."""

from __future__ import annotations

import re

from consistency.values.wordlists import either

_DAY = 86400.0
# word forms -> (base unit, factor). Months and years are mean lengths; the span keeps the words.
_LENGTHS = {
    "meter meters metre metres": 1.0, "kilometer kilometers kilometre kilometres km kms": 1000.0,
    "centimeter centimeters centimetre centimetres cm": 0.01, "millimeter millimeters millimetre millimetres mm": 0.001,
    "mile miles": 1609.344, "foot feet ft": 0.3048, "inch inches ins": 0.0254, "yard yards": 0.9144, "m": 1.0,
    "light-years": 9.4607e15,
}  # fmt: skip
_AREAS = {
    "hectare hectares": 1e4, "acre acres": 4046.856, "square-mile square-miles": 2589988.11,
    "square-kilometer square-kilometers square-kilometre square-kilometres": 1e6,
    "square-foot square-feet": 0.09290304, "square-meter square-meters square-metre square-metres": 1.0,
}  # fmt: skip
_MASSES = {
    "kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs": 1.0, "gram grams gramme grammes": 0.001,
    "milligram milligrams mg": 1e-6, "ton tons": 907.18474, "tonne tonnes metric-ton metric-tons": 1000.0,
    "pound pounds lb lbs": 0.45359237, "stone": 6.35029318, "ounce ounces oz": 0.028349523,
}  # fmt: skip
_VOLUMES = {
    "liter liters litre litres": 1.0, "gallon gallons": 3.785411784, "cubic-meter cubic-meters cubic-metres": 1000.0,
    "cubic-feet": 28.3168, "milliliter milliliters millilitres ml": 0.001,
}  # fmt: skip
_DURATIONS = {
    "second seconds": 1.0, "minute minutes min mins": 60.0, "hour hours hr hrs": 3600.0, "day days": _DAY,
    "night nights": _DAY, "week weeks": 7 * _DAY, "fortnight fortnights": 14 * _DAY, "month months": 30.436875 * _DAY,
    "year years yr yrs": 365.2425 * _DAY, "decade decades": 3652.425 * _DAY, "century centuries": 36524.25 * _DAY,
    "millisecond milliseconds": 0.001,
}  # fmt: skip
_SPEEDS = {
    "mph miles-per-hour miles-an-hour": 0.44704, "kph km/h kmh kilometers-per-hour kilometres-per-hour": 1 / 3.6,
    "kilometers-an-hour kilometres-an-hour": 1 / 3.6, "knot knots": 0.514444,
}  # fmt: skip
_POWERS = {"watt watts": 1.0, "kilowatt kilowatts kw": 1e3, "megawatt megawatts mw": 1e6, "gigawatt gigawatts gw": 1e9}
_BYTES = {
    "megabyte megabytes mb": 1e6, "gigabyte gigabytes gb": 1e9, "terabyte terabytes tb": 1e12, "kilobyte kilobytes": 1e3
}  # fmt: skip


def _table() -> dict[str, tuple[str, float]]:
    units: dict[str, tuple[str, float]] = {}
    for base, group in (
        ("meter", _LENGTHS), ("square meter", _AREAS), ("kilogram", _MASSES), ("liter", _VOLUMES),
        ("second", _DURATIONS), ("meter per second", _SPEEDS), ("watt", _POWERS), ("byte", _BYTES),
    ):  # fmt: skip
        for forms, factor in group.items():
            for form in forms.split():
                units[form.replace("-", " ")] = (base, factor)
    return units


UNITS = _table()
"""Unit word in lower case -> (base unit, how many of the base it is)."""
DURATIONS = frozenset(form for forms in _DURATIONS for form in forms.split())
BASES = frozenset(base for base, _ in UNITS.values()) | {"kelvin"}

CURRENCY_SIGNS = {
    "$": "USD", "us$": "USD", "$us": "USD", "usd": "USD", "a$": "AUD", "$a": "AUD",
    "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "$nz": "NZD",
    "cad": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "£": "GBP", "gbp": "GBP", "€": "EUR",
    "eur": "EUR", "¥": "JPY", "jpy": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "chf": "CHF",
    "cny": "CNY", "rmb": "CNY", "₽": "RUB", "rub": "RUB", "₩": "KRW", "krw": "KRW", "₪": "ILS", "₺": "TRY", "₦": "NGN",
}  # fmt: skip
_NAMES = {
    "dollar dollars buck bucks": "USD", "euro euros": "EUR", "yen": "JPY", "yuan renminbi": "CNY",
    "rupee rupees": "INR", "ruble rubles rouble roubles": "RUB", "won": "KRW", "shekel shekels": "ILS",
    "rand": "ZAR", "naira": "NGN", "real reais": "BRL", "zloty": "PLN", "krona kronor": "SEK", "lira liras": "TRY",
    "franc francs": "CHF", "dirham dirhams": "AED", "riyal riyals": "SAR", "peso pesos": "MXN", "sterling": "GBP",
}  # fmt: skip
CURRENCY_WORDS = {form: code for forms, code in _NAMES.items() for form in forms.split()} | {
    "us dollars": "USD", "u.s. dollars": "USD", "american dollars": "USD", "canadian dollars": "CAD",
    "australian dollars": "AUD", "pounds sterling": "GBP", "british pounds": "GBP", "hong kong dollars": "HKD",
    "swiss francs": "CHF", "mexican pesos": "MXN", "indian rupees": "INR", "pakistani rupees": "PKR",
}  # fmt: skip
SMALL_MONEY = {"cent": ("USD", 0.01), "cents": ("USD", 0.01), "pence": ("GBP", 0.01), "penny": ("GBP", 0.01)}


UNIT_AFTER = re.compile(rf"(?:\s?-\s?|\s)?(?P<unit>{either(UNITS)})(?![\w$])", re.I)
MONEY_AFTER = re.compile(rf"[\s-](?P<name>{either([*CURRENCY_WORDS, *SMALL_MONEY])})(?!\w)", re.I)
MONEY_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<sign>{either(CURRENCY_SIGNS)})\s?$", re.I)
PERCENT_AFTER = re.compile(
    r"(?:\s?(?P<percent>%)|[\s-](?P<word>percentage[\s-]points?|basis[\s-]points?|(?:percent|per\s+cent|pct)(?:age)?))(?!\w)",
    re.I,
)
DEGREES_AFTER = re.compile(
    r"(?:\s?°\s?|[\s-]degrees?\s?)(?P<scale>celsius|centigrade|fahrenheit|c|f)(?!\w)|\s?°(?!\w)|\s(?P<bare>[FC])(?=[).,;])",
    re.I,
)
AGE_AFTER = re.compile(r"(?:\s?-\s?|\s)(?P<unit>years?|months?|weeks?|days?)(?:\s?-\s?|\s)olds?\b", re.I)


def to_kelvin(value: float, scale: str) -> float:
    """Kelvin of a temperature in degrees; `scale` begins with c or f."""
    return value + 273.15 if scale[0].lower() == "c" else (value - 32) * 5 / 9 + 273.15
