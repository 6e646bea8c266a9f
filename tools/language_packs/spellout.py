"""Spells numbers by the rule sets of CLDR (RBNF), as far as the generator of the language packs needs it."""

import re


def plural_category(language, number):
    """The plural category of a whole number: the rules of CLDR for the three languages in use."""
    if language == "en":
        return "one" if number == 1 else "other"
    if language == "ru":
        if number % 10 == 1 and number % 100 != 11:
            return "one"
        if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
            return "few"
        return "many"
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    if 3 <= number % 100 <= 10:
        return "few"
    return "many" if number % 100 >= 11 else "other"


class Speller:
    """The spellout rules of one language."""

    def __init__(self, language, groups):
        self.language = language
        self.sets = {}
        for group in groups.values():
            for name, rules in group.items():
                if isinstance(rules, list):
                    self.sets[name] = [rule for rule in map(self.parse, rules) if rule]

    @staticmethod
    def parse(rule):
        base, text = rule
        match = re.fullmatch(r"([0-9,]+)(?:/([0-9,]+))?(>*)", base)
        if not match:
            return None
        number = int(match[1].replace(",", ""))
        radix = int((match[2] or "10").replace(",", ""))
        exponent = 0
        while radix ** (exponent + 1) <= number:
            exponent += 1
        return number, radix ** max(exponent - len(match[3]), 0), text.rstrip(";").lstrip("'")

    def spell(self, name, number):
        """The number in the words of a rule set; fails with `LookupError` where only digits are given."""
        rules = [rule for rule in self.sets["%" + name.lstrip("%")] if rule[0] <= number] if "%" + name.lstrip(
            "%"
        ) in self.sets else [rule for rule in self.sets["%%" + name.lstrip("%")] if rule[0] <= number]
        base, divisor, text = rules[-1]
        quotient, remainder = divmod(number, divisor) if base else (0, number)
        text = re.sub(r"\[([^\]]*)\]", lambda m: m[1] if remainder else "", text)

        def plural(match):
            forms = dict(re.findall(r"(\w+)\{([^}]*)\}", match[1]))
            return forms.get(plural_category(self.language, quotient), forms.get("other", ""))

        def put(value):
            def replace(match):
                target = match[1] or name
                if target.startswith("#"):
                    raise LookupError(name)
                return self.spell(target, value)

            return replace

        text = re.sub(r"\$\(cardinal,(.*?)\)\$", plural, text)
        text = re.sub(r"←([^←]*)←", put(quotient), text)
        text = re.sub(r"→([^→]*)→", put(remainder), text)
        return re.sub(r"=([^=]*)=", put(number), text).replace("\u00ad", "")
