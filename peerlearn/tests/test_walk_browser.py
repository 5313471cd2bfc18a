"""A learning walk from the first question to the thanks, in a real browser against the whole application.

It takes place today, in a time zone where the school day is still to come.
"""

import datetime as dt
import re
import sqlite3
from contextlib import closing
from zoneinfo import ZoneInfo

import pytest

from peerlearn.tests.running import a_browser, application
from peerlearn.tests.test_main_job_browser import Reader, assert_mails

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
PATIENCE = 60  # seconds
NAMES = ("ana", "ben", "cleo", "faye", "hanna", "pia")
KEPT, SAVED = "Kept on this phone; will be sent.", re.compile(r"^Saved \d")
SAW, LATER = "Two hands went up.", " Then five."
NOTICED = "Every pair had a turn before anyone spoke to the class."


class Walker(Reader):
    def send(self, button):
        with self.page.expect_navigation():
            self.page.click(f"main button:has-text('{button}')")

    def follow(self, link):
        with self.page.expect_navigation():
            self.page.click(f"#main a:has-text('{link}')")

    def says(self, words):
        self.page.locator("[data-said]", has_text=words).wait_for()


@pytest.fixture
def address(tmp_path):
    people = "from peerlearn.tests.walk_district import make; make()"
    with application(tmp_path, ["shell", "-c", people]) as address:
        yield address


@pytest.fixture
def people(address):
    with a_browser() as chromium:
        readers = {name: Walker(chromium, address, name) for name in NAMES}
        for reader in readers.values():
            reader.page.set_default_timeout(PATIENCE * 1000)
        yield readers


@pytest.fixture
def ask(tmp_path):
    """The first value of what the database of the running application answers: ask("SELECT count(*) FROM x")."""

    def first(sql, *values):
        with closing(sqlite3.connect(tmp_path / "peerlearn.sqlite3", timeout=PATIENCE)) as database:
            return database.execute(sql, values).fetchone()[0]

    return first


def test_a_walk_from_the_question_to_the_thanks(people, ask):
    ana, ben, cleo, faye, hanna, pia = people.values()
    today = dt.datetime.now(ZoneInfo(ask("SELECT time_zone FROM people_district"))).date().isoformat()

    group = ask_for_a_walk(ana, ben, faye)
    open_a_door(hanna, today)
    walk = set_up(faye, group, today)
    plan(faye, walk)
    publish(faye, walk)
    cover(ana, pia, cleo)
    write_on_the_phone(ana, walk, ask)
    lay_on_the_table(faye, walk)
    debrief(ana, walk)
    assert ask("SELECT count(*) FROM observations_visitkey") > 0
    close(faye, walk)

    assert_mails(hanna, "A thank-you from the learning walk")
    hanna.page.goto(f"/debriefs/{walk}/noticed/")
    assert NOTICED in hanna.text()
    assert ask("SELECT count(*) FROM observations_visitkey") == 0
    look_back(ben, walk)
    ana.page.goto(group)
    assert "complete" in ana.text().lower()


def ask_for_a_walk(ana, ben, faye):
    """Both ask, and the facilitator brings them together: the address of their work."""
    for reader in (ana, ben):
        reader.page.goto("/walks/ask/")
        reader.write(words="May we see how number talks begin?")
        reader.send("Ask")
    faye.page.goto("/help-requests/")
    for box in faye.page.locator("[name=requests]").all():
        box.check()
    faye.send("Bring the ticked ones together")
    ben.page.goto("/")
    ben.follow("Answer")
    ben.press("accept")
    return faye.page.url


def open_a_door(hanna, today):
    hanna.page.goto("/doors/new/")
    for box in hanna.page.locator("[name=classes]").all():
        box.check()
    hanna.choose("how_long", "dates")
    hanna.write(first=today, doing="A number talk, then pairs.")
    hanna.page.select_option("[name=may_talk]", "yes")
    hanna.send("Open my door")


def set_up(faye, group, today):
    """The walk's number."""
    faye.page.goto(f"/walks/new/?partnership={group.rstrip('/').split('/')[-1]}")
    faye.write(day=today, purpose="How number talks begin")
    faye.send("Set it up")
    return int(re.search(r"/walks/(\d+)/arrange/", faye.page.url)[1])


def plan(faye, walk):
    """The worker looks for plans, and the page that waits shows them by itself."""
    faye.page.goto(f"/walks/{walk}/plan/look/")
    faye.write(meeting_room="Library")
    faye.send("Look for plans")
    faye.page.locator("button:has-text('Take this one')").first.wait_for()
    assert "Proven: no plan for this half day costs less." in faye.text()
    faye.send("Take this one")


def publish(faye, walk):
    assert "Nothing. It can be published." in faye.text()
    faye.follow("Publish the plan")
    faye.send("Publish the plan")
    assert "Who is in which room" in faye.text()


def cover(ana, pia, cleo):
    ana.page.goto("/coverage/")
    with ana.page.expect_navigation():
        ana.page.click("section[aria-labelledby=needed] a.btn")
    ana.send("Ask for cover")
    pia.page.goto("/coverage/desk/")
    pia.page.check("[name=chosen]")
    pia.page.select_option("select[name^=who-]", value=option_of(pia, "Cleo Marsh"))
    pia.send("Approve what is ticked")
    cleo.page.goto("/coverage/")
    cleo.follow("Say yes or no")
    cleo.send("Yes, I cover")
    ana.page.goto("/coverage/")
    assert "Cleo Marsh covers" in ana.text()


def option_of(reader, name):
    return reader.page.locator("select[name^=who-] option", has_text=name).first.get_attribute("value")


def write_on_the_phone(ana, walk, ask):
    """The network is cut in the middle of a note."""
    ana.page.set_viewport_size({"width": 390, "height": 800})
    ana.page.goto(f"/walks/{walk}/notes/")
    ana.follow("Write your note")
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 390
    ana.write(saw=SAW)
    ana.says(SAVED)
    ana.page.context.set_offline(True)
    ana.page.locator("[name=saw]").press_sequentially(LATER)
    ana.says(KEPT)
    assert ask("SELECT saw FROM observations_walknote") == SAW
    ana.page.context.set_offline(False)
    ana.says(SAVED)
    assert ask("SELECT saw FROM observations_walknote") == SAW + LATER
    ana.send("Save the note")


def lay_on_the_table(faye, walk):
    faye.page.goto(f"/walks/{walk}/arrange/")
    faye.follow("Lay the notes on the table")
    faye.send("Lay them on the table")


def debrief(ana, walk):
    ana.page.goto(f"/walks/{walk}/notes/")
    assert SAW + LATER in ana.text()
    assert "Hanna" not in ana.text()
    ana.follow("Go on to the debrief")
    ana.choose("kind", "wondering")
    ana.write(words="I wonder how long they waited.")
    ana.send("Add it")
    ana.follow("Say what you will try")
    ana.write(words="Wait five seconds.")
    ana.send("Save")
    ana.page.click("section[aria-labelledby=thanks] a:has-text('the note to visit')")
    ana.write(words=NOTICED)
    ana.send("Save")
    ana.follow("Write yours")
    ana.write(words="I looked before I judged.")
    ana.send("Save")
    assert "I looked before I judged." in ana.text()


def close(faye, walk):
    faye.page.goto(f"/walks/{walk}/arrange/")
    faye.follow("Close and thank")
    faye.send("Close and thank")


def look_back(ben, walk):
    """His reflection was still open when the debrief was closed."""
    ben.page.goto(f"/debriefs/{walk}/")
    ben.follow("Write yours")
    ben.write(words="Six seconds are long.")
    ben.send("Save")
