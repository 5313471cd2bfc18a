"""Somebody who follows every link of a site in a real browser, and notes what is wrong where it leads.

No link is dead and no page too wide, the console is quiet, and axe finds nothing, with the folds open, and again after
a form was sent empty.
"""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe

from peerlearn.tests.small_district import PASSWORD

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# Steps and partnerships differ in kind, so more than one of them is looked at.
PER_SHAPE = Counter({"/partnerships/N/": 4, "/partnerships/N/steps/N/": 6})
OPEN_FOLDS = "document.querySelectorAll('main details').forEach(fold => { fold.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A form that does not accept to be empty, and what a person does who sends it so.
ASKS = "main form[method=post]:has([required])"
SEND_EMPTY = """asks => {
    const form = document.querySelector(asks);
    for (const box of form.querySelectorAll('[required]')) { box.value = ''; box.checked = false; }
    form.noValidate = true;
    const buttons = [...form.querySelectorAll('button:not([value=save])')];
    (buttons.find(button => button.matches('.btn-primary')) || buttons[0]).click();
}"""


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "a" and dict(attributes).get("href"):
            self.found.append(dict(attributes)["href"])


def shape(path):
    """/partnerships/12/ and /partnerships/13/ are one kind of page, as are the pages of two supports."""
    path = re.sub(r"/(menu|start)/(?!add/)[a-z][\w-]+/", r"/\1/S/", path)
    path = re.sub(r"\b(support|like)=[\w-]+", r"\1=S", path)
    path = re.sub(r"\d{4}-\d\d-\d\d", "DAY", path)
    return re.sub(r"\b\d+\b", "N", path)


def main_of(html):
    """What a page says, without the marks that differ from one copy to the next."""
    return re.sub(r'value="[\w-]{32,}"', "", html.partition("<main")[2].partition("</main>")[0])


class Reader:
    """Somebody of the demo district at the browser. `seen` holds the text of what was looked at as somebody else."""

    def __init__(self, chromium, address, name, seen):
        self.address, self.seen, self.faults, self.kinds = address, seen, [], Counter()
        self.context = chromium.new_context(base_url=address, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(45_000)
        self.page.on("console", lambda said: said.type == "error" and self.note(said.text))
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.sign_in(name)

    def note(self, fault):
        self.faults.append(f"{urlsplit(self.page.url).path}: {fault}")

    def sign_in(self, name):
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", f"{name}@demo.example")
        self.page.fill("[name=password]", PASSWORD if name == "newcomer" else "peerlearn-demo")
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/")

    def follow_all(self):
        todo, known = deque(["/"]), {"/"}
        while todo:
            for path in self.links_of(todo.popleft()):
                if path not in known:
                    known.add(path)
                    self.kinds[shape(path)] += 1
                    if self.kinds[shape(path)] <= (PER_SHAPE[shape(path)] or 1):
                        todo.append(path)
        return self.faults

    def links_of(self, path):
        answer = self.context.request.get(path, max_redirects=0)
        if answer.status >= 400:
            self.faults.append(f"{path}: answers {answer.status}")
        if answer.status >= 300:
            return self.own(path, [answer.headers["location"]] if answer.status < 400 else [])
        if "html" not in answer.headers["content-type"]:
            return []
        words = main_of(answer.text())
        if words not in self.seen:
            self.seen.add(words)
            self.look_at(path)
        return self.own(path, Links(answer.text()).found)

    def own(self, path, links):
        for link in links:
            there = urlsplit(urljoin(self.address + path, link))
            if there.scheme == "http" and there.netloc == urlsplit(self.address).netloc:
                yield there.path + (f"?{there.query}" if there.query else "")

    def look_at(self, path):
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.goto(path)
        self.page.evaluate(OPEN_FOLDS)
        self.check("at 1280 px")
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.check("at 390 px")
        if self.page.locator(ASKS).count():
            self.send_empty()

    def send_empty(self):
        """Once for each form, whoever sees it: what it answers does not depend on who sent nothing."""
        form = self.page.locator(ASKS).first.inner_text()
        if form in self.seen:
            return
        self.seen.add(form)
        with self.page.expect_navigation():
            self.page.evaluate(SEND_EMPTY, ASKS)
        self.check("sent empty")
        if not self.page.locator(".error-summary, .invalid-feedback").count():
            self.note("sent empty, it says nothing")

    def check(self, state):
        for fault in Axe().run(self.page, options=RULES).response["violations"]:
            self.note(f"{state}: {fault['id']} {fault['nodes'][0]['html'][:200]}")
        if (over := self.page.evaluate(TOO_WIDE)) > 0:
            self.note(f"{state}: {over} px too wide")
