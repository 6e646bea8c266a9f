//! Currencies in the checks of a claim file: they never convert silently.
//!
//! The facts of a rule's patterns meet in their currency, because it is part of their key. A `[[check]]` names claims by
//! hand, so nothing keeps it from adding dollars to euros; here it is refused unless a rate ties them together.

use crate::figure::{UnitRef, Units};
use crate::rules::expression::{Arithmetic, Function, Kind, Node};

/// Powers of currencies, sorted by code: `USD/EUR` is one of the first and minus one of the second.
pub(super) type Currencies = Vec<(Box<str>, i8)>;

/// The currencies of a unit.
pub(super) fn of_unit(unit: UnitRef, units: &Units) -> Currencies {
    let (above, below) = units.currencies(unit);
    let above = above.map(|code| (Box::from(code), 1));
    let below = below.map(|code| (Box::from(code), -1));
    combined(above.into_iter().chain(below).collect(), Vec::new(), 1)
}

/// The currencies of what an expression yields.
///
/// # Errors
/// The two that meet where values are added or compared.
pub(super) fn check(node: &Node, terms: &[Currencies], units: &Units) -> Result<Currencies, (Currencies, Currencies)> {
    let of = |node: &Node| check(node, terms, units);
    match &node.kind {
        Kind::Term(index) => Ok(terms.get(*index).cloned().unwrap_or_default()),
        Kind::Constant(value) => Ok(of_unit(value.unit(), units)),
        Kind::Negated(inner) | Kind::Not(inner) => of(inner),
        Kind::Arithmetic(Arithmetic::Times, left, right) => Ok(combined(of(left)?, of(right)?, 1)),
        Kind::Arithmetic(Arithmetic::Over, left, right) => Ok(combined(of(left)?, of(right)?, -1)),
        Kind::Arithmetic(_, left, right) => same(of(left)?, of(right)?),
        Kind::Comparison(_, left, right) => same(of(left)?, of(right)?).map(|_| Vec::new()),
        Kind::And(left, right) | Kind::Or(left, right) => {
            of(left)?;
            of(right)
        }
        Kind::Call(Function::Sum | Function::Minimum | Function::Maximum, arguments) => {
            let mut arguments = arguments.iter().map(of);
            let first = arguments.next().unwrap_or(Ok(Vec::new()))?;
            arguments.try_fold(first, |so_far, next| same(so_far, next?))
        }
        Kind::Call(Function::Absolute, arguments) => arguments.first().map_or(Ok(Vec::new()), of),
        Kind::Call(_, arguments) => {
            arguments.iter().try_for_each(|argument| of(argument).map(|_| ()))?;
            Ok(Vec::new())
        }
    }
}

fn same(left: Currencies, right: Currencies) -> Result<Currencies, (Currencies, Currencies)> {
    if left == right { Ok(left) } else { Err((left, right)) }
}

/// The product of two, or with `sign` -1 their quotient.
fn combined(left: Currencies, right: Currencies, sign: i8) -> Currencies {
    let mut powers = left;
    for (code, power) in right {
        match powers.iter_mut().find(|(known, _)| *known == code) {
            Some((_, known)) => *known = known.saturating_add(power.saturating_mul(sign)),
            None => powers.push((code, power.saturating_mul(sign))),
        }
    }
    powers.retain(|(_, power)| *power != 0);
    powers.sort_unstable();
    powers
}

/// `USD`, `USD/EUR`, `no currency`.
pub(super) fn print(currencies: &Currencies) -> String {
    let part = |wanted: fn(i8) -> bool| {
        let codes = currencies.iter().filter(|(_, power)| wanted(*power)).map(|(code, _)| &**code);
        codes.collect::<Vec<_>>().join(" ")
    };
    match (part(|power| power > 0), part(|power| power < 0)) {
        (above, below) if above.is_empty() && below.is_empty() => "no currency".to_owned(),
        (above, below) if below.is_empty() => above,
        (above, below) => format!("{above}/{below}"),
    }
}
