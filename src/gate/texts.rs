//! Texts that are checked without claims: read, their figures related, and what they assert put beside the claims.

use rayon::prelude::*;

use crate::check::{Finding, Outcome, Verdict};
use crate::claims::Claims;
use crate::claims::text::TextClaims;
use crate::document::{Problem, Source, Unreadable};
use crate::extract::{self, Options};
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
}

/// Reads texts and adds what they assert to the claims.
pub(super) fn read(
    files: &[TextFile],
    rules: &RuleSet,
    claims: &mut Claims,
    problems: &mut Vec<Problem>,
) -> Vec<ReadText> {
    let read: Vec<Result<(ReadText, TextClaims), Problem>> = files.par_iter().map(|file| one(file, rules)).collect();
    let mut texts = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok((text, drafts)) => {
                claims.add_text(drafts);
                texts.push(text);
            }
            Err(problem) => problems.push(problem),
        }
    }
    texts
}

fn one(file: &TextFile, rules: &RuleSet) -> Result<(ReadText, TextClaims), Problem> {
    let problem = |message: String, help: Option<String>| Problem { help, ..Problem::new(&*file.shown, None, message) };
    let source = Source::open(&file.path).map_err(|error| match error {
        Unreadable::Failed(error) => problem(format!("the text cannot be read: {error}"), None),
        Unreadable::Refused(refusal) => problem(refusal.message, refusal.help),
    })?;
    let text = source.parts().first().map(|part| part.text.clone()).unwrap_or_default();
    if u32::try_from(text.len()).is_err() {
        return Err(problem("the text has 4 GiB or more".to_owned(), Some("split it into several".to_owned())));
    }
    let blocks = source.blocks();
    let read = extract::read_blocks(&source, &blocks, &Options::default());
    let structures = relate::structures(&blocks, &read, &rules.vocabulary.units);
    let drafts = drafts::drafts(&file.shown, &read, &structures, rules);
    Ok((ReadText { shown: file.shown.clone(), text }, drafts))
}

/// Holds back what a bare text says only under a reservation: nobody has said how its figures were rounded. Lists keep it
/// where their parts are written to the last digit, so that the few round ones are so too.
pub(super) fn hold_back_reservations(rules: &RuleSet, claims: &Claims, outcome: &mut Outcome) {
    outcome.hold_back("rounding", |finding| {
        let in_text = finding.claims().next().is_some_and(|index| claims.is_in_text(index));
        let is_in_doubt = in_text && finding.verdict == Some(Verdict::Strained) && !is_precise(rules, claims, finding);
        is_in_doubt.then(|| "it holds if round figures were rounded coarsely, and the text does not say".into())
    });
}

/// Whether the figures of a list show among each other that round ones are exact.
fn is_precise(rules: &RuleSet, claims: &Claims, finding: &Finding) -> bool {
    let units = &rules.vocabulary.units;
    let (mut parts, mut round) = (0, 0);
    for participant in &finding.participants {
        let Value::Quantity(quantity) = &claims.get(participant.claim).value else { return false };
        let is_round = quantity.number.precision(Reading::Loose) != quantity.number.precision(Reading::Tight);
        let is_share = units.powers(quantity.unit) == Powers::RATIO;
        if matches!(&*participant.role, "parts" | "shares") {
            parts += 1;
            round += usize::from(is_round);
        } else if is_round && !(is_share && quantity.nominal(units) == Some(Number::ONE)) {
            // a round whole may be rounded; all of it is not
            return false;
        }
    }
    // where one part is written to the last digit, the others are
    parts > 1 && round < parts
}
