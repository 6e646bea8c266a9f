//! The generated language packs are what the generator makes of CLDR, where CLDR's packages are at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::path::Path;
use std::process::Command;

/// Names the folder `node_modules` that holds the packages; see `tools/language_packs/generate.py`.
const PACKAGES: &str = "KZCHECK_CLDR";

#[test]
fn generating_the_packs_again_changes_nothing() {
    // without the packages there is nothing to compare
    let Some(packages) = std::env::var_os(PACKAGES) else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let generator = root.join("tools/language_packs/generate.py");
    let status = Command::new("python3").arg(generator).arg(packages).arg(folder.path()).status().unwrap();
    assert!(status.success());
    for language in ["ar", "en", "ru"] {
        let file = format!("{language}.cldr.toml");
        let shipped = std::fs::read_to_string(root.join("rules/languages").join(&file)).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join(&file)).unwrap(), shipped, "{file} differs");
    }
}

#[test]
fn every_unit_of_a_pack_is_one_that_claims_know_or_one_of_physics() {
    /// Units that figures have and claims do not yet.
    const OTHERS: &[&str] = &[
        "°",
        "°C",
        "°F",
        "K",
        "A",
        "V",
        "N",
        "J",
        "kJ",
        "cal",
        "kcal",
        "eV",
        "BTU",
        "W",
        "kW",
        "MW",
        "GW",
        "Wh",
        "kWh",
        "MWh",
        "GWh",
        "TWh",
        "hp",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
        "Pa",
        "hPa",
        "kPa",
        "bar",
        "mbar",
        "atm",
        "psi",
        "Gy",
        "bit",
        "kbit",
        "Mbit",
        "gbit",
        "Gbit",
        "byte",
        "kB",
        "MB",
        "GB",
        "TB",
        "PB",
        "px",
        "Mpx",
        "dm",
        "um",
        "nm",
        "pm",
        "au",
        "parsec",
        "light-years",
        "ug",
        "stone",
        "dl",
        "cl",
        "hl",
        "cm3",
        "mi3",
        "pint",
        "quart",
        "cup",
        "fl-oz",
        "tbsp",
        "tsp",
        "knots",
        "ms",
        "BTC",
        "XRP",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut known: Vec<String> = OTHERS.iter().map(|unit| (*unit).to_owned()).collect();
    for file in ["units.toml", "currencies.toml"] {
        let table: toml::Table = std::fs::read_to_string(root.join(file)).unwrap().parse().unwrap();
        known.extend(table["unit"].as_table().unwrap().keys().cloned());
    }
    for entry in std::fs::read_dir(root.join("languages")).unwrap() {
        let path = entry.unwrap().path();
        let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for section in ["unit", "dual", "half", "minor"] {
            for key in table.get(section).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys) {
                let is_worth = section == "minor";
                let unit = if is_worth { key.split(['/', '*']).next().unwrap_or_default() } else { key };
                for part in unit.split('/') {
                    assert!(known.iter().any(|known| known == part), "{}: [{section}] {key}", path.display());
                }
            }
        }
    }
}
