"""HiGHS on one question that `walks_solvers.py` writes to its standard input; says how it ended. One thread."""

import json
import sys
import time

import highspy


def main():
    bounds, cost, rows, seconds = json.load(sys.stdin)
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "time_limit": float(seconds)}.items():
        highs.setOptionValue(name, value)
    for v, (low, high) in enumerate(bounds):
        highs.addVar(low, high)
        highs.changeColCost(v, cost.get(str(v), 0))
        highs.changeColIntegrality(v, highspy.HighsVarType.kInteger)
    for low, high, terms in rows:
        highs.addRow(low, high, len(terms), [int(v) for v in terms], [float(c) for c in terms.values()])
    before = time.process_time()
    highs.run()
    found = ", with a plan" if highs.getInfo().primal_solution_status == 2 else ""
    status = highs.modelStatusToString(highs.getModelStatus()).lower()
    print(f"{status}{found}, {time.process_time() - before:.2f} s")


if __name__ == "__main__":
    main()
