"""Whose word on the sender counts, and what it says: each sentence of [trust] with what it lets in and keeps out.

The results of a field are those that its grammar gives (RFC 8601), however they are read.
"""

from __future__ import annotations

import authres
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.sorting.authentication import Standing, authentication, results_in
from tests.sorting.world import DESK, mail

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


# --- whose field counts ----------------------------------------------------------------------------------------------

HOUSE = "harbourpine.example"
FIELD = "Authentication-Results: "
TRUE = f"dmarc=pass header.from={HOUSE}"
FALSE = f"dmarc=fail header.from={HOUSE}"
OURS, THEIRS = "mx.harbourpine.example", "mx.attacker.example"
RECEIVED_BY_US = (
    "Received: from mail.client.example ([192.0.2.10]) by mx.harbourpine.example with ESMTPS; Tue, 4 Nov 2025"
)
RECEIVED_BY_THEM = "Received: from x by mx.attacker.example with ESMTP; Tue, 4 Nov 2025"
RECEIVED_INSIDE = "Received: from mx.harbourpine.example by store.harbourpine.example with LMTP; Tue, 4 Nov 2025"


def standing(*fields: str, domain: str = HOUSE) -> Standing:
    """What our server says, by these fields, of a mail from `domain`."""
    return authentication(mail(*fields, sender=f"Dana <dana@{domain}>"), domain, DESK).standing


@pytest.mark.parametrize(
    "fields",
    [
        (f"{FIELD}{OURS}; {TRUE}",),
        (f"{FIELD}{OURS}; {TRUE}", f"{FIELD}{OURS}; {FALSE}"),  # what stands below was there before
        (f"{FIELD}{OURS}; {TRUE}", f"{FIELD}{THEIRS}; {FALSE}"),
        (f"{FIELD}{OURS}; {TRUE}", RECEIVED_BY_US),
        (RECEIVED_BY_US, f"{FIELD}{OURS}; {TRUE}"),  # some servers write Received last, and it stands above
        (RECEIVED_INSIDE, RECEIVED_BY_US, f"{FIELD}{OURS}; {TRUE}", RECEIVED_BY_THEM),
    ],
)
def test_the_topmost_field_of_our_server_counts_where_only_our_own_servers_stand_above_it(
    fields: tuple[str, ...],
) -> None:
    assert standing(*fields) is Standing.PASSED


@pytest.mark.parametrize(
    "fields",
    [
        (f"{FIELD}{OURS}; {FALSE}", f"{FIELD}{OURS}; {TRUE}"),
        (f"{FIELD}{OURS}; none", f"{FIELD}{OURS}; {TRUE}"),
        (f"{FIELD}{THEIRS}; {FALSE}", f"{FIELD}{OURS}; {TRUE}"),
        (RECEIVED_BY_US, RECEIVED_BY_THEM, f"{FIELD}{OURS}; {TRUE}"),
        (RECEIVED_BY_THEM, RECEIVED_BY_US, f"{FIELD}{OURS}; {TRUE}"),
        ("Received: from x", f"{FIELD}{OURS}; {TRUE}"),
    ],
)
def test_one_that_was_there_before_ours_or_came_through_a_strangers_server_fails(fields: tuple[str, ...]) -> None:
    assert standing(*fields) is Standing.FAILED


@pytest.mark.parametrize(
    "name",
    [OURS, f"{OURS} 1", f"{OURS}  1 ", OURS.upper(), f"(of ours) {OURS} (version) 1 (one)", f"(a (nested) one) {OURS}"],
)
def test_our_name_is_read_with_its_version_its_comments_and_in_any_case(name: str) -> None:
    assert standing(f"{FIELD}{name}; {TRUE}") is Standing.PASSED


@pytest.mark.parametrize(
    "name",
    [
        f"{OURS}.attacker.example",
        f"{OURS}x",
        f"x{OURS}",
        f"x.{OURS}",
        f"{OURS}/1",
        f"{OURS}:25",
        "mx.harbourpine",
        "harbourpine.example",
        f"({OURS}) {THEIRS}",
        f"{THEIRS} {OURS}",
        f"{THEIRS}; x={OURS}",
        "mx.harbourp\u0456ne.example",
        "mx.\u212aarbourpine.example",
        "",
    ],
)
def test_a_name_that_only_begins_ends_or_looks_like_ours_is_anothers(name: str) -> None:
    assert standing(f"{FIELD}{name}; {TRUE}") is Standing.SILENT


@pytest.mark.parametrize(
    "fields",
    [
        (f"ARC-Authentication-Results: i=1; {OURS}; {TRUE}", "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=x.example; b=AA"),
        (f"ARC-Authentication-Results: i=1; {OURS}; {TRUE}; arc=pass",),
        (f"DKIM-Signature: v=1; a=rsa-sha256; d={HOUSE}; s=x; h=from; bh=AA; b=AA", RECEIVED_BY_US),
        (f"X-Authentication-Results: {OURS}; {TRUE}",),
        (f"Original-Authentication-Results: {OURS}; {TRUE}",),
        (f"Received-SPF: pass (mx.harbourpine.example) envelope-from=dana@{HOUSE}",),
        (),
    ],
)
def test_arc_signatures_and_other_fields_say_nothing_by_themselves(fields: tuple[str, ...]) -> None:
    assert standing(*fields) is Standing.SILENT


# --- what it has to say ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "results",
    [
        TRUE,
        f"dkim=pass header.d={HOUSE}; dmarc=none header.from={HOUSE}",
        f"dmarc=none; dkim=pass header.i=@{HOUSE}",
        f"dkim=pass header.d=mail.{HOUSE}",  # relaxed: a subdomain speaks for its domain
        f"spf=pass smtp.mailfrom=bounces.{HOUSE}",
        f"spf=fail smtp.mailfrom=list.example; {TRUE}",
        f"dkim=fail header.d=list.example; dkim=pass header.d={HOUSE}; dmarc=none",
    ],
)
def test_dmarc_or_without_it_an_aligned_signature_or_envelope_proves_the_domain(results: str) -> None:
    assert standing(f"{FIELD}{OURS}; {results}") is Standing.PASSED


@pytest.mark.parametrize(
    "results",
    [
        FALSE,
        "dmarc=pass header.from=attacker.example",
        f"dmarc=pass header.from=sub.{HOUSE}",  # another From than the one that is shown
        f"dmarc=fail (p=none) header.from={HOUSE}; dkim=pass header.d=mail.{HOUSE}",  # strict, says its owner
        f"dmarc=none header.from={HOUSE}; dkim=pass header.d=attacker.example",
        f"dmarc=none header.from={HOUSE}; spf=pass smtp.mailfrom=attacker.example",
        f"dmarc=none header.from={HOUSE}",
        f"dkim=pass header.d=evil{HOUSE}",
        f"dkim=pass header.d={HOUSE}.attacker.example",
        "dkim=pass header.d=example",
        f"dkim=neutral header.d={HOUSE}",
        f"spf=pass smtp.helo={HOUSE}",
        f"arc=pass header.d={HOUSE}",
        f"iprev=pass smtp.remote-ip=192.0.2.1; auth=pass smtp.auth=dana@{HOUSE}",
        "none",
    ],
)
def test_what_is_not_aligned_or_not_passed_proves_nothing(results: str) -> None:
    assert standing(f"{FIELD}{OURS}; {results}") is Standing.FAILED


def test_what_speaks_for_one_domain_speaks_for_no_sister_of_it() -> None:
    field = f"{FIELD}{OURS}; dkim=pass header.d=a.client.example"
    assert standing(field, domain="a.client.example") is Standing.PASSED
    assert standing(field, domain="client.example") is Standing.PASSED
    assert standing(field, domain="b.client.example") is Standing.FAILED
