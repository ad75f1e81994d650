//! A QR code as a drawing: one SVG path, so that it prints sharp at every size.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode, Version};

/// Light modules around a code, by the standard (ISO/IEC 18004): without them many phones do not see it.
const QUIET: usize = 4;

/// A larger code has modules too small for a wall and hopeless on a table.
const LARGEST: Version = Version::V15;

/// The code of an address as SVG, quiet zone included, black on nothing; `None` if the address is too long for a code
/// that can be scanned from where people stand.
pub(super) fn svg(address: &str) -> Option<String> {
    let code = encode(address)?;
    let width = code.size + 2 * QUIET;
    let mut path = String::new();
    for line in 0..code.size {
        let mut column = 0;
        for run in code[line].chunk_by(|a, b| a.value() == b.value()) {
            if run.first().is_some_and(|module| module.value()) {
                let length = run.len();
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", column + QUIET, line + QUIET);
            }
            column += run.len();
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// The smallest code in which 15 % may be damaged, or even 25 % where that costs no module: posters are scratched,
/// laminated and written on.
fn encode(address: &str) -> Option<QRCode> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let version = code.version.filter(|version| *version as usize <= LARGEST as usize)?;
    Some(QRBuilder::new(address).ecl(ECL::Q).version(version).build().unwrap_or(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_path_with_a_quiet_zone() {
        let svg = svg("https://suara.example.go.id/s/kab-kampar").unwrap();
        // Version 3 has 29 modules.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        // The finder pattern begins with seven dark modules after four light ones.
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
        assert_eq!(svg.matches("<path").count(), 1);
    }

    #[test]
    fn redundancy_is_raised_where_it_is_free() {
        // 20 bytes fit version 2 with either level, 26 only with the lower one.
        let level = |length| encode(&"x".repeat(length)).unwrap().ecl.unwrap().to_string();
        assert_eq!((level(20).as_str(), level(26).as_str()), ("Q", "M"));
    }

    #[test]
    fn what_cannot_be_scanned_is_refused() {
        assert!(svg(&"x".repeat(412)).is_some());
        assert!(svg(&"x".repeat(413)).is_none());
        assert!(svg(&"x".repeat(5000)).is_none());
    }
}
