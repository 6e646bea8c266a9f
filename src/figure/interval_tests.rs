//! Interval arithmetic against a brute-force oracle: every operation is compared with what happens to sample
//! points of the operands, on a grid that holds the ends, points next to them and points far outside.

use super::*;
use proptest::prelude::*;

fn number(value: i64) -> Number {
    Number::from(value)
}

fn half_steps() -> impl Iterator<Item = Number> {
    (-40..=40).filter_map(|twice| Number::fraction(twice, 2))
}

fn members(interval: &Interval) -> Vec<Number> {
    half_steps().filter(|candidate| interval.contains(candidate)).collect()
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        1 => Just(End::Unbounded),
        3 => (-6_i64..=6).prop_map(|value| End::Closed(number(value))),
        3 => (-6_i64..=6).prop_map(|value| End::Open(number(value))),
    ]
}

fn interval() -> impl Strategy<Value = Interval> {
    (end(), end()).prop_filter_map("empty", |(low, high)| Interval::new(low, high))
}

proptest! {
    /// Soundness: whatever two members give lies in the result.
    #[test]
    fn results_enclose_what_members_give(a in interval(), b in interval()) {
        let (sum, difference, product, quotient) = (a.plus(&b), a.minus(&b), a.times(&b), a.divided_by(&b));
        for x in members(&a).iter().step_by(3) {
            for y in members(&b).iter().step_by(3) {
                prop_assert!(sum.contains(&(x + y)));
                prop_assert!(difference.contains(&(x - y)));
                prop_assert!(product.contains(&(x * y)));
                if let Some(inverse) = y.reciprocal() {
                    prop_assert!(quotient.as_ref().is_some_and(|quotient| quotient.contains(&(x * &inverse))));
                }
                prop_assert!(a.minimum(&b).contains(x.min(y)));
                prop_assert!(a.maximum(&b).contains(x.max(y)));
            }
            prop_assert!(a.absolute().contains(&x.abs()));
            prop_assert!(a.negated().contains(&-x));
        }
    }

    /// Tightness: a closed end of a product is the product of two members.
    #[test]
    fn closed_ends_are_reached(a in interval(), b in interval()) {
        let product = a.times(&b);
        for end in [product.low(), product.high()] {
            if let End::Closed(reached) = end {
                let found = members(&a).iter().any(|x| members(&b).iter().any(|y| &(x * y) == reached));
                prop_assert!(found, "{reached} of {a:?} × {b:?}");
            }
        }
    }

    #[test]
    fn meeting_is_sharing_a_member(a in interval(), b in interval()) {
        let shared = members(&a).iter().any(|x| b.contains(x));
        prop_assert_eq!(a.overlaps(&b), shared);
        prop_assert_eq!(a.intersection(&b).is_some(), shared);
        prop_assert_eq!(a.gap(&b).is_none(), shared);
        let ordered = members(&a).iter().any(|x| members(&b).iter().any(|y| x <= y));
        prop_assert_eq!(a.is_not_above(&b), ordered);
        prop_assert_eq!(a.is_within(&b), members(&a).iter().all(|x| b.contains(x)) && a.hull(&b) == b);
    }
}

#[test]
fn a_negative_weight_swaps_the_openness_with_the_ends() {
    let truncated = Interval::new(End::Closed(number(5)), End::Open(number(6))).unwrap();
    let negated = truncated.scaled(&number(-1));
    assert_eq!(negated, Interval::new(End::Open(number(-6)), End::Closed(number(-5))).unwrap());
    assert_eq!(truncated.minus(&truncated), Interval::new(End::Open(number(-1)), End::Open(number(1))).unwrap());
}

#[test]
fn touching_closed_ends_meet_and_open_ones_do_not() {
    let left = Interval::closed(number(1), number(2));
    assert!(left.overlaps(&Interval::closed(number(2), number(3))));
    let open = Interval::new(End::Open(number(2)), End::Closed(number(3))).unwrap();
    assert!(!left.overlaps(&open));
    assert_eq!(left.gap(&open), Some(Number::ZERO));
    assert_eq!(left.gap(&Interval::closed(number(5), number(6))), Some(number(3)));
}

#[test]
fn a_divisor_that_can_be_zero_says_nothing_or_little() {
    let zero = Interval::point(Number::ZERO);
    let one = Interval::point(Number::ONE);
    assert_eq!(one.divided_by(&zero), None);
    assert_eq!(one.divided_by(&Interval::closed(number(-1), number(1))), Some(Interval::ALL));
    assert_eq!(
        one.divided_by(&Interval::closed(number(0), number(2))),
        Some(Interval::above(End::Closed(Number::fraction(1, 2).unwrap())))
    );
}
