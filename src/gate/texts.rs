//! Texts that are checked without claims: read, their figures related, and what they assert put beside the claims.

use rayon::prelude::*;

use super::accepted::accepted;
use crate::check::{Finding, Outcome, Verdict};
use crate::claims::text::TextClaims;
use crate::claims::{ClaimIndex, Claims};
use crate::document::{Block, Format, Problem, Quotable, Source, Unreadable};
use crate::extract::{self, Mention, Options, Packs};
use crate::figure::{Number, Powers, Reading, Value};
use crate::project::TextFile;
use crate::relate::{self, drafts};
use crate::rules::RuleSet;

/// A text that was read.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// As reports show it.
    pub shown: String,
    pub text: String,
    /// Its figures.
    pub figures: Vec<Mention>,
}

/// Reads texts and adds what they assert to the claims.
pub(super) fn read(
    files: &[TextFile],
    rules: &RuleSet,
    packs: &Packs,
    claims: &mut Claims,
    problems: &mut Vec<Problem>,
) -> Vec<ReadText> {
    let read: Vec<Result<OneText, Problem>> = files.par_iter().map(|file| one(file, rules, packs)).collect();
    let mut texts = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(mut one) => {
                problems.append(&mut one.problems);
                claims.add_text(one.claims);
                texts.push(one.text);
            }
            Err(problem) => problems.push(problem),
        }
    }
    texts
}

/// A text with what it asserts, and what is wrong with its comments.
struct OneText {
    text: ReadText,
    claims: TextClaims,
    problems: Vec<Problem>,
}

fn one(file: &TextFile, rules: &RuleSet, packs: &Packs) -> Result<OneText, Problem> {
    let problem = |message: String, help: Option<String>| Problem { help, ..Problem::new(&*file.shown, None, message) };
    let source = Source::open(&file.path).map_err(|error| match error {
        Unreadable::Failed(error) => problem(format!("the text cannot be read: {error}"), None),
        Unreadable::Refused(refusal) => problem(refusal.message, refusal.help),
    })?;
    let blocks = source.blocks();
    let mut read = extract::read_blocks(&source, &blocks, &Options::of(None, packs));
    place(&source, &blocks, &mut read.mentions);
    let structures = relate::structures(&blocks, &read, &rules.vocabulary.units);
    let mut claims = drafts::drafts(&file.shown, &read, &structures, rules);
    let mut problems = Vec::new();
    claims.accepted = accepted(&source, &blocks, rules, &file.shown, &mut problems);
    drop(blocks);
    let text = Quotable::of(source).text;
    if u32::try_from(text.len()).is_err() {
        return Err(problem("the text has 4 GiB or more".to_owned(), Some("split it into several".to_owned())));
    }
    let text = ReadText { shown: file.shown.clone(), text, figures: read.mentions };
    Ok(OneText { text, claims, problems })
}

/// Gives figures their places in the text as reports show it: the file, or the paragraphs of an archive, each on a line.
fn place(source: &Source, blocks: &[Block<'_>], mentions: &mut [Mention]) {
    let is_archive = source.format == Format::Docx;
    let mut starts = Vec::with_capacity(if is_archive { blocks.len() } else { 0 });
    let mut length = 0;
    for block in blocks.iter().filter(|_| is_archive) {
        starts.push(length);
        length += block.text.len() + 1;
    }
    for mention in mentions {
        let Some(block) = blocks.get(mention.block as usize) else { continue };
        let (from, size) = (mention.offset as usize, mention.text.len());
        let range = match starts.get(mention.block as usize) {
            Some(start) => start + from..start + from + size,
            None => block.origin.range(from..from + size),
        };
        (mention.start, mention.end) = (range.start, range.end);
    }
}

/// Holds back what a bare text says only under a reservation: nobody has said how its figures were rounded. Lists keep it
/// where their parts are written to the last digit, so that the few round ones are so too.
pub(super) fn hold_back_reservations(rules: &RuleSet, claims: &Claims, texts: &[ReadText], outcome: &mut Outcome) {
    outcome.hold_back("rounding", |finding| {
        let in_text = finding.claims().next().is_some_and(|index| claims.is_in_text(index));
        let is_in_doubt = in_text && finding.verdict == Some(Verdict::Strained) && !is_precise(rules, claims, finding);
        is_in_doubt.then(|| "it holds if round figures were rounded coarsely, and the text does not say".into())
    });
    outcome.hold_back("reading", |finding| {
        let is_open = holds_in_another_reading(rules, claims, texts, finding);
        is_open.then(|| "it holds in another reading of a figure that the text leaves open".into())
    });
}

/// Whether what is found does not hang on how round figures were rounded: the figures of a list show among each other
/// that round ones are exact, or the relation is missed by more than anybody rounds.
fn is_precise(rules: &RuleSet, claims: &Claims, finding: &Finding) -> bool {
    let units = &rules.vocabulary.units;
    if misses_by_far(rules, claims, finding) {
        return true;
    }
    let (mut parts, mut round) = (0, 0);
    for participant in &finding.participants {
        let Value::Quantity(quantity) = &claims.get(participant.claim).value else { return false };
        let is_round = quantity.number.precision(Reading::Loose) != quantity.number.precision(Reading::Tight);
        let is_share = units.powers(quantity.unit) == Powers::RATIO;
        if matches!(&*participant.role, "parts" | "shares") {
            parts += 1;
            round += usize::from(is_round);
        } else if is_round && !(is_share && quantity.nominal(units) == Some(Number::ONE)) {
            // a round whole may be rounded, unless only its last digit is zero where parts have theirs; all of it is not
            let number = &quantity.number;
            let has_one_zero = number.precision(Reading::Loose) == number.precision(Reading::Tight) + 1;
            if !has_one_zero || number.significand().abs() < Number::from(100) {
                return false;
            }
        }
    }
    // where one part is written to the last digit, the others are
    parts > 1 && round < parts
}

/// Hundredths by which a rounded figure may miss.
const FAR: i64 = 10;

/// Whether the two sides of a relation lie far apart as they are written.
fn misses_by_far(rules: &RuleSet, claims: &Claims, finding: &Finding) -> bool {
    let Some((one, other)) = sides(rules, claims, finding, None) else { return false };
    is_apart(&one, &other, FAR)
}

fn is_apart(one: &Number, other: &Number, hundredths: i64) -> bool {
    let apart = &(one - other).abs() * &Number::from(100);
    apart > &one.abs().max(other.abs()) * &Number::from(hundredths)
}

/// Whether a relation holds with another reading of one of its figures that the text leaves open: `1,130 billion`.
fn holds_in_another_reading(rules: &RuleSet, claims: &Claims, texts: &[ReadText], finding: &Finding) -> bool {
    let units = &rules.vocabulary.units;
    finding.claims().any(|index| {
        let claim = claims.get(index);
        let path = &*claims.file(claim).path;
        let Some(text) = texts.iter().find(|text| text.shown == path) else { return false };
        let start = claim.value_span.start as usize;
        let at = text.figures.partition_point(|mention| mention.start < start);
        let Some(mention) = text.figures.get(at).filter(|mention| mention.start == start) else { return false };
        mention.alternatives.iter().filter_map(|other| other.figure.nominal.as_ref()).any(|other| {
            let other = other * &units.factor(claim.value.unit());
            sides(rules, claims, finding, Some((index, other))).is_some_and(|(one, other)| !is_apart(&one, &other, 1))
        })
    })
}

/// The two sides of a relation as they are written, perhaps with another value for one claim.
fn sides(
    rules: &RuleSet,
    claims: &Claims,
    finding: &Finding,
    instead: Option<(ClaimIndex, Number)>,
) -> Option<(Number, Number)> {
    let of = |role: &str| -> Option<Number> {
        let mut sum = None;
        for participant in finding.participants.iter().filter(|participant| &*participant.role == role) {
            let Value::Quantity(quantity) = &claims.get(participant.claim).value else { return None };
            // a figure that is read otherwise may be met by one that is only about right
            let hedged = quantity.hedge.is_some() && instead.is_none();
            let own = quantity.nominal(&rules.vocabulary.units).filter(|_| !hedged)?;
            let nominal = match &instead {
                Some((claim, other)) if *claim == participant.claim => other.clone(),
                _ => own,
            };
            sum = Some(sum.map_or(nominal.clone(), |sum: Number| &sum + &nominal));
        }
        sum
    };
    let times = |one: Number, other: Number| &one * &other;
    match &*finding.rule {
        "parts-of-a-whole" => of("parts").zip(of("whole")),
        "same-figure" => of("one").zip(of("also")),
        "difference" => of("larger").zip(of("smaller")).map(|(one, other)| &one - &other).zip(of("difference")),
        "share-of-total" => of("part").zip(of("share").zip(of("whole")).map(|(share, whole)| times(share, whole))),
        "change-between" => {
            of("new").zip(of("change").zip(of("old")).map(|(change, old)| times(&Number::ONE + &change, old)))
        }
        "change-by-amount" => of("by").zip(
            of("change")
                .zip(of("new").zip(of("by")).map(|(new, by)| &new - &by))
                .map(|(change, old)| times(change, old)),
        ),
        "times-as-much" => of("new").zip(of("times").zip(of("old")).map(|(many, old)| times(many, old))),
        "product-of" => of("product").zip(of("factor").zip(of("by")).map(|(factor, by)| times(factor, by))),
        "quotient-of" => of("figure").zip(of("quotient").zip(of("per")).map(|(quotient, per)| times(quotient, per))),
        "at-most" => of("less").zip(of("more")),
        _ => None,
    }
}
