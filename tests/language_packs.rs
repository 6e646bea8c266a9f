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
    /// Units that figures have and claims do not: of dimensions that no measure has, or with a zero of their own.
    const OTHERS: &[&str] = &[
        // angle and temperature
        "°", "arcmin", "arcsec", "rad", "°C", "°F", "°R", "K", // electricity and light
        "A", "mA", "mAh", "V", "mV", "kV", "ohm", "kohm", "C", "F", "H", "S", "T", "Wb", "lx", "lumen", "cd",
        // force, energy, power, pressure
        "N", "kN", "Nm", "J", "kJ", "MJ", "GJ", "cal", "kcal", "eV", "keV", "MeV", "GeV", "TeV", "BTU", "W", "kW", "MW",
        "GW", "TW", "Wh", "kWh", "MWh", "GWh", "TWh", "hp", "Pa", "hPa", "kPa", "MPa", "bar", "mbar", "atm", "psi",
        "mmHg", "inHg", // frequency, radiation, chemistry
        "Hz", "kHz", "MHz", "GHz", "THz", "rpm", "dB", "Bq", "Ci", "Gy", "Sv", "mSv", "mol", "kat", "ppm", "ppb",
        // data and pictures
        "bit", "kbit", "Mbit", "Gbit", "gbit", "Tbit", "Pbit", "byte", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB",
        "GiB", "TiB", "px", "Mpx", "dpi",
        // a speed in one word, a length by a convention, money of nobody
        "knots", "parsec", "seconds2", "BTC", "LTC", "XRP",
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
