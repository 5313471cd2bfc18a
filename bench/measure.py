"""Shuffled rounds over all targets, and the SQL of each."""

import random
import statistics
from dataclasses import dataclass, replace

from .client import Client, WrongAnswer
from .targets import BASE

WARM = 16  # each of the two threads has prepared its statements, and chosen their plans, by then
ASKED = 15
SPAN_MS = 400  # of processor time for a target in a round


@dataclass
class Figures:
    target: object
    rows: int
    kib: float
    app_ms: float
    pg_ms: float
    sql: int
    db_ms: float
    ratio: float = 0


def measure(server, targets, rounds):
    """(figures of every target that answers as it should, the constant first; what the others answered)."""
    client = Client(server.port)
    sizes, faults = sizes_of(client, targets)
    targets = [target for target in targets if target.name in sizes]
    counts = {target.name: size_of(server, client, target) for target in targets}
    sql = {target.name: sql_of(client, target) for target in targets}
    taken = {target.name: [] for target in targets}
    for _ in range(rounds):
        for target in random.sample(targets, len(targets)):
            taken[target.name].append(spend(server, client, target, counts[target.name]))
    return compared([Figures(t, *sizes[t.name], *middle(taken[t.name]), *sql[t.name]) for t in targets]), faults


def sizes_of(client, targets):
    """{name: (rows, KiB)}, and the targets that answer with something else than their page."""
    sizes, faults = {}, []
    for target in targets:
        try:
            if target.status == 304:
                response, _ = client.ask(replace(target, status=200))
                target.headers["If-None-Match"] = response.headers["ETag"]
            sizes[target.name] = client.rows(target)
        except WrongAnswer as fault:
            faults.append(str(fault))
    return sizes, faults


def spend(server, client, target, count):
    """Processor milliseconds for each request: (server, PostgreSQL)."""
    before = server.cpu()
    for _ in range(count):
        client.ask(target)
    return tuple((after - was) / count for after, was in zip(server.cpu(), before, strict=True))


def size_of(server, client, target):
    """How many requests a round takes."""
    spend(server, client, target, WARM)
    return max(8, min(200, round(SPAN_MS / sum(spend(server, client, target, 4)))))


def sql_of(client, target):
    told = [client.ask(target, **{"X-Bench-SQL": "count"})[0].headers["X-Bench-SQL"].split() for _ in range(ASKED)]
    return statistics.median_low(int(count) for count, _ in told), statistics.quantiles([float(ms) for _, ms in told])[
        0
    ]


def middle(pairs):
    return tuple(statistics.median(values) for values in zip(*pairs, strict=True))


def compared(figures):
    base = next(f for f in figures if f.target.name == BASE)
    for f in figures:
        f.ratio = (f.app_ms + f.pg_ms) / (base.app_ms + base.pg_ms)
    return figures
