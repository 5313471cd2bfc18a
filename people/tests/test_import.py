import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.models import Expertise, Post, Role, StaffImport, User
from people.services import importing
from people.services.csv_files import NotReadable
from people.services.roster import read_roster

pytestmark = pytest.mark.django_db

HEADER = "email,name,school,role,staff_code,grades,subjects\n"


def keep(text, admin):
    return importing.keep_file(text.encode(), file_name="staff.csv", by=admin)


def apply(text, admin):
    kept, troubles = keep(text, admin)
    assert troubles == []
    return importing.apply(kept, looked_at=importing.look_at(kept).fingerprint, by=admin)


def everything():
    return (
        list(User.objects.order_by("pk").values_list("email", "name", "staff_code", "is_active", "left_on")),
        sorted(Post.objects.values_list("user__email", "role", "school__code", "ends_on")),
        sorted(Expertise.objects.values_list("user__email", "kind", "topic")),
    )


def test_preview_writes_nothing_and_applying_does_what_it_showed(client, admin, school, ana):
    client.force_login(admin)
    before = everything()
    rows = HEADER + (
        'iris@cedar.example,Iris Vance,maple,teacher,T-1,"4, 5",math\n'
        "iris@cedar.example,,maple,coach,,,\n"
        "ana@cedar.example,Ana Ruiz-Vega,maple,teacher,T-2,,\n"
    )
    file = SimpleUploadedFile("staff.csv", rows.encode())

    uploaded = client.post(reverse("staff_import"), {"file": file})
    page = client.get(uploaded.url)

    assert everything() == before
    shown = page.context["comparison"]
    assert [line[0] for line in shown.new[0].lines] == ["Staff code", "Post", "Post", "Grade", "Subject"]
    assert shown.changed[0].lines == [("Name", "Ana Ruiz", "Ana Ruiz-Vega"), ("Staff code", "", "T-2")]
    assert [person.name for person, _ in shown.not_in_file] == ["Ada Novak"]

    client.post(uploaded.url, {"looked_at": shown.fingerprint})

    iris = User.objects.get(email="iris@cedar.example")
    assert iris.standing.schools_as(Role.COACH) == {school.pk}
    assert not iris.has_usable_password()
    assert sorted(iris.expertise.values_list("topic", flat=True)) == ["4", "5", "math"]
    assert User.objects.get(pk=ana.pk).name == "Ana Ruiz-Vega"
    assert User.objects.count() == 3


def test_applying_the_same_file_twice_changes_nothing(admin, school, other_school):
    rows = HEADER + "iris@cedar.example,Iris,maple,teacher,T-1,4,\nkai@cedar.example,Kai,river,principal,T-2,,art\n"
    apply(rows, admin)
    after = everything()

    again = apply(rows, admin)

    assert everything() == after
    assert (again.new, again.changed, again.unchanged) == ([], [], 2)


def test_a_kept_file_is_applied_once(client, admin, school):
    kept, _ = keep(HEADER + "iris@cedar.example,Iris,maple,teacher,,,\n", admin)
    seen = importing.look_at(kept).fingerprint
    importing.apply(kept, looked_at=seen, by=admin)
    User.objects.filter(email="iris@cedar.example").update(name="Iris Vance")

    client.force_login(admin)
    client.post(reverse("staff_import_preview", args=[kept.pk]), {"looked_at": seen})
    with pytest.raises(importing.ChangedMeanwhile):
        importing.apply(kept, looked_at=importing.look_at(kept).fingerprint, by=admin)

    assert User.objects.get(email="iris@cedar.example").name == "Iris Vance"


def test_a_change_since_the_preview_asks_for_another_look(client, admin, school, ana):
    kept, _ = keep(HEADER + "ana@cedar.example,Anna Ruiz,maple,teacher,,,\n", admin)
    seen = importing.look_at(kept).fingerprint
    User.objects.filter(pk=ana.pk).update(name="Ana Vega")
    client.force_login(admin)

    client.post(reverse("staff_import_preview", args=[kept.pk]), {"looked_at": seen})

    assert User.objects.get(pk=ana.pk).name == "Ana Vega"
    assert StaffImport.objects.get().applied_at is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("iris@cedar.example,Iris,oak,teacher,,,", "No open school has the code “oak”."),
        ("iris@cedar.example,Iris,maple,wizard,,,", "“wizard” is not a role."),
        ("iris@cedar.example,Iris,,teacher,,,", "A teacher needs a school's code."),
        ("iris.cedar.example,Iris,maple,teacher,,,", "“iris.cedar.example” is not an e-mail address."),
        (",Iris,maple,teacher,,,", "There is no e-mail address."),
        ("kai@cedar.example,Kai,maple,teacher,,,", "Says the same post as line 2."),
        ("kai@cedar.example,Kay,maple,coach,,,", "Calls kai@cedar.example “Kay”; line 2 says “Kai”."),
        (
            "iris@cedar.example,Iris,maple,teacher,K-1,,",
            "The staff code K-1 is also that of kai@cedar.example, line 2.",
        ),
        ("iris@cedar.example,,maple,teacher,,,", "iris@cedar.example is new here and needs a name."),
        ("iris@cedar.example,Iris,maple,teacher,,,,9", "This line has more cells than the first line has names."),
        (f"iris@cedar.example,{'x' * 121},maple,teacher,,,", "An address has at most 254 characters"),
        (
            "iris@cedar.example,Iris,maple,teacher,A-1,,",
            "The staff code A-1 is that of Ana Ruiz (ana@cedar.example) here.",
        ),
    ],
)
def test_one_bad_line_is_told_with_its_number_and_nothing_is_kept(admin, school, ana, line, told):
    User.objects.filter(pk=ana.pk).update(staff_code="A-1")
    rows = (
        HEADER + f"kai@cedar.example,Kai,maple,teacher,K-1,,\nana@cedar.example,Ana Ruiz,maple,teacher,,,\n\n{line}\n"
    )
    before = everything()

    kept, troubles = keep(rows, admin)

    assert kept is None
    assert [(trouble.line, trouble.words[: len(told)]) for trouble in troubles] == [(5, told)]
    assert everything() == before
    assert not StaffImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"email,name\nx,y\n", "columns school and role"),
        (b"email,name,school,role,email\n", "names the column email twice"),
        (HEADER.encode(), "nothing below"),
        (
            "email,name,school,role\niris@cedar.example,Zoë,maple,teacher".encode("latin-1"),
            "Line 2 is not written in UTF-8",
        ),
        ("email,name,school,role\n".encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04rest", "workbook"),
        (b"email,name,school,role\n\0", "CSV"),
        (b'email,name,school,role\n"' + b"x" * 200_000, "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, admin, content, told):
    with pytest.raises(NotReadable, match=told):
        read_roster(content, school_codes={"maple"})

    client.force_login(admin)
    answer = client.post(reverse("staff_import"), {"file": SimpleUploadedFile("staff.csv", content)})
    assert answer.context["form"].errors["file"]


def test_spreadsheet_habits_are_taken_in(admin, school):
    rows = (
        "\ufeffE-mail; Name ;School code;Role;Shoe size\r\n\r\n"
        " IRIS@Cedar.example ;=1+1;MAPLE;Teacher leader;38\r\n;;;;\r\n"
    )

    apply(rows, admin)

    iris = User.objects.get(email="iris@cedar.example")
    assert iris.name == "=1+1"
    assert iris.posts.get().role == Role.TEACHER_LEADER


def test_staff_code_recognises_a_new_address_and_the_old_one_opens_nothing(admin, school, ana):
    User.objects.filter(pk=ana.pk).update(staff_code="A-1")
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)

    done = apply(HEADER + "ana.vega@cedar.example,Ana Vega,maple,teacher,A-1,,\n", admin)

    assert done.changed[0].lines == [
        ("Name", "Ana Ruiz", "Ana Vega"),
        ("E-mail", "ana@cedar.example", "ana.vega@cedar.example"),
    ]
    assert User.objects.get(pk=ana.pk).email == "ana.vega@cedar.example"
    assert not EmailAddress.objects.filter(user=ana).exists()


def test_staff_codes_can_be_exchanged(admin, school, ana, ben):
    User.objects.filter(pk=ana.pk).update(staff_code="1")
    User.objects.filter(pk=ben.pk).update(staff_code="2")

    apply(HEADER + "ana@cedar.example,,maple,teacher,2,,\nben@cedar.example,,maple,teacher,1,,\n", admin)

    assert dict(User.objects.exclude(pk=admin.pk).values_list("name", "staff_code")) == {
        "Ana Ruiz": "2",
        "Ben Okafor": "1",
    }


def test_somebody_who_left_and_is_in_the_file_comes_back(admin, school, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False, left_on="2026-06-30")
    Post.objects.filter(user=ana).update(ends_on="2026-06-30")

    done = apply(HEADER + "ana@cedar.example,,maple,teacher,,,\n", admin)

    assert [line[0] for line in done.changed[0].lines] == ["Account", "Post"]
    assert User.objects.get(pk=ana.pk).standing.schools == {school.pk}


def test_number_of_queries_does_not_grow_with_the_rows(admin, school, django_assert_max_num_queries):
    def rows(count):
        return HEADER + "".join(f"p{n}@cedar.example,P {n},maple,teacher,T-{n},4,art\n" for n in range(count))

    with django_assert_max_num_queries(32):
        apply(rows(3), admin)
    with django_assert_max_num_queries(60):  # SQLite writes some hundred rows at once
        apply(rows(600), admin)

    assert User.objects.count() == 601


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_reason(content):
    try:
        rows, troubles = read_roster(HEADER.encode() + content, school_codes={"maple"})
    except NotReadable:
        return

    assert all(trouble.line > 1 and trouble.words for trouble in troubles)
    assert len(rows) + len(troubles) > 0
