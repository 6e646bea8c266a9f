//! The units of the cases, and what they are in ours: names differ, and a case may convert.

use kzcheck::figure::Number;

/// A unit of the cases as one of ours, and how many of ours make one of it.
pub fn unit(name: &str) -> (&str, (i64, i64)) {
    let one = (1, 1);
    match name {
        "Gram" | "gram" => ("g", one),
        "Kilogram" | "kilogram" => ("kg", one),
        "milligram" | "Milligram" => ("mg", one),
        "Microgram" => ("ug", one),
        "Pound" | "pound-mass" => ("lb|GBP|EGP|LBP", one),
        "Ounce" => ("oz", one),
        "Cup" => ("cup", one),
        "Pint" => ("pint", one),
        "QuartUnit" | "Quart" => ("quart", one),
        "Gallon" => ("gal", one),
        "Litre" | "Liter" => ("l", one),
        "Millilitre" | "Milliliter" | "cubic centimetre" => ("ml|cm3", one),
        "Hectolitre" => ("hl", one),
        "Teaspoon" => ("tsp", one),
        "Tablespoon" => ("tbsp", one),
        "Metre" | "Meter" | "metre" => ("m", one),
        "M" => ("m|mi", one),
        "Kilometre" | "Kilometer" | "kilometre" => ("km", one),
        "Centimetre" | "Centimeter" | "centimetre" => ("cm", one),
        "Decimeter" => ("dm", one),
        "Millimetre" | "Millimeter" => ("mm", one),
        "picometre" => ("pm", one),
        "Mile" | "mile" => ("mi", one),
        "Yard" | "yard" => ("yd", one),
        "Foot" | "foot" => ("ft", one),
        "Inch" | "inch" => ("in", one),
        "Square meter" => ("m2", one),
        "Square kilometer" => ("km2", one),
        "Square foot" => ("ft2", one),
        "Square mile" => ("mi2", one),
        "Acre" | "acre" => ("acre", one),
        "Hectare" => ("ha", one),
        "Cubic foot" => ("ft3", one),
        "Cubic meter" => ("m3", one),
        "Celsius" | "C" | "degree Celsius" => ("°C", one),
        "Fahrenheit" | "F" | "degree Fahrenheit" => ("°F", one),
        "Degree" => ("°", one),
        "kelvin" | "K" => ("K", one),
        "Ton" => ("short-ton|t", one),
        "Metric ton" => ("t", one),
        "Barrel" => ("bbl", one),
        "Bit" => ("bit", one),
        "Megabit" => ("Mbit|MB", one),
        "megabyte" | "Megabyte" => ("MB", one),
        "gigahertz" => ("GHz", one),
        "Kilometer per hour" | "kilometre per hour" => ("km/hours", one),
        "Mile per hour" => ("mi/hours", one),
        "Meter per second" => ("m/seconds", one),
        "megawatt hour" => ("MWh", one),
        "watt hour" => ("Wh", one),
        "gray" => ("Gy", one),
        "watt per minute" => ("W/minutes", one),
        "kilometre per square second" => ("km/seconds2", one),
        "Sri Lankan rupee" => ("LKR", one),
        "kibibyte" => ("KiB", one),
        "ton per day" => ("t/days", one),
        "british thermal unit" => ("BTU", one),
        "Cent" => ("USD", (1, 100)),
        "Pence" => ("GBP", (1, 100)),
        "Dollar" | "Unnamed" | "United States dollar" | "dollar" => ("USD|CAD|AUD|NZD|HKD|SGD", one),
        "Riyal" => ("SAR|QAR|OMR", one),
        "Rial" => ("IRR", one),
        "Dinar" => ("DZD|KWD|IQD|BHD|JOD", one),
        "Dirham" => ("AED", one),
        "Finnish markka" => ("FIM", one),
        "Canadian dollar" => ("CAD", one),
        "Hong Kong dollar" => ("HKD", one),
        "Australian dollar" => ("AUD", one),
        "Mexican peso" => ("MXN", one),
        "Netherlands guilder" => ("NLG", one),
        "Peseta" => ("ESP", one),
        "Penny" => ("GBP", (1, 100)),
        "Swiss franc" => ("CHF", one),
        "Georgian lari" => ("GEL", one),
        "Turkish lira" => ("TRY", one),
        "British pound" | "pound sterling" => ("GBP", one),
        "Bitcoin" => ("BTC", one),
        "cent" => ("USD", (1, 100)),
        "gallon" => ("gal", one),
        "cup" => ("cup", one),
        "tablespoon" => ("tbsp", one),
        "litre" => ("l", one),
        "square kilometre" => ("km2", one),
        "degree fahrenheit" => ("°F", one),
        "bit" => ("bit", one),
        "byte" => ("byte", one),
        "barrel" => ("bbl", one),
        "count per week" => ("times/weeks", one),
        "dollar per kilogram" => ("USD/kg", one),
        "Picometer" => ("pm", one),
        "Dram" => ("dram", one),
        "Japanese yen" | "yen" => ("JPY", one),
        "Chinese yuan" => ("CNY", one),
        "Rupee" | "Indian rupee" => ("INR", one),
        "Franc" => ("FRF|CHF", one),
        "Euro" | "euro" => ("EUR", one),
        "year" | "Year" | "Age" => ("years", one),
        "month" | "Month" => ("months", one),
        "week" | "Week" => ("weeks", one),
        "day" | "Day" => ("days", one),
        "hour" => ("hours", one),
        "minute" => ("minutes", one),
        "second" => ("seconds", one),
        "percentage" => ("%", one),
        other => (other, one),
    }
}

/// Factor of one of our units in terms of another of the same kind, where a case converts.
pub fn converted(from: &str, to: &str) -> Option<Number> {
    let base = |unit: &str| {
        Some(match unit {
            "km" => ("m", 1_000_000, 1000),
            "m" => ("m", 1000, 1000),
            "cm" => ("m", 10, 1000),
            "dm" => ("m", 100, 1000),
            "mm" => ("m", 1, 1000),
            "kg" => ("g", 1_000_000, 1000),
            "g" => ("g", 1000, 1000),
            "mg" => ("g", 1, 1000),
            "t" => ("g", 1_000_000_000, 1000),
            "ft" => ("in", 12, 1),
            "in" => ("in", 1, 1),
            "yd" => ("in", 36, 1),
            "hours" => ("s", 3600, 1),
            "minutes" => ("s", 60, 1),
            "seconds" => ("s", 1, 1),
            "days" => ("s", 86400, 1),
            "weeks" => ("s", 604_800, 1),
            "months" => ("mo", 1, 1),
            "quarters" => ("mo", 3, 1),
            "years" => ("mo", 12, 1),
            "decades" => ("mo", 120, 1),
            "l" => ("l", 1000, 1000),
            "ml" | "cm3" => ("l", 1, 1000),
            "hl" => ("l", 100_000, 1000),
            _ => return None,
        })
    };
    let (a, above, below) = base(from)?;
    let (b, other_above, other_below) = base(to)?;
    (a == b).then_some(())?;
    Some(&Number::fraction(above, below)? * &Number::fraction(other_below, other_above)?)
}

/// Whether our unit is that of a case; the factor from ours to it.
pub fn unit_factor(ours: Option<&str>, theirs: Option<&str>) -> Option<Number> {
    let Some(theirs) = theirs else { return Some(Number::ONE) };
    let (names, (above, below)) = unit(theirs);
    let scale = Number::fraction(below, above)?;
    let ours = ours?;
    // `barrels a day` where a case has barrels
    let ours = if names.contains('/') { ours } else { ours.split('/').next().unwrap_or(ours) };
    for name in names.split('|') {
        if name == ours {
            return Some(scale);
        }
        if let Some(factor) = converted(ours, name) {
            return Some(&factor * &scale);
        }
    }
    let is_code = theirs.len() == 3 && theirs.bytes().all(|byte| byte.is_ascii_uppercase());
    // a case of another country reads `dollar` as its own
    let is_dollar = is_code && matches!(theirs, "AUD" | "CAD" | "NZD" | "USD" | "JMD" | "TTD" | "BZD");
    if is_dollar && ours == "USD" {
        return Some(Number::ONE);
    }
    (theirs == ours).then_some(Number::ONE)
}
