"""Is every notice mailed, and none twice, when workers are killed and what they need fails?

    python bench/survive.py [--notices 10000] [--kills 100] [--trouble flush refuse hang-up]

Workers with beat are killed (-9, the whole group) at random moments while they mail; then one works to the end. Every
notice must have arrived, with at most one copy more for each kill and each answer that was lost, under one Message-ID.
Needs PostgreSQL (a role that may create databases) and a Redis database of its own, which `flush` empties.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg
import redis

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.server import ROOT, environment, manage, on_server

TROUBLES = {"flush": [], "refuse": ["--refuse", "0.1"], "hang-up": ["--hang-up", "0.05"]}
WAITING = "SELECT count(*) FROM notices_notice WHERE sent_at IS NULL"
# What was refused again and again waits for minutes and hours; here they pass at once. What is held by a lease does not
# wait longer than a minute, and is left alone: made due, it would be mailed by two.
HOURS_PASS = """
    UPDATE notices_notice SET next_at = now()
    WHERE sent_at IS NULL AND attempts > 0 AND next_at > now() + interval '61 seconds'
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--trouble", nargs="*", choices=TROUBLES, default=[])
    parser.add_argument("--slow", type=float, default=0.02, help="Seconds that the mail server takes for a message.")
    parser.add_argument("--after", type=float, nargs=2, default=(6, 8), help="Seconds between a start and its kill.")
    parser.add_argument("--patience", type=float, default=300, help="Seconds for the last worker.")
    parser.add_argument("--port", type=int, default=8425, help="Of the mail server.")
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432"))
    parser.add_argument("--redis", default=os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/11"))
    return parser.parse_args()


def main():
    asked = arguments()
    name, folder = f"peerlearn_survive_{os.getpid()}", Path(tempfile.mkdtemp(prefix="peerlearn-survive-"))
    env = environment(f"{asked.postgres}/{name}", asked.redis, folder, 8000)
    env["EMAIL_URL"] = f"smtp://127.0.0.1:{asked.port}"
    Path(env["DATA_DIR"]).mkdir()  # beat keeps its schedule there
    on_server(asked.postgres, f'CREATE DATABASE "{name}"')
    try:
        manage(env, "migrate", "--verbosity", "0")
        inside = [sys.executable, "-m", "bench.inside", "outbox", "fill", str(asked.notices)]
        subprocess.run(inside, env=env, cwd=ROOT, check=True)
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as database, sink(asked, folder):
            kills = torment(asked, env, database)
            work_to_the_end(asked, env, database)
            sys.exit(told(asked, kills, database, (folder / "taken.log").read_text().split("\n")[:-1]))
    finally:
        on_server(asked.postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder)


@contextlib.contextmanager
def sink(asked, folder):
    faults = [word for trouble in asked.trouble for word in TROUBLES[trouble]]
    command = [sys.executable, "-m", "bench.sink", str(asked.port), folder / "taken.log", "--slow", str(asked.slow)]
    process = subprocess.Popen([*command, *faults], cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def worker(env):
    """A worker with beat; at the end its whole group is killed without a word."""
    command = [sys.executable, "-m", "celery", "--app", "peerlearn", "worker", "--beat", "--concurrency", "2"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True, **silent)
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError("The worker ended by itself. Start it by hand to see why.")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def torment(asked, env, database):
    """Kill workers until there is nothing left or enough of them died. Returns how many."""
    for kill in range(asked.kills):
        if not left(database):
            return kill
        with worker(env):
            time.sleep(random.uniform(*asked.after))
            if "flush" in asked.trouble:
                redis.Redis.from_url(asked.redis).flushdb()
    print(f"after {asked.kills} kills {left(database):,} wait", file=sys.stderr, flush=True)
    return asked.kills


def work_to_the_end(asked, env, database):
    until = time.monotonic() + asked.patience
    with worker(env):
        while left(database) and time.monotonic() < until:
            database.execute(HOURS_PASS)
            time.sleep(0.5)
        time.sleep(1)


def left(database):
    return database.execute(WAITING).fetchone()[0]


def told(asked, kills, database, lines):
    """Say what came of it; 1 if a notice was lost or came too often."""
    hung_up = lines.count("hung up")
    copies = Counter(line for line in lines if line != "hung up")
    rows = database.execute("SELECT count(*), count(sent_at), count(DISTINCT key) FROM notices_notice").fetchone()
    lost, extra = asked.notices - len(copies), copies.total() - len(copies)
    print(
        f"{' and '.join(['kills', *asked.trouble])}: {asked.notices:,} notices, {kills} kills, {hung_up} answers lost: "
        f"{rows[1]:,} of {rows[0]:,} rows sent, {len(copies):,} arrived, {lost} lost, {extra} copies more "
        f"(at most {kills + hung_up}), {asked.notices - rows[2]} rows twice"
    )
    return int(bool(lost) or extra > kills + hung_up or rows != (asked.notices,) * 3)


if __name__ == "__main__":
    main()
