"""Runs a reader on bytes that libFuzzer makes (through atheris, which is not among what is locked)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
MAILS = HERE.parent / "tests" / "message" / "mails"  # the mails of the situations: whole, ordinary, ours
_FOUND = HERE / "found"
_SLOWEST_SECONDS = 10


@contextmanager
def instrumented() -> Iterator[None]:
    """What is imported inside tells the fuzzer which of its branches were taken."""
    if find_spec("atheris") is None:
        sys.exit(f"atheris is missing: {sys.executable} -m pip install atheris (CPython 3.11 to 3.13 on Linux)")
    import atheris  # noqa: PLC0415  (installed by choice)

    with atheris.instrument_imports(include=["mailbot"]):
        yield


def fuzz(name: str, target: Callable[[bytes], None], *seeds: Path) -> None:
    """Calls `target` with bytes grown from the files of the `seeds`, until an argument of libFuzzer ends it.

    Whatever it raises is a finding. Inputs that take new branches are kept in fuzz/found/`name`, where the next run
    goes on.
    """
    import atheris  # noqa: PLC0415

    grown = _FOUND / name
    grown.mkdir(parents=True, exist_ok=True)
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folders = [] if given else [grown, *seeds]
    options = [f"-timeout={_SLOWEST_SECONDS}", f"-artifact_prefix={_FOUND}/"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:], *map(str, folders)], target)
    atheris.Fuzz()
