"""Service-quality figures of express and parcel logistics, the same to the byte as in Rust.

`scorecard` measures tables: data frames of pandas or Polars, tables and readers of pyarrow, relations of DuckDB. What it
returns is a table again, a document of JSON, and a page in notebooks.
"""

import warnings

from . import _native
from ._native import Error, Scorecard, SetAside, __version__, scorecard

__all__ = ["Error", "Scorecard", "SetAside", "__version__", "scorecard"]

if _native.IS_DEBUG_BUILD:
    warnings.warn(
        "this build of parcelgauge is not optimised and some ten times slower; build it with --release",
        RuntimeWarning,
        stacklevel=2,
    )
