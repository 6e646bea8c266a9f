"""Random networks of claims against an independent judge.

Writes claim and rule files, lets kzcheck check them, reads the same files with a reader of its own and asks a linear
program (HiGHS, through scipy) whether a world exists. Shares and changes stand in one rule each, so that the program
decides exactly: `s = p / w` with s between its ends is a pair of linear rows.

The judge knows every fact of the rules, also those that no claim leads to. So what it finds is counted twice: in all, and
within the facts that kzcheck makes by its own account (two rounds, those in which two checks meet), where everything
linear should be found.

    networks.py KZCHECK PROJECTS [SEED [FAILURES [EVERY]]]      prints one JSON object with the counts

Failures go to a file. Of every project it is judged whether claims are accused that can be true; all the rest is judged of
every EVERYth project.
"""

import json
import math
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

NETWORKS = 40
# how far inside an open end a value must lie
OPEN = Decimal("0.00002")
RULE = '[[rule]]\nid = "{id}"\nsummary = "A made rule"\nseverity = "error"\n{terms}\nassert = "{text}"\nwhy = "Made."\n'


# ---------------------------------------------------------------- making

def shape(rng):
    """Measures as sums of atoms, and the relations that hold between them."""
    atoms = rng.randint(3, 9)
    sets = {frozenset([atom]) for atom in range(atoms)}
    for _ in range(rng.randint(3, 22)):
        sets.add(frozenset(rng.sample(range(atoms), rng.randint(2, atoms))))
    # sums need their parts: the halves of some sets
    for group in [group for group in sets if len(group) > 2]:
        part = frozenset(rng.sample(sorted(group), rng.randint(1, len(group) - 1)))
        sets |= {part, group - part}
    amounts = sorted(sets, key=sorted)
    index = {group: f"a{place}" for place, group in enumerate(amounts)}
    measures = {name: ("money", group) for group, name in index.items()}
    rules = []

    def rule(text, names):
        rules.append((f"r-{len(rules)}", text, names))

    for whole in amounts:
        parts = [part for part in amounts if part < whole and whole - part in index]
        rng.shuffle(parts)
        for part in parts[: rng.randint(1, 2)]:
            other = index[whole - part]
            if rng.random() < 0.7:
                rule("t = u + v", {"t": index[whole], "u": index[part], "v": other})
            else:
                rule("v = t - u", {"t": index[whole], "u": index[part], "v": other})
        if rng.random() < 0.3 and len(whole) > 1:
            smaller = [part for part in amounts if part < whole]
            if smaller:
                rule("u <= t", {"t": index[whole], "u": index[rng.choice(smaller)]})
    linear = rng.random() < 0.4
    if not linear:
        for _ in range(rng.randint(1, 8)):
            whole = rng.choice(amounts)
            part = rng.choice(amounts)
            name = f"s{len(measures)}"
            if part < whole:
                measures[name] = ("ratio", ("share", part, whole))
                rule(rng.choice(["s = p / w", "p = s * w"]), {"s": name, "p": index[part], "w": index[whole]})
            elif part != whole:
                measures[name] = ("ratio", ("change", part, whole))
                rule("s = p / w - 100 %", {"s": name, "p": index[part], "w": index[whole]})
    days = {}
    if rng.random() < 0.4:
        for place in range(rng.randint(2, 5)):
            days[f"d{place}"] = 0
            measures[f"d{place}"] = ("date", place)
        names = list(days)
        for first, second in zip(names, names[1:]):
            if rng.random() < 0.6:
                name = f"l{len(measures)}"
                measures[name] = ("duration", (first, second))
                rule("v - u = t", {"t": name, "u": first, "v": second})
            else:
                rule("u <= v", {"u": first, "v": second})
        if len(names) > 2:
            name = f"l{len(measures)}"
            measures[name] = ("duration", (names[0], names[-1]))
            rule("v - u = t", {"t": name, "u": names[0], "v": names[-1]})
    return measures, rules, atoms, "linear" if linear else "quotients"


def world(rng, measures, atoms):
    values = [Decimal(rng.randint(1, 10 ** rng.randint(2, 6))) / 100 for _ in range(atoms)]
    total = lambda group: sum((values[atom] for atom in group), Decimal(0))
    truth, day = {}, rng.randint(-20000, 15000)
    for name, (kind, what) in measures.items():
        if kind == "money":
            truth[name] = total(what)
        elif kind == "ratio":
            quotient = total(what[1]) / total(what[2])
            truth[name] = (quotient if what[0] == "share" else quotient - 1) * 100
        elif kind == "date":
            day += rng.randint(0, 2000)
            truth[name] = day
    for name, (kind, what) in measures.items():
        if kind == "duration":
            truth[name] = Decimal(truth[what[1]] - truth[what[0]])
    return truth


def civil(day):
    """Year, month, day of days since 1970-01-01."""
    day += 719468
    era = day // 146097
    doe = day - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    return yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) // 5 + 1


def since(year, month, day):
    year -= month <= 2
    era = year // 400
    yoe = year - era * 400
    doy = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468


UNITS = {"money": " USD", "ratio": " %", "duration": " days"}


def written(rng, kind, value, truncated):
    if kind == "date":
        year, month, day = civil(value)
        text = rng.choice([f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}"])
        return text
    size = value.copy_abs().adjusted() if value else 0
    places = max(rng.choice([2, 3, 3, 4, 5]) - 1 - size, -3 if not truncated and rng.random() < 0.05 else 0)
    step = Decimal(1).scaleb(-places)
    mode = "ROUND_DOWN" if truncated else ROUND_HALF_EVEN
    figure = value.quantize(step, rounding=mode) if places >= 0 else (value / step).to_integral_value(mode) * step
    figure = format(figure, "f")
    if float(figure) == 0:
        figure = figure.lstrip("-")
    roll = rng.random()
    if truncated or roll < 0.8:
        text = figure
    elif roll < 0.87:
        text = "~ " + figure
    elif roll < 0.93:
        end = value.quantize(Decimal("0.01")) + Decimal(rng.randint(1, 300)) / 100
        text = f"< {end}"
    elif roll < 0.96:
        end = value.quantize(Decimal("0.01")) - Decimal(rng.randint(1, 300)) / 100
        text = f"> {end}"
    else:
        low = value.quantize(Decimal("0.1"), rounding="ROUND_FLOOR") - rng.randint(0, 3)
        high = value.quantize(Decimal("0.1"), rounding="ROUND_CEILING") + rng.randint(0, 3)
        text = f"{low}..{high}"
    return text + UNITS[kind]


def slip(rng, text):
    """Another digit in place of one."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    place = rng.choice(places)
    digit = rng.choice([digit for digit in "0123456789" if digit != text[place]])
    changed = text[:place] + digit + text[place + 1:]
    return changed


# ---------------------------------------------------------------- reading (independent of kzcheck)

def decimal_ends(text, loose, truncated, about=False):
    value = Decimal(text)
    unit = Decimal(1).scaleb(value.as_tuple().exponent) if "." in text else Decimal(1)
    # a hedge widens by the last significant digit, in either reading
    if (loose or about) and "." not in text and value != 0:
        stripped = text.lstrip("-")
        unit = Decimal(10) ** (len(stripped) - len(stripped.rstrip("0")))
    if about:
        return value - unit, value + unit
    if truncated:
        # half-open: the end itself does not belong to it
        inside = min(OPEN, unit / 100)
        if value == 0:
            return -unit + inside, unit - inside
        return (value, value + unit - inside) if value > 0 else (value - unit + inside, value)
    return value - unit / 2, value + unit / 2


def ends(kind, literal, loose, truncated):
    if kind == "date":
        parts = [int(part) for part in literal.split("-")]
        if len(parts) == 1:
            return since(parts[0], 1, 1), since(parts[0] + 1, 1, 1) - 1
        if len(parts) == 2:
            year, month = parts
            following = (year + 1, 1) if month == 12 else (year, month + 1)
            return since(year, month, 1), since(*following, 1) - 1
        return since(*parts), since(*parts)
    text = literal[: -len(UNITS[kind])]
    if text.startswith("<"):
        return -math.inf, Decimal(text[2:]) - OPEN
    if text.startswith(">"):
        return Decimal(text[2:]) + OPEN, math.inf
    if text.startswith("~"):
        return decimal_ends(text[2:], loose, truncated, about=True)
    if ".." in text:
        low, high = text.split("..")
        return decimal_ends(low, loose, truncated)[0], decimal_ends(high, loose, truncated)[1]
    return decimal_ends(text, loose, truncated)


def feasible(measures, rules, claims, loose, slack=1e-7):
    """Whether a world exists in which all these claims are true. `claims` is (measure, literal, truncated)."""
    names = list(measures)
    place = {name: index for index, name in enumerate(names)}
    # nothing here is below a hundredth, so no divisor is zero
    low = np.array([1e-4 if measures[name][0] == "money" else -np.inf for name in names])
    high = np.full(len(names), np.inf)
    ratio = {name: [-np.inf, np.inf] for name in names if measures[name][0] == "ratio"}
    for measure, literal, truncated in claims:
        kind = measures[measure][0]
        a, b = ends(kind, literal, loose, truncated)
        if kind == "duration":
            # between two days lies a whole number of them
            a, b = (end if math.isinf(end) else whole(end) for end, whole in ((a, math.ceil), (b, math.floor)))
            if a > b:
                return False
        a, b = float(a), float(b)
        if kind == "ratio":
            a, b = a / 100, b / 100
            ratio[measure] = [max(ratio[measure][0], a), min(ratio[measure][1], b)]
            if ratio[measure][0] > ratio[measure][1] + slack:
                return False
        else:
            size = max(1.0, abs(a) if math.isfinite(a) else 0, abs(b) if math.isfinite(b) else 0)
            low[place[measure]] = max(low[place[measure]], a)
            high[place[measure]] = min(high[place[measure]], b)
            if low[place[measure]] > high[place[measure]] + slack * size:
                return False
            high[place[measure]] = max(high[place[measure]], low[place[measure]])
    rows, right = [], []

    def at_most(factors, bound):
        if math.isfinite(bound) and all(math.isfinite(factor) for factor in factors.values()):
            rows.append(factors)
            right.append(bound)

    for _, text, terms in rules:
        t, u, v, s, p, w = (terms.get(key) for key in "tuvspw")
        if text in ("t = u + v", "v = t - u", "v - u = t"):
            sign = -1 if text == "v - u = t" else 1
            at_most({t: 1, u: -sign, v: -1}, 0)
            at_most({t: -1, u: sign, v: 1}, 0)
        elif text == "u <= t":
            at_most({u: 1, t: -1}, 0)
        elif text == "u <= v":
            at_most({u: 1, v: -1}, 0)
        else:
            least, most = ratio[s]
            shift = 1 if text.startswith("s = p / w -") else 0
            # p <= most * w and p >= least * w
            at_most({p: 1, w: -(most + shift)}, 0)
            at_most({p: -1, w: least + shift}, 0)
    if not rows:
        return True
    data, row_of, column_of = [], [], []
    for index, factors in enumerate(rows):
        for name, factor in factors.items():
            data.append(factor)
            row_of.append(index)
            column_of.append(place[name])
    matrix = csr_matrix((data, (row_of, column_of)), shape=(len(rows), len(names)))
    answer = linprog(np.zeros(len(names)), A_ub=matrix, b_ub=np.array(right) + slack, bounds=np.column_stack([low, high]), method="highs")
    return answer.status != 2


# ---------------------------------------------------------------- the facts that are made

def within_made(rules, stated):
    """The rules whose facts are all stated or made, as the manual says: in two rounds a fact is made where a rule has all its
    other terms, unless the rule only says that it is at least so large; one that nothing or one rule speaks of, or that
    is only bounded from below, is dropped again."""
    known = set(stated)
    for _ in range(2):
        found = set()
        for _, text, terms in rules:
            for term, name in terms.items():
                large = (text == "u <= t" and term == "t") or (text == "u <= v" and term == "v")
                if name not in known and not large and all(other in known for key, other in terms.items() if key != term):
                    found.add(name)
        known |= found
    left = [rule for rule in rules if all(name in known for name in rule[2].values())]
    while True:
        idle = set()
        for name in known - set(stated):
            around = [rule for rule in left if name in rule[2].values()]
            from_below = [rule for rule in around if (rule[1] == "u <= t" and rule[2]["t"] == name) or (rule[1] == "u <= v" and rule[2]["v"] == name)]
            if around and (len(around) < 2 or len(from_below) == len(around)):
                idle.add(name)
        if not idle:
            return left
        left = [rule for rule in left if not idle & set(rule[2].values())]


# ---------------------------------------------------------------- one project

def project(rng, kzcheck, counts, failures, is_full):
    measures, rules, atoms, kind = shape(rng)
    truncated = {name for name in measures if measures[name][0] == "money" and rng.random() < 0.1}
    lines = []
    for name, (dimension, _) in measures.items():
        lines.append(f'[measure.{name}]\ndimension = "{dimension}"\nqualifiers = ["net"]\n')
        if dimension == "money":
            lines.append("min = 0\n")
        if name in truncated:
            lines.append('rounding = "truncated"\n')
    for id, text, names in rules:
        terms = "\n".join(f'terms.{term} = {{ measure = "{name}" }}' for term, name in names.items())
        lines.append(RULE.format(id=id, terms=terms, text=text))
    nets = []
    document = ['[document]\nid = "made"\n']
    density = rng.choice([0.5, 0.8, 1.0])
    kind += ", all stated" if density == 1 else ", some unstated"
    for net in range(NETWORKS):
        truth = world(rng, measures, atoms)
        claims = []
        for name, (dimension, _) in measures.items():
            if rng.random() < density:
                claims.append([name, written(rng, dimension, truth[name], name in truncated), name in truncated])
                if rng.random() < 0.08:
                    claims.append([name, written(rng, dimension, truth[name], name in truncated), name in truncated])
        planted = None
        if rng.random() < 0.5 and claims:
            planted = rng.randrange(len(claims))
            changed = slip(rng, claims[planted][1])
            low_high = changed.split(" ")[0].split("..")
            is_date = measures[claims[planted][0]][0] == "date"
            fits = True
            if is_date:
                parts = [int(part) for part in changed.split("-")]
                fits = len(parts) < 2 or (1 <= parts[1] <= 12 and (len(parts) < 3 or 1 <= parts[2] <= 28))
            elif len(low_high) == 2:
                fits = Decimal(low_high[0]) <= Decimal(low_high[1])
            if fits:
                claims[planted][1] = changed
            else:
                planted = None
        nets.append((claims, planted))
        for index, (name, literal, _) in enumerate(claims):
            document.append(f'[[claim]]\nid = "n{net}-c{index}"\nsubject = "france"\nmeasure = "{name}"\nnet = "n{net}"\nvalue = "{literal}"\n')
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "rules").mkdir()
        (root / "claims").mkdir()
        (root / "kzcheck.toml").write_text("")
        (root / "rules" / "made.toml").write_text('[qualifier.net]\nrequired = true\n' + "".join(lines))
        (root / "claims" / "made.toml").write_text("".join(document))
        run = subprocess.run([kzcheck, "check", "--format", "json"], cwd=root, capture_output=True, text=True, check=False)
        report = json.loads(run.stdout)
        if report["problems"]:
            raise SystemExit(json.dumps(report["problems"][:3], indent=1) + (root / "rules" / "made.toml").read_text()[:3000])
    found = {}
    for finding in report["findings"]:
        net = int(finding["claims"][0]["id"].split("-")[0][1:])
        found.setdefault(net, []).append(finding)
    blame = {}
    for place, item in enumerate(report.get("look_at", [])):
        net, claim = item["claim"].split("-")
        blame.setdefault(int(net[1:]), int(claim[1:]))
    for net, (claims, planted) in enumerate(nets):
        counts["networks"] += 1
        keyed = [tuple(claim) for claim in claims]
        findings = found.get(net, [])
        joint = [finding for finding in findings if finding["rule"] == "all-together"]
        tight = feasible(measures, rules, keyed, False)
        loose = tight or feasible(measures, rules, keyed, True)
        expected = "holds" if tight else "strained" if loose else "impossible"
        says = "holds"
        if any(finding["verdict"] == "strained" for finding in findings):
            says = "strained"
        if any(finding["verdict"] == "impossible" for finding in findings):
            says = "impossible"
        # two figures of one precision must be the same figure, which no interval says
        literal_only = any(finding["rule"] == "claims-agree" for finding in findings)
        order = ["holds", "strained", "impossible"]
        if order.index(says) > order.index(expected) and not literal_only:
            counts["false"] += 1
            failures.append(("false", expected, says, measures, rules, keyed, findings))
        if not is_full:
            continue
        made = within_made(rules, {claim[0] for claim in keyed})
        if expected != "holds":
            counts[f"infeasible {kind}"] += 1
            is_within = not feasible(measures, made, keyed, expected == "impossible")
            is_detected = order.index(says) >= order.index(expected)
            counts[f"within made facts {kind}"] += is_within
            counts[f"detected {kind}"] += is_detected
            counts[f"detected within made facts {kind}"] += is_detected and is_within
            if is_within and not is_detected:
                failures.append(("missed", kind, expected, says, measures, rules, keyed))
            if joint and len(findings) == len(joint):
                counts["seen by no single check"] += 1
        for finding in joint:
            counts["conflicts"] += 1
            is_loose = finding["verdict"] == "impossible"
            ids = [int(claim["id"].split("-c")[1]) for claim in finding["claims"]]
            chosen = [keyed[index] for index in ids]
            if feasible(measures, rules, chosen, is_loose):
                counts["conflicts that are none"] += 1
                failures.append(("no conflict", measures, rules, chosen))
            if not is_smallest(measures, rules, chosen, is_loose):
                counts["conflicts not minimal in all"] += 1
            if not is_smallest(measures, made, chosen, is_loose):
                counts["conflicts not minimal"] += 1
                failures.append(("not minimal", measures, made, chosen))
        if planted is not None and expected == "impossible" and "look_at" in report:
            alone = [index for index in range(len(keyed)) if feasible(measures, rules, keyed[:index] + keyed[index + 1:], True)]
            if alone == [planted]:
                counts["identifiable"] += 1
                if blame.get(net) == planted:
                    counts["named first"] += 1
                else:
                    failures.append(("blamed another", planted, blame.get(net), measures, rules, keyed))


def is_smallest(measures, rules, chosen, is_loose):
    """Whether any claim can be left out. Claims of one fact that conflict stand in it together, as the hull of them."""
    facts = [[claim for claim in chosen if claim[0] == name] for name in {claim[0] for claim in chosen}]
    if any(len(claims) > 1 and not feasible(measures, [("", "u <= t", {"u": claims[0][0], "t": claims[0][0]})], claims, is_loose) for claims in facts):
        return True
    return all(feasible(measures, rules, chosen[:index] + chosen[index + 1:], is_loose, slack=1e-6) for index in range(len(chosen)))


def main():
    kzcheck, projects = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counts = {key: 0 for key in ["networks", "false", "conflicts", "conflicts that are none", "conflicts not minimal", "conflicts not minimal in all", "seen by no single check", "identifiable", "named first"]}
    for kind in [f"{kind}, {stated}" for kind in ["linear", "quotients"] for stated in ["all stated", "some unstated"]]:
        for key in [f"infeasible {kind}", f"detected {kind}", f"within made facts {kind}", f"detected within made facts {kind}"]:
            counts[key] = 0
    every = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    failures = []
    for index in range(projects):
        project(random.Random(seed * 1_000_003 + index), kzcheck, counts, failures, index % every == 0)
        if len(sys.argv) > 4 and (index % 50 == 0 or index == projects - 1):
            Path(sys.argv[4]).write_text("\n".join(repr(failure) for failure in failures))
            Path(sys.argv[4] + ".json").write_text(json.dumps(counts, indent=1))
    print(json.dumps(counts, indent=1))


main()
