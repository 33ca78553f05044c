"""The words with which mails end, and which programs and mail servers add, in the languages they write them.

All in lower case, compared with casefolded text.
"""

from __future__ import annotations

# A line of its own that says which program or device wrote the mail. Whole phrases: "sent via DHL" is no such line.
TAG_LINES = (
    "sent from my ", "sent from mail", "sent from outlook", "sent from yahoo", "sent from samsung",
    "sent from typeapp",
    "sent from proton", "sent from windows", "sent from [mail", "sent from mobile", "sent from a mobile",
    "sent from gmail", "sent from aol", "sent from huawei", "sent from xiaomi", "sent from blackberry",
    "sent from iphone", "sent from ipad", "sent from android", "sent from nine", "sent from spark", "sent from spike",
    "sent from front", "sent from superhuman", "sent from tuta", "sent from airmail", "sent from a phone",
    "sent from phone", "sent from the road", "sent from mymail", "sent from the all new aol", "sent from the samsung",
    "sent using outlook", "sent using zoho", "sent using hey", "sent using the mail.com", "sent via mobile",
    "sent via blackberry", "sent via superhuman", "sent via the samsung", "sent with airmail", "sent with aqua mail",
    "sent with spark", "sent with proton", "sent with mailtrack", "sent with shift", "sent by galaxy",
    "sent on the go",
    "securely sent with", "get outlook for", "get [outlook for", "get bluemail for", "get typeapp for",
    "download outlook for", "from my mobile", "from my iphone", "from my android",
    "gesendet von meinem", "gesendet von mein", "gesendet von mail", "gesendet von outlook", "gesendet von yahoo",
    "gesendet von unterwegs", "gesendet mit der ", "gesendet mit proton", "gesendet aus der ",
    "von unterwegs gesendet",
    "diese nachricht wurde von meinem", "outlook für ios", "outlook für android", "outlook for ios",
    "outlook for android", "holen sie sich outlook",
    "envoyé de mon ", "envoyé depuis ", "envoyé à partir d", "envoyé avec la messagerie", "envoyé avec proton",
    "provenance : courrier", "obtenez outlook", "obtenir outlook", "télécharger outlook",
    "enviado desde mi", "enviado desde outlook", "enviado desde correo", "enviado desde yahoo", "enviado de samsung",
    "enviado de mi", "obtener outlook", "obtén outlook", "descargar outlook",
    "enviado do meu", "enviado do iphone", "enviado do ipad", "enviado do email", "enviado do yahoo",
    "enviado do outlook", "enviado via iphone", "enviado a partir do ", "enviado de correio", "obter o outlook",
    "obtenha o outlook", "baixar o outlook", "transferir o outlook",
    "inviato da iphone", "inviato da ipad", "inviato da outlook", "inviato da mail", "inviato da posta",
    "inviato da yahoo", "inviato da libero", "inviato da smartphone", "inviato da samsung", "inviato dal mio",
    "scarica outlook", "ottieni outlook",
    "verzonden vanaf ", "verzonden vanuit ", "verzonden via mijn", "verzonden via outlook", "verzonden met blackberry",
    "verzonden met proton", "verstuurd vanaf ", "verstuurd vanuit ", "verstuurd via mijn", "outlook voor ios",
    "outlook voor android", "outlook downloaden", "download outlook voor",
    "sendt fra min", "sendt fra mail", "sendt fra outlook", "sendt fra yahoo", "sendt fra e-post", "hent outlook",
    "få outlook", "skaff deg outlook", "last ned outlook",
    "skickat från min", "skickat från mail", "skickat från outlook", "skickat från yahoo", "skickat från e-post",
    "sänt från min", "hämta outlook", "skaffa outlook",
    "lähetetty iphone", "lähetetty ipad", "lähetetty outlook", "lähetetty windows", "lähetetty samsung",
    "lähetetty yahoo", "lähetetty puhelimesta", "hanki outlook", "hae outlook",
    "wysłane z ", "wysłano z ", "wysłane za pomocą ", "pobierz program outlook", "pobierz aplikację outlook",
    "odesláno z iphon", "odesláno z ipad", "odesláno z mého", "odesláno z aplikace", "odesláno ze ",
    "odesláno z outlook", "odesláno z mobil", "získat outlook", "stáhnout outlook", "odoslané z iphon",
    "odoslané z ipad", "odoslané z môjho", "získať outlook",
    "elküldve az iphone", "elküldve az ipad", "küldve a következőből", "az outlook beszerzése",
    "trimis de pe ", "trimis din mail", "trimis din yahoo", "trimis din outlook", "obțineți outlook",
    "отправлено с ", "отправлено из почты", "отправлено из мобильной", "отправлено из outlook", "отправлено из mail",
    "скачать outlook", "получить outlook", "надіслано з ", "відправлено з ", "отримати outlook", "изпратено от моя",
    "iphoneから送信", "ipadから送信", "galaxyから送信", "androidから送信", "私のiphoneから送信",
    "windows 版のメールから送信", "outlook for ios を入手", "发自我的", "发送自我的", "从我的 iphone 发送",
    "从 windows 版邮件发送",
    "從我的 iphone", "從 windows 的郵件", "获取 outlook", "取得 outlook", "下载适用于 ios 的 outlook",
    "下载适用于 android 的 outlook", "나의 iphone에서", "내 iphone에서", "나의 ipad에서", "내 ipad에서",
    "내 galaxy에서",
    "galaxy에서 보냄", "windows용 메일에서", "ios용 outlook", "android용 outlook",
    "στάλθηκε από το iphone", "poslano s mog", "poslano s mojeg", "poslano iz mojega", "enviat des del meu",
    "نشر من iphone", "أُرسل من ", "נשלח מה", "gửi từ iphone", "dikirim dari iphone", "écrit de mon",
)  # fmt: skip

# The same with the device in the middle: "Von meinem iPhone gesendet".
TAG_FRAMES = (
    ("von meinem", ("gesendet", "geschickt")),
    ("via ", (" mobile",)),
    ("az iphone", ("küldve",)),
    ("iphone", ("küldve", "gönderildi")),
    ("ipad", ("küldve", "gönderildi")),
    ("samsung", ("küldve", "gönderildi")),
    ("galaxy", ("küldve", "gönderildi")),
    ("windows için", ("gönderildi",)),
    ("ios için outlook", ("edinin",)),
    ("android için outlook", ("edinin",)),
    ("android 用 outlook", ("取得",)),
    ("取得 ios", ("outlook",)),
    ("取得 android", ("outlook",)),
    ("yahoo!メール", ("から送信",)),
)

# The footer of a mailing list, below a ruler.
LIST_FOOTERS = ("mailing list", "unsubscribe from this", "to unsubscribe", "mailinglist", "mailingliste")

# Closings that end a mail; what follows is a name and a signature.
GREETINGS = (
    "best regards", "kind regards", "warm regards", "warmest regards", "regards", "best wishes", "best",
    "all the best",
    "many regards", "with regards", "with best regards", "with kind regards", "kindest regards", "rgds", "brgds", "br",
    "kr", "sincerely", "yours sincerely", "yours truly", "yours faithfully", "respectfully", "cordially", "cheers",
    "take care", "warmly", "talk soon", "have a great day", "have a nice day", "have a good weekend", "with gratitude",
    "viele grüße", "viele grüsse", "viele gruesse", "beste grüße", "beste grüsse", "liebe grüße", "liebe grüsse",
    "schöne grüße", "herzliche grüße", "freundliche grüße", "freundliche grüsse", "mit freundlichen grüßen",
    "mit freundlichen grüssen", "mit freundlichen gruessen", "mit freundlichem gruß", "mit besten grüßen",
    "mit herzlichen grüßen", "mit lieben grüßen", "freundlichst", "hochachtungsvoll", "gruß", "gruss", "grüße",
    "grüsse", "lieben gruß", "schönen gruß", "schöne grüsse", "besten gruß", "vg", "lg", "mfg", "bg",
    "mit bestem gruß",
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
