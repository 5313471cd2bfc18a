"""What planning a learning walk takes: time, and how far from the bound, on real timetables and generated ones.

    python bench/walks.py [timetable.csv …] [--sizes 5,10,20,40] [--seeds 2] [--seconds 10]
    python bench/walks.py [timetable.csv …] --solvers       # CP-SAT against HiGHS; needs highspy, which we do not use

A timetable file has the columns teacher, day, period, room; every row is taken for a class that cover is needed for.
It is read where it lies and never copied. Files have no bells: periods are 50 minutes from 8:15, with half an hour
after half of them. A generated school of 88 teachers is always measured (`schedule/plausible.py`).
Seconds are processor seconds of this process, all its threads together, beside those that passed by the clock.
Exit status 1: a plan that the checker refuses, or the three best half days past their time with the machine at rest.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.walk_schools import dates, from_csv, generated, question
from bench.walks_solvers import solvers
from observations.checker import check
from observations.planner.first_guess import first_guess
from observations.planner.half_days import three_best
from observations.planner.reach import Reach
from observations.planner.solving import plan_walk

VISITORS, HOSTS, DATES = 20, 12, 15


def main():
    asked = arguments()
    schools = [*map(from_csv, asked.files), generated(88)]
    print(f"{os.cpu_count()} processors, load {' '.join(f'{one:.1f}' for one in os.getloadavg())} at the start.\n")
    if asked.solvers:
        for row in solvers(schools, asked.seconds):
            print(row, flush=True)
        return
    for row in plans(schools, asked):
        print(row, flush=True)
    print()
    rows, late = best_half_days(schools, asked)
    print(*rows, sep="\n")
    sys.exit(late and os.getloadavg()[0] < 1.5)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sizes", default="5,10,20,40", help="visitors, with three hosts for five of them")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--best-seconds", type=float, default=10, help="for the three best half days, by the clock")
    parser.add_argument("--solvers", action="store_true")
    return parser.parse_args()


def plans(schools, asked):
    """A row for each school and size: all half days of the week's first two days, one after the other."""
    yield "| school | visitors | plans | proven | CPU s: middle, most | clock s: most | first item with a gap |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    yield from (size_row(school, int(size), asked) for school in schools for size in asked.sizes.split(","))
    yield ""
    yield "| school | visitors | greedy: plans found | its classes missed, to the planner's |"
    yield "|---|--:|--:|--:|"
    for school in schools:
        for size in asked.sizes.split(","):
            yield greedy_row(school, int(size), asked)


def some_questions(school, size, seeds):
    hosts = max(4, size * 3 // 5)
    if size + hosts <= len(school.teachers):
        for seed in range(seeds):
            for day in school.days[:2]:
                for half in ("morning", "afternoon"):
                    yield question(school, day, half, seed, size, hosts)


MADE = {}


def size_row(school, size, asked):
    taken, clocks, answers = [], [], []
    for one in some_questions(school, size, asked.seeds):
        before = time.process_time()
        answers.append(plan_walk(one, seconds=asked.seconds))
        taken.append(time.process_time() - before)
        clocks.append(answers[-1].seconds)
        said_by_checker(one, answers[-1])
    MADE[school.name, size] = answers
    if not answers:
        return f"| {school.name} | {size} | too few teachers | | | | |"
    proven = sum(answer.is_best_possible or bool(answer.conflict) for answer in answers)
    found = sum(answer.plan is not None for answer in answers)
    middle = sorted(taken)[len(taken) // 2]
    return (
        f"| {school.name} | {size} | {found} of {len(answers)} | {proven} | {middle:.2f}, {max(taken):.2f} "
        f"| {max(clocks):.1f} | {', '.join(filter(None, map(gap_of, answers))) or 'none'} |"
    )


def gap_of(answer):
    if answer.plan is None:
        return "" if answer.conflict else "no plan in time"
    first = next((name for name, gap in answer.gap._asdict().items() if gap), None)
    return f"{first} {getattr(answer.cost, first)}, bound {getattr(answer.bound, first)}" if first else ""


def said_by_checker(asked, answer):
    if answer.plan:
        verdict = check(asked, answer.plan)
        if verdict.refusals or verdict.cost != answer.cost:
            sys.exit(f"The checker refuses a plan: {verdict}")


def greedy_row(school, size, asked):
    found, ours, theirs = 0, 0, 0
    questions = list(some_questions(school, size, asked.seeds))
    for one, answer in zip(questions, MADE[school.name, size], strict=True):
        plan = first_guess(Reach(one))
        verdict = plan and check(one, plan)
        if verdict and verdict.is_accepted:
            found += 1
            if answer.plan:
                ours, theirs = ours + answer.cost.covers, theirs + verdict.cost.covers
    return f"| {school.name} | {size} | {found} of {len(questions)} | {theirs} to {ours} |"


def best_half_days(schools, asked):
    rows = [
        f"| {asked.best_seconds:g} s for {DATES} dates, {VISITORS} visitors, {HOSTS} hosts at | clock s | CPU s "
        "| planned | skipped | proven | "
        "left out, classes, substitutes |",
        "|---|--:|--:|--:|--:|---|---|",
    ]
    late = False
    for school in schools:
        if len(school.teachers) >= VISITORS + HOSTS:
            half_days = list(dates(school, DATES, VISITORS, HOSTS))
            before = time.process_time()
            found = three_best(half_days, seconds=asked.best_seconds)
            costs = ", ".join("/".join(map(str, choice.cost[1:4])) for choice in found.best)
            rows.append(
                f"| {school.name} | {found.seconds:.1f} | {time.process_time() - before:.1f} | {found.planned} "
                f"| {found.skipped} | {'yes' if found.is_proven else 'no'} | {costs} |"
            )
            late = late or found.seconds > asked.best_seconds + 1
    return rows, late


if __name__ == "__main__":
    main()
