//! The Python module: the same bytes across the border.
//!
//! `PARCELGAUGE_REQUIRE=python` makes it a failure that Python or pyarrow is not at hand, `PARCELGAUGE_PYTHON` names the
//! interpreter.

mod documents;
mod package;
