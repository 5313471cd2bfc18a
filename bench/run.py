"""What a page costs, as a multiple of a constant page, and whether it stays so when history grows.

    python bench/run.py [--rows 10000 300000] [--rounds 5] [--only calendar] [--show calendar]

Needs PostgreSQL (a role that may create databases and is a superuser) and Redis. bench/README.md says more.
"""

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import table
from bench.client import Client
from bench.measure import measure
from bench.seed import District, seed
from bench.server import ROOT, Server, environment, manage, on_server
from bench.targets import targets


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 300_000], help="Partnerships of history.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="Pages with this in their name.")
    parser.add_argument("--show", default="", help="Print the statements of these pages, and measure nothing.")
    parser.add_argument("--keep", action="store_true", help="Keep the database, and use it again if it is there.")
    parser.add_argument("--port", type=int, default=8111)
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432"))
    parser.add_argument("--redis", default=os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/11"))
    return parser.parse_args()


def main():
    asked = arguments()
    if not asked.show:
        print(*heading(asked), sep="\n", flush=True)
    told = [(rows, *bench(asked, District(rows))) for rows in asked.rows]
    if not asked.show and len(told) > 1:
        print(f"\n## From {told[0][0]:,} to {told[-1][0]:,} partnerships\n")
        print(*table.growth(told[0], told[-1]), sep="\n")
    sys.exit(any(faults for _, _, faults in told))


def heading(asked):
    """What the figures were taken on, so that the output can stand in docs/bench.md as it is."""
    postgres = on_server(asked.postgres, "SHOW server_version").fetchone()[0].split()[0]
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL {postgres}"
    yield "# What a page costs: the last figures\n"
    yield "Written by `python bench/run.py > docs/bench.md`. The columns: [bench/README.md](../bench/README.md)."
    yield f"Taken on {dt.date.today():%-d %B %Y}: {machine}."


def bench(asked, district):
    name = f"peerlearn_bench_{district.rows}" + ("" if asked.keep else f"_{os.getpid()}")
    folder = Path(tempfile.mkdtemp(prefix="peerlearn-bench-"))
    env = environment(f"{asked.postgres}/{name}", asked.redis, folder, asked.port)
    try:
        prepare(asked.postgres, name, env, district)
        with open(folder / "gunicorn.log", "w+") as log, Server(env, asked.port, log) as server:
            return ask(asked, server, district)
    finally:
        shutil.rmtree(folder)
        if not asked.keep:
            on_server(asked.postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def prepare(postgres, name, env, district):
    """A database with history. Work on several processors at once would escape the reckoning, so it is switched off."""
    said(f"{district.rows:,} partnerships: database {name}")
    manage(env, "collectstatic", "--no-input")
    if on_server(postgres, f"SELECT FROM pg_database WHERE datname = '{name}'").rowcount:
        return
    on_server(postgres, f'CREATE DATABASE "{name}"')
    on_server(postgres, f'ALTER DATABASE "{name}" SET max_parallel_workers_per_gather = 0')
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "load_menu")
    began = time.monotonic()
    seed(env["DATABASE_URL"], district)
    said(f"filled in {time.monotonic() - began:.0f} s")


def ask(asked, server, district):
    command = [sys.executable, "-m", "bench.sign_in", *map(str, district.people.values())]
    sessions = json.loads(subprocess.run(command, env=server.env, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    pages = targets(server.database, district, sessions, asked.show or asked.only)
    if asked.show:
        for page in pages[1:]:
            _, told = Client(server.port).ask(page, **{"X-Bench-SQL": "show"})
            print(f"\n### {page.name}\n{told.decode()}")
        return [], []
    figures, faults = measure(server, pages, asked.rounds)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n## {district.rows:,} partnerships, {district.schools} schools, {asked.rounds} rounds, load {load}\n")
    print(*table.pages(figures), sep="\n", flush=True)
    for fault in faults:
        print(f"\nNot measured: {fault}", flush=True)
    return figures, faults


def said(words):
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
