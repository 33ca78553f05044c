"""How colleagues say that somebody is no longer reached: words in English and German. All are matched casefolded."""

from __future__ import annotations

from typing import Final

import re2

from mailbot.message.forwards import forwarded
from mailbot.message.model import Message

# What is sent by post; "mail" alone may be e-mail, and says nothing.
_POST: Final = (
    r"post ?office|postal|post card|postcard|letters?|mailings?|brochures?|magazines?|packages?|parcels?|envelopes?"
    r"|catalog(?:ue)?s?|media kits?|brief|briefe|sendung|mailing|hefte?|pakete?|päckchen|prospekte?|kataloge?|umschlag"
    r"|postkarte|zeitschriften?|post"
)
_BACK: Final = (
    r"(?:came|come|comes|coming|sent|got|is|are|was|were) back|returned|return to sender|undeliverable as addressed"
    r"|zurück|retour|zurückgekommen|zurückgeschickt|unzustellbar|unbekannt verzogen"
)
POST_CAME_BACK = re2.compile(
    rf"(?i)\b(?:{_POST})\b(?s:.){{0,160}}?\b(?:{_BACK})|\b(?:{_BACK})\b(?s:.){{0,80}}?\b(?:{_POST})"
)

PHONE_IS_DEAD = re2.compile(
    r"(?i)\b(?:disconnected|out of (?:service|order)|not in service|no longer (?:in service|works|valid)|is dead"
    r"|not working|(?:doesn'?t|does not) work|wrong number|nicht (?:mehr )?vergeben|kein anschluss"
    r"|abgeschaltet|abgemeldet|ist tot|falsche nummer|falsch verbunden"
    r"|geht nicht(?: mehr)?|funktioniert nicht(?: mehr)?|nicht mehr erreichbar)"
)
NUMBER = re2.compile(r"\+?\d[\d ()/.\x{2013}-]{5,22}\d")

HAS_LEFT = re2.compile(
    r"(?i)\b(?:has left|have left|left (?:the|last|in|on|us)|she left|he left|is gone|no longer (?:works?|there|with)"
    r"|no longer at|(?:doesn'?t|does not) work there|has quit|quit (?:last|in|the)|retired|was laid off"
    r"|got fired|is out of there|nicht mehr (?:da|dort|bei|im|tätig|beschäftigt)|hat (?:gekündigt|aufgehört)"
    r"|hat die firma|hat das unternehmen"
    r"|ist (?:weg|ausgeschieden|in rente|raus)|arbeitet (?:dort|da) nicht mehr|arbeitet nicht mehr)"
)

IS_NEW = re2.compile(
    r"(?i)\b(?:new|now|changed|correct|corrected|right|instead|moved to|neue?[rn]?|jetzt|nun|geändert|richtig|richtige"
    r"|korrekt|stattdessen|statt|lautet|umgezogen|ab sofort)\b"
)

MAIL_IS_DEAD = re2.compile(
    r"(?i)\b(?:bounced|bounces|bouncing|is dead|no longer valid|(?:does not|doesn'?t) exist|is not valid|is invalid"
    r"|gibt es nicht(?: mehr)?|kommt zurück|kommen zurück|ist ungültig|existiert nicht(?: mehr)?|ist tot)"
)

# Words of a bounce that was pasted: it is read as one; here they only say that this may be worth it.
OF_A_BOUNCE = re2.compile(
    r"(?i)\b[45]\.\d{1,3}\.\d{1,3}\b|\bundeliver|\bunzustellbar|not be delivered|delivery (?:has )?failed|be found\b"
    r"|user unknown|unknown user|no such (?:user|mailbox|recipient)|nicht zugestellt"
)

_CUES: Final = (POST_CAME_BACK, PHONE_IS_DEAD, HAS_LEFT, MAIL_IS_DEAD, OF_A_BOUNCE)
# One of these stands wherever one of the cues does: most texts have none, and are asked once.
_NO_CUE_WITHOUT: Final = re2.compile(f"(?i){_BACK}|" + "|".join(cue.pattern for cue in _CUES[1:]))
LONGEST_TEXT: Final = 8_000  # characters of a mail that are read


def may_be_said_in(message: Message) -> bool:
    """Whether it is worth asking the records whose clients these are: a quick look at a colleague's mail."""
    attached = [each.content_type for each in message.attachments]
    if "message/rfc822" in attached or forwarded(message) is not None:
        return True
    text = message.body.for_figures.text[:LONGEST_TEXT]
    if not text:
        return False
    has_cue = _NO_CUE_WITHOUT.search(text) is not None and any(cue.search(text) for cue in _CUES)
    return has_cue or ("@" in text and IS_NEW.search(text) is not None)
