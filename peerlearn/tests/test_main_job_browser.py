"""The main job, in a real browser against the whole application in a process of its own: pages, worker, beat, mail."""

import datetime as dt
import io
import time

import openpyxl
import pytest

from peerlearn.tests.running import a_browser, application
from peerlearn.tests.small_district import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
SECRET = "Only Ben and I read this line."


@pytest.fixture
def address(tmp_path):
    """The address of the running application, with three people at one school and an admin."""
    people = "from peerlearn.tests.small_district import make; make()"
    with application(tmp_path, ["shell", "-c", people]) as address:
        yield address


class Reader:
    """A person at a browser of their own."""

    def __init__(self, chromium, address, name):
        self.page = chromium.new_context(base_url=address, accept_downloads=True).new_page()
        self.page.set_default_timeout(45_000)
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", f"{name}@demo.example")
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/")

    def press(self, action):
        with self.page.expect_navigation():
            self.page.click(f"button[name=action][value={action}]")

    def write(self, **answers):
        for name, answer in answers.items():
            self.page.fill(f"[name={name}]", answer)

    def choose(self, name, value):
        self.page.check(f"[name={name}][value='{value}']")

    def text(self):
        return self.page.inner_text("main")


@pytest.fixture
def people(address):
    with a_browser() as chromium:
        yield {name: Reader(chromium, address, name) for name in ("ana", "ben", "pia", "ada")}


def day(days):
    return (dt.date.today() + dt.timedelta(days=days)).isoformat()


def test_the_main_job_from_start_to_report(people):
    ana, ben, pia, ada = people.values()

    path = start_with_a_goal(ana)
    invite_and_accept(ana, ben)
    plan_and_return(ana, pia, path)
    approve_and_set_a_date(ana, pia, path)
    do_and_reflect(ana, ben, path)

    ana.page.goto(path)
    assert "complete" in ana.text().lower()
    assert SECRET not in principals_view(pia, path)
    assert_mails(ana, "Your plan came back with comments", "Your plan is approved")
    assert_report(ada)


def start_with_a_goal(ana):
    ana.page.goto("/menu/")
    ana.page.click("text=Peer Partners")
    ana.page.click("main a:has-text('Start')")
    with ana.page.expect_navigation():
        ana.page.click("button:has-text('Start')")
    path = ana.page.url
    ana.write(goal="Every student says one sentence in our discussions.")
    ana.choose("level", 2)
    ana.press("finish")
    return path


def invite_and_accept(ana, ben):
    ana.write(colleague="ben@demo.example")
    ana.press("record")
    assert_mails(ben, "Ana Ruiz invites you")
    ben.page.goto("/")
    ben.page.click("a:has-text('Answer')")
    ben.press("accept")


def plan_and_return(ana, pia, path):
    ana.page.goto(path)
    ana.write(objective="We both use the routine every week.", starts_on=day(0), ends_on=day(60))
    ana.choose("approach", "observe")
    ana.press("finish")
    pia.page.goto("/")
    pia.page.click("a:has-text('Read the plan')")
    pia.page.click("details:has([name=remark_success]) summary")
    pia.page.fill("[name=remark_success]", "Could you say how you will know that it worked?")
    pia.press("return")


def approve_and_set_a_date(ana, pia, path):
    ana.page.goto(path)
    assert ana.page.input_value("[name=objective]") == "We both use the routine every week."
    ana.write(success="A tally of who speaks, before and after.")
    ana.press("finish")
    pia.page.goto("/")
    pia.page.click("a:has-text('Read the plan')")
    assert "A tally of who speaks" in pia.text()
    pia.press("approve")
    ana.page.goto(path)
    ana.write(day=day(10), starts="15:30", minutes="45")
    ana.press("record")
    if ana.page.locator("input[name=anyway][type=checkbox]").count():
        ana.page.check("input[name=anyway]")
        ana.press("record")
    ana.press("finish")


def do_and_reflect(ana, ben, path):
    ana.page.goto(path)
    ana.write(prompt_0="Two students did all the talking.", minutes="30")
    ana.press("record")
    ana.press("finish")
    for reader, words in ((ana, SECRET), (ben, "I talked less, and they talked more.")):
        reader.page.goto(path)
        reader.write(prompt_0=words)
        reader.choose("fist_to_five", 4)
        reader.choose("level", 4)
        reader.press("finish")


def principals_view(pia, path):
    pia.page.goto(path)
    return pia.page.content()


def assert_mails(reader, *subjects):
    until = time.monotonic() + 60
    while True:
        reader.page.goto("/outbox/")
        missing = [subject for subject in subjects if subject not in reader.text()]
        if not missing:
            return
        assert time.monotonic() < until, f"no mail about {missing}: {reader.text()}"
        time.sleep(1)


def assert_report(ada):
    ada.page.goto("/report/")
    with ada.page.expect_download() as download:
        ada.page.click("a:has-text('workbook')")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Peer Partners" in cell for cell in cells)
    assert "hidden" in cells  # two people are too few to be counted in the open
    assert not any(SECRET in cell for cell in cells)
