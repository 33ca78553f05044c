"""`./start bench reading`: predictions of a folder of mails, made by the code that the service runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from rich.console import Console

from benchmarks.__main__ import SETS as NAMED
from benchmarks.__main__ import bench
from benchmarks.reading.bounce_readers import beside
from benchmarks.reading.measuring import SETS
from tests.attacks.hostile import DANA, DESK, EVIL, FRIDAY, KAREN, PROBLEM, Attack, bounce, failed, proven

WORLD = {
    "now": "2025-10-31T20:00:00+00:00",
    "authserv_id": "mx.harbourpine.example",
    "desk": DESK,
    "reps": [{"name": "Dana Reyes", "address": DANA, "locale": "en_US", "currency": "USD"}],
    "clients": [
        {"name": "Acme Corp", "owner": DANA},
        {"name": "Beta Freight", "owner": DANA},
        {"name": "South Star", "owner": DANA, "contacts": [{"name": "Karen Holt", "address": KAREN}]},
    ],
}
TEXT = "--b\nContent-Type: text/plain\n\nwords\n"
HONEST = Attack("honest", proven(DANA)).raw(FRIDAY, "honest")


def predicted(which: str, folder: Path, files: Mapping[str, bytes | str]) -> Any:
    """What the command predicts of a folder with these files."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    out = folder.parent / f"{folder.name}-predictions.json"
    ran = CliRunner().invoke(bench, ["reading", which, str(folder), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    return json.loads(out.read_text())


def test_every_set_that_can_be_named_can_be_read() -> None:
    assert set(NAMED) == set(SETS)


def test_of_replies_the_new_words_are_told_whether_whole_mails_or_bodies_alone(tmp_path: Path) -> None:
    quote = "\n\nOn Fri, 31 Oct 2025 at 16:42, Sales Desk wrote:\n> Which Acme?\n> 1  Acme Corp\n"
    told = predicted(
        "replies",
        tmp_path,
        {
            "whole.eml": b"From: Dana <dana@harbourpine.example>\r\nSubject: Re: Which Acme?\r\n\r\n1 please"
            + quote.encode(),
            "body.v2.txt": "die zweite, schöne Grüße" + quote,
            "page.html": "<p>the <b>medical</b> one</p><blockquote type='cite'>Which Acme?</blockquote>",
            "whole.expected.txt": "what somebody says it is",
        },
    )

    assert set(told) == {"whole", "body.v2", "page"}
    assert told["whole"].strip() == "1 please"
    assert told["body.v2"].strip() == "die zweite, schöne Grüße"
    assert "medical" in told["page"]
    assert "Which Acme" not in told["page"]


def test_automatic_mail_is_told_from_a_persons(tmp_path: Path) -> None:
    away = Attack("away", (*proven(KAREN), "Auto-Submitted: auto-replied"), "I am away.\n").raw(FRIDAY, "away")
    asks = Attack("asks", proven(KAREN), PROBLEM).raw(FRIDAY, "asks")

    assert predicted("autoreply", tmp_path, {"away.eml": away, "asks.eml": asks, "labels.json": "{}"}) == {
        "away.eml": True,
        "asks.eml": False,
    }


def test_of_odd_mail_it_is_told_what_was_read_and_that_nothing_escaped(tmp_path: Path) -> None:
    file = "--b\nContent-Disposition: attachment; filename=plan.pdf\n\n%PDF\n--b--\n"
    kind = "Content-Type: multipart/mixed; boundary=b"
    odd = Attack("odd", (f"From: {KAREN}", "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=", kind), TEXT + file).raw(
        FRIDAY, "odd"
    )
    told = predicted("robustness", tmp_path, {"odd.eml": odd, "noise.eml": bytes(range(256)) * 8})

    assert told["odd.eml"].pop("seconds") >= 0
    assert told["odd.eml"] == {
        "error": None,
        "from": KAREN,
        "subject": "Grüße",
        "attachments": ["plan.pdf"],
        "characters": len("words"),
    }
    assert (told["noise.eml"]["error"], told["noise.eml"]["from"]) == (None, None)


def test_a_bounce_is_told_with_its_recipients_and_other_mail_as_none(tmp_path: Path) -> None:
    told = predicted(
        "bounces",
        tmp_path,
        {
            "mails/dead.eml": bounce("dead", (KAREN,)).raw(FRIDAY, "dead"),
            "mails/arrived.eml": bounce("arrived", (KAREN,), action="delivered").raw(FRIDAY, "arrived"),
            "mails/asks.eml": Attack("asks", proven(KAREN), PROBLEM).raw(FRIDAY, "asks"),
            "LICENSE": "no mail",
        },
    )

    dead = {"address": KAREN, "permanent": True, "final": "failed", "reason": "no_such_mailbox"}
    assert told == {
        "dead.eml": {"is_bounce": True, "kind": "bounce", "recipients": [dead]},
        "arrived.eml": {"is_bounce": False, "kind": "delivered", "recipients": []},
        "asks.eml": {"is_bounce": False, "kind": "none", "recipients": []},
    }


def test_in_a_company_it_is_told_what_would_change_and_who_would_be_written_to(tmp_path: Path) -> None:
    told = predicted(
        "attacks",
        tmp_path,
        {
            "world.json": json.dumps(WORLD),
            "forged.eml": Attack("forged", (failed("harbourpine.example"), f"From: {DANA}")).raw(FRIDAY, "forged"),
            "honest.eml": HONEST,
            "nobody.eml": Attack("nobody", (*proven(EVIL), f"From: {DANA}")).raw(FRIDAY, "nobody"),
            "problem.eml": Attack("problem", proven(KAREN), PROBLEM).raw(FRIDAY, "problem"),
        },
    )

    assert {name: (told[name]["identity"], told[name]["trust"], told[name]["kind"]) for name in told} == {
        "forged.eml": (DANA, "T0", "forged"),
        "honest.eml": (DANA, "T3", "numbers"),
        "nobody.eml": (None, "T0", "forged"),
        "problem.eml": (KAREN, "T2", "issue"),
    }
    assert {name: told[name]["answers"] for name in ("forged.eml", "nobody.eml", "honest.eml")} == {
        "forged.eml": [],
        "nobody.eml": [],
        "honest.eml": [DANA],
    }
    assert told["forged.eml"]["changes"] == told["nobody.eml"]["changes"] == []
    assert {"sales_entries.amount", "sales_entries.client_id"} <= set(told["honest.eml"]["changes"])
    assert {change.partition(".")[0] for change in told["problem.eml"]["changes"]} == {"issue"}
    assert all(each["error"] is None for each in told.values())


def test_of_one_mail_nothing_stays_for_the_next_but_a_copy_of_it_is_known(tmp_path: Path) -> None:
    again = b"Received: from mail.attacker.example by mx.harbourpine.example\r\n" + HONEST
    another = Attack("another", proven(DANA)).raw(FRIDAY, "another")  # the same lines on the same day
    files = {"world.json": json.dumps(WORLD), "1.eml": HONEST, "2.eml": another, "3.eml": again}
    told = predicted("attacks", tmp_path, files)

    assert [told[name]["kind"] for name in ("1.eml", "2.eml", "3.eml")] == ["numbers", "numbers", "duplicate"]
    assert told["2.eml"]["changes"] == told["1.eml"]["changes"] != []
    assert (told["3.eml"]["changes"], told["3.eml"]["answers"]) == ([], [])


def test_of_numbers_the_rows_are_told_with_the_clients_own_codes(tmp_path: Path) -> None:
    clients = [{"id": "C1", "name": "Acme Corp"}, {"id": "C2", "name": "Hansen & Söhne KG"}]
    rep = "From: Lena Brandt <lena@reps.example>"
    german = "Moin,\n\nhier sind die Zahlen von dieser Woche:\nHansen 1.200,50 EUR\nKröger 300 EUR\n\nGruß Lena\n"
    nothing_more = dict.fromkeys(("product", "quantity", "stage", "date", "period"))
    told = predicted(
        "numbers",
        tmp_path,
        {
            "clients.json": json.dumps(clients),
            "a.eml": Attack("a", (rep,), german).raw(FRIDAY, "a"),
            "b.eml": Attack("b", (rep, "Subject: hello"), "See you tomorrow.\n").raw(FRIDAY, "b"),
        },
    )

    assert told == {
        "a": {
            "rows": [
                {**nothing_more, "client": "C2", "amount": "1200.50", "currency": "EUR"},
                {**nothing_more, "client": None, "amount": "300.00", "currency": "EUR"},
            ],
            "ask": ["client"],
        },
        "b": {"rows": [], "ask": []},
    }


def test_the_speed_is_shown_and_a_folder_without_mails_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "out.json"
    command = ["reading", "autoreply", str(tmp_path / "in"), "--out", str(out)]
    refused = CliRunner().invoke(bench, command)
    (tmp_path / "in" / "honest.eml").write_bytes(HONEST)
    read = CliRunner().invoke(bench, command)

    assert (refused.exit_code, read.exit_code) == (1, 0)
    assert "holds no mails" in refused.output
    assert "honest.eml" in read.output
    assert json.loads(out.read_text()) == {"honest.eml": False}


def test_bounces_are_read_beside_what_else_reads_bounces(tmp_path: Path) -> None:
    (tmp_path / "bounce.eml").write_bytes(bounce("honest", (KAREN,)).raw(FRIDAY, "bounce"))
    (tmp_path / "letter.eml").write_bytes(HONEST)
    console = Console(width=160, file=StringIO(), record=True)
    console.print(beside(tmp_path))
    rows = dict(_row(line) for line in console.export_text().splitlines() if line.startswith("│"))
    assert rows["mailbot"][1:] == ["1", "0"]
    assert rows["rb-sisimai 4.22 (as published)"][0] == "303"
    assert "flufl.bounce" in rows


def _row(line: str) -> tuple[str, list[str]]:
    name, *cells = (cell.strip() for cell in line[1:-1].split("│"))
    return name, cells
