//! Real sets that go the public way: by a mapping file, or by a small adapter where none is owed.

#[cfg(feature = "intake")]
mod bpic2013;
mod cargo2000;
