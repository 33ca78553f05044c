"""Whether words of a client say that something is wrong, or ask something, in English and German. Pure.

A phrase stands for itself as whole words; `_` in it stands for any white space, `'` for either apostrophe. The lists
are compiled to plain alternations without repeats, so searching them is linear in the text.
"""

from __future__ import annotations

import re

_PROBLEM = """
    broken | wrong | wrongly | incorrect | incorrectly | missing | damaged | faulty | defective | error | errors
    mistake | mistakes | typo | typos | misspelt | misspelled | misprint | misprinted | complaint | complain | trouble
    problem | problems | bug | dead_link | page_not_found | nobody_answers | no_one_answers
    not_working | doesn't_work | does_not_work | don't_work | do_not_work | didn't_work | did_not_work | isn't_working
    aren't_working | stopped_working | not_loading | won't_load | won't_open | can't_open | cannot_open
    can't_see | cannot_see | can't_log_in | cannot_log_in | not_received | never_received | haven't_received
    have_not_received | hasn't_arrived | has_not_arrived | never_arrived | didn't_arrive | did_not_arrive
    site_is_down | website_is_down | page_is_down | link_is_down | banner_is_down
    please_fix | please_correct | needs_fixing | needs_to_be_fixed
    kaputt | defekt | defekte | defekter | defektes | falsch | falsche | falschen | falscher | falsches | fehlt
    fehlen | fehlte | fehlende | fehlenden | Fehler | fehlerhaft | fehlerhafte | Tippfehler | Druckfehler
    Reklamation | reklamieren | reklamiere | Beschwerde | beschweren | beschwere | Mangel | Mängel | mangelhaft
    Problem | Probleme | Problemen | beschädigt | beschädigte | funktioniert_nicht | funktionieren_nicht
    funktioniert_leider_nicht | geht_nicht | gehen_nicht | klappt_nicht | stimmt_nicht | stimmen_nicht
    stimmt_leider_nicht | lädt_nicht | nicht_angekommen | nicht_erhalten | nicht_bekommen | nicht_erreichbar
    nicht_gefunden | bitte_korrigieren | bitte_beheben | bitte_berichtigen | niemand_antwortet
"""

_REQUEST = """
    could_you | can_you | would_you | please_send | please_tell | please_change | please_replace | please_update
    please_let_me_know | please_let_us_know | please_call | I'd_like_to_know | I_would_like_to_know | I_wonder
    we_would_like_to_know | do_you_know | any_news_on
    können_Sie | könnten_Sie | würden_Sie | bitte_senden | bitte_schicken | senden_Sie_mir | senden_Sie_uns
    schicken_Sie_mir | schicken_Sie_uns | bitte_ändern | bitte_tauschen | bitte_ersetzen | bitte_aktualisieren
    bitte_teilen_Sie | teilen_Sie_mir | teilen_Sie_uns | ich_wüsste_gern | ich_wüsste_gerne | wir_wüssten_gern
    ich_möchte_wissen | wir_möchten_wissen | bitte_um_Rückruf | bitte_rufen_Sie | kannst_du | könntest_du
"""

_TAKES_BACK = """
    no | not | never | nothing | without | any | isn't | aren't | wasn't | weren't | don't | doesn't | didn't | won't
    kein | keine | keinen | keiner | keinem | keinerlei | nicht | nichts | nie | ohne | falls | sollte | sollten
"""


def phrases(listed: str) -> re.Pattern[str]:
    """The phrases of a list, as whole words, in any case."""
    each = [phrase.strip() for line in listed.strip().splitlines() for phrase in line.split("|")]
    longest_first = sorted(filter(None, each), key=len, reverse=True)
    written = (re.escape(phrase).replace("_", r"\s").replace("'", "['’]") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)


PROBLEM = phrases(_PROBLEM)
REQUEST = phrases(_REQUEST)
TAKES_BACK = phrases(_TAKES_BACK)

_LONGEST = 20_000  # characters
_BEFORE = 40  # characters in which a "no" takes a problem back: "no problem at all"
_CLAUSE_END = re.compile(r"[.!?;,\n]")


def says_wrong(text: str) -> bool:
    """Whether it says that something is wrong; "no problem" says that nothing is."""
    return any(not _is_taken_back(text, found.start()) for found in PROBLEM.finditer(text[:_LONGEST]))


def asks(text: str) -> bool:
    """Whether it asks something, with a question mark or without."""
    return "?" in text[:_LONGEST] or REQUEST.search(text[:_LONGEST]) is not None


def _is_taken_back(text: str, start: int) -> bool:
    before = _CLAUSE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    return TAKES_BACK.search(before) is not None
