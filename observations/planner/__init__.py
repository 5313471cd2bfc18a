"""The planner of learning walks: plain facts in, a plan with its cost and a proof out. No Django here, and no rows.

What others call:

* `question.Question`: the facts of one half day. Every time is a whole minute after midnight at the school; keys of
  people are whatever the caller uses (ids, mostly), the same person under the same key everywhere.
* `solving.plan_walk(question, seconds=…)`: an `Answer`: the plan, its cost and a lower bound for each item of it; or,
  when no plan is possible, the smallest set of wishes that stand against each other, in words.
* `half_days.three_best(questions, seconds=…, progress=…)`: the best of many half days.
* `replanning.replan(question, earlier, …)`: the rest of a walk anew, with the fewest changes.
* `observations.checker.check(question, plan)`: refusals in words and the cost of any plan, without the solver.

`solving` and what imports it load OR-tools, which is large: import them in tasks and never where pages are answered.
`question` and the checker are small. The rules are those of issue 4, lines 2 and 3; the order of costs is `Cost`.
"""
