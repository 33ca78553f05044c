"""Three other readers beside ours: what counts as agreeing, and what is nobody's measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.agreement.count import Tally, count
from benchmarks.agreement.oracles import StandardLibrary
from benchmarks.agreement.views import FIELDS, View, ours
from tests.message.samples import FOLDER

SEEN = View("dana@harbourpine.example", "numbers", "acme 12k", "", ("KW44.xlsx",))


def tallies_of(views: list[View], own: View) -> dict[str, Tally]:
    tallies = {name: Tally() for name in FIELDS}
    count("a.eml", views, own, tallies)
    return tallies


def test_the_standard_library_and_we_see_the_same_in_the_mails_of_the_situations() -> None:
    oracle = StandardLibrary()
    mails = sorted(FOLDER.glob("*.eml"))

    differing = [
        path.name for path in mails if (seen := oracle.view(path)) is None or _fields(seen, ours(path.read_bytes()))
    ]

    assert len(mails) > 20
    assert differing == []


def _fields(seen: View, own: View) -> list[str]:
    return [name for name in ("sender", "subject", "html", "names") if getattr(seen, name) != getattr(own, name)]


def test_what_three_readers_see_is_counted_with_and_without_us() -> None:
    same = tallies_of([SEEN] * 3, SEEN)["subject"]
    other = tallies_of([SEEN] * 3, replace(SEEN, subject="number"))["subject"]

    assert (same.three, same.with_three, same.two, same.with_two, same.differences) == (1, 1, 1, 1, [])
    assert (other.three, other.with_three, other.two, other.with_two) == (1, 0, 1, 0)
    (difference,) = other.differences
    assert (difference.mail, difference.said_by, difference.theirs, difference.ours) == (
        "a.eml",
        3,
        "numbers",
        "number",
    )


def test_where_two_agree_the_third_is_outvoted_and_where_none_do_nothing_is_counted() -> None:
    outvoted = tallies_of([SEEN, replace(SEEN, sender=""), SEEN], SEEN)["sender"]
    divided = tallies_of([SEEN, replace(SEEN, sender="")], SEEN)["sender"]

    assert (outvoted.three, outvoted.two, outvoted.with_two) == (0, 1, 1)
    assert (divided.three, divided.two) == (0, 0)


def test_a_mail_without_plain_text_says_nothing_about_ours() -> None:
    html = replace(SEEN, text="", html="<p>acme 12k</p>")

    tallies = tallies_of([html] * 3, replace(html, text="acme 12k"))

    assert tallies["text"].three == 0
    assert tallies["html"].with_three == 1


def test_a_mail_that_cannot_be_read_has_no_view(tmp_path: Path) -> None:
    assert StandardLibrary().view(tmp_path / "missing.eml") is None
