"""Whatever a mail says, sorting answers: no value of a Message makes it raise."""

from __future__ import annotations

from datetime import UTC, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.message.addresses import address_key
from mailbot.message.model import Attachment, Body, Header, Mailbox, Message, Passage, Report, Words
from mailbot.records.known import Known, known_beforehand
from mailbot.sorting.model import Trust
from mailbot.sorting.one_word import Option, choice
from mailbot.sorting.seen import seen_in
from mailbot.sorting.sort import sort
from mailbot.sorting.subjects import is_reply, without_prefixes
from mailbot.sorting.trust import may_be_believed, verdict_on
from tests.sorting.world import DANA, JONAS, NOON, anja_party, believing, known, letter, question

text = st.text(max_size=60)
line = st.one_of(
    text,
    st.sampled_from(
        [
            "",
            "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example",
            "mx.harbourpine.example; dkim=pass header.d=((((; spf=",
            "mx.harbourpine.example 9; none",
            "from by by by ; by",
            "by [",
            "by [IPv6:::]",
            "Re: AW: " * 20,
            "Your request #5 has been received, thank you for contacting us",
            "out of office",
            "dana@harbourpine.example",
            "1 oder 2",
        ]
    ),
)
address = st.one_of(
    st.builds("{}@{}".format, text, text),
    st.sampled_from(
        ["", "@", "dana@harbourpine.example", "x@xn--9.example", "a+b@harbourpine.example", "MAILER-DAEMON"]
    ),
)
mailbox = st.builds(lambda name, written: Mailbox(name, written, address_key(written)), line, address)
header = st.builds(
    Header,
    st.sampled_from(
        """Authentication-Results Received From Auto-Submitted X-Auto-Response-Suppress Precedence List-Id List-Post
        X-Loop Content-Type X-Autoreply X-Mailer Subject Return-Path X-Failed-Recipients""".split()  # noqa: SIM905
    ),
    line,
)
words = st.lists(st.builds(Passage, line, st.integers(0, 9)), max_size=3).map(lambda found: Words(tuple(found)))
moment = st.one_of(
    st.none(), st.datetimes(), st.datetimes(timezones=st.sampled_from([UTC, timezone.max, timezone.min]))
)
report = st.builds(Report, line, st.just(()), st.just(()))
attachment = st.builds(
    Attachment, text, st.sampled_from(["text/calendar", "x"]), st.just(1), text, st.binary(max_size=9)
)


def some(strategy: st.SearchStrategy[object], most: int = 4) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


messages = st.builds(
    Message,
    message_id=st.one_of(st.none(), line),
    content_hash=text,
    size=st.integers(0),
    sender=st.one_of(st.none(), mailbox),
    return_path=st.one_of(st.none(), address),
    reply_to=some(mailbox),
    to=some(mailbox),
    cc=some(mailbox),
    delivered_to=some(address),
    subject=line,
    date=moment,
    in_reply_to=some(line),
    references=some(line),
    headers=some(header, 8),
    body=st.builds(Body, text, words, words),
    html=st.none(),
    tables=st.just(()),
    attachments=some(attachment),
    report=st.one_of(st.none(), report),
    content_type=line,
    defects=st.just(()),
)
sent = letter(proven=True)
worlds = st.sampled_from(
    [
        known(),
        known(JONAS, (letter(), sent), (question(),)),
        known(DANA, desk=believing()),
        known(anja_party(), (letter(sent=NOON - NOON),), (question(asked="dana@harbourpine.example"),)),
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(messages, worlds)
def test_sorting_never_raises(message: Message, world: Known) -> None:
    reading = sort(message, world, ())
    found = reading.sorted
    assert found.trust.why
    assert message.sender is not None or found.trust.trust is Trust.T0
    assert found.trust.trust is Trust.T0 or may_be_believed(verdict_on(message, world.desk), world.desk)
    if found.answers is not None and found.answers.question is not None:
        assert found.automatic is None
        assert found.trust.trust > Trust.T0
        assert message.sender is not None
        assert found.answers.question.asked_key == message.sender.key


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.builds(Option, text, some(text), st.booleans()), max_size=5))
def test_reading_one_word_never_raises_and_never_invents_an_option(said: str, options: list[Option]) -> None:
    found = choice(said, options)
    assert set(getattr(found, "keys", ())) | {getattr(found, "key", None)} <= {
        None,
        *(option.key for option in options),
    }


@given(st.text(max_size=300))
def test_a_bare_subject_has_no_prefix_left(subject: str) -> None:
    bare = without_prefixes(subject)
    assert without_prefixes(bare) == bare
    assert is_reply(bare) is False


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(messages, worlds)
def test_what_was_seen_when_the_mail_was_read_changes_nothing(message: Message, world: Known) -> None:
    assert sort(message, world, (), seen_in(message, known_beforehand(world.desk))) == sort(message, world, ())
