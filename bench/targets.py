"""What is measured, as whom, and how far it should go (multiples of the constant view)."""

import copy
from dataclasses import dataclass, field

from .client import TOKEN

LIST, DETAIL, POST, UNCHANGED, FEED = 7.5, 4.5, 2.6, 1.4, 6.0
BASE = "constant, signed in"
NOBODY = "nobody"  # calendar programmes carry no cookie: the address is the key


@dataclass
class Target:
    name: str
    path: str
    reader: str  # teacher, principal, facilitator, admin
    goal: float | None = None
    row: str = ""  # what a row looks like, so that an empty page is not taken for a fast one
    least: int = 0
    status: int = 200
    method: str = "GET"
    body: str = ""
    headers: dict = field(default_factory=dict)


CARD, TODO, PERSON = r'<article class="card', r"<li>\s*(<svg|<div>)", r'href="/people/\d+/'

PAGES = [
    Target(BASE, "/bench/constant/", "teacher", 1.0),
    Target("home: teacher, 50 steps", "/", "teacher", LIST, TODO, 50),
    Target("home: principal, 50 answers", "/", "principal", LIST, TODO, 50),
    Target("home: facilitator, 45 answers", "/", "facilitator", LIST, TODO, 45),
    Target("menu", "/menu/", "teacher", LIST, CARD, 15),
    Target("support", "/menu/peer-partners/", "teacher", DETAIL),
    Target("partnerships: teacher's", "/partnerships/", "teacher", LIST, CARD, 30),
    Target("partnerships: her completed ones", "/partnerships/?state=completed", "teacher", LIST, CARD, 10),
    Target("partnerships: principal's school", "/partnerships/?show=schools", "principal", LIST, CARD, 30),
    Target("partnerships: all, facilitator", "/partnerships/?show=schools", "facilitator", LIST, CARD, 30),
    Target("partnerships: completed, admin", "/partnerships/?show=schools&state=completed", "admin", LIST, CARD, 30),
    Target("partnership: plan to write", "/partnerships/{plan}/", "teacher", DETAIL, "<textarea", 3),
    Target("partnership: completed", "/partnerships/{completed}/", "teacher", DETAIL, PERSON, 2),
    Target("partnership: principal's view", "/partnerships/{on_desk}/", "principal", DETAIL, PERSON, 2),
    Target("approval", "/approvals/{approval}/", "principal", DETAIL),
    Target("plans to approve: 50", "/approvals/", "principal", LIST, r'href="/approvals/\d+/', 50),
    Target("requests for help: 45", "/help-requests/", "facilitator", LIST, r"/help-requests/\d+/answer", 45),
    Target("calendar: month", "/calendar/", "teacher", LIST, r'href="/events/\d+/', 30),
    Target("calendar: school's month", "/calendar/?of=school", "teacher", LIST),
    Target("when: cover desk, 25 of 60", "/coverage/desk/", "principal", LIST, r'class="desk-row"', 25),
    Target("when: day sheet", "/coverage/day/?day={day}", "principal", LIST, "Room 12", 2),
    Target("when: grid of 4", "/calendar/grid/?people=5,6,7,8&week={day}", "teacher", LIST, "<table", 1),
    Target(
        "when: find a time for 4, two weeks",
        "/calendar/find/?people=6,7,8&colleagues=6&colleagues=7&colleagues=8&minutes=45&first={day}&last={later}&school=1",
        "teacher", None, "/events/new/", 5,
    ),
    Target("directory: 50 of all", "/people/", "teacher", LIST, PERSON, 50),
    Target("open calls: 30", "/calls/", "teacher", LIST, CARD, 30),
    Target("inbox: 50", "/inbox/", "teacher", LIST, "Reflection", 50),
    Target("feed of 500 events", "/feeds/{feed}.ics", NOBODY, FEED, "BEGIN:VEVENT", 490),
    Target("feed, unchanged", "/feeds/{feed}.ics", NOBODY, UNCHANGED, status=304),
    Target(
        "message sent (POST)", "/partnerships/{plan}/messages/", "teacher", POST, status=302, method="POST",
        body="body=See+you+on+Thursday",
    ),
    Target(
        "draft saved (POST)", "/partnerships/{plan}/steps/{plan_step}/", "teacher", POST, status=302, method="POST",
        body="action=save&objective=They+speak+more+than+we+do",
    ),
    Target("year-end report: school", "/report/", "principal", None, "<table", 1),
    Target("year-end report: district", "/report/", "admin", None, "<table", 1),
]  # fmt: skip

# A step that she leads to and that is current: the one before it is finished, and it is not.
HER_PLAN = """
    SELECT {} FROM partnerships_step plan
    JOIN partnerships_step before ON before.partnership_id = plan.partnership_id AND before.position = plan.position - 1
    WHERE plan.partnership_id BETWEEN %(rows)s + 1 AND %(rows)s + 50 AND plan.kind = 'plan'
    AND plan.completed_at IS NULL AND before.completed_at IS NOT NULL ORDER BY plan.id LIMIT 1
"""
HER_COMPLETED = """
    SELECT max(partnership_id) FROM partnerships_member m JOIN partnerships_partnership p ON p.id = partnership_id
    WHERE person_id = 5 AND status = 'completed'
"""
PLACES = {
    "plan": HER_PLAN.format("plan.partnership_id"),
    "plan_step": HER_PLAN.format("plan.id"),
    "completed": HER_COMPLETED,
    "on_desk": "SELECT %(rows)s + 60",
    "approval": "SELECT min(id) FROM partnerships_approval WHERE partnership_id = %(rows)s + 60",
    # A day of school with cover, and two weeks later.
    "day": """
        SELECT min(day)::text FROM schedule_schoolday
        WHERE school_id = 1 AND bell_schedule_id IS NOT NULL AND day > current_date
    """,
    "later": "SELECT (current_date + 14)::text",
    "feed": "SELECT token FROM schedule_feed WHERE person_id = 5",
}


def targets(database, district, sessions, only=""):
    """The pages with their addresses and their readers' cookies filled in; those named `only`, and the constant."""
    places = {name: database.execute(sql, {"rows": district.rows}).fetchone()[0] for name, sql in PLACES.items()}
    found = [copy.deepcopy(page) for page in PAGES if page.name == BASE or only in page.name]
    for page in found:
        page.path = page.path.format(**places)
        if page.reader == NOBODY:
            continue
        key = sessions["keys"][str(district.people[page.reader])]
        page.headers["Cookie"] = f"{sessions['cookie']}={key}; csrftoken={TOKEN}"
        if page.method == "POST":
            page.headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    return found
