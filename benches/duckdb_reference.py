"""The reference of the summaries: DuckDB computes the integers of every MPP and period from the same Parquet files.

Prints the seconds of every repetition and the peak memory of this process as JSON, and writes the integers as CSV.
"""

import argparse
import json
import time

import duckdb

ELEMENTS = [
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan",
]


def index_columns():
    """What the official index needs: n and the count of each score of each element."""
    yield f"count(coalesce({', '.join(ELEMENTS)}))"
    for element in ELEMENTS:
        for score in range(1, 5):
            yield f"count(*) FILTER (WHERE {element} = {score})"


def pair_columns():
    """What its standard error needs as well, as answers may be missing: for each pair of elements how many answered
    both, the sum of the products of the scores, and the sum of the scores of one over those who answered the other."""
    for place, u in enumerate(ELEMENTS):
        for v in ELEMENTS[place:]:
            yield f"count({u} + {v})"
            yield f"sum({u} * {v})"
        for v in ELEMENTS:
            yield f"sum({u}) FILTER (WHERE {v} IS NOT NULL)"


def peak_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--periods", required=True)
    parser.add_argument("--repeats", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--variant", choices=["index", "full"], required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()

    columns = list(index_columns())
    if arguments.variant == "full":
        columns += pair_columns()
    named = ", ".join(f"{column} AS c{place}" for place, column in enumerate(columns))
    files = [f"{arguments.data}/archive/period={period}/*/responses.parquet" for period in arguments.periods.split(",")]
    connection = duckdb.connect()
    connection.execute(f"SET threads = {arguments.threads}")
    connection.execute("SET preserve_insertion_order = false")
    seconds = []
    for _ in range(arguments.repeats):
        started = time.perf_counter()
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE tallies AS "
            f"SELECT period, mpp, {named} FROM read_parquet({files}, hive_partitioning = true) GROUP BY period, mpp"
        )
        seconds.append(time.perf_counter() - started)
    peak = peak_memory()
    connection.execute(
        f"COPY (SELECT * FROM tallies ORDER BY period, mpp) TO '{arguments.out}' (FORMAT csv, HEADER false)"
    )
    print(json.dumps({"seconds": seconds, "peak_memory": peak, "version": duckdb.__version__}))


main()
