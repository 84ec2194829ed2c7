//! Real sets that no mapping is owed for: each is read by a small adapter of its own, then goes the public way.

mod bpic2013;
mod cargo2000;
