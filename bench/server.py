"""gunicorn as deployed (gthread), its environment, and the processor time that it and its database spend."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent


def environment(database, redis, folder, port):
    """The settings of a production site; only https is left out, which a proxy would bring."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMAIL_URL": "smtp://localhost",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "DATA_DIR": f"{folder}/data",
        "STATIC_ROOT": f"{folder}/static",
    }


def manage(env, *words):
    subprocess.run(
        [sys.executable, ROOT / "manage.py", *words], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def on_server(postgres, sql):
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        return connection.execute(sql)


class Server:
    """Within `with`: a running site; at the end its processes are gone."""

    def __init__(self, env, port, log):
        self.env, self.port, self.log = env, port, log
        self.seen, self.total = {}, {"server": 0.0, "database": 0.0}

    def __enter__(self):
        command = [sys.executable, "-m", "gunicorn", "bench.wsgi", "--preload", "--no-control-socket"]
        command += ["--worker-class", "gthread", "--workers", "1", "--threads", "2", "--keep-alive", "75"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=self.log, stderr=self.log)
        self.database = psycopg.connect(self.env["DATABASE_URL"], autocommit=True)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self):
        for _ in range(300):
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=5).close()
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"gunicorn ended: see {self.log.name}") from None
                time.sleep(0.1)
        raise RuntimeError(f"gunicorn does not answer: see {self.log.name}")

    def __exit__(self, *fault):
        self.database.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self):
        """Milliseconds of processor time so far: (of the server's processes, of its connections in PostgreSQL)."""
        backends = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        serving = [self.process.pid, *children(self.process.pid)]
        connected = [pid for (pid,) in self.database.execute(backends).fetchall()]
        return self.add("server", serving), self.add("database", connected)

    def add(self, what, pids):
        """The sum since the start: connections come and go, and take what they spent with them."""
        for pid in pids:
            now = spent(pid)
            self.total[what] += max(0, now - self.seen.get(pid, 0))
            self.seen[pid] = now
        return self.total[what]


def children(pid):
    """Every process below this one."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return below + [further for child in below for further in children(child)]


def spent(pid):
    """Milliseconds on a processor by the kernel's clock of that process: as /proc/<pid>/stat, but not in ticks."""
    try:
        return time.clock_gettime_ns((~pid << 3) | 2) / 1e6
    except OSError:
        return 0  # it has just ended
