import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from conftest import PASSWORD
from people import clock
from people.models import Invitation, Role, User
from people.services import accounts, invitations, posts

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Nell Ortega",
    "email": "nell@cedar.example",
    "password1": "a-long-new-secret",
    "password2": "a-long-new-secret",
}


@pytest.fixture(autouse=True)
def _no_rate_limits_left_over():
    cache.clear()


def link_in(message, part):
    return re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", message.body).group(1)


def choose_password(client, message, password="a-chosen-new-secret"):
    page = client.get(link_in(message, "/password/reset/key/"), follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def sign_in(client, email, password):
    return client.post("/accounts/login/", {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_sign_up_outside_the_mail_domains_is_refused_at_the_field(client, district):
    answer = client.post("/accounts/signup/", NEW | {"email": "nell@elsewhere.example"})

    assert "cedar.example" in answer.context["form"].errors["email"][0]
    assert not User.objects.exists()
    assert mail.outbox == []


def test_sign_up_is_closed_without_mail_domains(client, district):
    district.mail_domains = ""
    district.save()

    client.post("/accounts/signup/", NEW)

    assert not User.objects.exists()


def test_sign_up_gives_no_access_before_the_mail_is_confirmed(client, district):
    client.post("/accounts/signup/", NEW)
    sign_in(client, NEW["email"], NEW["password1"])

    assert not is_signed_in(client)
    assert User.objects.get().name == "Nell Ortega"


def test_sign_up_confirmed_in_the_same_browser_signs_in_and_waits_to_be_placed(client, district):
    client.post("/accounts/signup/", NEW)
    client.post(link_in(mail.outbox[0], "/confirm-email/"))

    assert is_signed_in(client)
    assert client.get("/people/").url == "/waiting/"


def test_sign_up_with_a_strangers_password_dies_when_the_owner_confirms(client, client_of_owner, district):
    client.post("/accounts/signup/", NEW)

    confirmed = client_of_owner.post(link_in(mail.outbox[0], "/confirm-email/"))
    sign_in(client, NEW["email"], NEW["password1"])

    assert "/password/reset/key/" in confirmed.url
    assert not is_signed_in(client)
    page = client_of_owner.get(confirmed.url, follow=True)
    client_of_owner.post(
        page.redirect_chain[-1][0], {"password1": "the-owners-secret", "password2": "the-owners-secret"}
    )
    assert is_signed_in(client_of_owner)


@pytest.fixture
def client_of_owner():
    return Client()


def test_sign_up_says_the_same_for_an_address_that_exists(client, ana, district):
    known = client.post("/accounts/signup/", NEW | {"email": ana.email})
    client.cookies.clear()
    unknown = client.post("/accounts/signup/", NEW)

    assert known.url == unknown.url
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_account_made_by_an_admin_is_claimed_by_its_invitation(client, admin, school):
    person = accounts.add_person("iris@elsewhere.example", name="Iris Vance", by=admin)
    posts.place(person, role=Role.TEACHER, school=school, by=admin)
    invitations.invite(person, by=admin)
    invitations.send_invitations()
    invitations.send_invitations()

    [message] = mail.outbox
    choose_password(client, message)

    assert is_signed_in(client)
    assert EmailAddress.objects.get(user=person).verified
    assert Invitation.objects.get().accepted_at
    client.logout()
    assert "token_fail" in client.get(link_in(message, "/password/reset/key/")).context


def test_account_made_by_an_admin_is_claimed_by_signing_up(client, admin):
    person = accounts.add_person(NEW["email"], name="Nell Ortega", by=admin)

    client.post("/accounts/signup/", NEW)
    sign_in(client, NEW["email"], NEW["password1"])
    assert not is_signed_in(client)
    choose_password(client, mail.outbox[0])

    assert is_signed_in(client)
    assert User.objects.filter(email=NEW["email"]).get() == person


def test_invited_outsider_who_signs_up_reads_the_same_and_gets_the_mail_again(client, admin):
    person = accounts.add_person("iris@elsewhere.example", name="Iris Vance", by=admin)
    invitations.invite(person, by=admin)

    invited = client.post("/accounts/signup/", NEW | {"email": person.email})
    other = client.post("/accounts/signup/", NEW | {"email": "other@elsewhere.example"})

    assert invited.context["form"].errors == other.context["form"].errors
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_reset_says_the_same_for_every_address(client, ana, district):
    known = client.post("/accounts/password/reset/", {"email": ana.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@cedar.example"})

    assert known.url == unknown.url
    choose_password(client, mail.outbox[0])
    assert is_signed_in(client)


def test_reset_is_not_mailed_to_an_address_that_waits_to_be_confirmed(client, ana):
    EmailAddress.objects.create(user=ana, email="thief@cedar.example", verified=False)

    client.post("/accounts/password/reset/", {"email": "thief@cedar.example"})

    assert not any("/password/reset/key/" in message.body for message in mail.outbox)


def test_change_of_address_needs_the_districts_domain_and_its_mailbox(client, ana):
    accounts.accept(ana)
    sign_in(client, ana.email, PASSWORD)

    refused = client.post("/accounts/email/", {"action_add": "", "email": "ana@elsewhere.example"})
    client.post("/accounts/email/", {"action_add": "", "email": "ana.ruiz@cedar.example"})
    ana.refresh_from_db()
    assert refused.context["form"].errors["email"]
    assert ana.email == "ana@cedar.example"
    client.post(link_in(mail.outbox[-1], "/confirm-email/"))

    ana.refresh_from_db()
    assert ana.email == "ana.ruiz@cedar.example"
    assert ana.check_password(PASSWORD)


def test_change_to_the_address_of_an_unclaimed_account_is_refused(client, ana, admin):
    accounts.accept(ana)
    accounts.add_person("iris@cedar.example", name="Iris Vance", by=admin)
    sign_in(client, ana.email, PASSWORD)

    client.post("/accounts/email/", {"action_add": "", "email": "iris@cedar.example"})
    client.post(link_in(mail.outbox[-1], "/confirm-email/"))

    ana.refresh_from_db()
    assert ana.email == "ana@cedar.example"


def test_leaver_is_signed_out_everywhere_and_cannot_come_back(client, ana, admin):
    accounts.accept(ana)
    sign_in(client, ana.email, PASSWORD)
    assert client.get("/me/").status_code == 200
    assert UserSession.objects.filter(user=ana).exists()

    accounts.leave(ana, on=clock.today(None, admin.joined_at), by=admin)
    assert client.get("/me/").status_code == 302
    answer = sign_in(client, ana.email, PASSWORD)
    client.post("/accounts/password/reset/", {"email": ana.email})

    assert answer.url == "/accounts/inactive/"
    assert not is_signed_in(client)
    assert not UserSession.objects.filter(user=ana).exists()
    assert not any("/password/reset/key/" in message.body for message in mail.outbox)


def test_leaving_in_the_future_closes_the_account_when_the_day_comes(ana, admin, settings):
    accounts.leave(ana, on=admin.joined_at.date() + dt.timedelta(days=3), by=admin)
    accounts.close_accounts_of_leavers()
    assert User.objects.get(pk=ana.pk).is_active

    accounts.close_accounts_of_leavers(at=admin.joined_at + dt.timedelta(days=4))

    assert not User.objects.get(pk=ana.pk).is_active


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/",
    ],
)
def test_security_pages_work_after_a_real_sign_in(client, ana, path):
    accounts.accept(ana)
    sign_in(client, ana.email, PASSWORD)

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(path).status_code == 200
    client.logout()
    assert client.get(path).url.startswith("/accounts/login/")
