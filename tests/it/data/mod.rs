//! Real sets that no mapping is owed for: each is read by a small adapter of its own, then goes the public way.

mod cargo2000;
