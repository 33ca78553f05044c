"""A made-up duty that watches over parcels, and the little world around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from mailbot.config import Level
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Plan, Situation, Verb, Vocabulary
from mailbot.letters.model import Draft, Language, Recipient, Thread
from mailbot.letters.sources import Source, Sources
from mailbot.letters.templates import Templates
from mailbot.message.model import Attachment, Body, Evidence, Mailbox, Message, Passage, Place, Words
from mailbot.records.decision import Action, Asked, Decision, Folder, Question, Send
from mailbot.records.known import BrakeCard, ClientCard, DeskCard, Known, Party, PersonCard
from mailbot.records.pen import Pen
from mailbot.records.tables import AddressStatus, Role
from mailbot.sorting.model import Automatic, AutomaticKind, Finding, Reading, Sorted, Trouble, Trust, TrustFound

NOW = datetime(2025, 11, 7, 20, 30, tzinfo=UTC)


class Mood(StrEnum):
    SURE = "sure"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Parcel:
    """The facts of the duty."""

    carrier: str = ""
    weight: Decimal | None = None
    count: int | None = None
    tags: tuple[str, ...] = ()
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Jot(Action):
    """The only action of the duty."""

    name: ClassVar[str] = "parcels.jot"
    text: str
    times: int
    mood: Mood

    def carry_out(self, pen: Pen) -> None:
        raise AssertionError("deciding never carries anything out")

    def __str__(self) -> str:
        return f"jot {self.text!r}"


@dataclass(frozen=True, slots=True)
class JotParameters:
    text: str
    times: int = 1
    mood: Mood = Mood.SURE


@dataclass(frozen=True, slots=True)
class AnswerParameters:
    template: str
    to: str = ""  # empty: the sender
    acknowledgement: bool = False
    question: str = ""
    folder: Folder = Folder.DONE


@dataclass(frozen=True, slots=True)
class HoldParameters:
    why: str


@dataclass(frozen=True, slots=True)
class BreakParameters:
    how: Literal["raise", "no plan"]


def _jot(situation: Situation, parameters: JotParameters) -> Plan:
    jot = Jot(parameters.text, parameters.times, parameters.mood)
    return Plan(f"Jotted {parameters.text!r}.", (jot,), Folder.LEAVE)


def draft(to: str, template: str = "parcels/here", object_: str = "P-1") -> Draft:
    name = to.partition("@")[0].title()
    return Draft(Recipient(to, name, "en"), template, {"parcel": "P-1"}, "parcel", object_)


def _answer(situation: Situation, parameters: AnswerParameters) -> Plan:
    sender = situation.message.sender
    to = parameters.to or (sender.address if sender else "")
    answer = replace(
        draft(to, parameters.template, situation.finding.kind),
        answers=Thread(situation.message.subject, situation.message.message_id),
        acknowledgement=parameters.acknowledgement,
    )
    asks = Question("parcels", "which", parameters.question, {}) if parameters.question else None
    return Plan(f"Answered {to}.", (Send(answer, asks),), parameters.folder)


def _obey(situation: Situation, parameters: AnswerParameters) -> Plan:
    return replace(_answer(situation, parameters), acts_from=Level.WATCH)


def _hold(situation: Situation, parameters: HoldParameters) -> Plan:
    return Plan(f"Held: {parameters.why}.", (), Folder.HELD)


def _break(situation: Situation, parameters: BreakParameters) -> Plan:
    if parameters.how == "raise":
        raise ZeroDivisionError("the verb\nbroke")
    return "no plan"  # type: ignore[return-value]


def _values(situation: Situation) -> Mapping[str, object]:
    facts = situation.finding.facts
    assert isinstance(facts, Parcel)
    return {name: getattr(facts, name) for name in ("carrier", "weight", "count", "tags", "mood")}


PARCELS = Vocabulary(
    duty="parcels",
    kinds=("parcel", "letter"),
    fields={"carrier": str, "weight": Decimal, "count": int, "tags": tuple, "mood": Mood},
    values=_values,
    verbs={
        "jot": Verb("jot", JotParameters, _jot, "writes something down"),
        "answer": Verb("answer", AnswerParameters, _answer, "answers"),
        "break": Verb("break", BreakParameters, _break, "breaks"),
    },
)


def _nothing(situation: Situation) -> Mapping[str, object]:
    return {}


DESK = Vocabulary(
    duty="desk",
    kinds=("nothing", "why"),
    fields={},
    values=_nothing,
    verbs={
        "shelve": Verb("shelve", HoldParameters, _hold, "holds a mail"),
        "obey": Verb("obey", AnswerParameters, _obey, "answers a colleague's order"),
    },
)
VOCABULARIES = (PARCELS, DESK)

WORLD = Path(__file__).parent
RULES = WORLD / "rules"


def templates(**changed: str) -> Templates:
    """The templates of the little world; `desk_proposal="…"` writes another desk/proposal."""
    folder = WORLD / "templates"
    texts = {
        f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.md"))
    }
    texts |= {name.replace("_", "/", 1): text for name, text in changed.items()}
    sources = {name: Source(f"templates/en/{name}.md", text) for name, text in texts.items()}
    languages: tuple[Language, ...] = ("en", "de")
    layout = Source("templates/layout.html", "<html><body>{{ body }}</body></html>")
    return Templates(Sources(dict.fromkeys(languages, sources), {}, layout))


def orders(rules: Path = RULES, templates: Templates = templates()) -> StandingOrders:  # noqa: B008
    return StandingOrders(
        book=RuleBook.load(rules, VOCABULARIES),
        vocabularies={vocabulary.duty: vocabulary for vocabulary in VOCABULARIES},
        prefixes={"parcels": "P", "desk": "D"},
        templates=templates,
    )


def rules_that_do(folder: Path, *does: str, desk: str = 'hold = { why = "nobody knows" }') -> Path:
    """A folder of rule files in which every parcel meets these verbs, in this order."""
    rules = [
        f'[[rule]]\nname = "rule-{number}"\ndo.{do}\nthen = "{"stop" if number == len(does) else "continue"}"\n'
        for number, do in enumerate(does, start=1)
    ]
    (folder / "parcels.toml").write_text("\n".join(rules), encoding="utf-8")
    (folder / "desk.toml").write_text(f'[[rule]]\nname = "all"\ndo.{desk}\nthen = "stop"\n', encoding="utf-8")
    return folder


MARA = PersonCard(1, "Mara Lindqvist", "mara@harbourpine.example", Role.COORDINATOR, "en", "en_US", "USD")
DANA = PersonCard(2, "Dana Reyes", "Dana@harbourpine.example", Role.REP, "en", "en_US", "USD")
GLOBEX = ClientCard(12, "Globex Tools", DANA, "en", None, ())
NO_BRAKE = BrakeCard(answers_last_day=0, acknowledged_last_day=False)


def desk_card(**levels: Level) -> DeskCard:
    return DeskCard(
        company="Harbour & Pine Media",
        name="Sales Desk",
        address="desk@harbourpine.example",
        own_addresses=frozenset({"desk@harbourpine.example"}),
        domains=frozenset({"harbourpine.example"}),
        authserv_id="mx.harbourpine.example",
        believe_unauthenticated=False,
        zone=ZoneInfo("America/New_York"),
        language="en",
        currency="USD",
        levels={"parcels": Level.ACT, "desk": Level.ACT, **levels},
        answers_per_address_and_day=5,
    )


KNOWN = Known(
    desk=desk_card(),
    number=412,
    key=b"0" * 32,
    sender=None,
    parties=(),
    letters=(),
    questions=(),
    copy_of=None,
    clients=(GLOBEX,),
    staff=(MARA, DANA),
    brakes=NO_BRAKE,
    recalled={},
)

PETE = Mailbox("Pete Grundy", "Pete@globex.example", "pete@globex.example")


def message(text: str = "the parcel is here", sender: Mailbox | None = PETE, subject: str = "parcel") -> Message:
    words = Words((Passage(text, 0),))
    return Message(
        message_id="p1@globex.example",
        content_hash="0" * 64,
        size=len(text),
        sender=sender,
        return_path=None,
        reply_to=(),
        to=(Mailbox("", "desk@harbourpine.example", "desk@harbourpine.example"),),
        cc=(),
        delivered_to=("Desk+p-1@HarbourPine.example",),
        subject=subject,
        date=NOW,
        in_reply_to=(),
        references=(),
        headers=(),
        body=Body(text, words, words, Words(())),
        html=None,
        tables=(),
        attachments=(Attachment("Lieferschein.PDF", "application/pdf", 3, "0" * 64, b"pdf"),),
        report=None,
        content_type="text/plain",
        defects=(),
    )


def sorted_as(trust: Trust = Trust.T3, automatic: AutomaticKind | None = None, *, forged: bool = False) -> Sorted:
    machine = Automatic(automatic, "Auto-Submitted: auto-replied") if automatic else None
    return Sorted(TrustFound(trust, "dmarc=pass", forged), machine, None, "en")


FINDING = Finding(
    "parcels", "parcel", Parcel(tags=("fragile",)), (Evidence("the parcel", Place("text", 0, 10)),), "the word parcel"
)


def reading(*findings: Finding, sorted_: Sorted = sorted_as(), trouble: Sequence[Trouble] = ()) -> Reading:  # noqa: B008
    asked = (Asked("parcels", "parcel", "the word parcel"), Asked("weather", None, "no word of rain"))
    return Reading(sorted_, findings, asked, tuple(trouble))


def decided(
    orders_: StandingOrders,
    *findings: Finding,
    known: Known = KNOWN,
    mail: Message = message(),  # noqa: B008
    sorted_: Sorted = sorted_as(),  # noqa: B008
) -> Decision:
    """What the desk decides about a mail with these findings, by default one parcel."""
    return decide(mail, known, reading(*(findings or (FINDING,)), sorted_=sorted_), orders_, NOW)


def letters(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """The letters among the actions: to whom, and by which template."""
    return [(action.draft.to.address, action.draft.template) for action in actions if isinstance(action, Send)]


def party(
    person: PersonCard | None = None, client: ClientCard | None = None, key: str = "pete@globex.example"
) -> Party:
    return Party(key, 7, AddressStatus.OK, person=person, client=client)
