#!/usr/bin/env python3
"""Writes `rules/countries.toml` from CLDR 48.2: the names of each country, by which texts are read.

    npm install cldr-localenames-full@48.2.0
    python3 tools/country_names/generate.py node_modules rules/countries.toml

The ids and codes stay as they are in the file. What CLDR does not know (other names in use, and the adjectives that are
not formed by rule) stands below.
"""

import json
import pathlib
import re
import sys

LANGUAGES = ["ar", "en", "ru"]

# other names in use
NAMES = {
    "KZ": {"ar": ["قازاخستان", "كازخستان"], "en": ["Republic of Kazakhstan"], "ru": ["Республика Казахстан"]},
    "RU": {"ar": ["روسيا الاتحادية", "الاتحاد الروسي"], "en": ["Russian Federation"], "ru": ["Российская Федерация", "РФ"]},
    "US": {"ar": ["الولايات المتحدة", "الولايات المتحدة الأمريكية", "الولايات المتحدة الأميركية", "أمريكا", "أميركا"],
           "en": ["United States of America", "USA", "U.S."], "ru": ["США", "Америка"]},
    "GB": {"ar": ["بريطانيا", "المملكة المتحدة", "بريطانيا العظمى"], "en": ["Great Britain", "Britain"], "ru": ["Британия", "Соединённое Королевство"]},
    "KG": {"ar": ["قرغيزستان", "قرغيزيا", "قيرغيزيا"], "ru": ["Киргизия", "Кыргызстан"]},
    "UZ": {"ar": ["أوزباكستان"]},
    "TM": {"ru": ["Туркмения", "Туркменистан"]},
    "BY": {"ar": ["روسيا البيضاء", "بيلاروس"], "ru": ["Белоруссия", "Беларусь"]},
    "MD": {"ru": ["Молдавия", "Молдова"]},
    "CZ": {"en": ["Czech Republic"], "ar": ["جمهورية التشيك"], "ru": ["Чешская Республика"]},
    "CN": {"ar": ["الصين الشعبية"], "en": ["People's Republic of China", "PRC"], "ru": ["КНР"]},
    "SA": {"ar": ["السعودية"]},
    "AE": {"ar": ["الإمارات"], "en": ["UAE"], "ru": ["Эмираты"]},
    "KR": {"ar": ["كوريا الجنوبية"], "ru": ["Южная Корея"]},
    "KP": {"ar": ["كوريا الشمالية"], "ru": ["Северная Корея"]},
    "TR": {"en": ["Turkey"]},
    "IR": {"ar": ["الجمهورية الإسلامية الإيرانية"]},
    "SY": {"ar": ["سورية"]},
    "NL": {"en": ["the Netherlands", "Holland"], "ru": ["Голландия"]},
    "DE": {"ru": ["ФРГ"]},
}

# adjectives that are not the name with an ending; see `src/bind/forms`
ADJECTIVES = {
    "KZ": {"ar": ["كازاخي", "كازاخية", "كازاخستاني", "كازاخستانية"], "en": ["Kazakhstani", "Kazakh"], "ru": ["казахстанский"]},
    "RU": {"ar": ["روسي", "روسية"], "en": ["Russian"], "ru": ["российский"]},
    "US": {"ar": ["أمريكي", "أمريكية", "أميركي", "أميركية"], "en": ["American"], "ru": ["американский"]},
    "GB": {"ar": ["بريطاني", "بريطانية"], "en": ["British"], "ru": ["британский"]},
    "CN": {"ar": ["صيني", "صينية"], "en": ["Chinese"], "ru": ["китайский"]},
    "DE": {"ar": ["ألماني", "ألمانية"], "en": ["German"], "ru": ["немецкий", "германский"]},
    "FR": {"ar": ["فرنسي", "فرنسية"], "en": ["French"], "ru": ["французский"]},
    "IT": {"ar": ["إيطالي", "إيطالية"], "en": ["Italian"], "ru": ["итальянский"]},
    "ES": {"ar": ["إسباني", "إسبانية"], "en": ["Spanish"], "ru": ["испанский"]},
    "PT": {"ar": ["برتغالي", "برتغالية"], "en": ["Portuguese"], "ru": ["португальский"]},
    "NL": {"ar": ["هولندي", "هولندية"], "en": ["Dutch"], "ru": ["нидерландский", "голландский"]},
    "PL": {"ar": ["بولندي", "بولندية"], "en": ["Polish"], "ru": ["польский"]},
    "UA": {"ar": ["أوكراني", "أوكرانية"], "en": ["Ukrainian"], "ru": ["украинский"]},
    "BY": {"ar": ["بيلاروسي", "بيلاروسية"], "en": ["Belarusian"], "ru": ["белорусский"]},
    "TR": {"ar": ["تركي", "تركية"], "en": ["Turkish"], "ru": ["турецкий"]},
    "IR": {"ar": ["إيراني", "إيرانية"], "en": ["Iranian"], "ru": ["иранский"]},
    "IQ": {"ar": ["عراقي", "عراقية"], "en": ["Iraqi"], "ru": ["иракский"]},
    "SY": {"ar": ["سوري", "سورية"], "en": ["Syrian"], "ru": ["сирийский"]},
    "EG": {"ar": ["مصري", "مصرية"], "en": ["Egyptian"], "ru": ["египетский"]},
    "SA": {"ar": ["سعودي", "سعودية"], "en": ["Saudi"], "ru": ["саудовский"]},
    "AE": {"ar": ["إماراتي", "إماراتية"], "en": ["Emirati"], "ru": ["эмиратский"]},
    "MA": {"ar": ["مغربي", "مغربية"], "en": ["Moroccan"], "ru": ["марокканский"]},
    "DZ": {"ar": ["جزائري", "جزائرية"], "en": ["Algerian"], "ru": ["алжирский"]},
    "TN": {"ar": ["تونسي", "تونسية"], "en": ["Tunisian"], "ru": ["тунисский"]},
    "JO": {"ar": ["أردني", "أردنية"], "en": ["Jordanian"], "ru": ["иорданский"]},
    "LB": {"ar": ["لبناني", "لبنانية"], "en": ["Lebanese"], "ru": ["ливанский"]},
    "IL": {"ar": ["إسرائيلي", "إسرائيلية"], "en": ["Israeli"], "ru": ["израильский"]},
    "JP": {"ar": ["ياباني", "يابانية"], "en": ["Japanese"], "ru": ["японский"]},
    "KR": {"en": ["South Korean"], "ru": ["южнокорейский"], "ar": ["كوري جنوبي"]},
    "KP": {"en": ["North Korean"], "ru": ["северокорейский"], "ar": ["كوري شمالي"]},
    "IN": {"ar": ["هندي", "هندية"], "en": ["Indian"], "ru": ["индийский"]},
    "PK": {"ar": ["باكستاني", "باكستانية"], "en": ["Pakistani"], "ru": ["пакистанский"]},
    "UZ": {"ar": ["أوزبكي", "أوزبكية"], "en": ["Uzbek", "Uzbekistani"], "ru": ["узбекский", "узбекистанский"]},
    "KG": {"ar": ["قيرغيزي", "قيرغيزية", "قرغيزي", "قرغيزية"], "en": ["Kyrgyz"], "ru": ["киргизский", "кыргызский"]},
    "TJ": {"ar": ["طاجيكي", "طاجيكية"], "en": ["Tajik"], "ru": ["таджикский"]},
    "TM": {"ar": ["تركماني", "تركمانية"], "en": ["Turkmen"], "ru": ["туркменский"]},
    "AZ": {"ar": ["أذربيجاني", "أذربيجانية", "أذري", "أذرية"], "en": ["Azerbaijani"], "ru": ["азербайджанский"]},
    "AM": {"ar": ["أرميني", "أرمينية", "أرمني", "أرمنية"], "en": ["Armenian"], "ru": ["армянский"]},
    "GE": {"ar": ["جورجي", "جورجية"], "en": ["Georgian"], "ru": ["грузинский"]},
    "MN": {"en": ["Mongolian"], "ru": ["монгольский"], "ar": ["منغولي", "منغولية"]},
    "SE": {"en": ["Swedish"], "ru": ["шведский"], "ar": ["سويدي", "سويدية"]},
    "NO": {"en": ["Norwegian"], "ru": ["норвежский"], "ar": ["نرويجي", "نرويجية"]},
    "DK": {"en": ["Danish"], "ru": ["датский"], "ar": ["دنماركي", "دنماركية"]},
    "FI": {"en": ["Finnish"], "ru": ["финский"], "ar": ["فنلندي", "فنلندية"]},
    "AT": {"en": ["Austrian"], "ru": ["австрийский"], "ar": ["نمساوي", "نمساوية"]},
    "CH": {"en": ["Swiss"], "ru": ["швейцарский"], "ar": ["سويسري", "سويسرية"]},
    "BE": {"en": ["Belgian"], "ru": ["бельгийский"], "ar": ["بلجيكي", "بلجيكية"]},
    "GR": {"en": ["Greek"], "ru": ["греческий"], "ar": ["يوناني", "يونانية"]},
    "HU": {"en": ["Hungarian"], "ru": ["венгерский"], "ar": ["مجري", "مجرية"]},
    "RO": {"en": ["Romanian"], "ru": ["румынский"], "ar": ["روماني", "رومانية"]},
    "BG": {"en": ["Bulgarian"], "ru": ["болгарский"], "ar": ["بلغاري", "بلغارية"]},
    "CZ": {"en": ["Czech"], "ru": ["чешский"], "ar": ["تشيكي", "تشيكية"]},
    "IE": {"en": ["Irish"], "ru": ["ирландский"], "ar": ["أيرلندي", "أيرلندية"]},
    "CA": {"en": ["Canadian"], "ru": ["канадский"], "ar": ["كندي", "كندية"]},
    "MX": {"en": ["Mexican"], "ru": ["мексиканский"], "ar": ["مكسيكي", "مكسيكية"]},
    "BR": {"en": ["Brazilian"], "ru": ["бразильский"], "ar": ["برازيلي", "برازيلية"]},
    "AR": {"en": ["Argentine"], "ru": ["аргентинский"], "ar": ["أرجنتيني", "أرجنتينية"]},
    "AU": {"en": ["Australian"], "ru": ["австралийский"], "ar": ["أسترالي", "أسترالية"]},
    "ZA": {"en": ["South African"], "ru": ["южноафриканский"]},
    "NG": {"en": ["Nigerian"], "ru": ["нигерийский"], "ar": ["نيجيري", "نيجيرية"]},
    "ID": {"en": ["Indonesian"], "ru": ["индонезийский"], "ar": ["إندونيسي", "إندونيسية"]},
    "VN": {"en": ["Vietnamese"], "ru": ["вьетнамский"], "ar": ["فيتنامي", "فيتنامية"]},
    "TH": {"en": ["Thai"], "ru": ["таиландский"], "ar": ["تايلندي", "تايلندية"]},
    "AF": {"en": ["Afghan"], "ru": ["афганский"], "ar": ["أفغاني", "أفغانية"]},
    "RS": {"en": ["Serbian"], "ru": ["сербский"], "ar": ["صربي", "صربية"]},
}

# names that are a word of the language more often than the country
SKIPPED = {"ru": {"Того", "Чад", "Куба", "Мали"}, "ar": {"عمان", "تشاد", "مالي", "توغو"}, "en": set()}


def names(modules, language):
    path = modules / "cldr-localenames-full" / "main" / language / "territories.json"
    territories = json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]
    found = {}
    for key, name in territories.items():
        found.setdefault(key.split("-alt-")[0], []).append(name)
    return found


def main():
    modules, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    known = {language: names(modules, language) for language in LANGUAGES}
    old = target.read_text("utf-8")
    subjects = re.findall(r'^\[subject\.([a-z-]+)\]\ncode = "(..)"', old, re.M)
    out = [
        "# Countries and territories as subjects: every code of ISO 3166-1 alpha-2, and XK for Kosovo. An id is the English short name of the Unicode",
        "# CLDR in kebab case and ASCII letters; where CLDR has a plainer variant, that one (`hong-kong`, `palestine`, `turkey`).",
        "# Written by tools/country_names/generate.py, which also has the names and adjectives that CLDR does not know.",
        "#",
        "# Source: CLDR 48.2, npm package cldr-localenames-full, main/*/territories.json; Unicode License v3, https://www.unicode.org/license.txt",
    ]
    for id, code in subjects:
        out += ["", f'[subject.{id}]', f'code = "{code}"', 'kind = "country"']
        for key, extra in (("names", NAMES), ("adjectives", ADJECTIVES)):
            for language in LANGUAGES:
                listed = [name.strip() for name in known[language].get(code, [])] if key == "names" else []
                listed += extra.get(code, {}).get(language, [])
                kept = []
                for name in listed:
                    name = re.sub("[\u200e\u200f\u061c]", "", name)
                    if name not in kept and name not in SKIPPED[language]:
                        kept.append(name)
                if kept:
                    out.append(f"{key}.{language} = " + json.dumps(kept, ensure_ascii=False))
    target.write_text("\n".join(out) + "\n", "utf-8")


main()
