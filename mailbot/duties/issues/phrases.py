"""The phrases, English and German, by which a mail shows what it is: a list for each sign, and what takes it back.

A phrase stands for itself as whole words; `_` in it stands for any white space, `'` for either apostrophe. The lists
are compiled to plain alternations without repeats, so searching them is linear in the text.
"""

from __future__ import annotations

import re

from mailbot.sorting.trouble import PROBLEM, REQUEST, TAKES_BACK, phrases

_THANKS = """
    thanks | thank_you | thx | many_thanks | cheers | much_appreciated | all_fine | all_good | all_set
    danke | vielen_Dank | herzlichen_Dank | besten_Dank | dankeschön | passt | alles_gut | alles_klar | alles_bestens
"""

_SOLVED = """
    works_now | working_now | works_again | working_again | works_fine | works_perfectly | is_fixed | fixed_now
    is_solved | solved_now | problem_solved | is_sorted | sorted_now | is_resolved | all_resolved
    funktioniert_jetzt | funktioniert_wieder | funktioniert_nun | geht_jetzt | geht_wieder | klappt_jetzt
    klappt_wieder | ist_behoben | ist_gelöst | ist_erledigt | hat_sich_erledigt | jetzt_behoben
"""

_REPEATED = """
    third_time | 3rd_time | fourth_time | 4th_time | fifth_time | 5th_time | umpteenth_time | hundredth_time
    second_time | 2nd_time | again_and_again | time_and_again | over_and_over | how_many_times | how_often_do_I
    already_told_you | already_wrote | already_written | have_written_before | yet_again | still_nothing
    still_not_fixed | still_no_answer | still_no_reply | no_answer_so_far | nobody_answers | no_one_answers
    nobody_replies | nobody_responds
    zum_zweiten_Mal | zum_dritten_Mal | zum_vierten_Mal | zum_fünften_Mal | zum_x-ten_Mal | zum_wiederholten_Mal
    zum_wiederholten_Male | schon_wieder | immer_wieder | immer_noch_nicht | immer_noch_keine | immer_noch_nichts
    schon_mehrfach | bereits_mehrfach | schon_mehrmals | bereits_mehrmals | wie_oft_noch | niemand_antwortet
    niemand_meldet_sich | keiner_antwortet | keiner_meldet_sich
"""

_REFUND = """
    money_back | refund | refunds | refunded | reimburse | reimbursed | reimbursement | chargeback
    Geld_zurück | Rückerstattung | Rückzahlung | erstatten | erstattet | Erstattung | zurückerstatten
"""

_CANCEL = """
    cancel | cancelling | cancellation | terminate | terminating | forget_the_renewal | forget_about_the_renewal
    won't_renew | will_not_renew | not_going_to_renew | not_renewing | take_our_business_elsewhere
    kündigen | kündige | kündigung | fristlos | stornieren | storniere | Stornierung | werden_nicht_verlängern
    nicht_mehr_verlängern
"""

_HARSH = """
    ripped_off | rip-off | unacceptable | outrageous | outrage | ridiculous | a_joke | disgrace | disgraceful | furious
    fed_up | sick_of_this | had_enough | lawyer | lawyers | attorney | solicitor | legal_action
    Frechheit | unverschämt | Unverschämtheit | inakzeptabel | unzumutbar | abgezockt | Abzocke | stinksauer
    Saftladen | eine_Zumutung | reicht_es | Anwalt | Rechtsanwalt | rechtliche_Schritte
"""

_ULTIMATUM = """
    last_chance | final_notice | ultimatum | within_24_hours | within_48_hours | setze_Ihnen_eine_Frist
    setzen_Ihnen_eine_Frist | Fristsetzung | letzte_Mahnung | innerhalb_von_24_Stunden | innerhalb_von_48_Stunden
"""

_DAY = """
    tomorrow | tonight | noon | Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday | the_end_of
    end_of | close_of_business | next_week | this_week
    morgen | heute | Montag | Dienstag | Mittwoch | Donnerstag | Freitag | Samstag | Sonntag | zum | Ende
"""

_PRESSURE = """
    if | unless | otherwise | or_else | must | has_to | have_to | latest | final | not | isn't
    wenn | falls | sonst | ansonsten | andernfalls | muss | müssen | spätestens | letzte | nicht
"""

_SMALL_TALK = """
    how_are_you | how_are_things | how's_it_going | hope_you_are_well | hope_you're_well | wie_geht | alles_gut_bei
"""


__all__ = ["PROBLEM", "REQUEST", "TAKES_BACK"]  # every duty may ask for these

THANKS = phrases(_THANKS)
SOLVED = phrases(_SOLVED)
REPEATED = phrases(_REPEATED)
REFUND = phrases(_REFUND)
CANCEL = phrases(_CANCEL)
HARSH = phrases(_HARSH)
ULTIMATUM = phrases(_ULTIMATUM)
PRESSURE = phrases(_PRESSURE)
SMALL_TALK = phrases(_SMALL_TALK)
BY_A_DAY = re.compile(
    rf"(?<!\w)(?:by|until|before|bis)\s(?:spätestens\s)?(?:the\s|next\s|nächsten\s|kommenden\s)?"
    rf"(?:{phrases(_DAY).pattern}"
    r"|\d{1,2}(?:\.\s?\d{1,2}\.?|/\d{1,2}|(?:\.|th|st|nd|rd)?\s\w{3,9}|th|st|nd|rd|\.|\s))",
    re.IGNORECASE,
)
