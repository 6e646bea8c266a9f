//! Whether linear relations between bounded numbers can hold at once, decided in exact arithmetic.
//!
//! The general simplex of Dutertre and de Moura (2006), made for such questions: every relation is a new number with
//! bounds; one that leaves its bounds is exchanged for another of its row, by Bland's rule, until all keep theirs or
//! one row leaves no way out. That row is the certificate (Farkas 1902): the sum of its relations, each times its
//! factor, says that a number is above itself. Nothing is rounded, so what it finds infeasible is.

use std::collections::BTreeMap;

use crate::figure::Number;

/// `low <= sum of factor * variable <= high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// By variable, without zeros.
    pub factors: BTreeMap<usize, Number>,
    pub low: Option<Number>,
    pub high: Option<Number>,
}

/// Bounds of a variable.
pub type Bounds = (Option<Number>, Option<Number>);

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Feasible,
    /// The rows whose sum, each times its factor, cannot be; and the variables whose bounds it uses.
    Infeasible {
        rows: Vec<(usize, Number)>,
        variables: Vec<usize>,
    },
    /// Too many exchanges.
    GaveUp,
}

/// Decides, within so many exchanges.
pub fn decide(bounds: &[Bounds], rows: &[Row], exchanges: usize) -> Answer {
    let mut tableau = Tableau::new(bounds, rows);
    for _ in 0..exchanges {
        match tableau.step() {
            Step::Done(answer) => return answer,
            Step::Exchanged => {}
        }
    }
    Answer::GaveUp
}

enum Step {
    Done(Answer),
    Exchanged,
}

struct Tableau {
    /// Of variables, then of rows.
    bounds: Vec<Bounds>,
    values: Vec<Number>,
    /// How many of them are variables.
    variables: usize,
    /// Each basic number as a sum of the others.
    basic: BTreeMap<usize, BTreeMap<usize, Number>>,
}

impl Tableau {
    fn new(bounds: &[Bounds], rows: &[Row]) -> Tableau {
        let variables = bounds.len();
        let mut all = bounds.to_vec();
        all.extend(rows.iter().map(|row| (row.low.clone(), row.high.clone())));
        let mut values: Vec<Number> = bounds.iter().map(within).collect();
        values.extend(
            rows.iter()
                .map(|row| {
                    row.factors
                        .iter()
                        .fold(Number::ZERO, |sum, (variable, factor)| &sum + &(factor * &values[*variable]))
                })
                .collect::<Vec<_>>(),
        );
        let basic = rows.iter().enumerate().map(|(row, content)| (variables + row, content.factors.clone())).collect();
        Tableau { bounds: all, values, variables, basic }
    }

    fn below(&self, index: usize) -> bool {
        self.bounds[index].0.as_ref().is_some_and(|low| &self.values[index] < low)
    }

    fn above(&self, index: usize) -> bool {
        self.bounds[index].1.as_ref().is_some_and(|high| &self.values[index] > high)
    }

    fn step(&mut self) -> Step {
        // the first of each choice, so that it ends (Bland 1977)
        let Some(leaving) = self.basic.keys().copied().find(|index| self.below(*index) || self.above(*index)) else {
            return Step::Done(Answer::Feasible);
        };
        let up = self.below(leaving);
        let row = &self.basic[&leaving];
        let entering = row.iter().find(|(index, factor)| {
            let rises = factor.is_positive() == up;
            let (low, high) = &self.bounds[**index];
            let value = &self.values[**index];
            if rises {
                high.as_ref().is_none_or(|high| value < high)
            } else {
                low.as_ref().is_none_or(|low| value > low)
            }
        });
        let Some((entering, _)) = entering.map(|(index, factor)| (*index, factor.clone())) else {
            return Step::Done(self.certificate(leaving));
        };
        let target = if up { self.bounds[leaving].0.clone() } else { self.bounds[leaving].1.clone() };
        if let Some(target) = target {
            self.exchange(leaving, entering, &target);
        }
        Step::Exchanged
    }

    /// A basic number takes a value, and another its place.
    fn exchange(&mut self, leaving: usize, entering: usize, target: &Number) {
        let Some(row) = self.basic.remove(&leaving) else { return };
        let Some(inverse) = row.get(&entering).and_then(Number::reciprocal) else { return };
        let by = &(target - &self.values[leaving]) * &inverse;
        self.values[leaving] = target.clone();
        self.values[entering] = &self.values[entering] + &by;
        // entering = (leaving - rest) / factor
        let mut own: BTreeMap<usize, Number> = row
            .iter()
            .filter(|(index, _)| **index != entering)
            .map(|(index, factor)| (*index, -&(factor * &inverse)))
            .collect();
        own.insert(leaving, inverse);
        for (index, other) in &mut self.basic {
            let Some(factor) = other.remove(&entering) else { continue };
            self.values[*index] = &self.values[*index] + &(&factor * &by);
            for (term, own) in &own {
                let sum = &(&factor * own) + other.get(term).unwrap_or(&Number::ZERO);
                if sum.is_zero() {
                    other.remove(term);
                } else {
                    other.insert(*term, sum);
                }
            }
        }
        self.basic.insert(entering, own);
    }

    /// The row that leaves no way out, as the rows and bounds that it is made of.
    fn certificate(&self, stuck: usize) -> Answer {
        let mut rows = Vec::new();
        let mut variables = Vec::new();
        let mut take = |index: usize, factor: Number| {
            if index < self.variables { variables.push(index) } else { rows.push((index - self.variables, factor)) }
        };
        take(stuck, Number::from(-1));
        for (index, factor) in &self.basic[&stuck] {
            take(*index, factor.clone());
        }
        Answer::Infeasible { rows, variables }
    }
}

/// A value within bounds.
fn within(bounds: &Bounds) -> Number {
    match bounds {
        (Some(low), _) => low.clone(),
        (None, Some(high)) => high.clone(),
        (None, None) => Number::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(factors: &[(usize, i64)], low: Option<i64>, high: Option<i64>) -> Row {
        let factors = factors.iter().map(|(variable, factor)| (*variable, Number::from(*factor))).collect();
        Row { factors, low: low.map(Number::from), high: high.map(Number::from) }
    }

    #[test]
    fn finds_what_no_single_row_shows() {
        // x + y = 10, x - y = 4, x + 2 y = 20: the first two say x = 7, y = 3
        let free = vec![(None, None); 2];
        let mut rows = vec![row(&[(0, 1), (1, 1)], Some(10), Some(10)), row(&[(0, 1), (1, -1)], Some(4), Some(4))];
        assert_eq!(decide(&free, &rows, 100), Answer::Feasible);
        rows.push(row(&[(0, 1), (1, 2)], Some(20), Some(20)));
        let Answer::Infeasible { rows: used, variables } = decide(&free, &rows, 100) else { unreachable!() };
        assert_eq!((used.len(), variables.len()), (3, 0));
    }

    #[test]
    fn bounds_take_part_in_a_certificate() {
        let bounds = vec![(Some(Number::ZERO), None), (Some(Number::from(5)), None)];
        let rows = vec![row(&[(0, 1), (1, 1)], None, Some(4))];
        assert!(matches!(decide(&bounds, &rows, 100), Answer::Infeasible { variables, .. } if variables == [0, 1]));
    }
}
