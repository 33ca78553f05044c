"""Everything that is wrong in rule files is said at once, each with its file, its line and the correction."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.deciding.rulebook import RuleBook
from mailbot.errors import Faults
from tests.deciding.parcels import VOCABULARIES

CATCH_ALL = '[[rule]]\nname = "all"\ndo.jot = { text = "x" }\nthen = "stop"\n'


def faults_in(folder: Path, parcels: str) -> list[str]:
    """What is said about a file of rules, with its name left out: "3: rule 'a': …"."""
    (folder / "parcels.toml").write_text(parcels, encoding="utf-8")
    (folder / "desk.toml").write_text('[[rule]]\nname = "all"\ndo.shelve.why = "x"\nthen = "stop"\n', encoding="utf-8")
    with pytest.raises(Faults) as raised:
        RuleBook.load(folder, VOCABULARIES)
    start = f"{folder}/parcels.toml:"
    assert all(str(fault).startswith(start) for fault in raised.value.faults)
    return [str(fault).removeprefix(start) for fault in raised.value.faults]


def fault_of(folder: Path, condition: str) -> str:
    """What is said about one condition, which stands on line 3 of rule 'a'."""
    [fault] = faults_in(folder, _rule(condition))
    start = "3: rule 'a': "
    assert fault.startswith(start)
    return fault.removeprefix(start)


def test_the_fault_in_the_manual_reads_as_it_is_promised_there(tmp_path: Path) -> None:
    rules = "\n".join(("[lists]", "", "", "", "", "", _rule('when.subjct.contains = "x"')))

    assert faults_in(tmp_path, rules) == ["9: rule 'a': unknown field 'subjct' - did you mean 'subject'?"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("when.wieght.at_least = 2", "unknown field 'wieght' - did you mean 'weight'?"),
        ('unless.subject.contians = "x"', "subject.contians: unknown check 'contians' - did you mean 'contains'?"),
        ('any = [{ tags.contain = "x" }]', "tags.contain: unknown check 'contain' - did you mean 'contains'?"),
        (
            "when.trust.contains = 3",
            (
                "trust.contains: the check 'contains' does not fit the field 'trust', which is a whole number"
                " - what fits: is, one_of, at_least, at_most, exists"
            ),
        ),
        (
            'when.tags.is = "x"',
            (
                "tags.is: the check 'is' does not fit the field 'tags', which is several texts"
                " - what fits: contains, words, like, regex, in_list, exists"
            ),
        ),
        (
            "when.forged.at_least = 1",
            (
                "forged.at_least: the check 'at_least' does not fit the field 'forged', which is true or false"
                " - what fits: is, exists"
            ),
        ),
        ('when.trust.is = "3"', "trust.is: wants a whole number, not '3'"),
        ("when.trust.is = true", "trust.is: wants a whole number, not true"),
        ("when.trust.at_least = 2.5", "trust.at_least: wants a whole number, not 2.5"),
        ("when.weight.at_most = nan", "weight.at_most: wants a number, not NaN"),
        ("when.forged.is = 1", "forged.is: wants true or false, not 1"),
        ("when.subject.is = 1", "subject.is: wants a text, not 1"),
        ("when.subject.is = 2025-11-07", "subject.is: wants a text, not 2025-11-07"),
        ('when.subject.exists = "yes"', "subject.exists: wants true or false, not 'yes'"),
        ('when.subject.one_of = "x"', "subject.one_of: wants a list with at least one value, not 'x'"),
        ("when.subject.one_of = []", "subject.one_of: wants a list with at least one value, not a list"),
        ('when.count.one_of = [1, "2"]', "count.one_of: wants a whole number, not '2'"),
        (
            'when.subject.contains = ""',
            "subject.contains: wants a text or a list of texts, none of them empty, not ''",
        ),
        (
            'when.subject.contains = ["a", 1]',
            "subject.contains: wants a text or a list of texts, none of them empty, not a list",
        ),
        ('when.words.words = "?!"', "words.words: '?!' has no word in it: use contains for signs"),
        (
            'when.subject.like = { text = "x", atleast = 80 }',
            "subject.like: unknown parameter of like 'atleast' - did you mean 'at_least'?",
        ),
        (
            'when.subject.like = { text = "x", at_least = 101 }',
            "subject.like: like wants at_least from 1 to 100, not 101",
        ),
        (
            "when.subject.like = { at_least = 90 }",
            "subject.like: wants a text or a list of texts, none of them empty, not nothing",
        ),
        ('when.subject.regex = "(a"', "subject.regex: the pattern '(a' is not taken: missing ): (a"),
        (
            "when.subject.regex = '(?<=a)b'",
            "subject.regex: the pattern '(?<=a)b' is not taken: invalid perl operator: (?<=",
        ),
        (
            "when.subject.regex = 'stra[ß]e'",
            "subject.regex: 'ß' is never found: text is casefolded before it is searched - write 'ss'",
        ),
        ("when.subject.regex = 1", "subject.regex: wants a pattern, not 1"),
        ('when.sender.in_list = "carrier"', "sender.in_list: unknown list 'carrier' - there is none here"),
        ('when.kind.is = "parcle"', "kind.is: unknown kind 'parcle' - did you mean 'parcel'?"),
        ('when.kind.one_of = ["parcel", "quxx"]', "kind.one_of: unknown kind 'quxx' - known are: parcel, letter"),
        ('when.automatic.is = "bouncing"', "automatic.is: unknown automatic 'bouncing' - did you mean 'bounce'?"),
        ('when.mood.is = "unsur"', "mood.is: unknown mood 'unsur' - did you mean 'unsure'?"),
        (
            "when.subject = 'x'",
            "the field 'subject' is asked nothing: write subject.CHECK = value, for example subject.exists = true",
        ),
        ("when = {}", "when is empty: leave it out"),
        ('when = "x"', "when is a table"),
        ("any = []", "any is empty: no entry of it can ever hold"),
        ("any = [{}]", "this entry of any is empty: leave it out"),
        ("any = { subject.exists = true }", "any is an array of tables: [[rule.any]]"),
        ("wen.subject.exists = true\nwhen.subject.exists = true", "unknown key 'wen' - did you mean 'when'?"),
        ("why = 3\nwhen.subject.exists = true", "why is a text for the reader"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_a_fault(tmp_path: Path, condition: str, said: str) -> None:
    assert fault_of(tmp_path, condition) == said


def _rule(condition: str) -> str:
    return f'[[rule]]\nname = "a"\n{condition}\ndo.jot = {{ text = "x" }}\nthen = "stop"\n{CATCH_ALL}'


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ('do.jott = { text = "x" }', "unknown verb 'jott' - did you mean 'jot'?"),
        ('do.jot = { txt = "x" }', "unknown parameter of 'jot' 'txt' - did you mean 'text'?"),
        ("do.jot = {}", "parameter 'text' of 'jot': Field required"),
        ("do.jot = { text = 1 }", "parameter 'text' of 'jot': Input should be a valid string"),
        ('do.jot = { text = "x", times = "2" }', "parameter 'times' of 'jot': Input should be a valid integer"),
        ('do.jot = { text = "x", mood = "good" }', "parameter 'mood' of 'jot': Input should be 'sure' or 'unsure'"),
        ('do.jot = "x"', "the parameters of 'jot' stand in a table: do.jot = {…}"),
        ("do = {}", "do is empty: write do.VERB = {…}"),
        ('do = "jot"', "do is a table"),
    ],
)
def test_a_verb_that_cannot_be_done_is_a_fault(tmp_path: Path, verb: str, said: str) -> None:
    faults = faults_in(tmp_path, f'[[rule]]\nname = "a"\n{verb}\nthen = "stop"\n')

    assert faults[0] == f"3: rule 'a': {said}"


def test_a_parameter_in_a_table_of_its_own_is_found_on_its_own_line(tmp_path: Path) -> None:
    text = '[[rule]]\nname = "a"\nthen = "stop"\n\n[rule.do.jot]\ntext = "x"\n# a comment\ntimes = "many"\n'

    assert faults_in(tmp_path, text) == ["8: rule 'a': parameter 'times' of 'jot': Input should be a valid integer"]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (
            "applies = true",
            "7: rule 'a': a test needs given = {field = value, …}; given = {} is a mail of which nothing is known",
        ),
        ("given = {}", "6: rule 'a': a test needs applies = true or applies = false"),
        ('given = {}\napplies = "yes"', "8: rule 'a': a test needs applies = true or applies = false"),
        ("given = { subjcet = 'x' }\napplies = true", "7: rule 'a': unknown field 'subjcet' - did you mean 'subject'?"),
        ("given = { trust = 'x' }\napplies = true", "7: rule 'a': given trust: wants a whole number, not 'x'"),
        ("given = { tags = 'x' }\napplies = true", "7: rule 'a': given tags: wants a list of texts"),
        (
            "given = { kind = 'prcel' }\napplies = true",
            "7: rule 'a': given kind: unknown kind 'prcel' - did you mean 'parcel'?",
        ),
        ("given = {}\naplies = true", "8: rule 'a': unknown key of a test 'aplies' - did you mean 'applies'?"),
    ],
)
def test_a_test_that_tests_nothing_is_a_fault(tmp_path: Path, test: str, said: str) -> None:
    text = f'[[rule]]\nname = "a"\ndo.jot = {{ text = "x" }}\nthen = "stop"\n\n[[rule.test]]\n{test}\n'

    assert said.replace("7: rule 'a': a test needs given", "6: rule 'a': a test needs given") in faults_in(
        tmp_path, text
    )


def test_a_rule_needs_a_name_verbs_and_what_comes_then(tmp_path: Path) -> None:
    without = "[[rule]]\nwhen.subject.exists = true\n\n"
    text = f'{without}[[rule]]\nname = "Not Kebab"\ndo.jot = {{ text = "x" }}\nthen = "go"\n{CATCH_ALL}'

    assert faults_in(tmp_path, text) == [
        '1: rule \'number 1\': needs then = "stop" or then = "continue"',
        (
            "1: rule 'number 1': does nothing: write do.VERB = {…}; verbs are: jot, answer, break, hold, leave, "
            "quarantine, say_settled"
        ),
        "1: rule 'number 1': has no name: write name = \"what-it-does\"",
        "5: rule 'Not Kebab': the name 'Not Kebab' is not in small letters, digits and hyphens (\"book-numbers\")",
        '7: rule \'Not Kebab\': needs then = "stop" or then = "continue"',
    ]


def test_two_rules_of_one_name_are_a_fault(tmp_path: Path) -> None:
    text = CATCH_ALL.replace('"stop"', '"continue"') + CATCH_ALL

    assert faults_in(tmp_path, text) == ["6: rule 'all': another rule above has the same name"]


@pytest.mark.parametrize(
    "last",
    [
        'name = "b"\nwhen.subject.exists = true\ndo.jot = { text = "x" }\nthen = "stop"',
        'name = "b"\ndo.jot = { text = "x" }\nthen = "continue"',
    ],
)
def test_a_rule_set_that_can_leave_a_mail_undecided_is_a_fault(tmp_path: Path, last: str) -> None:
    assert faults_in(tmp_path, f"[[rule]]\n{last}\n") == [
        (
            "1: rule 'b': the last rule must apply to everything, for example"
            ' name = "everything-else", do.VERB = {…}, then = "stop"'
        )
    ]


def test_a_file_without_rules_is_a_fault(tmp_path: Path) -> None:
    [fault] = faults_in(tmp_path, "# nothing yet\n")

    assert fault.startswith("1: has no rule: the last rule must apply to everything, for example")


def test_a_rule_that_is_never_reached_is_a_fault(tmp_path: Path) -> None:
    text = f'{CATCH_ALL}[[rule]]\nname = "b"\ndo.jot = {{ text = "x" }}\nthen = "stop"\n'

    assert faults_in(tmp_path, text) == [
        "5: rule 'b': is never reached: rule 'all' above applies to everything and stops"
    ]


def test_lists_hold_texts_and_tables_have_known_names(tmp_path: Path) -> None:
    text = f'[lists]\ncarriers = ["Post", 1]\n\n[rules]\n\n{CATCH_ALL}'

    assert faults_in(tmp_path, text) == [
        '2: the list \'carriers\' wants texts: carriers = ["…", "…"]',
        "4: unknown table 'rules' - did you mean 'rule'?",
    ]


def test_a_list_that_is_written_wrong_is_named_with_the_right_one(tmp_path: Path) -> None:
    rule = _rule('when.sender.in_list = "carrier"')
    text = f'[lists]\ncarriers = ["Post"]\n{rule}'

    assert faults_in(tmp_path, text) == [
        "5: rule 'a': sender.in_list: unknown list 'carrier' - did you mean 'carriers'?"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\nb = \n", "2: is not valid TOML: Invalid value, at column 5"),
        ("a = 1\n[b]\n[b]\n", "3: is not valid TOML: Cannot declare ('b',) twice, at column 3"),
        ("a = 1\n\nb = 'x", '3: is not valid TOML: Expected "\'", at the end of the file'),
    ],
)
def test_a_file_that_is_not_toml_is_a_fault_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert faults_in(tmp_path, text) == [said]


def test_a_file_in_another_charset_is_a_fault_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_bytes(b'[[rule]]\nname = "all"\nwhy = "f\xfcr alle"\n')
    (tmp_path / "parcels.toml").write_text(CATCH_ALL, encoding="utf-8")

    with pytest.raises(Faults) as raised:
        RuleBook.load(tmp_path, VOCABULARIES)

    assert str(raised.value) == f"{tmp_path}/desk.toml:3: is not UTF-8 here: save the file as UTF-8"


def test_missing_and_unknown_files_are_faults_and_all_files_are_judged_at_once(tmp_path: Path) -> None:
    (tmp_path / "parcel.toml").write_text(CATCH_ALL, encoding="utf-8")
    (tmp_path / "desk.toml").write_text("x = \n", encoding="utf-8")

    with pytest.raises(Faults) as raised:
        RuleBook.load(tmp_path, VOCABULARIES)

    assert [str(fault).removeprefix(f"{tmp_path}/") for fault in raised.value.faults] == [
        "desk.toml:1: is not valid TOML: Invalid value, at column 5",
        "parcel.toml: unknown duty 'parcel' - did you mean 'parcels'?",
        "parcels.toml: is missing: the duty 'parcels' needs its rules; copy those that come with mailbot",
    ]


def test_a_folder_of_rules_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        RuleBook.load(tmp_path / "rulez", VOCABULARIES)

    assert [str(fault) for fault in raised.value.faults] == [
        f"{tmp_path}/rulez: there is no such folder: the rules of all duties lie in it"
    ]
