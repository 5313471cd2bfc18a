"""What bringing in a timetable costs, as a multiple of the least that the database must do for it.

    python bench/timetable_import.py [--rows 100000] [--rounds 5] [--keep]

The base is COPY into a temporary table and INSERT ... ON CONFLICT DO NOTHING of the finished rows into a table of the
same columns, keys and indexes. Ours is the whole service: the kept file unpacked, its people and words matched, doubles
looked for, compared with what stands, written. Each runs in a process of its own, in turn, commit included; what counts
is processor time, of the process and of its connection; the middle of the rounds stands in the table. Needs PostgreSQL
(a role that may create databases). Exit status 1: past a goal.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.run import on_server, said
from bench.server import ROOT, environment, manage
from bench.table import bold

GOALS = {"new": 1.5, "unchanged": 1.8}
WAL_GOAL = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="Keep the database afterwards, to look into.")
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432"))
    asked = parser.parse_args()
    name = f"peerlearn_bench_timetable_{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="peerlearn-bench-") as folder:
        env = environment(f"{asked.postgres}/{name}", "", folder, 8111) | {"STATEMENT_TIMEOUT_SECONDS": "600"}
        (Path(folder) / "data").mkdir()
        on_server(asked.postgres, f'CREATE DATABASE "{name}"')
        try:
            manage(env, "migrate", "--verbosity", "0")
            figures = measure(env, asked.rows, asked.rounds)
        finally:
            if not asked.keep:
                on_server(asked.postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    print(*table(asked.rows, figures), sep="\n")
    sys.exit(any(is_past(what, *figures[what]) for what in GOALS))


def measure(env, rows, rounds):
    """{what: (base, ours)}, each (processor seconds, MB of log, MiB at the most); and what reading the file takes."""
    part(env, "fill", rows)
    taken = {what: ([], []) for what in (*GOALS, "read")}
    for number in range(rounds):
        for what in GOALS:
            pk, fingerprint, *read = part(env, "keep", what)
            taken["read"][1].append(list(map(float, read)))
            taken[what][1].append(list(map(float, part(env, "ours", pk, fingerprint))))
            taken[what][0].append(list(map(float, part(env, "base"))))
            part(env, "settle")
        said(f"round {number + 1} of {rounds}")
    return {what: tuple(map(middle, pair)) for what, pair in taken.items()}


def part(env, *words):
    command = [sys.executable, "-m", "bench.timetable_parts", *map(str, words)]
    return subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def middle(runs):
    return [statistics.median(values) for values in zip(*runs, strict=True)]


def is_past(what, base, ours):
    return round(ours[0] / base[0], 2) > GOALS[what] or what == "unchanged" and ours[1] > WAL_GOAL


def table(rows, figures):
    yield f"| {rows:,} rows | base CPU-s | ours CPU-s | ratio | goal | log MB: base | ours | peak MiB: base | ours |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for what, goal in GOALS.items():
        base, ours = figures[what]
        ratio = ours[0] / base[0]
        log = bold(f"{ours[1]:.1f}", what == "unchanged" and ours[1] > WAL_GOAL)
        yield (
            f"| {what} | {base[0]:.2f} | {ours[0]:.2f} | {bold(f'{ratio:.2f}', round(ratio, 2) > goal)} | {goal} "
            f"| {base[1]:.1f} | {log} | {base[2]:.0f} | {ours[2]:.0f} |"
        )
    _, read = figures["read"]
    yield f"| read and kept, at the upload | | {read[0]:.2f} | | | | {read[1]:.1f} | | {read[2]:.0f} |"


if __name__ == "__main__":
    main()
