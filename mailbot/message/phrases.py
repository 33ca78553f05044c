"""The words with which mails end, and which programs and mail servers add, in the languages they write them.

All in lower case, compared with casefolded text.
"""

from __future__ import annotations

# A line of its own that says which program or device wrote the mail. Whole phrases: "sent via DHL" is no such line.
TAG_LINES = (
    "sent from my ", "sent from mail", "sent from outlook", "sent from yahoo", "sent from samsung", "sent from typeapp",
    "sent from proton", "sent from windows", "sent from [mail", "sent from mobile", "sent from gmail", "sent from aol",
    "sent from huawei", "sent from xiaomi", "sent from blackberry", "sent from iphone", "sent from ipad",
    "sent from android", "sent from nine", "sent from spark", "sent from airmail", "sent from a phone",
    "sent from the all new aol", "sent from the samsung", "sent using outlook", "sent using zoho", "sent using hey",
    "sent via mobile", "sent via blackberry", "sent via the samsung", "sent with airmail", "sent with spark",
    "sent with proton", "sent with mailtrack", "sent with shift", "sent by galaxy", "sent on the go", "get outlook for",
    "get [outlook for", "get bluemail for", "download outlook for", "from my mobile", "from my iphone",
    "from my android", "gesendet von meinem", "gesendet von mein", "gesendet von mail", "gesendet von outlook",
    "gesendet von yahoo", "gesendet mit der ", "gesendet aus der ", "diese nachricht wurde von meinem",
    "outlook für ios", "outlook für android", "outlook for ios", "outlook for android", "holen sie sich outlook",
    "envoyé de mon ", "envoyé depuis mon ", "envoyé depuis l", "envoyé à partir d", "obtenez outlook",
    "télécharger outlook", "enviado desde mi", "enviado desde outlook", "enviado do meu", "enviado de mi",
    "obtener outlook", "inviato da iphone", "inviato da outlook", "inviato da mail", "inviato dal mio",
    "scarica outlook", "verzonden vanaf ", "verstuurd vanaf ", "verzonden met blackberry", "sendt fra min",
    "sendt fra mail", "sendt fra outlook", "skickat från min", "skickat från mail", "skickat från outlook",
    "hämta outlook", "hent outlook", "lähetetty iphone", "lähetetty outlook", "wysłane z ", "wysłano z ",
    "отправлено с ", "відправлено з ", "发自我的", "從我的 iphone", "iphoneから送信", "écrit de mon",
)  # fmt: skip

# The same with the device in the middle: "Von meinem iPhone gesendet".
TAG_FRAMES = (("von meinem ", ("gesendet", "gesendet.", "geschickt")), ("via ", (" mobile",)))

# The footer of a mailing list, below a ruler.
LIST_FOOTERS = ("mailing list", "unsubscribe from this", "to unsubscribe", "mailinglist", "mailingliste")

# Closings that end a mail; what follows is a name and a signature.
GREETINGS = (
    "best regards", "kind regards", "warm regards", "warmest regards", "regards", "best wishes", "best", "all the best",
    "many regards", "with regards", "with best regards", "with kind regards", "kindest regards", "rgds", "brgds", "br",
    "kr", "sincerely", "yours sincerely", "yours truly", "yours faithfully", "respectfully", "cordially", "cheers",
    "take care", "warmly", "talk soon", "have a great day", "have a nice day", "have a good weekend", "with gratitude",
    "viele grüße", "viele grüsse", "viele gruesse", "beste grüße", "beste grüsse", "liebe grüße", "liebe grüsse",
    "schöne grüße", "herzliche grüße", "freundliche grüße", "freundliche grüsse", "mit freundlichen grüßen",
    "mit freundlichen grüssen", "mit freundlichen gruessen", "mit freundlichem gruß", "mit besten grüßen",
    "mit herzlichen grüßen", "mit lieben grüßen", "freundlichst", "hochachtungsvoll", "gruß", "gruss", "grüße",
    "grüsse", "lieben gruß", "schönen gruß", "schöne grüsse", "besten gruß", "vg", "lg", "mfg", "bg", "mit bestem gruß",
    "cordialement", "bien cordialement", "bien à vous", "salutations", "meilleures salutations", "cdlt",
    "saludos", "un saludo", "saludos cordiales", "atentamente", "cordiali saluti", "distinti saluti", "saluti",
    "atenciosamente", "abraços", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
    "vriendelijke groeten", "groeten", "groet", "mvg", "med venlig hilsen", "venlig hilsen", "hilsen", "mvh", "kh",
    "vh", "med vennlig hilsen", "vennlig hilsen", "de bedste hilsner", "bedste hilsner", "hälsningar",
    "med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar", "vänligen", "ystävällisin terveisin",
    "terveisin", "pozdrawiam", "z poważaniem", "s pozdravem", "с уважением", "з повагою",
)  # fmt: skip

# Words of thanks end a mail too, but as often they begin one: they need a name behind them.
THANKS = (
    "thanks", "thanks again", "thanks a lot", "many thanks", "thank you", "thank you very much", "thanks so much",
    "thanks in advance", "thanks and regards", "thanks & regards", "thx", "tia", "cheers thanks", "ty", "danke",
    "danke dir", "danke schön", "vielen dank", "besten dank", "herzlichen dank", "danke im voraus", "danke und gruß",
    "danke und grüße", "danke & gruß", "danke und viele grüße", "vielen dank und viele grüße", "merci", "gracias",
    "grazie", "bedankt", "dank je", "tak", "takk", "tack", "kiitos", "dziękuję", "obrigado", "obrigada", "спасибо",
)  # fmt: skip

# How the notice of secrecy below a signature begins.
DISCLAIMERS = (
    "this email and any", "this e-mail and any", "this message and any", "this email message and any",
    "this e-mail message and any", "this email is confidential", "this e-mail is confidential",
    "this message is intended",
    "this email is intended", "this e-mail is intended", "this message contains confidential",
    "this email contains confidential", "the information contained in this", "the information in this e",
    "the contents of this e", "confidentiality notice", "confidentiality:", "disclaimer:",
    "privileged and confidential",
    "private and confidential", "this communication is", "this transmission", "please consider the environment",
    "diese e-mail enthält", "diese email enthält", "diese nachricht enthält", "diese e-mail ist vertraulich",
    "der inhalt dieser e-mail", "der inhalt dieser nachricht", "die information in dieser", "vertraulichkeitshinweis",
    "ce message et toutes", "ce message est confidentiel", "ce courriel", "este mensaje", "este correo",
    "questo messaggio", "dit bericht", "de informatie verzonden", "virus-free.", "virenfrei.",
    "this email has been scanned",
    "this email was scanned", "this message was scanned", "diese e-mail wurde",
)  # fmt: skip

# The warning that a company's own mail server puts above a mail from outside.
BANNERS = (
    "caution: this email", "caution: this e-mail", "caution: external", "external email", "external:", "[external",
    "warning: this email", "this email originated from outside", "this message originated from outside",
    "this message was sent from outside", "achtung: diese e-mail", "vorsicht: diese e-mail", "externe e-mail",
    "you don't often get email from",
    "sie erhalten nicht häufig e-mails von", "sie erhalten nicht oft eine e-mail von",
)  # fmt: skip
