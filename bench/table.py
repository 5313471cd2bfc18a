"""The figures as Markdown. A figure past its goal is bold."""

LIST_SQL, MOST_SQL, FLAT = 6, 8, 1.5


def pages(figures):
    yield "| page | rows | KiB | CPU-ms: server | PostgreSQL | ratio | goal | SQL | DB ms |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for f in figures:
        goal = f.target.goal
        ratio = bold(f"{f.ratio:.2f}", goal and f.ratio > goal)
        sql = bold(str(f.sql), f.sql > (MOST_SQL if "list" not in f.target.name else LIST_SQL))
        yield (
            f"| {f.target.name} | {f.rows or ''} | {f.kib:.0f} | {f.app_ms:.2f} | {f.pg_ms:.2f} | {ratio} "
            f"| {goal or ''} | {sql} | {f.db_ms:.2f} |"
        )


def growth(few, many):
    """SQL and database time of each page in the small and the large district; `few` and `many` are (rows, figures)."""
    yield f"| page | SQL at {few[0]:,} | at {many[0]:,} | DB ms at {few[0]:,} | at {many[0]:,} | times |"
    yield "|---|--:|--:|--:|--:|--:|"
    for small, large in zip(few[1], many[1], strict=True):
        times = large.db_ms / small.db_ms if small.db_ms else 1
        yield (
            f"| {small.target.name} | {small.sql} | {bold(str(large.sql), large.sql > small.sql)} | {small.db_ms:.2f} "
            f"| {large.db_ms:.2f} | {bold(f'{times:.2f}', times > FLAT)} |"
        )


def bold(text, is_past):
    return f"**{text}**" if is_past else text
