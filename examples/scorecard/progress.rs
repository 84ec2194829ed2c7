//! Progress on standard error, where somebody looks at it: silent when it is no terminal.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How far a step of the job is.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins a step whose rows will be counted, though nobody knows how many there are.
    pub fn of_rows(step: &str) -> Self {
        Self::begin(step, "{spinner} {msg}: {human_pos} rows, {pace} a second, {elapsed}")
    }

    /// Begins a step that is done when it is done.
    pub fn of_step(step: &str) -> Self {
        Self::begin(step, "{spinner} {msg}, {elapsed}")
    }

    fn begin(step: &str, template: &str) -> Self {
        let is_seen = stderr().is_terminal();
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target).with_message(step.to_owned());
        if let Ok(style) = ProgressStyle::with_template(template) {
            // Whole rows a second: the built-in key has four places behind the point.
            let pace = |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{}", HumanCount(state.per_sec() as u64));
            };
            bar.set_style(style.with_key("pace", pace));
        }
        if is_seen {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar }
    }

    /// Tells how many rows there are so far.
    pub fn rows(&self, rows: u64) {
        self.bar.set_position(rows);
    }
}

impl Drop for Progress {
    /// Leaves no trace among what else is written there.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
