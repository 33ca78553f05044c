"""The results of an Authentication-Results field: those that its grammar gives (RFC 8601), however they are read."""

from __future__ import annotations

import authres
from hypothesis import given
from hypothesis import strategies as st

from mailbot.sorting.authentication import results_in

GAPS = st.sampled_from((" ", " ", " ", " ", "", " (a comment)", " (google.com: domain of a@b.example: 192.0.2.1) "))
RESULTS = st.tuples(
    st.sampled_from(("spf", "dkim", "dmarc", "DMARC", "arc", "iprev", "none", "x-own")),
    st.sampled_from(("=pass", "=fail", "=None", "=bestguesspass", "/1=pass", " = pass", "")),
)
PROPERTIES = st.tuples(
    GAPS,
    st.sampled_from(("smtp.mailfrom", "header.from", "header.d", "Header.I", "policy.x", "reason", "x.y")),
    st.sampled_from(
        ("=a.example", "=u@a.example", "=A.Example.", "=192.0.2.1", "=", '="q;r"', "=@a.example", "=2001:db8::1")
    ),
)
FIELDS = st.lists(st.tuples(GAPS, RESULTS, st.lists(PROPERTIES, max_size=3), GAPS), min_size=1, max_size=4)
ENDS = st.sampled_from(("", "", "", " (open", " (a (nested) one)", "; ", ' "', " ;none", " \\"))


def by_the_library(field: str) -> list[tuple[str, str, list[tuple[str, str]]]] | None:
    try:
        parsed = authres.AuthenticationResultsHeader.parse_value(field.strip().rstrip("; "))
    except authres.AuthResError:
        return None
    if any(isinstance(each, authres.NoneAuthenticationResult) for each in parsed.results):
        return None  # "none" says that nothing was tried, and cannot stand beside a result
    return [
        (
            each.method.lower(),
            each.result.lower(),
            [(f"{p.type}.{p.name}".lower(), (p.value or "").lower().rstrip(".")) for p in each.properties],
        )
        for each in parsed.results
    ]


@given(FIELDS, ENDS)
def test_a_plain_field_says_what_the_whole_grammar_reads_in_it(parts: list[tuple], end: str) -> None:  # type: ignore[type-arg]
    written = "".join(
        f";{gap}{''.join(result)}{''.join(''.join(each) for each in properties)}{behind}"
        for gap, result, properties, behind in parts
    )
    field = f"mx.harbourpine.example{written}{end}"
    found = results_in(field)
    seen = None if found is None else [(each.method, each.result, list(each.properties)) for each in found]
    assert seen == by_the_library(field)


def test_what_stands_before_an_open_comment_proves_nothing() -> None:
    written = "mx.harbourpine.example; dmarc=pass header.from=client.example"
    (closed,) = results_in(f"{written} (closed)") or ()
    assert closed.value("header.from") == "client.example"
    assert not any(each.value("header.from") for each in results_in(f"{written} (open") or ())


def test_a_result_beside_none_cannot_be_read() -> None:
    assert results_in("mx.harbourpine.example; spf=pass; none") is None
    assert results_in("mx.harbourpine.example; none") == ()
