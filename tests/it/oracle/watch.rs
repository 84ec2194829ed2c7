//! What happened to the facts judged: who stood exactly on a line, which branch was taken, so that a test can tell whether
//! any fact ever did.

use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static HAPPENED: RefCell<BTreeMap<&'static str, u64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Takes note of a branch.
pub fn happens(what: &'static str) {
    HAPPENED.with_borrow_mut(|happened| *happened.entry(what).or_default() += 1);
}

/// Takes note of a branch where it is taken, and says whether it is.
pub fn if_so(what: &'static str, is_so: bool) -> bool {
    if is_so {
        happens(what);
    }
    is_so
}

/// Whether a value lies at or below a limit; takes note of one on it.
pub fn at_most(line: &'static str, value: i64, limit: i64) -> bool {
    if_so(line, value == limit);
    value <= limit
}

/// Whether an instant has come; takes note of one that comes just now.
pub fn has_come(line: &'static str, instant: i64, as_of: i64) -> bool {
    at_most(line, instant, as_of)
}

/// How often each happened since it was last asked, in this thread.
pub fn taken() -> BTreeMap<&'static str, u64> {
    HAPPENED.take()
}
