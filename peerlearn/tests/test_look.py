import datetime as dt
import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from allauth.account.forms import ChangePasswordForm
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import timezone

from peerlearn.templatetags import look
from peerlearn.templatetags.signin import plainly
from people.forms.sign_in import StaffSignupForm
from supports.models import SupportType

NEW_YORK = ZoneInfo("America/New_York")
PAGES = [page for folder in settings.BASE_DIR.glob("**/templates") for page in folder.rglob("*.html")]


def draw(source, **context):
    return Template("{% load look %}" + source).render(Context(context))


def component(name, **context):
    return render_to_string(f"components/_{name}.html", context)


@pytest.fixture
def march(time_machine):
    """Tuesday 10 March 2026, 15:00 in New York."""
    time_machine.move_to(dt.datetime(2026, 3, 10, 15, tzinfo=NEW_YORK), tick=False)
    with timezone.override(NEW_YORK):
        yield


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2026, 3, 12), "Thu 12 March"),
        (dt.date(2025, 9, 1), "Mon 1 September"),
        (dt.date(2026, 7, 1), "Wed 1 July 2026"),
        (dt.date(2025, 6, 30), "Mon 30 June 2025"),
        (dt.datetime(2026, 3, 12, 2, tzinfo=dt.UTC), "Wed 11 March"),
        (None, ""),
    ],
)
def test_day_date_is_the_readers_day_with_the_year_when_it_is_another(march, day, said):
    assert look.day_date(day) == said


def test_when_and_span_are_on_the_readers_clock(march):
    starts = dt.datetime(2026, 3, 12, 14, 5, tzinfo=dt.UTC)
    event = SimpleNamespace(starts_at=starts, ends_at=starts + dt.timedelta(minutes=45))
    night = SimpleNamespace(starts_at=starts, ends_at=starts + dt.timedelta(hours=23))

    assert look.when(starts) == "Thu 12 March, 10:05"
    assert look.span(event) == "Thu 12 March, 10:05 to 10:50"
    assert look.span(night) == "Thu 12 March, 10:05 to Fri 13 March, 9:05"
    assert look.when(None) == look.span(None) == ""


@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles"])
def test_when_follows_the_zone_of_the_reader(march, zone):
    with timezone.override(ZoneInfo(zone)):
        said = look.when(dt.datetime(2026, 3, 12, 4, 30, tzinfo=dt.UTC))

    assert said == {"America/New_York": "Thu 12 March, 0:30", "America/Los_Angeles": "Wed 11 March, 21:30"}[zone]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-3, "3 days ago"),
        (-13, "13 days ago"),
        (14, "in 2 weeks"),
        (-59, "8 weeks ago"),
        (-61, "2 months ago"),
        (365, "in 12 months"),
        (-730, "2 years ago"),
    ],
)
def test_ago_counts_days_as_people_do(march, days, said):
    assert look.ago(timezone.localdate() + dt.timedelta(days=days)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "just now"),
        (-1, "1 minute ago"),
        (-20, "20 minutes ago"),
        (-125, "2 hours ago"),
        (60, "in 1 hour"),
        (-16 * 60, "yesterday"),
    ],
)
def test_ago_counts_hours_within_the_day(march, minutes, said):
    assert look.ago(timezone.now() + dt.timedelta(minutes=minutes)) == said


def test_every_icon_that_a_page_names_is_drawn():
    named = {name for page in PAGES for name in re.findall(r'{% icon "([^"]+)" %}', page.read_text())}

    assert len(named) > 20
    assert named - look.names_in("icons.svg") == set()


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError, match="no 'unicorn'"):
        draw('{% icon "unicorn" %}')


def test_every_shape_that_a_support_may_wear_is_drawn():
    sheet = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    dark = (settings.BASE_DIR / "static/css/dark.css").read_text()

    assert look.names_in("shapes.svg") == set(SupportType.Shape.values)
    for hue in SupportType.Hue.values:
        assert f".hue-{hue} " in sheet
        assert f"--{hue}-tint:" in sheet
        assert f"--{hue}-tint:" in dark


def luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
def test_colours_can_be_told_apart(sheet):
    text = (settings.BASE_DIR / "static/css" / sheet).read_text()
    color = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
    strong = ["ink", "ink-soft", "accent", "accent-deep", "good", "wait", "warn", *SupportType.Hue.values]
    pairs = [(name, ground) for name in strong for ground in ("paper", "paper-deep", "card")]
    pairs += [(name, f"{name}-tint") for name in ("good", "wait", "warn", "quiet", "accent", *SupportType.Hue.values)]
    pairs += [("ink", f"{hue}-tint") for hue in SupportType.Hue.values]

    weak = {(a, b): round(contrast(color[a], color[b]), 2) for a, b in pairs if contrast(color[a], color[b]) < 4.5}

    assert weak == {}
    assert contrast(color["line-strong"], color["card"]) >= 3
    assert contrast(color["focus"], color["paper"]) >= 3


def test_the_stepper_says_where_we_are_in_words():
    steps = [
        {"title": "Agree on a goal", "state": "done", "who": "Ana", "when": "Thu 5 March", "url": "/x/"},
        {"title": "Write <the> plan", "state": "now", "who": "Ben", "when": "by Fri 6 March"},
        {"title": "Reflect", "state": "later"},
    ]

    large = component("stepper", steps=steps)

    assert large.count("<li") == 3
    assert large.count('aria-current="step"') == 1
    assert '<a href="/x/">Agree on a goal</a>' in large
    assert "Write &lt;the&gt; plan" in large
    assert "by Fri 6 March" in large


class Plan(forms.Form):
    goal = forms.CharField(label="What do you want to try?")
    pace = forms.ChoiceField(label="How fast?", choices=[("a", "A")], widget=forms.RadioSelect)


def test_the_error_summary_leads_to_the_fields():
    page = component("errors", form=Plan({}))

    assert 'href="#id_goal"' in page
    assert 'href="#id_pace_0"' in page
    assert component("errors", form=Plan()).strip() == ""


def test_a_mark_has_the_shape_colour_icon_and_name_of_its_support():
    support = SimpleNamespace(name="Peer <Partners>", icon="people", hue="teal", shape="hexagon")

    drawn = component("badge", support=support)

    assert "hue-teal" in drawn
    assert "shapes.svg#hexagon" in drawn
    assert "icons.svg#people" in drawn
    assert "Peer &lt;Partners&gt;" in drawn


def test_pager_keeps_the_question(rf):
    page = SimpleNamespace(has_other_pages=True, has_previous=False, has_next=True, number=1, next_page_number=2)

    assert 'href="?q=a&amp;page=2"' in component("pager", page=page, query="q=a")


@pytest.mark.parametrize(("name", "letters"), [("Ana Ruiz", "AR"), ("Cher", "C"), ("Ana de la Cruz", "AC"), ("", "")])
def test_initials_are_first_and_last(name, letters):
    assert look.initials(name) == letters


def test_forms_of_allauth_speak_plainly_and_ours_keep_their_words(db):
    theirs, ours = plainly(ChangePasswordForm()), plainly(StaffSignupForm())

    assert [str(field.label) for field in theirs.fields.values()][0] == "Your password now"
    assert ours.fields["name"].label == "Your name"
    assert ours.fields["password2"].label == "The same password again"
    assert not any("placeholder" in field.widget.attrs for form in (theirs, ours) for field in form.fields.values())
