from decimal import Decimal

import pytest

from mailbot.letters.slots import slot, taken_out
from mailbot.letters.tables import table_of
from mailbot.letters.wording import Wording

EN = Wording("en")
ROWS = (
    {"client": "Acme Corp", "amount": Decimal(12000), "currency": "USD", "words": "acme corp 12k"},
    {"client": "日本工業", "amount": Decimal("-200.5"), "currency": "USD", "words": None},
)


def test_amounts_stand_to_the_right_and_wide_letters_count_double() -> None:
    table = table_of(EN, ROWS, ["client", "amount:money", "words:quoted"])
    assert table.as_text().split("\n") == [
        ' 1  Acme Corp   12,000.00 USD   "acme corp 12k"',
        " 2  日本工業      -200.50 USD",
    ]


def test_headings_and_a_total_stand_over_and_under_the_rows() -> None:
    table = table_of(
        EN,
        ({"rep": "Dana Reyes", "actual": Decimal("15700.5"), "share": 105},),
        ["rep", "actual:amount", "share:percent"],
        heads=["", "actual", "of plan"],
        total={"rep": "team", "actual": Decimal("46854.02")},
        numbered=False,
    )
    assert table.as_text().split("\n") == [
        "                 actual   of plan",
        " Dana Reyes   15,700.50      105%",
        " team         46,854.02",
    ]


def test_a_long_cell_is_cut_in_the_text() -> None:
    (line,) = table_of(EN, ({"words": "x" * 200},), ["words:quoted"]).as_text().split("\n")
    assert line == ' 1  "' + "x" * 41 + '…"'


def test_markdown_cells_stand_in_slots_and_amounts_to_the_right() -> None:
    table = table_of(EN, ({"client": "a|b*c", "n": 1},), ["client", "n:number"], total={"client": "[sum]", "n": 1})
    words, values = taken_out(table.as_markdown())
    assert words.strip().split("\n") == [
        "|  |  |  |",
        "| --: | --- | --: |",
        f"| 1 | {slot('1')} | 1 |",
        f"|  | **{slot('2')}** | **1** |",
    ]
    assert values == {"1": "a|b*c", "2": "[sum]"}


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        (["client:bold"], ValueError, "unknown column style 'bold'"),
        (["cleint"], LookupError, "row 1 of the table has no 'cleint'"),
        (["words:money"], TypeError, "a column 'money' cannot show a str"),
    ],
)
def test_a_wrong_column_is_named(columns: list[str], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        table_of(EN, ROWS[:1], columns)


def test_headings_must_stand_over_every_column() -> None:
    with pytest.raises(ValueError, match="1 headings stand over 2 columns"):
        table_of(EN, ROWS, ["client", "amount:money"], heads=["Client"])
