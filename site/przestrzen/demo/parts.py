"""Events, civic budgets, mentoring, dialogues."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

from budgets.enums import Category
from budgets.models import BudgetEditionPage, BudgetIndexPage, BudgetPot, BudgetProject, BudgetStage
from dialogues.models import DialogueIndexPage, DialoguePage
from directory.models import Language
from events.models import EventBlock, EventDay, EventIndexPage, EventPage, EventSession, SessionLeader
from mentoring.models import MentoringDate, MentoringEditionPage, MentoringIndexPage, MentoringOffer

from .desk import Desk
from .source import read
from .streams import stream


def clock(text: str) -> time:
    return time.fromisoformat(text)


def events(desk: Desk) -> None:
    index = EventIndexPage.objects.get(locale=desk.polish)
    plain = (
        "slug", "title", "summary", "kind", "place", "address", "getting_there", "online", "audience", "seats", "price",
        "mode", "applications_open", "applications_close", "decision_by", "confirm_by", "organisers", "accessibility",
        "cancelled", "cancelled_note", "cover_topic", "seminar_kind", "attended",
    )  # fmt: skip
    for word in read("pl", "events")["event"]:
        page = EventPage(
            municipality_id=word.get("municipality") or None,
            body=stream(word.get("description", []), desk.people),
            voivodeships=word.get("voivodeships", []) if word["kind"] == "regional_forum" else [],
            **{name: word[name] for name in plain if name in word},
        )
        page.topics = desk.chosen("topics", word.get("topics", []))
        page.methods = desk.chosen("methods", word.get("methods", []))
        page.days = [
            EventDay(date=day["date"], start=clock(day["start"]), end=clock(day["end"]))
            for day in word["days"]
        ]
        page.blocks = [block_of(desk, block) for block in word.get("block", [])]
        page.full_clean(exclude=["path", "depth", "locale"])
        desk.publish(index, page)
    for word in read("en", "events").get("event", []):
        names = (
            "title", "summary", "audience", "accessibility", "organisers", "getting_there", "cancelled_note"
        )  # fmt: skip
        words: dict[str, Any] = {name: word[name] for name in names if name in word}
        if "description" in word:
            words["body"] = stream(word["description"], desk.people)
        desk.translate(EventPage.objects.get(locale=desk.polish, slug=word["slug"]), words)


def block_of(desk: Desk, word: dict[str, Any]) -> EventBlock:
    block = EventBlock(
        day=word["day"],
        start=clock(word["start"]),
        end=clock(word["end"]),
        title=word["title"],
        note=word.get("note", ""),
    )
    block.sessions = [
        EventSession(
            title=session["title"],
            format=session["format"],
            room=session.get("room", ""),
            outside_leaders=session.get("outside_leaders", ""),
            summary=session.get("summary", ""),
            **{
                name: session[name]
                for name in ("topic", "level", "language", "sign_language", "seats")
                if name in session
            },
            leaders=[SessionLeader(practitioner_id=desk.people[key]) for key in session.get("leaders", [])],
        )
        for session in word.get("session", [])
    ]
    return block


def budgets(desk: Desk) -> None:
    index = BudgetIndexPage.objects.get(locale=desk.polish)
    plain = ("slug", "label", "number", "fiscal_year", "amount", "expenditure", "expenditure_year", "expenditure_source",
             "voters", "vote_type", "rule", "rule_source", "channels")  # fmt: skip
    for word in read("pl", "budgets")["edition"]:
        page = BudgetEditionPage(
            municipality_id=word["municipality"],
            cover_topic="budzet",
            body=stream([{"type": "paragraph", "html": f"<p>{word['description']}</p>"}], {}),
            **{name: word[name] for name in plain if name in word},
        )
        page.title = (
            word.get("title") or f"{page.municipality.name}: {word['label'][0].lower()}{word['label'][1:]}"
        )
        page.summary = word.get("summary", word["description"].split(". ")[0].rstrip(".") + ".")
        if "voters_of" in word:
            page.voters_of, page.eligible = word["voters_of"]["text"], word["voters_of"]["eligible"]
        page.stages = [BudgetStage(**stage) for stage in word["stages"]]
        page.pots = [BudgetPot(name=pot["name"], amount=pot["amount"]) for pot in word["pot"]]
        desk.publish(index, page)
        pots = {pot.name: pot for pot in page.pots.all()}
        BudgetProject.objects.bulk_create(
            BudgetProject(
                edition=page,
                pot=pots[project["pot"]],
                project_id=project["id"],
                name=project["name"],
                category=Category.read(project.get("category", "")),
                place=project.get("place", ""),
                cost=project["cost"],
                votes=project.get("votes"),
                selected=int(project.get("selected", False)),
                status=project.get("status", ""),
            )
            for project in word["projects"]
        )


def mentoring(desk: Desk) -> None:
    index = MentoringIndexPage.objects.get(locale=desk.polish)
    words = read("pl", "mentoring")
    for word in words.get("edition", []):
        page = MentoringEditionPage(
            cover_topic="mentoring",
            year=int(str(word["year"])[:4]),
            body=stream(word.get("body", []), desk.people),
            **{
                name: word[name]
                for name in ("slug", "title", "summary", "status", "opens", "closes", "teams_planned")
                if name in word
            },
        )
        page.dates = calendar(word)
        desk.publish(index, page)
    names = {str(label): code for code, label in Language.choices}
    for word in words.get("offer", []):
        offer = MentoringOffer(
            locale=desk.polish,
            practitioner_id=desk.people[word["practitioner"]],
            voivodeships=word.get("voivodeships", []),
            languages=[names.get(language, language) for language in word.get("languages", [])],
            **{
                name: word[name]
                for name in ("title", "description", "mode", "capacity", "hours", "availability")
                if name in word
            },
        )
        offer.methods = desk.chosen("methods", word.get("methods", []))
        offer.topics = desk.chosen("topics", word.get("topics", []))
        offer.save()
        offer.save_revision().publish()
        desk.mark(offer)
    for word in read("en", "mentoring").get("offer", []):
        source = MentoringOffer.objects.get(
            locale=desk.polish, practitioner_id=desk.people[word["practitioner"]]
        )
        translation = source.copy_for_translation(desk.english)
        translation.title, translation.description = word["title"], word["description"]
        translation.save()
        translation.save_revision().publish()
        desk.mark(translation)
    for word in read("en", "mentoring").get("edition", []):
        found = {name: word[name] for name in ("title", "summary") if name in word}
        if "body" in word:
            found["body"] = stream(word["body"], desk.people)
        if "calendar" in word:
            found["dates"] = calendar(word)
        desk.translate(MentoringEditionPage.objects.get(locale=desk.polish, slug=word["slug"]), found)


def calendar(word: dict[str, Any]) -> list[MentoringDate]:
    return [MentoringDate(date=row["date"], text=row["text"]) for row in word.get("calendar", [])]


def dialogues(desk: Desk) -> None:
    index = DialogueIndexPage.objects.get(locale=desk.polish)
    plain = ("slug", "status", "date", "people", "cover_topic")
    for word in read("pl", "dialogues").get("dialogue", []):
        page = DialoguePage(
            municipality_id=word["municipality"],
            **{name: word[name] for name in plain if name in word},
            **dialogue_words(word),
        )
        page.practitioners = desk.persons(word.get("practitioners", []))
        page.topics = desk.chosen("topics", word.get("topics", []))
        desk.publish(index, page)
    for word in read("en", "dialogues").get("dialogue", []):
        desk.translate(DialoguePage.objects.get(locale=desk.polish, slug=word["slug"]), dialogue_words(word))


def dialogue_words(word: dict[str, Any]) -> dict[str, Any]:
    names = {
        "title": "title", "summary": "summary", "topic": "question", "why": "why", "place": "place", "method": "method",
        "host": "host", "learnt": "learnt",
    }  # fmt: skip
    found = {field: word[key] for key, field in names.items() if key in word}
    if "perspectives" in word:
        voices = [{"type": "perspective", "value": voice} for voice in word["perspectives"]]
        found["perspectives"] = json.dumps(voices)
    return found
