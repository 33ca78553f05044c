"""What notes of absence and of departure say, in English and German: data for `absence` and `stand_ins`.

The patterns run in linear time and look at text with single blanks and one kind of apostrophe, in any case.
"""

from __future__ import annotations

import re2


def _any(*alternatives: str) -> re2._Regexp:
    return re2.compile("(?i)" + "|".join(alternatives))


_LEAVE = r"(annual|maternity|paternity|parental|sick|medical|family|compassionate|study|adoption|extended|long)"
_OFF = r"(holidays?|vacation|leave|sabbatical|travel|pto|secondment|parental leave)"

AWAY = _any(
    r"out[ -]of[ -](the |my |our )?office|\booo\b|out of (the country|town)",
    r"away from (the |my |our )?(office|desk|e-?mails?|keyboard|computer|work|inbox)",
    r"\b(i am|i'm|i will be|i'll be|we are|we're|is|be|currently|am) (currently |now |presently |also )?"
    r"(away|absent|off (work|sick|until|on|from)|travell?ing|unavailable|unreachable|out (until|till|from|on|today))\b",
    rf"\bon (my |a |an |our |an extended |business |{_LEAVE} ){{0,2}}{_OFF}\b",
    rf"\b{_LEAVE} leave\b|\btaking (some )?(time off|leave|vacation)",
    r"\bbusiness trip\b|\bday off\b|\b(away|absent) until\b",
    r"\b(not|won't|cannot|can't|unable to|don't) ([a-zäöüß]+ ){0,3}"
    r"(in the office|in office|at my desk|available|reachable|(check|read|access)(ing)? (my )?(e-?mails?|messages))",
    r"(no|limited|little|intermittent|restricted|without) access to (my |the )?(e-?mails?|inbox|messages|internet)",
    r"\b(offices?|we|company|business) (is|are|will be|remains?) closed (from|until|between|for|on|over|through|today)",
    r"nicht (mehr )?([a-zäöüß]+ ){0,2}(im (büro|hause?|dienst|office)|in (meinem|unserem) büro|am (arbeits)?platz)",
    r"nicht ([a-zäöüß]+ ){0,3}(erreichbar|verfügbar|zu erreichen|anwesend)|nicht da\b",
    r"\bau(ß|ss)er ?haus\b",
    r"abwesen(d|heit)|\b(im|in|in den|in meinem|auf|habe|haben|mache|machen)( [a-zäöüß]+)? ?(\w{0,14}urlaub|ferien)\b"
    r"|\burlaub (bis|vom|ab)\b|urlaubsbedingt|betriebs(urlaub|ferien)",
    r"(elternzeit|mutterschutz|mutterschaftsurlaub|karenz|sabbatical|auszeit|bildungsurlaub|\breha\b)",
    r"(auf|wegen) (einer |meiner )?(dienst|geschäfts|messe)reise|\bunterwegs\b",
    r"\bkrank\b|krankgeschrieben|krankheitsbedingt|erkrankt",
    r"(keinen|nur (sehr )?(eingeschränkt|begrenzt|sporadisch)\w*|eingeschränkten) (zugriff|zugang|erreichbar)",
    r"(büro|geschäft|wir|firma|betrieb)( [a-zäöüß]+){0,4} geschlossen|bleib(t|en) .{0,60}geschlossen",
)

# Words right before those, with which they say nothing of now.
NOT_AWAY_BEFORE = _any(
    r"\b(no longer|nicht (mehr|länger)|was|were|war|waren|back from|aus) $",
    r"\b(if|when|whenever|in case|falls|wenn|sollte|sofern) (i|we|ich|wir|someone|jemand)( [a-zäöüß]+)? ?$",
    r"\b(if|when|whenever|falls|wenn|sobald|sollten?) (ich |wir |i'm |i am |we're |we are )([a-zäöüß]+ ){0,2}$",
)

# A part-time week: what is said of every Friday is no absence.
EVERY_WEEK = _any(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)days\b|\b(every|each) (mon|tues|wednes|thurs|fri|satur|sun)day\b",
    r"\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s\b|\bjede[nr] (montag|dienstag|mittwoch"
    r"|donnerstag|freitag)\b|\b(weekends?|wochenenden?)\b|\b(part[- ]time|teilzeit)\b",
)

RETURN = _any(
    r"\b(i am|i'm|i will be|i'll be|will be|be|am) back\b|\b(i|and) (will )?return\b|\breturning\b|\bmy return\b",
    r"\bback (in|at|on|from|online|to work)\b|\breturn (date|to the office)",
    r"\bwieder ([a-zäöüß]+ ){0,2}(da\b|im|in|erreichbar|zurück|für sie|für euch|persönlich|anwesend|zur verfügung)",
    r"\b(bin|sind|kehre|komme|ab|am)\b.{0,40}\bzurück|\bzurück (am|ab|im|in|bin)|rückkehr|\bwiederkehr",
    r"\berreich\w* (sie )?mich (erst )?wieder\b",
)
# They speak of an answer, not of a return.
CALLS_BACK = _any(r"\b(get|write|call|come|respond|reply|calls|send)\b.{0,10}\bback\b|\b(meld|ruf|schreib)\w+")

_COMPANY = r"(the |our |this |my )?(company|firm|organi[sz]ation|business|agency|employment)"
_UNTERNEHMEN = (
    r"(das|unser|unsere|unserem|unseres|unserer|dem|die|der|im|dieses|diesem)"
    r" (unternehmen|firma|hause?|betrieb|gesellschaft|agentur)"
)
_BEI_UNS = rf"({_UNTERNEHMEN}|uns\b|\S+( \S+){{0,3}}? (gmbh|ag|kg|se|mbh|inc|ltd))"
_EMPLOYED = r"(tätig|beschäftigt|angestellt|aktiv)"

LEFT = _any(
    r"\bno longer (works?|working|employed|engaged|be working|be employed) (here|at|for|with|by|in)\b",
    rf"\bno longer (a )?(be )?(with|at|part of|in|member of|an employee of|employee of) ({_COMPANY}|us\b)",
    r"\bno longer employed\b|\bno longer an? (employee|member of (our|the) (staff|company))",
    rf"\b(has|have|had|'ve|i) (now |recently |since |already |just )?left ({_COMPANY}|us\b)",
    rf"\b(am|is|are|i'm|will be|be|after) leaving ({_COMPANY}|us\b)|\bwill leave ({_COMPANY}|us\b)",
    rf"\b(my|her|his|their) (final|last) (working )?day (at|with|in|of) ({_COMPANY}|work|employment)"
    r"|\b(my|her|his|their) (final|last) (working )?day (is|was|will be)\b",
    r"\b(has|have|is|am|i) (now |recently |since )?retired\b|\bentered retirement\b|\b(has|have) resigned\b",
    r"\bpassed away\b|\bis deceased\b|\bverstorben\b",
    r"\bformer (employee|colleague)|\behemalige[rn]? (mitarbeiter|kolleg)",
    rf"nicht (mehr|länger) ([a-zäöüß]+ ){{0,2}}(für|bei|in|im) (\S+ ){{1,6}}{_EMPLOYED}",
    rf"nicht (mehr|länger) {_EMPLOYED}",
    rf"nicht (mehr|länger) (bei|in|im|für|teil) {_BEI_UNS}|\bnicht (mehr|länger) im (unternehmen|betrieb)\b",
    r"\barbeite[tn]? (\S+ ){0,4}nicht (mehr|länger) (bei|für|hier|in (unserem|diesem))",
    r"\bnicht (mehr|länger) (bei|für) (\S+ ){1,5}(arbeiten|arbeite|arbeitet)\b",
    r"\bausgeschieden\b|\bausscheiden\b|\bscheide[t]? (\S+ ){0,10}aus\b",
    rf"{_UNTERNEHMEN} (\S+ ){{0,8}}(verlassen|verlässt|verlasse)\b",
    rf"\b(verlasse|verlässt|verlassen) (\S+ ){{0,6}}{_UNTERNEHMEN}",
    r"\bhat uns (\S+ ){0,6}verlassen\b|\b(in den|im) ([a-zäöüß]+ )?ruhestand\b|\bin rente\b|\bpensioniert\b",
    r"\b(mein|ihr|sein) letzter (arbeits)?tag (bei|in|im|ist|war)",
)
# The company follows with its name: "has left Müller Bau GmbH", "ist nicht mehr bei Müller Bau".
LEFT_FOLLOWED_BY_A_NAME = _any(
    r"\b(has|have|'ve) (now |recently |since |already |just )?left ",
    r"\b(has|have|'ve) moved on from ",
    r"\b(verlasse|verlässt) (ich |sie |er )?(zum \S+ )?(die )?",
    r"\bno longer (with|at) ",
    r"\b(is|am|i'm|will be) leaving ",
    r"\bnicht (mehr|länger) bei (der )?",
)
LEFT_ON = _any(r"\b(has|have) ([a-zäöüß]+ )?left (on|as of|effective|at the end of|in|since) ")

# With these in the sentence it is a department, a project or a day that was left, or nobody yet.
NOT_LEFT = _any(
    r"\b(department|project|account|division|position|role|campaign|team|building)\b",
    r"\bfor (the day|today|lunch|vacation)\b",
    r"\b(abteilung|bereich|projekt|thema|region|gebiet|team|zuständig|kampagne|heute)\b",
    r"\b(before|when|if|once|since|until) (i|she|he|they) (leave|left|leaves)\b|\b(falls|wenn|sobald)\b|\bif\b",
)
STILL_AHEAD = _any(
    r"\b(will|leaving|is my last|is her last|is his last|verlasse|verlässt|werde|wird|scheide[t]?)\b",
    r"letzter .{0,16} ist\b|last (working )?day .{0,40}(is|will be)\b",
)

CONTACT = _any(
    r"\b(contact(ing)?|reach( out)?( to)?|in touch with|e-?mail|write to|(speak|talk) (to|with)|turn to|call|phone)\b",
    r"\b(direct|forward|send|refer|address|redirect)(ed)?\b[^.!?]{0,80}?\bto\b|\bask( for)?\b",
    r"\b(deput(y|ies)|back-?up|stand(ing|s)?[- ]in|cover(s|ed|ing)?|replac(ed|ement|ing)|success(or|ors)|succeeded"
    r"|tak(en|ing|es?) over|took over|looking after|look after|assist(s|ing)?|help|handling|handle[sd]?)\b",
    r"\b(wenden|wende)\b[^.!?]{0,100}?\ban\b|kontakt\w*|ansprechpartner\w*|ansprechperson\w*|\berreich(en|st)\b",
    r"\b(schreib|schick|send|richt|leit)\w*\b[^.!?]{0,100}?\b(an|zu)\b|\brufen sie",
    r"\b(melden|melde)\b[^.!?]{0,60}?\bbei\b",
    r"vertret\w*|vertritt|nachfolg\w*|übernimmt|übernommen|übernehmen|\bhilft\b|\bhelfen\b|zur verfügung|\bkolleg\w*",
)
# After these a name alone is enough; after the others there must be an address or a number with it.
NAMES_A_PERSON = _any(
    r"contact|reach|touch|deput|back-?up|stand|cover|replac|succe|over|wende|kontakt|ansprech|vertr|nachfolg",
    r"übernommen|übernimmt|kolleg|richt|schreib|schick|send|leit|direct|refer|write",
)
NOT_ANOTHER = _any(r"^ ?(me|mich|mir|myself)\b")
# "Es vertritt mich …" names another all the same.
IN_MY_PLACE = _any(r"^(vertr|cover|replac|stand)")
URGENT = _any(
    r"\burgent|emergenc|\bimmediate|time[- ]sensitive|cannot wait|can't wait|\basap\b|critical",
    r"dringend|\beilig|\beilt\b|notf(a|ä)ll|\bsofortig|unaufschiebbar|nicht warten|zeitkritisch",
)
PERIOD = _any(r"^\s*\W?(zeitraum|dates?|period|dauer|duration|until|till|bis)\b")
