//! A compressed page with a hole: everything but a few bytes is compressed once and sent many times.
//!
//! gzip (RFC 1952) holds a sequence of DEFLATE blocks (RFC 1951). What stands before the hole is compressed and flushed
//! to a whole byte, what fills it goes into a block that is stored as it is, and what stands behind it was compressed
//! without looking back. Only the check sum is put together anew.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Deflate, no flags, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff];

/// A page with a hole.
pub(super) struct Spliced {
    before: Part,
    after: Part,
}

struct Part {
    deflated: Vec<u8>,
    crc: Crc,
}

impl Spliced {
    /// Compresses what stands before and behind the hole; `None` if the library fails, which it does not.
    pub fn new(before: &str, after: &str) -> Option<Self> {
        let before = Part::new(before.as_bytes(), FlushCompress::Full)?;
        Some(Self { before, after: Part::new(after.as_bytes(), FlushCompress::Finish)? })
    }

    /// The page with `filling` in its hole, of at most 65 535 bytes.
    pub fn filled(&self, filling: &[u8]) -> Option<Vec<u8>> {
        let length = u16::try_from(filling.len()).ok()?;
        let size = HEAD.len() + self.before.deflated.len() + 5 + filling.len() + self.after.deflated.len() + 8;
        let mut page = Vec::with_capacity(size);
        page.extend(HEAD);
        page.extend(&self.before.deflated);
        // A stored block that is not the last one: its length, the complement of it, and the bytes themselves.
        page.push(0);
        page.extend(length.to_le_bytes());
        page.extend((!length).to_le_bytes());
        page.extend(filling);
        page.extend(&self.after.deflated);
        let mut crc = Crc::new();
        crc.combine(&self.before.crc);
        crc.update(filling);
        crc.combine(&self.after.crc);
        page.extend(crc.sum().to_le_bytes());
        page.extend(crc.amount().to_le_bytes());
        Some(page)
    }
}

impl Part {
    fn new(text: &[u8], flush: FlushCompress) -> Option<Self> {
        let mut deflate = Compress::new(Compression::best(), false);
        let mut deflated = Vec::with_capacity(text.len() + 64);
        let status = deflate.compress_vec(text, &mut deflated, flush).ok()?;
        if usize::try_from(deflate.total_in()) != Ok(text.len()) || status == Status::BufError {
            return None;
        }
        let mut crc = Crc::new();
        crc.update(text);
        Some(Self { deflated, crc })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn every_gzip_reader_gets_the_whole_page() {
        let before = "<!doctype html>".repeat(4_000);
        let after = "<p>Terima kasih</p>".repeat(3_000);
        let page = Spliced::new(&before, &after).unwrap();
        for filling in ["", "x", "<input name=\"id\" value=\"0190\">", &"y".repeat(65_535)] {
            let mut read = String::new();
            GzDecoder::new(page.filled(filling.as_bytes()).unwrap().as_slice()).read_to_string(&mut read).unwrap();
            assert!(read == format!("{before}{filling}{after}"), "{} bytes", filling.len());
        }
        assert!(page.filled("z".repeat(65_536).as_bytes()).is_none());
    }

    #[test]
    fn empty_parts_are_pages_too() {
        let page = Spliced::new("", "").unwrap().filled(b"a").unwrap();
        let mut read = String::new();
        GzDecoder::new(page.as_slice()).read_to_string(&mut read).unwrap();
        assert_eq!(read, "a");
    }
}
