"""Service-quality figures of express and parcel logistics, the same to the byte as in Rust."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias, final

import pandas
import polars

__all__ = ["Error", "Scorecard", "SetAside", "__version__", "scorecard"]

__version__: str

class _ArrowStream(Protocol):
    """Whatever offers its rows as an Arrow stream: data frames, tables, readers, relations."""

    def __arrow_c_stream__(self, requested_schema: object | None = None, /) -> object: ...

_Instant: TypeAlias = str | datetime
"""RFC 3339 with its offset, or a datetime with its zone."""

def scorecard(
    tables: Mapping[str, _ArrowStream],
    *,
    kpis: Sequence[str] | None = None,
    by: Sequence[str] | None = None,
    window: str = "month",
    policies: Mapping[str, str] | None = None,
    as_of: _Instant | None = None,
    known_from: _Instant | None = None,
    zone: str = "Asia/Shanghai",
    threads: int | None = None,
    memory: int | None = None,
    evidence: int = 0,
    strict: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Scorecard:
    """Measures the figures of the catalogue, or those named, over all rows of some tables."""

@final
class Scorecard:
    """The figures of one measuring: a row a figure, window and group."""

    @property
    def as_of(self) -> str:
        """The instant of judgement, as RFC 3339."""
    @property
    def zone(self) -> str:
        """The reporting zone."""
    @property
    def window(self) -> str:
        """The window."""
    @property
    def by(self) -> list[str]:
        """The dimensions, in the order of every group."""
    @property
    def set_aside(self) -> list[SetAside]:
        """The rows that could not be read, by table and row."""
    def to_json(self) -> str:
        """The result document as one line of JSON."""
    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of pandas, a row a figure; needs pandas and pyarrow."""
    def to_polars(self) -> polars.DataFrame:
        """A data frame of Polars, a row a figure; needs Polars."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def _repr_html_(self) -> str: ...

@final
class SetAside:
    """A row that could not be read."""

    @property
    def table(self) -> str:
        """Its table."""
    @property
    def row(self) -> int:
        """Its number, counted from 1 over the rows of its table."""
    @property
    def column(self) -> str | None:
        """The column at fault, where one is."""
    @property
    def value(self) -> str:
        """What stands there, cut to 200 characters."""
    @property
    def reason(self) -> str:
        """Why it was set aside: a stable code such as `invalid_id`."""
    @property
    def message(self) -> str:
        """What was expected, and what to do."""
    def __repr__(self) -> str: ...

class Error(Exception):
    """What cannot be measured, and why."""

    kind: str
    """What is wrong, such as `missing_column`."""
    fields: dict[str, str | int | list[str]]
    """The facts by name, as in the error of Rust."""
