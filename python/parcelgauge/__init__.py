"""Service-quality figures of express and parcel logistics, the same to the byte as in Rust."""

from ._native import Error, Scorecard, __version__, scorecard

__all__ = ["Error", "Scorecard", "__version__", "scorecard"]
