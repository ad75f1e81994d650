//! Progress bars on a terminal, nothing elsewhere (the log has the milestones).

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const TEMPLATE: &str = "{msg:<28} {wide_bar:.cyan/blue} {pos:>9} / {len}  {per_sec:>12}  {eta:>4}";

/// A bar for `length` steps; on anything but a terminal it draws nothing.
pub(crate) fn bar(length: u64, message: &str) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(length), target);
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        bar.set_style(style);
    }
    bar.set_message(message.to_owned());
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
