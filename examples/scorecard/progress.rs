//! Progress on standard error, where somebody looks at it: silent when it is no terminal.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

const PACE: &str = "{pace} a second, {elapsed}";

/// How far a step of the job is.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins a step whose rows will be counted; how many there are is not always known.
    pub fn of_rows(step: &str, all: Option<u64>) -> Self {
        let of_all = if all.is_some() { " of {human_len}" } else { "" };
        let progress = Self::begin(step, &format!("{{spinner}} {{msg}}: {{human_pos}}{of_all} rows, {PACE}"));
        all.into_iter().for_each(|all| progress.bar.set_length(all));
        progress
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

    /// Says what is done now with the rows there are.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only the columnar engine reads and folds apart"))]
    pub fn turn_to(&self, step: &str) {
        self.bar.set_message(step.to_owned());
    }

    /// Lets other lines be written meanwhile.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only the columnar engine reads and folds apart"))]
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
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
