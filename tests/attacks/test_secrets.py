"""What is secret is in no log, whatever comes in."""

from __future__ import annotations

import logging
import re

import pytest

from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, EVIL, NUMBERS, PROBLEM, Attack, failed, proven, reply
from tests.schemas import migrated_file
from tests.situations.desk import played_desk

WORDS = "the-words-of-a-mail-that-are-nobodys-business"


def test_neither_the_secret_nor_a_token_nor_the_words_of_a_mail_are_in_the_log(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path_factory.mktemp("secrets")
    with played_desk(folder, migrated_file(folder / "desk.sqlite")) as desk:
        caplog.clear()
        siege = Siege(desk)
        siege.suffers(
            Attack("honest", proven(DANA), f"{NUMBERS}{WORDS}\n"),
            Attack("issue", proven("pat@newco.example"), f"{PROBLEM}{WORDS}\n"),
            Attack("forged", (failed("harbourpine.example"), f"From: {DANA}", f"Subject: {WORDS}"), f"{WORDS}\n"),
            Attack("broken", (*proven(EVIL), "Content-Type: text/html"), f"<div>{WORDS}" * 5_000),
        )
        letter = desk.letters_to(DANA)[-1]
        siege.suffers_one(reply(letter, DANA, f"drop 1\n{WORDS}\n"))
        token = re.search(r"\+([a-z]+-\d+-[0-9a-z]+)@", letter.reply_to)
        secrets = (desk.service.office.secret.decode(), WORDS)
    ours = [record for record in caplog.records if record.threadName != "sandbox mail server"]
    text = "\n".join(record.getMessage() + str(record.__dict__) for record in ours)

    assert ours, "the desk did write down what it does"
    assert token is not None, "the letter can be answered"
    for secret in (*secrets, token[1].rpartition("-")[2]):
        assert len(secret) > 5
        assert secret not in text
