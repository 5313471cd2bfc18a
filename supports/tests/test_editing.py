import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supports import loader
from supports.models import Resource, StepTemplate, SupportType
from supports.reading import read_text
from supports.services import edit_support
from supports.writing import toml_of


def words(support, **changed):
    """What the page of a support's words sends."""
    fields = ["name", "question", "summary", "for_whom", "goal", "focus_area", "duration", "spans", "usual_days"]
    fields += ["measured_by", "time_cost", "class_cost", "people_at_least", "people_at_most", "depth", "icon", "hue"]
    sent = {name: getattr(support, name) for name in [*fields, "shape"]}
    return {**sent, "focus_examples": "\n".join(support.focus_examples), **changed}


def arrangement(*rows):
    sent = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for number, (support, position, on_menu) in enumerate(rows):
        sent |= {f"form-{number}-id": support.pk, f"form-{number}-position": position}
        sent |= {f"form-{number}-on_menu": "on"} if on_menu else {}
    return sent


def pages(support):
    step, resource, duty = support.steps.first(), support.resources.first(), support.responsibilities.first()
    slug = support.slug
    return [
        reverse("menu_editing"),
        reverse("support_add"),
        reverse("approval_rules"),
        reverse("support_edit", args=[slug]),
        reverse("support_file", args=[slug]),
        reverse("support_download", args=[slug]),
        reverse("step_edit", args=[slug, step.pk]),
        reverse("resource_add", args=[slug]),
        reverse("resource_edit", args=[slug, resource.pk]),
        reverse("responsibility_add", args=[slug]),
        reverse("responsibility_edit", args=[slug, duty.pk]),
    ]


def test_only_admins_open_the_pages_that_edit_the_menu(client, ana, facilitator, principal, admin, pairs):
    for person, status in ((ana, 403), (facilitator, 403), (principal, 403), (admin, 200)):
        client.force_login(person)
        assert {client.get(page).status_code for page in pages(pairs)} == {status}


def test_a_teacher_cannot_edit_the_menu_by_any_door(client, ana, pairs):
    client.force_login(ana)
    remove = reverse("resource_remove", args=["pairs", pairs.resources.first().pk])

    assert client.post(reverse("support_edit", args=["pairs"]), words(pairs, name="Mine")).status_code == 403
    assert client.post(remove).status_code == 403
    with pytest.raises(PermissionDenied):
        edit_support(pairs, by=ana, name="Mine")
    assert SupportType.objects.get(pk=pairs.pk).name == "Pairs"


def test_admin_edits_the_words_and_a_load_leaves_them(client, admin, pairs, folder):
    client.force_login(admin)

    sent = words(pairs, name="Pairs of ours", spans=["days", "years"], focus_examples="one\n\n two ")
    response = client.post(reverse("support_edit", args=["pairs"]), sent)

    assert response.status_code == 302
    loader.load(folder)
    pairs.refresh_from_db()
    assert (pairs.name, pairs.spans, pairs.focus_examples) == ("Pairs of ours", ["days", "years"], ["one", "two"])
    assert pairs.edited_at


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("spans", ["eons"]),
        ("spans", []),
        ("icon", "unicorn"),
        ("usual_days", "99999999999999999999"),
        ("people_at_least", "0"),
        ("people_at_most", "0"),
        ("name", "x" * 61),
        ("name", "a\x00b"),
    ],
)
def test_words_that_do_not_fit_are_told_at_their_field(client, admin, pairs, field, value):
    client.force_login(admin)

    response = client.post(reverse("support_edit", args=["pairs"]), words(pairs, **{"goal": "Kept", field: value}))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert 'value="Kept"' in response.text
    assert SupportType.objects.get(pk=pairs.pk).edited_at is None


def test_admin_edits_a_step_and_its_place_and_config_stay(client, admin, pairs):
    step = pairs.steps.get(key="gather")
    client.force_login(admin)

    client.post(
        reverse("step_edit", args=["pairs", step.pk]),
        {"title": "Collect", "guidance": "Slowly.", "optional": "on", "due_after_days": "9"},
    )

    step.refresh_from_db()
    assert (step.title, step.guidance, step.optional, step.due_after_days) == ("Collect", "Slowly.", True, 9)
    assert (step.position, step.kind, step.config) == (2, "test_gather", {"about": "reading"})


def test_admin_adds_edits_and_removes_a_resource(client, admin, pairs):
    client.force_login(admin)

    client.post(reverse("resource_add", args=["pairs"]), {"kind": "material", "title": "Sheet", "body": "Text"})
    sheet = Resource.objects.get(title="Sheet")
    assert sheet.position == 2

    client.post(
        reverse("resource_edit", args=["pairs", sheet.pk]), {"kind": "material", "title": "Sheet", "body": "More"}
    )
    sheet.refresh_from_db()
    assert sheet.body == "More"

    client.post(reverse("resource_remove", args=["pairs", sheet.pk]))
    assert not Resource.objects.filter(title="Sheet").exists()


def test_admin_adds_and_edits_a_responsibility(client, admin, pairs):
    client.force_login(admin)

    client.post(reverse("responsibility_add", args=["pairs"]), {"part": "coach", "text": "You listen."})
    duty = pairs.responsibilities.get(text="You listen.")
    client.post(reverse("responsibility_edit", args=["pairs", duty.pk]), {"part": "host", "text": "You open up."})

    duty.refresh_from_db()
    assert (duty.part, duty.text) == ("host", "You open up.")


def test_admin_takes_a_support_off_the_menu_and_moves_another(client, admin, menu):
    client.force_login(admin)
    rows = [(menu["pairs"], 7, True), (menu["visits"], 2, False), (menu["posters"], 3, True)]

    client.post(reverse("menu_editing"), arrangement(*rows))

    assert list(SupportType.objects.order_by("slug").values_list("slug", "position", "on_menu")) == [
        ("pairs", 7, True),
        ("posters", 3, True),
        ("visits", 2, False),
    ]


@pytest.mark.parametrize("sent", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": 9, "form-INITIAL_FORMS": 0}])
def test_a_mangled_arrangement_changes_nothing(client, admin, menu, sent):
    client.force_login(admin)

    assert client.post(reverse("menu_editing"), sent).status_code in (200, 302)
    assert SupportType.objects.on_menu().count() == 3


def test_a_support_as_text_reads_back_as_itself(pairs):
    awkward = 'Say "yes"\\no\n\tand """more"""\x7f'
    SupportType.objects.filter(pk=pairs.pk).update(summary=awkward, goal='A "goal" \\ here')
    StepTemplate.objects.filter(key="gather").update(config={"about": 'a "b"', "times": [1, 2.5, True]})
    pairs.refresh_from_db()

    file = read_text("pairs", toml_of(pairs))

    assert not loader.write(file, pairs)
    assert file.fields["summary"] == awkward


def test_admin_adds_a_support_like_another(client, admin, pairs):
    client.force_login(admin)
    form = client.get(reverse("support_add"), {"like": "pairs"}).context["form"]

    text = form.initial["text"].replace('"Pairs"', '"Lesson study"')
    response = client.post(reverse("support_add"), {"slug": "Lesson-Study", "text": text})

    support = SupportType.objects.get(slug="lesson-study")
    assert response.status_code == 302
    assert (support.name, support.origin, support.steps.count()) == ("Lesson study", "district", 3)


def test_admin_uploads_a_support(client, admin, kinds, toml):
    client.force_login(admin)
    upload = SimpleUploadedFile("any.toml", toml("Trios").encode())

    client.post(reverse("support_add"), {"slug": "trios", "text": "ignored", "upload": upload})

    assert SupportType.objects.get(slug="trios").name == "Trios"


def test_a_bad_file_is_refused_with_every_reason_and_the_text_is_kept(client, admin, kinds, toml):
    client.force_login(admin)
    bad = toml().replace('"test_talk"', '"gossip"')

    response = client.post(reverse("support_add"), {"slug": "trios", "text": bad})

    errors = response.context["form"].errors["text"]
    assert [error[:32] for error in errors] == ["trios.toml: step 1 (meet): unkno", "trios.toml: step 3 (tell): unkno"]
    assert "gossip" in response.context["form"]["text"].value()
    assert not SupportType.objects.exists()


@pytest.mark.parametrize(
    ("slug", "upload", "field"),
    [
        ("pairs", None, "slug"),
        ("two words", None, "slug"),
        ("trios", b"\xff\xfe", "upload"),
        ("trios", b"x" * 200_001, "upload"),
        ("trios", b"", "upload"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(client, admin, pairs, toml, slug, upload, field):
    client.force_login(admin)
    sent = {"slug": slug, "text": toml("Trios")}
    if upload is not None:
        sent["upload"] = SimpleUploadedFile("any.toml", upload)

    response = client.post(reverse("support_add"), sent)

    assert list(response.context["form"].errors) == [field]


def test_admin_rewrites_steps_as_text(client, admin, pairs):
    client.force_login(admin)
    text = client.get(reverse("support_file", args=["pairs"])).context["form"].initial["text"]
    moved = text.replace('key = "tell"', 'key = "share"').replace("needs_approval = false", "needs_approval = true")

    client.post(reverse("support_file", args=["pairs"]), {"text": moved})

    pairs.refresh_from_db()
    assert list(pairs.steps.values_list("key", flat=True)) == ["meet", "gather", "share"]
    assert pairs.approval_rules.get(school=None).needed
    assert pairs.edited_at


def test_download_is_a_file_that_loads(client, admin, pairs):
    client.force_login(admin)

    response = client.get(reverse("support_download", args=["pairs"]))

    assert response["Content-Disposition"] == 'attachment; filename="pairs.toml"'
    assert read_text("pairs", response.text).steps[2]["position"] == 2
