"""Plays the demo and draws some of its scenes: docs/demo.svg, the picture in README.md.

.venv/bin/python docs/make_picture.py
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.theme import Theme

from mailbot.cli.demo import company
from mailbot.cli.demo.command import _opened as opened
from mailbot.cli.demo.script import read_script
from mailbot.cli.demo.stage import Stage
from mailbot.cli.demo.view import View
from mailbot.config import SHIPPED

SHOWN = ("numbers", "correction")
COLUMNS = 96
PICTURE = Path(__file__).with_name("demo.svg")

# Readable on the white and on the dark page of a code host: a window of its own, never pure black.
BACK, TEXT = (27, 31, 39), (214, 220, 230)
RED, GREEN, YELLOW, BLUE = (240, 113, 120), (140, 205, 130), (240, 200, 110), (110, 170, 250)
MAGENTA, CYAN, GREY = (200, 150, 245), (100, 205, 215), (122, 132, 150)
COLOURS = [RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN]
NIGHT = TerminalTheme(BACK, TEXT, [BACK, *COLOURS, TEXT], [GREY, *COLOURS, TEXT])


def main() -> None:
    """Draws the picture anew."""
    pale = Theme({"dim": "#a3adbd"})  # dim itself is too dark in a picture that is shown small
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), theme=pale, highlight=False, emoji=False, markup=False
    )
    play(View(company.ZONE, console))
    # Pictures on a page may load nothing: the font is that of the reader.
    form = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code, ", "")
    drawn = console.export_svg(title="./start demo", theme=NIGHT, code_format=form, unique_id="demo")
    PICTURE.write_text("".join(f"{line.rstrip()}\n" for line in drawn.splitlines()), encoding="utf-8")


def play(view: View) -> None:
    """Plays every scene, and shows some."""
    script = read_script(SHIPPED / "demo")
    with tempfile.TemporaryDirectory() as folder, opened(script, Path(folder) / "desk", 0, 0) as demo:
        stage = Stage(script, demo.box, demo.web, demo.service, demo.clock)
        for scene in script.scene:
            told = stage.play(scene)
            if scene.name in SHOWN:
                view.scene(scene.title, scene.at)
                for each in told:
                    view.told(each)


if __name__ == "__main__":
    main()
