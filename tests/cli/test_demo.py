"""`mailbot demo --once`, as a script runs it: the play keeps its promises, and a broken one is told."""

from __future__ import annotations

import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest

from mailbot.clock import SystemClock

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
FROM_TOM = """\
From: Tom Okafor <tom@harbourpine.example>\r
To: desk@harbourpine.example\r
Subject: one more \x1b]0;title\x07\r
Date: {today}\r
Message-ID: <late@hp>\r
Content-Type: text/plain; charset=utf-8\r
\r
globex 1,975.50\r
"""


def demo(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mailbot", "demo", "--once", "--folder", "desk", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False, encoding="utf-8"
    )


def on_free_ports(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return demo("--imap-port", "0", "--smtp-port", "0", *arguments, cwd=cwd)


@pytest.fixture
def play(tmp_path: Path) -> Path:
    """A copy of the play, to be changed."""
    return Path(shutil.copytree(ROOT / "demo", tmp_path / "play"))


@pytest.mark.slow
def test_every_promise_of_the_play_is_kept_and_its_desk_is_there_for_other_commands(tmp_path: Path) -> None:
    played = on_free_ports(cwd=tmp_path)

    assert played.returncode == 0, played.stdout + played.stderr
    assert re.search(r"All \d+ promises of this play were kept", played.stdout)
    assert "Dana Reyes, week 44: 3 lines booked (15,700.50 USD)." in played.stdout
    assert "Traceback" not in played.stderr
    command = [sys.executable, "-m", "mailbot", "--config", "desk/config.toml", "held"]
    held = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "der unterschriebene Vertrag von Acme Medical GmbH vom 29.10. fehlt noch" in held.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kept", "broken", "told"),
    [
        ('kind = "duplicate"', 'kind = "numbers"', "copy: kind 'numbers' was promised"),
        ('says = ["12,000.00 USD"', 'says = ["12.00 USD"', "numbers: no letter says '12.00 USD'"),
        ("Quarantine = 1 }", "Quarantine = 2 }", "in the end: mails in the folders"),
    ],
)
def test_a_promise_that_is_not_kept_is_told_and_gives_status_1(
    play: Path, tmp_path: Path, kept: str, broken: str, told: str
) -> None:
    script = (play / "play.toml").read_text(encoding="utf-8")
    assert kept in script
    (play / "play.toml").write_text(script.replace(kept, broken, 1), encoding="utf-8")

    played = on_free_ports("--play", play, cwd=tmp_path)

    assert played.returncode == 1, played.stdout + played.stderr
    assert told in " ".join(played.stdout.split())
    assert "were kept" not in played.stdout


def test_a_mistake_in_the_script_is_told_with_its_line(play: Path, tmp_path: Path) -> None:
    script = (play / "play.toml").read_text(encoding="utf-8")
    (play / "play.toml").write_text(script.replace("\ntitle =", "\ntitel =", 1), encoding="utf-8")

    played = on_free_ports("--play", play, cwd=tmp_path)

    assert played.returncode == 2
    assert re.search(r"play\.toml:\d+: scene\.0\.titel", played.stderr)


def test_a_port_that_is_taken_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        played = demo("--imap-port", str(taken.getsockname()[1]), "--smtp-port", "0", cwd=tmp_path)

    assert played.returncode == 2
    assert "--imap-port 0 --smtp-port 0 takes ports that are free" in played.stderr


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/letter.txt").write_text("mine", encoding="utf-8")

    played = on_free_ports(cwd=tmp_path)

    assert played.returncode == 2
    assert "is left alone" in played.stderr
    assert (tmp_path / "desk/letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_the_desk_stays_open_shows_what_comes_in_and_leaves_on_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mailbot", "demo", "--imap-port", "0", "--smtp-port", "0", "--folder", "desk"]
    environment = {**ENVIRONMENT, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        try:
            played = "".join(until("The desk is open", running.stdout))
            port = re.search(r"SMTP {2}127\.0\.0\.1:(\d+)", played)
            assert port is not None
            with smtplib.SMTP("127.0.0.1", int(port[1])) as client:
                today = format_datetime(SystemClock().now())
                client.sendmail(
                    "tom@harbourpine.example", ["desk@harbourpine.example"], FROM_TOM.format(today=today).encode()
                )
            shown = "".join(until("1,975.50 USD", running.stdout))  # on some days the clock writes first
            shown += "".join(until("Ref n-", running.stdout))
            assert "Tom Okafor" in shown
            assert re.search(r"Tom Okafor, week \d+: 1 line booked \(1,975\.50 USD\)\.", shown)
            assert "\x1b" not in shown
            second = on_free_ports(cwd=tmp_path)
            assert second.returncode == 2
            assert "the demo in desk seems to be open still" in second.stderr
            assert (tmp_path / "desk/desk.sqlite").exists()
            running.send_signal(signal.SIGINT)
            assert "The desk is closed." in running.stdout.read()
        finally:
            running.kill()
    assert "were kept" in played


def until(words: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines up to the one with these words; fails where the program ends before."""
    for line in lines:
        yield line
        if words in line:
            return
    pytest.fail(f"it ended without saying {words!r}")
