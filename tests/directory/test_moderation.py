"""Changes that people sent, at the desk: read, published or returned in a few clicks, by one moderator."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from directory.models import EntryChange, Method, Practitioner
from directory.self_service import editing
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .entry_forms import send
from .own_entry import ENTRY, issued, text_of
from .standing import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST = "/admin/reports/entry-changes/"


def again(person: Practitioner) -> Practitioner:
    return Practitioner.objects.get(pk=person.pk)


def url(view: str, person: Practitioner) -> str:
    return reverse(f"wagtailsnippets_directory_practitioner:{view}", args=[person.pk])


def decide(client: Client, person: Practitioner, act: str, reason: str = "", seen: int | None = None) -> Any:
    data = {"act": act, "reason": reason, "seen": seen or again(person).latest_revision_id or ""}
    return client.post(url("change", person), data, follow=True)


@pytest.fixture
def changed(person: Practitioner) -> Practitioner:
    """Somebody who has sent a change."""
    panel = Method.objects.create(name="panel obywatelski", slug="panel", locale=person.locale)
    own = Client()
    own.post(issued(person), {"act": "open"})
    send(own, person, headline="facylitatorka <b>paneli</b>", methods=[panel.pk])
    return person


def test_what_waits_is_told_and_listed(admin_client: Client, changed: Practitioner) -> None:
    PractitionerFactory(name="Bez Zmian")
    assert "Czeka 1 zmiana" in text_of(admin_client.get("/admin/"))
    page = text_of(admin_client.get(LIST))
    assert "Halina Wrona" in page
    assert "Czym się zajmuje, Metody" in page
    assert "Bez Zmian" not in page
    assert url("change", changed) in page
    assert url("change", changed) in text_of(admin_client.get(url("edit", changed)))
    assert "halina@example.org" not in page.lower()


def test_the_list_costs_the_same_for_many(
    admin_client: Client, changed: Practitioner, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(200) as asked:
            admin_client.get(LIST)
        return len(asked)

    queries()
    one = queries()
    for _n in range(6):
        other = PractitionerFactory()
        draft = again(other)
        draft.headline = "nowa"
        EntryChange.objects.create(
            practitioner=other, revision=draft.save_revision(), sent_at=NOW, fields=["headline"]
        )
    assert "Halina Wrona" in text_of(admin_client.get(LIST))
    assert queries() == one


def test_the_difference_is_marked_and_safe(admin_client: Client, changed: Practitioner) -> None:
    page = admin_client.get(url("change", changed)).content.decode()
    assert "<ins>facylitatorka &lt;b&gt;paneli&lt;/b&gt;</ins>" in page
    assert "<ins>panel obywatelski</ins>" in page
    assert "Organizacja" not in page


def test_publishing_is_two_clicks(admin_client: Client, admin_user: User, changed: Practitioner) -> None:
    page = decide(admin_client, changed, "publish")
    assert "Opublikowano zmiany." in text_of(page)
    now = again(changed)
    assert (now.headline, now.has_unpublished_changes) == ("facylitatorka <b>paneli</b>", False)
    assert [str(term) for term in now.methods.all()] == ["panel obywatelski"]
    assert "facylitatorka &lt;b&gt;" in text_of(Client().get(changed.get_absolute_url()))
    assert not EntryChange.objects.exists()
    published = log_registry.get_logs_for_instance(now).filter(action="wagtail.publish").get()
    assert published.user == admin_user
    mail = OutboxMail.objects.get(kind="entry-decision")
    assert (mail.recipient, "/moj-wpis/odnosnik/" in mail.text) == ("Halina@example.org", True)
    assert "Czeka" not in text_of(admin_client.get("/admin/"))


def test_returning_says_why_by_mail_and_at_the_entry(admin_client: Client, changed: Practitioner) -> None:
    empty = decide(admin_client, changed, "return", " ")
    assert "Napisz, co poprawić." in text_of(empty)
    assert "facylitatorka" in text_of(empty)
    assert "500" in text_of(decide(admin_client, changed, "return", "za długo " * 90))
    page = decide(admin_client, changed, "return", "Prosimy bez „<b>”.")
    assert "Odesłano do poprawy" in text_of(page)
    now = again(changed)
    assert (now.headline, now.latest_revision, now.has_unpublished_changes) == ("", None, False)
    mail = OutboxMail.objects.get(kind="entry-decision")
    assert "Prosimy bez „<b>”." in mail.text
    own = Client()
    path = mail.text.split("/moj-wpis/odnosnik/")[1].split()[0]
    own.post(f"/moj-wpis/odnosnik/{path}", {"act": "open"})
    assert "Prosimy bez „&lt;b&gt;”." in text_of(own.get(ENTRY))
    assert "Odesłano osobie jej zmiany do poprawy" in {
        str(entry.message) for entry in log_registry.get_logs_for_instance(now)
    }
    assert "Halina" not in text_of(admin_client.get(LIST))


@pytest.mark.parametrize("second", ["publish", "return"])
def test_of_two_moderators_one_acts_and_the_other_is_told(
    admin_client: Client, changed: Practitioner, second: str
) -> None:
    seen = again(changed).latest_revision_id
    decide(admin_client, changed, "publish")
    page = decide(admin_client, changed, second, "Powód", seen)
    assert "ktoś z zespołu był szybszy" in text_of(page)
    assert again(changed).headline == "facylitatorka <b>paneli</b>"
    assert OutboxMail.objects.filter(kind="entry-decision").count() == 1


def test_nobody_publishes_what_they_did_not_read(admin_client: Client, changed: Practitioner) -> None:
    seen = again(changed).latest_revision_id
    own = Client()
    own.post(issued(changed), {"act": "open"})
    send(own, changed, headline="coś innego")
    page = decide(admin_client, changed, "publish", seen=seen)
    assert "Zmiana jest już inna" in text_of(page)
    assert "coś innego" in text_of(page)
    assert again(changed).headline == ""


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_bent_form_is_no_error_of_the_site(admin_client: Client, changed: Practitioner, seen: str) -> None:
    answer = admin_client.post(url("change", changed), {"act": "publish", "seen": seen})
    assert answer.status_code in (200, 302)
    assert again(changed).headline == ""


def test_publishing_by_the_editor_settles_it_too(admin_client: Client, changed: Practitioner) -> None:
    draft: Any = editing.newest(again(changed))
    draft.headline = "facylitatorka"
    draft.save_revision().publish()
    assert "Halina" not in text_of(admin_client.get(LIST))
    assert editing.change_of(again(changed)) is None
    assert editing.forget_returned(NOW) == 1
    assert "Ta osoba nie ma zmian" in text_of(admin_client.get(url("change", changed), follow=True))


def test_only_those_who_may_publish_decide(client: Client, changed: Practitioner) -> None:
    user = User.objects.create_user("pomoc")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_practitioner", "view_practitioner"])
    )
    client.force_login(user)
    decide(client, changed, "publish")
    assert again(changed).headline == ""
    assert client.get(url("change", changed)).status_code == 302
    assert client.get(LIST).status_code == 302
    assert "Czeka 1 zmiana" not in text_of(client.get("/admin/"))


def test_a_workflow_is_started_and_ended(person: Practitioner, admin_client: Client) -> None:
    task = GroupApprovalTask.objects.create(name="Baza")
    task.groups.add(Group.objects.get(name="Opieka nad bazą praktyków"))
    workflow = Workflow.objects.create(name="Baza")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Practitioner)
    )
    own = Client()
    own.post(issued(person), {"act": "open"})
    send(own, person, headline="pierwsza")
    assert again(person).workflow_in_progress
    send(own, person, headline="druga")
    assert again(person).workflow_in_progress
    decide(admin_client, person, "return", "Krócej.")
    assert not again(person).workflow_in_progress
    send(own, person, headline="trzecia")
    decide(admin_client, person, "publish")
    assert again(person).headline == "trzecia"
    assert not again(person).workflow_in_progress
