//! Texts that are checked without claims: read, their figures related, and what they assert put beside the claims.

use rayon::prelude::*;

use crate::check::run::Suppressed;
use crate::check::{Finding, Outcome, Verdict};
use crate::claims::text::TextClaims;
use crate::claims::{ClaimIndex, Claims};
use crate::document::Problem;
use crate::extract::{self, Options};
use crate::figure::Value;
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
pub(super) fn read(files: &[TextFile], rules: &RuleSet, claims: &mut Claims, problems: &mut Vec<Problem>) -> Vec<ReadText> {
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
    let problem = |message: String, help: &str| Problem::new(&*file.shown, None, message).with_help(help);
    let bytes = std::fs::read(&file.path)
        .map_err(|error| problem(format!("the text cannot be read: {error}"), "check that it exists and may be read"))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(problem("the text has 4 GiB or more".to_owned(), "split it into several"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        problem(format!("the text is not UTF-8: byte {at} belongs to no character"), "save it as UTF-8")
    })?;
    let mentions = extract::mentions(&text, &Options::default());
    let structures = relate::structures(&text, &mentions, &rules.vocabulary.units);
    let drafts = drafts::drafts(&file.shown, &text, &mentions, &structures, rules);
    Ok((ReadText { shown: file.shown.clone(), text }, drafts))
}

/// Drops what a bare text says only under a reservation: nobody has said how its figures were rounded. Lists keep it
/// where nearly all of their parts are written to the last digit, so that the few round ones are so too.
pub(super) fn hold_back_reservations(claims: &Claims, outcome: &mut Outcome) {
    let is_round = |index: ClaimIndex| match &claims.get(index).value {
        Value::Quantity(quantity) => quantity.is_coarse(),
        _ => false,
    };
    let is_sure = |finding: &Finding| {
        let in_text = finding.claims().next().is_some_and(|index| claims.is_in_text(index));
        if !in_text || finding.verdict != Some(Verdict::Strained) {
            return true;
        }
        let (mut parts, mut round) = (0, 0);
        for participant in &finding.participants {
            let is_part = matches!(&*participant.role, "parts" | "shares");
            if !is_part && is_round(participant.claim) {
                return false;
            }
            parts += usize::from(is_part);
            round += usize::from(is_part && is_round(participant.claim));
        }
        parts > 2 && round * 3 <= parts
    };
    for finding in std::mem::take(&mut outcome.findings) {
        if is_sure(&finding) {
            outcome.findings.push(finding);
        } else {
            let reason = "it holds if round figures were rounded coarsely, and the text does not say".into();
            outcome.suppressed.push(Suppressed { finding, by: "rounding", reason });
        }
    }
}
