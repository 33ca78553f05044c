"""`./start test`: the checks that need no run (style, types, import order), then every test this machine can run.

What was left out is said at the end, with the reason. Arguments go to pytest; with arguments, only pytest runs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

CHECKS = (
    ("style", ["ruff", "check", "--quiet", "."]),
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("types", ["mypy"]),
    ("import order", ["lint-imports", "--no-logo"]),
)


def main(arguments: list[str]) -> int:
    failed = [] if arguments else [name for name, command in CHECKS if not passes(name, command)]
    tests = run([sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments])
    if failed:
        print(f"\nNot clean: {', '.join(failed)} (said above).")
    return tests or int(bool(failed))


def passes(name: str, command: list[str]) -> bool:
    print(f"{name}: {' '.join(command)}", flush=True)
    tool = Path(sys.executable).parent / command[0]
    return run([str(tool), *command[1:]]) == 0


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
