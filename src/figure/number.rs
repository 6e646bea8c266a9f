//! Exact rational numbers: the only arithmetic that a verdict may rest on.
//!
//! A [`Number`] is a reduced fraction. Nearly every figure of a text fits a 64-bit numerator and denominator, so
//! that is how it is kept (16 bytes, no allocation); whatever does not fit falls back to arbitrary precision, with
//! the same result. There is no rounding and no overflow here. What a *written* figure stands for (its precision,
//! its interval) is not this module's business: see [`super::quantity`].

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact rational number, always in lowest terms.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator and denominator, coprime. Used whenever both fit, so that equal numbers are equal in memory.
    Small(i64, NonZeroU64),
    Wide(Box<RBig>),
}

const ONE: NonZeroU64 = NonZeroU64::MIN;

impl Number {
    pub const ZERO: Number = Number(Repr::Small(0, ONE));
    pub const ONE: Number = Number(Repr::Small(1, ONE));

    /// `numerator / denominator`; `None` where the denominator is zero.
    pub fn fraction(numerator: i64, denominator: i64) -> Option<Number> {
        let sign = if denominator < 0 { -1 } else { 1 };
        let denominator = NonZeroU64::new(denominator.unsigned_abs())?;
        Some(reduced(i128::from(numerator) * sign, u128::from(denominator.get())))
    }

    /// `10^exponent`, for any exponent that a literal can write.
    pub fn power_of_ten(exponent: i32) -> Number {
        const FITS: u32 = 18;
        let size = exponent.unsigned_abs();
        if size <= FITS {
            let power = 10_u64.pow(size);
            return match (exponent < 0, NonZeroU64::new(power)) {
                (true, Some(denominator)) => Number(Repr::Small(1, denominator)),
                // 10^18 is below 2^63
                _ => Number(Repr::Small(power as i64, ONE)),
            };
        }
        let power = UBig::from(10_u8).pow(size as usize);
        if exponent < 0 { narrowed(RBig::from_parts(IBig::ONE, power)) } else { narrowed(RBig::from(power)) }
    }

    /// The whole number that these ASCII digits spell; `None` where another character stands among them.
    pub fn from_digits(digits: &str) -> Option<Number> {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if let Ok(small) = digits.parse::<i64>() {
            return Some(Number::from(small));
        }
        IBig::from_str_radix(digits, 10).ok().map(|wide| narrowed(RBig::from(wide)))
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(numerator, _) => *numerator < 0,
            Repr::Wide(wide) => **wide < RBig::ZERO,
        }
    }

    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_, denominator) => *denominator == ONE,
            Repr::Wide(wide) => wide.is_int(),
        }
    }

    pub fn abs(&self) -> Number {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// `1 / self`; `None` for zero.
    pub fn reciprocal(&self) -> Option<Number> {
        match &self.0 {
            Repr::Small(0, _) => None,
            Repr::Small(numerator, denominator) => {
                let sign = if *numerator < 0 { -1 } else { 1 };
                Some(reduced(sign * i128::from(denominator.get()), u128::from(numerator.unsigned_abs())))
            }
            Repr::Wide(wide) => {
                let (numerator, denominator) = (**wide).clone().into_parts();
                let (sign, size) = numerator.into_parts();
                Some(narrowed(RBig::from_parts(IBig::from_parts(sign, denominator), size)))
            }
        }
    }

    /// The greatest whole number that is not above this one.
    pub fn floor(&self) -> Number {
        match &self.0 {
            Repr::Small(numerator, denominator) => {
                reduced(i128::from(*numerator).div_euclid(i128::from(denominator.get())), 1)
            }
            Repr::Wide(wide) => narrowed(RBig::from(wide.floor())),
        }
    }

    /// The least whole number that is not below this one.
    pub fn ceiling(&self) -> Number {
        -&(-self).floor()
    }

    /// The number rounded half up to `decimals` places after the point (negative: before it).
    pub fn rounded(&self, decimals: i32) -> Number {
        let unit = Number::power_of_ten(-decimals);
        let shifted = &(self * &Number::power_of_ten(decimals)) + &half();
        &shifted.floor() * &unit
    }

    /// The whole number as `i64`, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(numerator, denominator) if *denominator == ONE => Some(*numerator),
            _ => None,
        }
    }

    /// Decimal text, exact where the expansion ends, else `None`: `0.125` for 1/8, nothing for 1/3.
    pub fn exact_decimal(&self) -> Option<String> {
        if let Some(whole) = self.to_i64() {
            return Some(whole.to_string());
        }
        let (_, mut denominator) = self.to_wide().into_parts();
        let mut twos = 0_i32;
        let mut fives = 0_i32;
        let (two, five) = (UBig::from(2_u8), UBig::from(5_u8));
        while (&denominator % &two).is_zero() {
            denominator /= &two;
            twos += 1;
        }
        while (&denominator % &five).is_zero() {
            denominator /= &five;
            fives += 1;
        }
        denominator.is_one().then(|| self.with_decimals(twos.max(fives)))
    }

    /// Decimal text with exactly `decimals` places (zero or more), rounded half up.
    pub fn with_decimals(&self, decimals: i32) -> String {
        let decimals = decimals.max(0);
        let scaled = (&self.rounded(decimals) * &Number::power_of_ten(decimals)).to_wide();
        let (numerator, _) = scaled.into_parts();
        let (sign, size) = numerator.into_parts();
        let width = decimals as usize + 1;
        let digits = format!("{:0>width$}", size.to_string());
        let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
        let minus = if sign == dashu_int::Sign::Negative && !size.is_zero() { "-" } else { "" };
        if fraction.is_empty() { format!("{minus}{whole}") } else { format!("{minus}{whole}.{fraction}") }
    }

    /// Whether it has outgrown 64 bits, so that every further operation costs more than the one before.
    pub fn is_wide(&self) -> bool {
        matches!(self.0, Repr::Wide(_))
    }

    /// The nearest binary float or one beside it: for estimates, never for a verdict.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Small(numerator, denominator) => *numerator as f64 / denominator.get() as f64,
            Repr::Wide(wide) => wide.to_f64_fast(),
        }
    }

    fn to_wide(&self) -> RBig {
        match &self.0 {
            Repr::Small(numerator, denominator) => {
                RBig::from_parts(IBig::from(*numerator), UBig::from(denominator.get()))
            }
            Repr::Wide(wide) => (**wide).clone(),
        }
    }
}

fn half() -> Number {
    NonZeroU64::new(2).map_or(Number::ZERO, |two| Number(Repr::Small(1, two)))
}

/// The fraction in lowest terms, small where it fits.
fn reduced(numerator: i128, denominator: u128) -> Number {
    if denominator == 1
        && let Ok(small) = i64::try_from(numerator)
    {
        return Number(Repr::Small(small, ONE));
    }
    // 64 bits are enough for nearly every figure, and divide several times faster
    if let (Ok(size), Ok(denominator)) = (u64::try_from(numerator.unsigned_abs()), u64::try_from(denominator)) {
        let divisor = common_divisor(size, denominator);
        let signed = i64::try_from(size / divisor).map(|size| if numerator < 0 { -size } else { size });
        if let (Ok(signed), Some(denominator)) = (signed, NonZeroU64::new(denominator / divisor)) {
            return Number(Repr::Small(signed, denominator));
        }
    }
    let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator);
    let (size, denominator) = (numerator.unsigned_abs() / divisor, denominator / divisor);
    let signed = i128::try_from(size).ok().map(|size| if numerator < 0 { -size } else { size });
    let small = signed.and_then(|signed| i64::try_from(signed).ok());
    if let (Some(small), Some(denominator)) = (small, u64::try_from(denominator).ok().and_then(NonZeroU64::new)) {
        return Number(Repr::Small(small, denominator));
    }
    let sign = if numerator < 0 { dashu_int::Sign::Negative } else { dashu_int::Sign::Positive };
    Number(Repr::Wide(Box::new(RBig::from_parts(IBig::from_parts(sign, UBig::from(size)), UBig::from(denominator)))))
}

/// A wide number in its one representation: small where it fits.
fn narrowed(wide: RBig) -> Number {
    let small = i64::try_from(wide.numerator()).ok();
    let denominator = u64::try_from(wide.denominator()).ok().and_then(NonZeroU64::new);
    match (small, denominator) {
        (Some(numerator), Some(denominator)) => Number(Repr::Small(numerator, denominator)),
        _ => Number(Repr::Wide(Box::new(wide))),
    }
}

/// Euclid's algorithm.
fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(common_divisor(a, b));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl From<i64> for Number {
    fn from(whole: i64) -> Number {
        Number(Repr::Small(whole, ONE))
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match &self.0 {
            Repr::Small(numerator, denominator) => match numerator.checked_neg() {
                Some(negated) => Number(Repr::Small(negated, *denominator)),
                None => reduced(-i128::from(*numerator), u128::from(denominator.get())),
            },
            Repr::Wide(wide) => narrowed(-(**wide).clone()),
        }
    }
}

/// `a/b ± c/d` in 128 bits, or `None` where that overflows.
fn small_sum(a: i64, b: NonZeroU64, c: i128, d: NonZeroU64) -> Option<Number> {
    if b == d {
        if b == ONE
            && let Some(sum) = i64::try_from(c).ok().and_then(|c| a.checked_add(c))
        {
            return Some(Number(Repr::Small(sum, ONE)));
        }
        return Some(reduced(i128::from(a) + c, u128::from(b.get())));
    }
    let left = i128::from(a).checked_mul(i128::from(d.get()))?;
    let right = c.checked_mul(i128::from(b.get()))?;
    Some(reduced(left.checked_add(right)?, u128::from(b.get()) * u128::from(d.get())))
}

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(sum) = small_sum(*a, *b, i128::from(*c), *d)
        {
            return sum;
        }
        narrowed(self.to_wide() + other.to_wide())
    }
}

impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(difference) = small_sum(*a, *b, -i128::from(*c), *d)
        {
            return difference;
        }
        narrowed(self.to_wide() - other.to_wide())
    }
}

impl Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if let (ONE, ONE, Some(product)) = (*b, *d, a.checked_mul(*c)) {
                return Number(Repr::Small(product, ONE));
            }
            // two 64-bit factors always fit 128 bits
            return reduced(i128::from(*a) * i128::from(*c), u128::from(b.get()) * u128::from(d.get()));
        }
        narrowed(self.to_wide() * other.to_wide())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            // |i64| times u64 stays below 2^127
            return (i128::from(*a) * i128::from(d.get())).cmp(&(i128::from(*c) * i128::from(b.get())));
        }
        self.to_wide().cmp(&other.to_wide())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Decimal text where the expansion ends, else the fraction: `0.125`, `1/3`.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact_decimal() {
            Some(decimal) => formatter.write_str(&decimal),
            None => write!(formatter, "{}", self.to_wide()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(numerator: i64, denominator: i64) -> Number {
        Number::fraction(numerator, denominator).unwrap()
    }

    #[test]
    fn a_number_is_small() {
        assert_eq!(std::mem::size_of::<Number>(), 16);
    }

    #[test]
    fn prints_as_a_decimal_where_one_exists() {
        assert_eq!(number(1, 8).to_string(), "0.125");
        assert_eq!(number(-5, 2).to_string(), "-2.5");
        assert_eq!(number(1, 3).to_string(), "1/3");
        assert_eq!(number(2, 3).with_decimals(3), "0.667");
        assert_eq!(number(-1, 1000).with_decimals(2), "0.00");
        assert_eq!(Number::from(-12).with_decimals(0), "-12");
    }

    #[test]
    fn figures_wider_than_the_machine_stay_exact() {
        let digits = "9".repeat(10_000);
        let wide = Number::from_digits(&digits).unwrap();
        assert_eq!((&(&wide + &Number::ONE) - &Number::ONE).to_string(), digits);
        assert_eq!(&wide - &wide, Number::ZERO);
        assert_eq!(Number::power_of_ten(-30).reciprocal(), Some(Number::power_of_ten(30)));
        assert_eq!(-&number(i64::MIN, 1), Number::from_digits("9223372036854775808").unwrap());
    }

    #[test]
    fn rounds_half_up() {
        assert_eq!(number(5, 2).rounded(0), Number::from(3));
        assert_eq!(number(-5, 2).rounded(0), Number::from(-2));
        assert_eq!(number(12_345, 1).rounded(-2), Number::from(12_300));
    }

    /// The oracle: arbitrary precision without the small path.
    fn oracle(number: &Number) -> RBig {
        number.to_wide()
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_arbitrary_precision(a: i64, b in 1..=i64::MAX, c: i64, d in 1..=i64::MAX) {
            let (x, y) = (number(a, b), number(c, d));
            prop_assert_eq!(oracle(&(&x + &y)), oracle(&x) + oracle(&y));
            prop_assert_eq!(oracle(&(&x - &y)), oracle(&x) - oracle(&y));
            prop_assert_eq!(oracle(&(&x * &y)), oracle(&x) * oracle(&y));
            prop_assert_eq!(x.cmp(&y), oracle(&x).cmp(&oracle(&y)));
            prop_assert_eq!(narrowed(oracle(&x)), x);
        }

        #[test]
        fn floor_and_ceiling_enclose(a: i64, b in 1..=1000_i64) {
            let x = number(a, b);
            prop_assert!(x.floor() <= x && x <= x.ceiling());
            prop_assert!(&x.ceiling() - &x.floor() <= Number::ONE);
        }
    }
}
