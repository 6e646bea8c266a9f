#!/usr/bin/env python3
"""Writes `rules/languages/*.cldr.toml` from CLDR 48.2.

    npm install cldr-core@48.2.0 cldr-dates-full@48.2.0 cldr-cal-islamic-full@48.2.0 \
                cldr-units-full@48.2.0 cldr-numbers-full@48.2.0 cldr-rbnf@48.2.0
    python3 tools/language_packs/generate.py node_modules rules/languages

What CLDR does not know (clitics, cues, other spellings, generic names of currencies) is written by hand in the file of
the same name without `.cldr`; words there need not repeat those here.
"""

import json
import pathlib
import re
import sys

from spellout import Speller

VERSION = "48.2"

# the regional variants whose months and currencies are read beside the language itself
VARIANTS = {"ar": ["ar-SY", "ar-DZ", "ar-TN", "ar-MA", "ar-EG", "ar-SA"], "en": ["en-GB"], "ru": []}

# CLDR's name of a unit, and ours
UNITS = {
    "area-square-kilometer": "km2", "area-hectare": "ha", "area-square-meter": "m2", "area-square-centimeter": "cm2",
    "area-square-mile": "mi2", "area-acre": "acre", "area-square-yard": "yd2", "area-square-foot": "ft2",
    "area-square-inch": "in2", "area-dunam": "dunam", "digital-petabyte": "PB", "digital-terabyte": "TB",
    "digital-gigabyte": "GB", "digital-gigabit": "Gbit", "digital-megabyte": "MB", "digital-megabit": "Mbit",
    "digital-kilobyte": "kB", "digital-kilobit": "kbit", "digital-byte": "byte", "digital-bit": "bit",
    "duration-century": "centuries", "duration-decade": "decades", "duration-year": "years",
    "duration-month": "months", "duration-week": "weeks", "duration-day": "days",
    "duration-hour": "hours", "duration-minute": "minutes", "duration-second": "seconds",
    "duration-millisecond": "ms", "electric-ampere": "A", "electric-volt": "V", "energy-kilocalorie": "kcal",
    "energy-calorie": "cal", "energy-kilojoule": "kJ", "energy-joule": "J", "energy-kilowatt-hour": "kWh",
    "energy-electronvolt": "eV", "energy-british-thermal-unit": "BTU", "force-newton": "N",
    "frequency-gigahertz": "GHz", "frequency-megahertz": "MHz", "frequency-kilohertz": "kHz", "frequency-hertz": "Hz",
    "graphics-pixel": "px", "graphics-megapixel": "Mpx", "length-kilometer": "km", "length-meter": "m",
    "length-decimeter": "dm", "length-centimeter": "cm", "length-millimeter": "mm", "length-micrometer": "um",
    "length-nanometer": "nm", "length-picometer": "pm", "length-mile": "mi", "length-yard": "yd", "length-foot": "ft",
    "length-inch": "in", "length-parsec": "parsec", "length-light-year": "light-years",
    "length-astronomical-unit": "au", "length-fathom": "fathom", "length-nautical-mile": "nmi", "mass-tonne": "t",
    "mass-kilogram": "kg", "mass-gram": "g", "mass-milligram": "mg", "mass-microgram": "ug", "mass-ton": "short-ton",
    "mass-stone": "stone", "mass-pound": "lb", "mass-ounce": "oz", "mass-ounce-troy": "troy-oz",
    "mass-carat": "carat", "power-gigawatt": "GW", "power-megawatt": "MW", "power-kilowatt": "kW", "power-watt": "W",
    "power-horsepower": "hp", "pressure-pound-force-per-square-inch": "psi", "pressure-bar": "bar",
    "pressure-millibar": "mbar", "pressure-atmosphere": "atm", "pressure-pascal": "Pa", "pressure-hectopascal": "hPa",
    "pressure-kilopascal": "kPa", "speed-kilometer-per-hour": "km/hours", "speed-meter-per-second": "m/seconds",
    "speed-mile-per-hour": "mi/hours", "speed-knot": "knots", "temperature-celsius": "°C",
    "temperature-fahrenheit": "°F", "temperature-kelvin": "K", "volume-cubic-kilometer": "km3",
    "volume-cubic-meter": "m3", "volume-cubic-centimeter": "cm3", "volume-cubic-mile": "mi3",
    "volume-cubic-foot": "ft3", "volume-hectoliter": "hl", "volume-liter": "l", "volume-deciliter": "dl",
    "volume-centiliter": "cl", "volume-milliliter": "ml", "volume-gallon": "gal", "volume-pint": "pint",
    "volume-quart": "quart", "volume-cup": "cup", "volume-fluid-ounce": "fl-oz", "volume-tablespoon": "tbsp",
    "volume-teaspoon": "tsp", "volume-barrel": "bbl", "concentr-percent": "%", "concentr-permille": "permille",
}

# words of CLDR's units that mean something else more often, or too much
SKIPPED = {
    "in", "in.", "CD", "dec", "st", "kn", "tn", "ac", "au", "ly", "pc", "ct", "MP", "Mb", "Gb", "kb", "bars", "ستون", "حصان",
    "г.", "л.", "в.", "дн.", "ربع", "سع", "ми", "уз", "пк", "кар",
}


class Pack:
    """Sections of a pack, each a table from a key to phrases."""

    def __init__(self):
        self.sections = {}

    def add(self, section, key, phrase):
        phrase = " ".join(re.sub("[\u200e\u200f\u061c]", "", phrase).split())
        phrases = self.sections.setdefault(section, {}).setdefault(str(key), [])
        if phrase and phrase not in phrases:
            phrases.append(phrase)

    def text(self, language):
        head = (
            f"# Generated from CLDR {VERSION} by tools/language_packs/generate.py; do not edit, write in {language}.toml.\n"
            "# Unicode License v3, https://www.unicode.org/license.txt\n"
        )
        parts = [head]
        for section in sorted(self.sections):
            parts.append(f"\n[{section}]\n")
            for key, phrases in sorted(self.sections[section].items(), key=lambda item: (len(item[0]), item[0])):
                words = ", ".join(json.dumps(phrase, ensure_ascii=False) for phrase in sorted(phrases))
                parts.append(f"{json.dumps(key, ensure_ascii=False)} = [{words}]\n")
        return "".join(parts)


def load(packages, package, path, *keys):
    value = json.loads((packages / package / path).read_text(encoding="utf-8"))
    for key in keys:
        value = value[key]
    return value


def numbers_in_words(pack, packages, language):
    groups = load(packages, "cldr-rbnf", f"rbnf/{language}.json", "rbnf", "rbnf")
    speller = Speller(language, groups)
    small = [*range(20), *range(20, 100, 10), *range(100, 1000, 100)]
    for name in speller.sets:
        if name.startswith("%%") or "year" in name or "verbose" in name or "digits" in name:
            continue
        place = "ordinal" in name
        for number in small:
            try:
                words = speller.spell(name, number)
            except (LookupError, KeyError):
                continue
            if number >= 100 and (language == "en" or (language == "ar" and (place or number > 200))):
                continue  # hundreds are counted there
            if place and (number == 0 or number > 100):
                continue
            if place or len(words.split()) == 1 or language == "ar":
                pack.add("ordinal" if place else "cardinal", number, words)
        if language == "en":
            continue
        for exponent in (3, 6, 9, 12, 15):
            for times in (1, 2, 5) if language == "ru" else (1, 3, 11):
                try:
                    words = speller.spell(name, times * 10**exponent).split()
                except (LookupError, KeyError):
                    continue
                if place and language == "ru" and times == 1:
                    pack.add("ordinal-scale", exponent, words[-1])
                elif not place and words:
                    pack.add("scale", exponent, words[-1])


def scale_words(pack, packages, language):
    formats = load(
        packages, "cldr-numbers-full", f"main/{language}/numbers.json", "main", language, "numbers",
        "decimalFormats-numberSystem-latn",
    )
    for length in ("long", "short"):
        for name, pattern in formats[length]["decimalFormat"].items():
            size = len(name.split("-")[0]) - 1
            word = re.sub("[0'\u00a0 ]", "", pattern)
            if size in (3, 6, 9, 12) and len(word) > 1:
                pack.add("scale", size, word.rstrip("."))
            elif size in (3, 6, 9, 12) and language == "en" and word:
                pack.add("scale-suffix", size, word)


def calendar(pack, packages, language):
    for locale in [language, *VARIANTS[language]]:
        dates = load(
            packages, "cldr-dates-full", f"main/{locale}/ca-gregorian.json", "main", locale, "dates", "calendars",
            "gregorian",
        )
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in dates["months"][context][width].items():
                    if len(name) > 2:
                        pack.add("month", month, name.rstrip("."))
                for day, name in dates["days"][context][width].items():
                    number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(day) + 1
                    if len(name) > 2:
                        pack.add("weekday", number, name.rstrip("."))
    hijri = load(
        packages, "cldr-cal-islamic-full", f"main/{language}/ca-islamic.json", "main", language, "dates", "calendars",
        "islamic",
    )
    for month, name in hijri["months"]["format"]["wide"].items():
        pack.add("hijri-month", month, name)


def units(pack, packages, language):
    for locale in [language, *(["en-GB"] if language == "en" else [])]:
        for length in ("long", "short"):
            table = load(packages, "cldr-units-full", f"main/{locale}/units.json", "main", locale, "units", length)
            for name, unit in UNITS.items():
                if language == "ar" and name == "mass-ton":
                    continue  # the word is the metric ton's
                if language == "ar" and name == "area-acre":
                    continue  # the word is the feddan's
                for key, pattern in table.get(name, {}).items():
                    if "count" not in key or not pattern.startswith("{0}"):
                        if "count" in key and language == "ar" and "{0}" not in pattern and key.endswith("-two"):
                            pack.add("dual", unit, pattern)
                        continue
                    word = pattern.replace("{0}", "").strip("\u00a0 ")
                    if len(word) > 1 and word not in SKIPPED:
                        pack.add("unit", unit, word.rstrip(".") if len(word) > 3 else word)


def currencies(pack, packages, language):
    table = load(
        packages, "cldr-numbers-full", f"main/{language}/currencies.json", "main", language, "numbers", "currencies"
    )
    shipped = set(re.findall(r"^unit\.([A-Z]{3})\.", CURRENCIES.read_text(encoding="utf-8"), re.M))
    for code, names in table.items():
        if code not in shipped:
            continue
        for key, name in names.items():
            # `8 gold` are medals; only ounces are an amount of the metal
            is_metal = code in METALS and " " not in name
            if key.startswith("displayName") and "(" not in name and name != code and not is_metal:
                pack.add("unit", code, name)


def main():
    packages, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    for language in ("ar", "en", "ru"):
        pack = Pack()
        numbers_in_words(pack, packages, language)
        scale_words(pack, packages, language)
        calendar(pack, packages, language)
        units(pack, packages, language)
        currencies(pack, packages, language)
        (target / f"{language}.cldr.toml").write_text(pack.text(language), encoding="utf-8")


METALS = ("XAG", "XAU", "XPD", "XPT")
CURRENCIES = pathlib.Path(__file__).resolve().parents[2] / "rules" / "currencies.toml"

if __name__ == "__main__":
    main()
