"""Words as they are compared, and books of phrases."""

from __future__ import annotations

from mailbot.duties.bounces.reports.plain_words import PhraseBook, plain

BOOK = PhraseBook({"gone": "user unknown, does not exist, größe, 不存在", "late": "will be retried, later"})


def test_punctuation_case_and_broken_lines_do_not_part_a_phrase() -> None:
    assert plain("User\n  UNKNOWN!") == " user unknown "
    assert plain("couldn't -- be") == " couldnt be "
    assert BOOK.meanings_in(plain("550 <USER   un-\nknown>, user... unknown")) == ("gone",)


def test_a_phrase_is_whole_words_and_one_without_blanks_stands_anywhere() -> None:
    assert BOOK.meanings_in(plain("superuser unknown")) == ()
    assert BOOK.meanings_in(plain("user unknowns")) == ()
    assert BOOK.meanings_in(plain("收件人不存在。")) == ("gone",)
    assert BOOK.meanings_in(plain("die GRÖSSE")) == ("gone",)


def test_meanings_come_in_the_order_of_the_book_and_once() -> None:
    assert BOOK.meanings_in(plain("later, later; it does not exist")) == ("gone", "late")
    assert BOOK.meanings_in(plain("")) == ()
