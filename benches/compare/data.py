"""The data of the comparison: a simulated network in Parquet files, with waybill numbers as text and as whole numbers.

Kept in a folder from one run to the next; made by `python data.py SIMULATE WAYBILLS FOLDER`.
"""

import os
import shutil
import subprocess
import sys

TABLES = ["waybills", "promise_moves", "events", "complaints", "claims", "payments", "ratings"]
REGIONS = 31
REPEATED = 120_000  # of a million waybills have a scan repeated: about one event in a hundred is a repeat


def make(simulate, waybills, folder):
    """Writes the network as it is simulated, then the same with whole numbers for waybills."""
    new = f"{folder}.new"
    shutil.rmtree(new, ignore_errors=True)
    customers = min(max(waybills // 5, 1_000), 90_000_000)
    subprocess.run(
        [simulate, "--out", f"{new}/text", "--format", "parquet", "--by-recording-time", "--shipments", str(waybills)]
        + ["--regions", str(REGIONS), "--customers", str(customers), "--rate", f"scan_repeated={REPEATED}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in os.listdir(f"{new}/text"):
        if name.removesuffix(".parquet") not in TABLES:
            os.remove(f"{new}/text/{name}")
    os.makedirs(f"{new}/integer")
    for table in TABLES:
        renumber(f"{new}/text/{table}.parquet", f"{new}/integer/{table}.parquet")
    os.rename(new, folder)


def renumber(source, target):
    """Copies a table group by group; of `PG000000000042` stays 42."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file = pq.ParquetFile(source)
    schema = file.schema_arrow
    numbers = [name for name in ("number", "waybill") if name in schema.names]
    for name in numbers:
        place = schema.get_field_index(name)
        schema = schema.set(place, pa.field(name, pa.int64(), schema.field(name).nullable))
    dictionaries = [field.name for field in schema if not pa.types.is_timestamp(field.type)]
    with pq.ParquetWriter(target, schema, compression="zstd", use_dictionary=dictionaries) as writer:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group)
            for name in numbers:
                whole = pc.cast(pc.utf8_slice_codeunits(rows[name].cast(pa.string()), 2), pa.int64())
                rows = rows.set_column(rows.schema.get_field_index(name), schema.field(name), whole)
            writer.write_table(rows, row_group_size=1 << 20)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), sys.argv[3])
