//! The design tokens of charts and documents, for the pages too: one palette everywhere.

/// Colours and sizes as CSS custom properties on `:root`.
#[must_use]
pub fn css() -> String {
    suara_reports::design::css()
}
