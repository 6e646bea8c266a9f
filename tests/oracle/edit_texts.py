#!/usr/bin/env python3
"""Edits texts at random and knows where every figure went: a judge of re-anchoring that uses nothing of the product.

    edit_texts.py KZCHECK TEXT LANGUAGE [--places N] [--rates 1,5,20,50] [--seed S] [--json]

A figure is a run of digits in the raw text. Each becomes a claim with its line and its digits, and nothing else;
`kzcheck sync` writes the contexts on the text as it is. Then lines are edited at random, and what `kzcheck check` and
`kzcheck diff` say of the edited text is held against what was done. While a text is edited, every figure is one
character of a private area, so nothing has to be searched for afterwards.

Kinds of edits: insert and delete sentences and paragraphs, move paragraphs, change letters of words beside a figure,
change the digits of a figure, write digits of another script, strip vowel marks and tatweel, wrap lines anew.
"""

import argparse
import html
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

FIGURE = re.compile(r"\d(?:[\d.,٫٬]*\d)?")
PRIVATE = 0xF0000
MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0301]")
EASTERN = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


def is_figure(letter):
    return PRIVATE <= ord(letter) < PRIVATE + 0xFFFD


class Text:
    """Lines in which each figure is one character, and what the figures are."""

    def __init__(self, raw):
        self.figures = {}
        self.changed = set()

        def mark(found):
            number = len(self.figures)
            self.figures[number] = found.group()
            return chr(PRIVATE + number)

        self.lines = FIGURE.sub(mark, raw).split("\n")

    def written(self):
        """The text in bytes, and for each figure its bytes, its line and how it is written."""
        out, places, line = bytearray(), {}, 1
        for letter in "\n".join(self.lines):
            if is_figure(letter):
                number = ord(letter) - PRIVATE
                text = self.figures[number]
                start = len(out)
                out += text.encode()
                places[number] = (start, len(out), line, text)
            else:
                line += letter == "\n"
                out += letter.encode()
        return bytes(out), places


def sentences(line):
    return re.split(r"(?<=[.!?؟])\s+", line)


class Editor:
    def __init__(self, text, pool, language, chance):
        self.text, self.pool, self.language, self.chance = text, pool, language, chance

    def edit(self, rate):
        """Edits this share of the lines that say something, each in one way."""
        filled = [index for index, line in enumerate(self.text.lines) if line.strip()]
        count = max(1, round(len(filled) * rate / 100))
        chosen = set(self.chance.sample(filled, min(count, len(filled))))
        kinds = [
            self.insert_sentence, self.delete_sentence, self.insert_paragraph, self.delete_paragraph,
            self.move_paragraph, self.respell, self.change_digits, self.other_digits, self.strip_marks, self.rewrap,
        ]
        done, moved, out = Counter(), [], []
        for index, line in enumerate(self.text.lines):
            if index not in chosen:
                out.append([line])
                continue
            kind = self.chance.choice(kinds)
            done[kind.__name__] += 1
            if kind == self.move_paragraph:
                moved.append(line)
                out.append([])
            else:
                out.append(kind(line))
        for line in moved:
            out.insert(self.chance.randrange(len(out) + 1), [line])
        self.text.lines = [line for lines in out for line in lines]
        return done

    def insert_sentence(self, line):
        parts = sentences(line)
        parts.insert(self.chance.randrange(len(parts) + 1), self.chance.choice(self.pool))
        return [" ".join(parts)]

    def delete_sentence(self, line):
        parts = sentences(line)
        parts.pop(self.chance.randrange(len(parts)))
        return [" ".join(parts)] if parts else []

    def insert_paragraph(self, line):
        new = " ".join(self.chance.sample(self.pool, min(3, len(self.pool))))
        return self.chance.choice([[new, "", line], [line, "", new]])

    def delete_paragraph(self, line):
        return []

    def move_paragraph(self, line):
        return [line]

    def respell(self, line):
        words = line.split(" ")
        near = [
            index
            for index, word in enumerate(words)
            if len(word) > 3 and not any(map(is_figure, word))
            and any(any(map(is_figure, other)) for other in words[max(0, index - 3) : index + 4])
        ] or [index for index, word in enumerate(words) if len(word) > 3 and not any(map(is_figure, word))]
        for index in self.chance.sample(near, min(len(near), self.chance.randint(1, 2))):
            word = words[index]
            at = self.chance.randrange(1, len(word) - 1)
            other = self.chance.choice(word)
            words[index] = self.chance.choice(
                [word[:at] + word[at + 1 :], word[:at] + other + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :]]
            )
        return [" ".join(words)]

    def change_digits(self, line):
        numbers = [ord(letter) - PRIVATE for letter in line if is_figure(letter)]
        for number in self.chance.sample(numbers, min(len(numbers), self.chance.randint(1, 2))):
            old = self.text.figures[number]
            new = old
            digits = [index for index, letter in enumerate(old) if letter.isdigit()]
            while new == old or not new[0].isdigit() or (len(new) > 1 and new[0] in "0٠"):
                at = self.chance.choice(digits)
                way = self.chance.randrange(4)
                if way == 0 or len(old) == 1:
                    new = old[:at] + self.chance.choice("123456789") + old[at + 1 :]
                elif way == 1 and at + 1 < len(old) and old[at + 1].isdigit():
                    new = old[:at] + old[at + 1] + old[at] + old[at + 2 :]
                elif way == 2:
                    new = old[:at] + old[at] + self.chance.choice("0123456789") + old[at + 1 :]
                else:
                    new = old[:at] + old[at + 1 :] if len(digits) > 1 and FIGURE.fullmatch(old[:at] + old[at + 1 :]) else old
            if new.translate(WESTERN) != old.translate(WESTERN):
                self.text.figures[number] = new
                self.text.changed.add(number)
        return [line]

    def other_digits(self, line):
        if self.language != "ar":
            return self.respell(line)
        for letter in line:
            if is_figure(letter):
                number = ord(letter) - PRIVATE
                figure = self.text.figures[number]
                self.text.figures[number] = figure.translate(EASTERN if figure[0].isascii() else WESTERN)
        return [line]

    def strip_marks(self, line):
        stripped = MARKS.sub("", line).replace("ё", "е")
        if stripped == line and self.language == "ar":
            # the other way round: a tatweel within a word
            stripped = re.sub(r"(?<=[\u0628-\u0647])(?=[\u0628-\u0647])", "\u0640", line, count=5)
        return [stripped]

    def rewrap(self, line):
        words, lines = line.split(" "), []
        while words:
            count = self.chance.randint(6, 14)
            lines.append(" ".join(words[:count]))
            words = words[count:]
        return lines


def literal(text):
    plain = text.translate(WESTERN).replace(",", "")
    return plain if re.fullmatch(r"\d+(\.\d+)?", plain) else "1"


def claim_file(places):
    rows = ['[document]\nid = "text"\npath = "../text.txt"\n']
    for number, (_, _, line, text) in sorted(places.items()):
        rows.append(f'[[claim]]\nid = "p{number}"\nvalue = "{literal(text)}"\nsource = {{ line = {line}, text = "{text}" }}\n')
    return "\n".join(rows)


def run(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"kzcheck {' '.join(arguments)}: {done.stderr[:2000]}")
    return done.stdout


def judge_check(found, truth, changed, score, examples):
    for number, place in truth.items():
        said = found.get(number, {"standing": "missing", "place": None})
        kind, there = said["standing"], said["place"]
        overlaps = place and there and there["start"] < place[1] and place[0] < there["end"]
        score["places"] += 1
        if kind in ("missing", "ambiguous"):
            verdict = "right" if place is None else "not found"
        elif place is None or not overlaps:
            verdict = "wrong"
        else:
            verdict = "right" if (kind == "changed") == (number in changed) else "wrong"
        score[verdict] += 1
        if number in changed and place is not None:
            score["changed"] += 1
            score["changed, said so"] += kind == "changed" and bool(overlaps)
        is_missed = number in changed and place is not None and kind != "changed"
        if (verdict == "wrong" or is_missed) and len(examples) < 40:
            examples.append((number, kind, place, there))


def judge_diff(report, places, truth, changed, score, read):
    """`read` are the places that `kzcheck extract` takes for figures; digits that are none have no place in a diff.

    A date or a range holds several runs of digits, and one of them may part from it: so a change counts as said where
    either the old or the new figure of it is named."""
    all_changed, changed = changed, changed & read
    overlaps = lambda span, place: span["start"] < place[1] and place[0] < span["end"]
    is_said = lambda number: any(
        overlaps(pair["new"], truth[number]) or overlaps(pair["old"], places[number]) for pair in report["changed"]
    )
    for number in changed:
        if truth[number] is not None:
            score["diff: changed"] += 1
            score["diff: changed, said so"] += is_said(number)
    good = [truth[number] for number in changed if truth[number] is not None]
    good += [truth[number] for number in all_changed - read if truth[number] is not None]
    kept = [place for number, place in truth.items() if place is not None and number not in all_changed]
    wrong = []
    for pair in report["changed"]:
        start, end = pair["new"]["start"], pair["new"]["end"]
        score["diff: said changed"] += 1
        touches = lambda places: any(start < place[1] and place[0] < end for place in places)
        if touches(kept) and not touches(good):
            score["diff: said changed, wrongly"] += 1
            wrong.append((pair["old"]["text"], pair["new"]["text"]))
    missed = [
        truth[number] for number in changed
        if truth[number] is not None and not is_said(number)
    ]
    return wrong, missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("text", type=Path)
    parser.add_argument("language")
    parser.add_argument("--pool", type=Path, help="a text whose sentences are put in; else the second half of TEXT")
    parser.add_argument("--places", type=int, default=20_000)
    parser.add_argument("--rates", default="1,5,20,50")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--examples", action="store_true")
    arguments = parser.parse_args()
    # some corpora keep the character references of the pages that they come from; their digits are no figures
    raw = html.unescape(arguments.text.read_bytes().decode())
    lines = raw.split("\n")
    if arguments.pool:
        half, others = raw, html.unescape(arguments.pool.read_bytes().decode()).split("\n")
    else:
        half, others = "\n".join(lines[: len(lines) // 2]), lines[len(lines) // 2 :]
    pool = [part for line in others for part in sentences(line) if 20 < len(part) < 300]
    results = {}
    for rate in [int(rate) for rate in arguments.rates.split(",")]:
        score, kinds, examples, seed = Counter(), Counter(), [], arguments.seed
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "claims").mkdir()
            old_bytes, places = Text(half).written()
            (folder / "text.txt").write_bytes(old_bytes)
            (folder / "old.txt").write_bytes(old_bytes)
            (folder / "claims" / "all.toml").write_text(claim_file(places))
            run(arguments.program, folder, "sync")
            mentions = run(arguments.program, folder, "extract", "--format", "json", "old.txt").splitlines()
            mentions = [(one["start"], one["end"]) for one in map(json.loads, mentions)]
            read = {
                number
                for number, place in places.items()
                if any(start < place[1] and place[0] < end for start, end in mentions)
            }
            while score["places"] < arguments.places:
                text = Text(half)
                kinds += Editor(text, pool, arguments.language, random.Random(f"{seed} {rate}")).edit(rate)
                seed += 1
                new_bytes, after = text.written()
                truth = {number: after.get(number) for number in places}
                (folder / "text.txt").write_bytes(new_bytes)
                report = json.loads(run(arguments.program, folder, "check", "--all", "--format", "json"))
                found = {int(one["claim"][1:]): one for one in report["standings"]}
                before = len(examples)
                judge_check(found, truth, text.changed, score, examples)
                report = json.loads(run(arguments.program, folder, "diff", "old.txt", "text.txt", "--format", "json"))
                wrong, missed = judge_diff(report, places, truth, text.changed, score, read)
                if arguments.examples:
                    for old, new in wrong:
                        print(f"  diff, seed {seed - 1}: wrongly {old} -> {new}", file=sys.stderr)
                    for place in missed:
                        near = new_bytes[max(0, place[0] - 90) : place[1] + 60].decode(errors="ignore").replace("\n", "⏎")
                        print(f"  diff, seed {seed - 1}: missed {place[3]} in {near}", file=sys.stderr)
                for number, kind, place, there in examples[before:] if arguments.examples else []:
                    at = place[0] if place else None
                    print(f"  seed {seed - 1}: p{number} {places[number][3]} {kind}", file=sys.stderr)
                    old = places[number]
                    print("    was  ", old_bytes[max(0, old[0] - 120) : old[1] + 120].decode(errors="ignore").replace("\n", "⏎"), file=sys.stderr)
                    if place:
                        print("    is   ", new_bytes[max(0, at - 120) : place[1] + 120].decode(errors="ignore").replace("\n", "⏎"), file=sys.stderr)
                    if there:
                        print("    said ", new_bytes[max(0, there["start"] - 120) : there["end"] + 120].decode(errors="ignore").replace("\n", "⏎"), file=sys.stderr)
        results[rate] = dict(score)
        if not arguments.json:
            share = lambda part, whole: f"{100 * score[part] / max(1, score[whole]):.3f} %"
            print(
                f"{arguments.text.stem} {rate:>2} %: {score['places']} places, right {share('right', 'places')}, "
                f"wrong {share('wrong', 'places')}, not found {share('not found', 'places')}; "
                f"changed {score['changed']}, said so {share('changed, said so', 'changed')}; "
                f"diff: said so {share('diff: changed, said so', 'diff: changed')}, "
                f"wrongly {score['diff: said changed, wrongly']} of {score['diff: said changed']}"
            )
            sys.stdout.flush()
    if arguments.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
