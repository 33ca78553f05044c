"""What machines say, in the languages our clients write: data for the detectors in `machine_words`.

Every phrase is compared with folded text: one case (so "ss" for "ß"), one kind of apostrophe, single spaces. The
patterns run in linear time.
"""

from __future__ import annotations

import re2


def _any(*alternatives: str) -> re2._Regexp:
    return re2.compile("|".join(alternatives))


# Subjects that only machines write: whatever follows them.
ANSWER_SUBJECTS = (
    "automatic reply", "automatic response", "automated reply", "automated response", "auto reply", "auto-reply",
    "autoreply", "auto response", "auto-response", "autoresponse", "out of office autoreply", "out of office reply",
    "out-of-office reply", "automatische antwort", "automatische reply", "automatische rückantwort",
    "autoantwort", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsbenachrichtigung", "abwesenheitsassistent",
    "réponse automatique", "reponse automatique", "message d'absence", "respuesta automática", "respuesta automatica",
    "risposta automatica", "messaggio automatico", "automatisch antwoord", "automatische beantwoording",
    "automatisk svar", "automatiskt svar", "autosvar", "automaattinen vastaus", "resposta automática",
    "resposta automatica", "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "automatická odpověď",
    "automatická odpoveď", "automatikus válasz", "răspuns automat", "автоматический ответ", "автоответ",
    "автоматична відповідь", "автоматичен отговор", "αυτόματη απάντηση", "otomatik yanıt", "otomatik cevap",
    "תשובה אוטומטית", "رد تلقائي", "自動応答", "自動返信", "自动回复", "自动答复", "自動回覆", "자동 회신", "자동 응답",
)  # fmt: skip

# Subjects that people write too: only alone, or with a colon or a dash behind.
ABSENCE_SUBJECTS = (
    "out of office", "out of the office", "out-of-office", "ooo", "vacation", "on vacation", "away", "auto", "absent",
    "away from office", "away from my mail", "on leave", "annual leave", "maternity leave", "parental leave",
    "abwesend", "abwesenheit", "nicht im büro", "nicht im hause", "urlaub", "im urlaub", "urlaubsvertretung",
    "absence", "absence du bureau", "absent du bureau", "en congé", "congés", "hors du bureau", "fuera de la oficina",
    "fuera de oficina", "ausente", "ausencia", "de vacaciones", "fuori sede", "fuori ufficio", "assente", "in ferie",
    "afwezig", "afwezigheid", "niet aanwezig", "niet op kantoor", "frånvarande", "fravær", "ikke til stede", "poissa",
    "fora do escritório", "ausência", "ausência temporária", "poza biurem", "nieobecność", "mimo kancelář",
    "nepřítomnost", "házon kívül", "в отпуске", "нет на работе", "ofis dışında", "不在", "不在通知", "休假", "外出",
)  # fmt: skip

BOUNCE_SUBJECTS = (
    "undelivered mail returned to sender", "undeliverable mail", "undeliverable message", "mail delivery failed",
    "mail delivery failure", "delivery status notification", "returned mail:", "returned mail -",
    "undeliverable:", "undelivered:",
    "unzustellbar:", "nicht zustellbar:", "message delivery failure", "mail system error - returned mail",
    "delivery notification: delivery has failed", "warning: could not send message", "warning: message delayed",
    "delayed mail (still being retried)", "delivery delayed:", "non recapitable:", "no se puede entregar:",
    "non recapitabile:", "onbestelbaar:", "ikke leverbar:", "olevererbart:", "niedostarczone:",
    "não é possível entregar:", "zustellung verzögert", "fehler bei der zustellung",
)  # fmt: skip
BOUNCE_SUBJECTS_ALONE = frozenset(
    {"failure notice", "delivery failure", "delivery status", "mail delivery problem", "failure delivery",
     "undeliverable", "mail failure", "message not delivered", "mail not delivered", "delivery report"}
)  # fmt: skip

# Each behind words of which one stands wherever it is found: to look for the gaps of many words in it costs more.
_CHALLENGES = {
    ("is protected by",): r"(account|mailbox|inbox|address) is protected by",
    ("list",): r"added? ((you|your (address|e-?mail)) )?to (the |my |their )?(recipient'?s? )?"
    r"(allowed|approved|guest|white)[ -]?list",
    ("confirm", "verify", "prove", "authenticate"): r"(confirm|verify|prove|authenticate) (that )?"
    r"(you are|you're|yourself as) (a |an )?(real|human|person|legitimate)",
    ("deliver", "unsolicited", "spam"): r"(confirm|verify|authenticate|approve) (the |your )?"
    r"(e-?mail|message|mail|address).{0,80}(deliver|unsolicited|spam)",
    ("held", "quarantined", "placed on hold"): r"(your|this) (e-?mail|message|mail) (has been|was|is being|is) "
    r"(held|quarantined|placed on hold).{0,160}(reply|click|confirm|verify|visit)",
    ("to ensure", "so that"): r"(click|follow|visit).{0,80}(link|below).{0,120}(to ensure|so that).{0,40}deliver",
    ("challenge", "arrest", "boxbe", "mailblocks"): r"challenge[ /-]response|spam ?arrest|boxbe|mailblocks",
}
CHALLENGE = _any(*_CHALLENGES.values())
CHALLENGE_WORD = re2.compile("|".join(word for words in _CHALLENGES for word in words))

_NUMBER = r"[\[(#:. ]*[a-z]{0,6}[-_ ]?\d{2,14}[\])]?"
_MATTER = (
    r"(support |service |help ?desk )?(request|ticket|case|enquiry|inquiry|query|message|e-?mail|report|incident)"
    r"( (id|number|no\.?|ref(erence)?))?"
)
_TAKEN_IN = r"(received|created|logged|opened|registered|submitted|assigned|recorded|acknowledged)"
_GERMAN_MATTER = r"(service-?|support-?)?(anfrage|nachricht|e-?mail|mail|meldung|mitteilung|ticket)"
_GERMAN_TAKEN_IN = r"(eingegangen|erhalten|registriert|angelegt|aufgenommen|erfasst|erstellt|eröffnet)"

RECEIPT = _any(
    rf"(your|this|the|a|new) (new )?{_MATTER}({_NUMBER})?( \S{{1,40}}){{0,4}}? (has|have|was|is)( now)?( been)?"
    rf" (successfully )?{_TAKEN_IN}",
    rf"we('ve| have)( now)? (received|registered|logged) your {_MATTER}",
    rf"(ihre|deine) {_GERMAN_MATTER}.{{0,60}}{_GERMAN_TAKEN_IN}",
    rf"(ticket|vorgang|fall).{{0,40}}(wurde|ist).{{0,30}}{_GERMAN_TAKEN_IN}",
    rf"wir haben ihre {_GERMAN_MATTER} (erhalten|bekommen)",
    r"(votre|su|la sua|uw|sua) (demande|message|solicitud|richiesta|aanvraag|verzoek|solicitação).{0,60}"
    r"(été (reçue?|enregistrée?)|recibid[oa]|registrad[oa]|ricevut[oa]|ontvangen|geregistreerd|recebida)",
)

NUMBERED = _any(
    r"(ticket|case|request|incident|reference|ref|vorgangs?|anfrage|fall|bearbeitungs|demande|solicitud)"
    rf"[- ]?(id|number|no|nr|nummer|numéro|número)?{_NUMBER}",
    r"#[a-z]{0,6}-?\d{3,14}",
    r"\[[a-z# :-]{0,20}\d{3,14}\]",
)

_ANSWERED = r"^((re|aw|sv|antw): ?)?"
RECEIPT_SUBJECT = _any(
    rf"{_ANSWERED}[\[(#]*({_MATTER}|anfrage|vorgang|fall)[^a-z]{{1,4}}[a-z]{{0,6}}-?\d{{1,14}}[\])]?:? ?"
    rf"(has been |was |is |wurde )?(now )?({_TAKEN_IN}|{_GERMAN_TAKEN_IN})",
    rf"{_ANSWERED}(\[[^\]]{{1,40}}\] ?)?(request received|ticket (received|created|opened))",
    rf"{_ANSWERED}(\[[^\]]{{1,40}}\] ?)?we('ve| have) received your {_MATTER}",
    rf"{_ANSWERED}(eingangsbestätigung|eingangsbestaetigung|empfangsbestätigung|accusé de réception|acuse de recibo)",
    rf"{_ANSWERED}ontvangstbevestiging",
)
# One of these stands in every such subject, and in few others.
OF_RECEIPTS = (
    "received", "created", "logged", "opened", "registered", "submitted", "assigned", "recorded", "acknowledged",
    "eingegangen", "erhalten", "registriert", "angelegt", "aufgenommen", "erfasst", "erstellt", "eröffnet",
    "bestätigung", "bestaetigung", "accusé de r", "acuse de r", "ontvangst",
)  # fmt: skip

SAYS_SO = _any(
    r"this is an? (automated|automatic|auto-?generated|automatically generated|system[- ]generated)",
    r"this (e-?mail|message|reply|response|notification)( was| is| has been) ?(sent |being sent )?"
    r"(automatically (generated|sent|created)|auto-?generated|generated automatically|sent automatically)",
    r"(please )?do not (reply|respond) (directly )?to this (automated |automatic )?(e-?mail|message|mail)",
    r"this (mailbox|inbox|address|account|e-?mail address) is (not|no longer) (monitored|read|in use)",
    r"unmonitored (mailbox|inbox)",
    r"diese (e-?mail|nachricht|mail|antwort) (ist|wurde) automatisch (generiert|erstellt|erzeugt|versandt|verschickt)",
    r"dies ist eine automatisch",
    r"automatisch (generierte|erstellte|erzeugte|versandte|versendete) (e-?mail|mail|nachricht|antwort)",
    r"bitte antworten sie nicht (direkt )?auf diese",
    r"dieses (e-?mail-)?postfach wird nicht (gelesen|überwacht|abgerufen)",
    r"ceci est un (message|e-?mail|courriel) automatique|(réponse|message) générée? automatiquement",
    r"este es un (mensaje|correo) (generado )?autom[aá]tic|questo è un messaggio (generato )?automatic",
    r"dit is een automatisch|esta é uma mensagem autom[aá]tica",
)

ABSENT = _any(
    r"out of (the |my |our )?office|away from (the |my )?(office|desk|computer)",
    r"on (annual |maternity |paternity |parental |sick |business )?(leave|travel|vacation|holidays?)",
    r"no longer (work|with|employed|at)|left the company",
    r"nicht im (büro|hause?)|ausser haus|nicht am arbeitsplatz|(im|in) (urlaub|elternzeit|mutterschutz)|abwesend",
    r"nicht (mehr )?(für|bei) .{1,60}(tätig|beschäftigt)",
    r"en congés?|absente? (du bureau|jusqu)|fuera de la oficina|de vacaciones|fuori (ufficio|sede)|in ferie",
    r"afwezig|niet op kantoor",
)

THANKS = _any(
    r"(thank you|thanks)( very much| so much)? for your (e-?mail|mail|message|note|enquiry|inquiry|request)",
    r"(thank you|thanks)( very much| so much)? for contacting",
    r"(thank you|thanks)( very much| so much)? for (e-?mailing|writing|getting in touch|reaching out)",
    r"danke? für (ihre|deine|die) (e-?mail|mail|nachricht|anfrage)|merci (de|pour) votre (message|e-?mail|courriel)",
    r"gracias por (su|tu) (mensaje|correo)|grazie per (il|la) (suo|sua|tuo|tua|vostro|vostra) (messaggio|e-?mail|mail)",
    r"bedankt voor (uw|je) (bericht|e-?mail|mail)",
)  # fmt: skip

UNTIL_THEN = _any(
    r"limited access|no access to|urgent|immediate|emergenc|in my absence|while i am away|until i return",
    r"(upon my|when i) return|(will|is|are) not (be )?(forwarded|read)",
    r"(nicht|keine) (weitergeleitet|gelesen|zugriff)|eingeschränkt|meiner abwesenheit|wenden sie sich|dringend",
    r"mon absence|cas d'urgence|mi ausencia|mia assenza|bij afwezigheid",
)

WELCOME = _any(
    r"(thank you|thanks) for (contacting|reaching out|getting in touch)",
    r"(thank you|thanks) for your (interest|enquiry|inquiry|request|message|e-?mail|order)",
    r"dank für (ihre|die) (anfrage|nachricht|kontaktaufnahme|bestellung|e-?mail|mail)|ihr interesse",
    r"merci (de nous avoir contact|pour votre (demande|message))|gracias por (contactar|ponerse en contacto)",
    r"grazie per aver",
)

# Nobody says this of himself; only a company's machine does.
WELCOME_OF_A_MACHINE = _any(
    r"for (contacting|reaching out to|getting in touch with) (us\b|our|the|[a-z]+ (support|service|care))",
    r"kontaktaufnahme|de nous avoir contact",
)

PROMISE = _any(
    r"(we|our team|our support|somebody|someone|a member of|one of our).{0,60}"
    r"(will|'ll|aim to|endeavou?r|strive|usually|typically|try to).{0,80}"
    r"(get back|respond|reply|be in touch|contact you|answer|attend|process).{0,80}"
    r"(soon|shortly|within|hours?|business day|working day|promptly)",
    r"(wir|und) (werden|melden|bearbeiten|kümmern|setzen|antworten|bemühen).{0,120}"
    r"(wie möglich|schnellstmöglich|in kürze|umgehend|innerhalb|werktag|stunden|zeitnah)",
    r"nous .{0,60}(plus brefs délais|rapidement)|(responderemos|contactaremos).{0,60}(brevedad|pronto)",
    r"risponderemo.{0,60}(presto|possibile)",
)
