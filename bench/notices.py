"""What the outbox costs: claiming due notices against one UPDATE and one task each; mailing against bare smtplib.

    python bench/notices.py [--notices 20000] [--rounds 4]

Needs PostgreSQL (a role that may create databases) and Redis. The mail server is our own sink (sink.py), which takes
what comes as fast as it can. Figures are ratios within one run; the two ways to mail take turns.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.server import ROOT, environment, manage, on_server


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=4, help="In so many parts the notices are mailed.")
    parser.add_argument("--port", type=int, default=8426, help="Of the mail server.")
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432"))
    parser.add_argument("--redis", default=os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/11"))
    asked = parser.parse_args()
    name, folder = f"peerlearn_notices_{os.getpid()}", Path(tempfile.mkdtemp(prefix="peerlearn-notices-"))
    env = environment(f"{asked.postgres}/{name}", asked.redis, folder, 8000)
    env["EMAIL_URL"] = f"smtp://127.0.0.1:{asked.port}"
    on_server(asked.postgres, f'CREATE DATABASE "{name}"')
    sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(asked.port), folder / "taken.log"], cwd=ROOT)
    try:
        manage(env, "migrate", "--verbosity", "0")
        asking = ["mailing", "measure", str(asked.notices), str(asked.rounds)]
        subprocess.run([sys.executable, "-u", "-m", "bench.inside", *asking], env=env, cwd=ROOT, check=True)
    finally:
        sink.terminate()
        sink.wait()
        on_server(asked.postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
