"""The figures as Markdown. A figure past its goal is bold."""

from .targets import LIST

LIST_SQL, MOST_SQL, FLAT = 6, 8, 1.5


def pages(figures):
    yield "| page | rows | KiB | CPU-ms: server | PostgreSQL | ratio | goal | SQL | DB ms |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for f in figures:
        goal = f.target.goal
        ratio = bold(f"{f.ratio:.2f}", goal and round(f.ratio, 2) > goal)
        sql = bold(str(f.sql), f.sql > (LIST_SQL if goal == LIST else MOST_SQL))
        yield (
            f"| {f.target.name} | {f.rows or ''} | {f.kib:.0f} | {f.app_ms:.2f} | {f.pg_ms:.2f} | {ratio} "
            f"| {goal or ''} | {sql} | {f.db_ms:.2f} |"
        )


def growth(few, many):
    """SQL and database time of each page in two districts; `few` and `many` are (rows, figures, faults)."""
    sizes = f"at {few[0]:,} | at {many[0]:,}"
    yield f"| page | SQL {sizes} | DB ms {sizes} | times | PostgreSQL CPU-ms {sizes} |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    large_ones = {large.target.name: large for large in many[1]}
    for small in few[1]:
        if (large := large_ones.get(small.target.name)) is None:
            continue
        times = large.db_ms / small.db_ms if small.db_ms else 1
        yield (
            f"| {small.target.name} | {small.sql} | {bold(str(large.sql), large.sql > small.sql)} | {small.db_ms:.2f} "
            f"| {large.db_ms:.2f} | {bold(f'{times:.2f}', times > FLAT)} | {small.pg_ms:.2f} | {large.pg_ms:.2f} |"
        )


def bold(text, is_past):
    return f"**{text}**" if is_past else text
