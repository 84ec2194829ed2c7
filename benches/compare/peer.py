"""One run of a peer in a process of its own: prints its seconds, and keeps its answer.

Importing the peer, and in memory loading its tables, happens before the clock starts.
"""

import argparse
import json
import resource
import time
from decimal import Decimal


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["duckdb", "polars"])
    parser.add_argument("formulation")
    parser.add_argument("folder")
    parser.add_argument("--as-of", type=int, help="milliseconds since 1970")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--mode", choices=["parquet", "memory"])
    parser.add_argument("--out")
    args = parser.parse_args()
    if args.peer == "duckdb":
        import duckdb_sql as queries
    else:
        import polars_lazy as queries
    job = queries.run(args.folder, args.formulation, args.as_of, args.threads, args.mode == "memory")
    clock, cpu = time.perf_counter(), cpu_seconds()
    rows = job()
    print(json.dumps({"wall": time.perf_counter() - clock, "cpu": cpu_seconds() - cpu}))
    if args.out:
        plain = [[float(value) if isinstance(value, Decimal) else value for value in row] for row in rows]
        with open(args.out, "w") as file:
            json.dump(plain, file)


if __name__ == "__main__":
    main()
