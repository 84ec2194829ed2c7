"""Measures the Parquet tables of a folder, handed over by every library that is at hand, and writes one document each.

documents.py TABLES ASKED OUT: ASKED is the JSON of the keyword arguments; OUT gets NAME.json a library.
"""

import importlib.util
import json
import pathlib
import sys

import parcelgauge
import pyarrow.parquet

tables_in, asked, out = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2]), pathlib.Path(sys.argv[3])
arrow = {path.stem: pyarrow.parquet.read_table(path) for path in sorted(tables_in.glob("*.parquet"))}


def write(name, tables):
    """One document, by some tables."""
    (out / f"{name}.json").write_text(parcelgauge.scorecard(tables, **asked).to_json(), encoding="utf-8")


write("pyarrow", arrow)
write("pyarrow_readers", {name: table.to_reader(max_chunksize=97) for name, table in arrow.items()})
if importlib.util.find_spec("pandas"):
    write("pandas", {name: table.to_pandas() for name, table in arrow.items()})
if importlib.util.find_spec("polars"):
    import polars

    write("polars", {name: polars.from_arrow(table) for name, table in arrow.items()})
if importlib.util.find_spec("duckdb"):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    write("duckdb", {name: connection.from_arrow(table) for name, table in arrow.items()})
