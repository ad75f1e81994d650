//! A phone in front of a poster: the pages as pictures, and what a scanner reads in them.

use std::path::Path;
use std::process::Command;

/// A page as it looks at some distance: grey pixels, row by row.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<u8>,
}

/// A code that was found and read.
#[derive(Debug)]
pub struct Scanned {
    pub text: String,
    /// Modules on a side, without the quiet zone.
    pub modules: usize,
    /// Left, top, right and bottom edge, in pixels.
    pub edges: [usize; 4],
}

/// The pages of a PDF at so many pixels per inch.
pub fn photograph(file: &Path, resolution: u32) -> Vec<Picture> {
    let mut command = Command::new("pdftoppm");
    command.args(["-gray", "-r", &resolution.to_string()]).arg(file);
    let output = command.output().unwrap_or_else(|error| panic!("pdftoppm is missing, install poppler-utils: {error}"));
    assert!(output.status.success(), "pdftoppm: {}", String::from_utf8_lossy(&output.stderr));
    let mut pictures = Vec::new();
    let mut rest = output.stdout.as_slice();
    while !rest.is_empty() {
        let (picture, after) = Picture::read(rest);
        pictures.push(picture);
        rest = after;
    }
    pictures
}

impl Picture {
    /// A picture in the format PGM, and what follows it.
    fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let mut rest = bytes;
        let mut word = || {
            let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
            let word = std::str::from_utf8(&rest[..end]).unwrap();
            rest = &rest[end + 1..];
            word
        };
        assert_eq!(word(), "P5");
        let [width, height, white] = [word(), word(), word()].map(|number| number.parse::<usize>().unwrap());
        assert_eq!(white, 255);
        let (pixels, rest) = rest.split_at(width * height);
        (Self { width, height, pixels: pixels.to_vec() }, rest)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    /// The same, enlarged as a camera's zoom does: every new pixel is a mean of its four neighbours.
    fn enlarged(&self, times: usize) -> Self {
        let (width, height) = (self.width * times, self.height * times);
        let place = |pixel: usize, limit: usize| {
            let twice = (2 * pixel + 1).saturating_sub(times);
            let (first, part) = (twice / (2 * times), twice % (2 * times));
            (first.min(limit - 1), (first + 1).min(limit - 1), part)
        };
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let (top, bottom, down) = place(y, self.height);
            for x in 0..width {
                let (left, right, across) = place(x, self.width);
                let mix = |a: u8, b: u8, part: usize| usize::from(a) * (2 * times - part) + usize::from(b) * part;
                let above = mix(self.at(left, top), self.at(right, top), across);
                let below = mix(self.at(left, bottom), self.at(right, bottom), across);
                let sum = above * (2 * times - down) + below * down;
                pixels.push(u8::try_from(sum / (4 * times * times)).unwrap());
            }
        }
        Self { width, height, pixels }
    }

    /// Every code in the picture, from top to bottom.
    pub fn scan(&self) -> Vec<Scanned> {
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.at(x, y));
        let grids = prepared.detect_grids();
        let mut found: Vec<Scanned> = grids.iter().filter_map(|grid| self.measured(grid)).collect();
        found.sort_by_key(|code| code.edges[1]);
        found
    }

    fn measured<G: rqrr::BitGrid>(&self, grid: &rqrr::Grid<G>) -> Option<Scanned> {
        let (_, text) = grid.decode().ok()?;
        let along = |of: fn(&rqrr::Point) -> i32, limit: usize| {
            let ends = grid.bounds.iter().map(of);
            let pixel = |end: Option<i32>| usize::try_from(end.unwrap_or_default()).unwrap_or_default().min(limit - 1);
            pixel(ends.clone().min())..=pixel(ends.max())
        };
        let (columns, rows) = (along(|point| point.x, self.width), along(|point| point.y, self.height));
        // The bounds are a module too wide; the finder patterns reach to the edges on all sides.
        let dark = |x: usize, y: usize| self.at(x, y) < 128;
        let mut across = columns.clone().filter(|x| rows.clone().any(|y| dark(*x, y)));
        let mut down = rows.clone().filter(|y| columns.clone().any(|x| dark(x, *y)));
        let edges = [across.next()?, down.next()?, across.next_back()? + 1, down.next_back()? + 1];
        Some(Scanned { text, modules: grid.grid.size(), edges })
    }

    /// As [`Picture::scan`], for codes of few pixels.
    pub fn scan_zoomed(&self, times: usize) -> Vec<Scanned> {
        self.enlarged(times).scan()
    }

    /// Whether there is nothing but white for four modules around a code.
    pub fn is_quiet_around(&self, code: &Scanned) -> bool {
        let [left, top, right, bottom] = code.edges;
        // The edges are exact to about a pixel, and so is the zone.
        let zone = 4 * (right - left) / code.modules - 2;
        if left < zone || top < zone || right + zone >= self.width || bottom + zone >= self.height {
            return false;
        }
        let outside = |x, y| x + 2 < left || x > right + 2 || y + 2 < top || y > bottom + 2;
        let mut pixels = (top - zone..=bottom + zone).flat_map(|y| (left - zone..=right + zone).map(move |x| (x, y)));
        pixels.all(|(x, y)| !outside(x, y) || self.at(x, y) == 255)
    }
}
