"""The words by which mail programs introduce the mail that is answered or forwarded, in the languages they write them.

All in lower case, compared with casefolded text.
"""

from __future__ import annotations

# Labels of the header block that Outlook and its kind put above a quoted mail.
FROM_LABELS = frozenset(
    {"from", "von", "de", "da", "van", "fra", "från", "od", "от", "від", "lähettäjä", "kimden", "expéditeur",
     "remitente", "mittente", "afzender", "absender", "avsändare", "afsender", "avsender", "nadawca", "odesílatel",
     "feladó", "差出人", "发件人", "寄件者", "寄件人", "보낸사람", "từ"}
)  # fmt: skip
SENT_LABELS = frozenset(
    {"sent", "gesendet", "envoyé", "enviado", "enviada", "inviato", "verzonden", "sendt", "skickat", "wysłano",
     "date", "datum", "fecha", "data", "dato", "dátum", "message du", "отправлено", "дата", "lähetetty", "päivämäärä",
     "päiväys", "odesláno", "elküldve", "gönderildi", "tarih", "日時", "送信日時", "发送时间", "日期", "寄件日期",
     "ngày", "timestamp"}
)  # fmt: skip
TO_LABELS = frozenset(
    {"to", "an", "à", "para", "a", "aan", "til", "till", "do", "кому", "komu", "pro", "vastaanottaja", "kime",
     "címzett", "宛先", "收件人", "đến"}
)  # fmt: skip
SUBJECT_LABELS = frozenset(
    {"subject", "betreff", "thema", "objet", "asunto", "oggetto", "onderwerp", "emne", "ämne", "temat", "sujet", "тема",
     "předmět", "tárgy", "aihe", "assunto", "konu", "件名", "主题", "主旨", "제목", "đề"}
)  # fmt: skip
OTHER_LABELS = frozenset(
    {"cc", "bcc", "kopie", "copie", "copie à", "cópia", "kopia", "kopi", "copia", "reply-to", "replyto", "risposta",
     "antwort", "priority", "importance", "wichtigkeit", "attachments", "anlagen", "organization"}
)  # fmt: skip

# Between rulers, "-----Original Message-----", or on a line of its own that ends in a colon.
ORIGINAL_PHRASES = (
    "original message", "original appointment", "original mail", "reply message", "previous message",
    "ursprüngliche nachricht", "ursprüngliche mail", "ursprüngliche e-mail", "urspr. nachricht", "originalnachricht",
    "original-nachricht", "original nachricht", "ursprünglicher termin", "message d'origine", "message d’origine",
    "message original", "mensaje original", "mensagem original", "messaggio originale", "oorspronkelijk bericht",
    "oorspronkelijke bericht", "oprindelig meddelelse", "original meddelelse", "oprindelig besked",
    "opprinnelig melding", "original melding", "ursprungligt meddelande", "original meddelande", "originalmeddelande",
    "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "původní e-mail",
    "исходное сообщение", "原始邮件", "原始郵件", "元のメッセージ",
)  # fmt: skip
FORWARD_PHRASES = (
    "forwarded message", "forwarded by", "begin forwarded message", "weitergeleitete nachricht", "weitergeleitet von",
    "anfang der weitergeleiteten", "message transféré", "message réexpédié", "début du message transféré",
    "début du message réexpédié", "mensaje reenviado", "inicio del mensaje reenviado", "messaggio inoltrato",
    "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "wiadomość przekazana", "przekazana wiadomość", "przesłana wiadomość",
    "początek przekazywanej wiadomości", "vidarebefordrat meddelande", "vidarebefordrat brev",
    "vidarebefordrat mejl", "videresendt meddelelse", "videresendt besked", "start på videresendt besked",
    "videresendt melding", "start på videresendt melding", "přeposlaná zpráva", "předaná zpráva",
    "začátek přeposlané zprávy", "пересылаемое сообщение",
)  # fmt: skip

# What ticket systems write between an answer and what was said before.
CUT_HERE_PHRASES = (
    "previous replies", "previous conversation", "vorherige antworten", "bisheriger verlauf", "réponses précédentes",
    "respuestas anteriores", "risposte precedenti", "vorige antwoorden", "respostas anteriores", "tidigare svar",
    "tidligere svar", "poprzednie odpowiedzi", "předchozí odpovědi", "please type your reply above this line",
    "please reply above this line", "reply above this line", "write above this line", "type your response above",
    "in replies all text above this line", "bitte antworten sie oberhalb dieser", "bitte oberhalb dieser",
    "antworten sie oberhalb", "répondez au-dessus de cette ligne", "responda por encima de esta línea",
)  # fmt: skip

# Attribution lines: "On … wrote:". The first word, and the verb.
ATTRIBUTION_OPENERS = frozenset(
    {"on", "am", "at", "le", "el", "il", "op", "den", "em", "w", "dnia", "dne", "på", "pe", "vào", "在", "στις",
     "a", "în", "ve", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
     "mån", "tis", "ons", "tors", "fre", "lör", "sön", "man", "tir", "tor", "lør", "søn", "lørdag", "monday", "tuesday",
     "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag",
     "freitag", "samstag", "sonntag", "sonnabend", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "po", "út", "st",
     "čt", "pá"}
)  # fmt: skip
ATTRIBUTION_VERBS = (
    "wrote", "writes", "schrieb", "schreibt", "geschrieben", "a écrit", "ecrit", "écrit", "escribió", "escreveu",
    "ha scritto", "scrisse", "schreef", "geschreven", "skrev", "kirjoitti", "napisał", "napisał(a)", "napisała",
    "napisana przez", "pisze", "napsal", "napsal(a)", "napsala", "píše", "написал", "написав", "пишет", "пише", "写道",
    "寫道", "đã viết", "έγραψε", "yazdı", "a scris", "のメール", "napísal",
    "napísal(a)", "napisao", "napisala", "napisao/la", "napisao je", "написа", "написал(а)", "írta", "va escriure",
    "님이 작성", "כתב", "כתבה", "quoting", "zitat von", "citando", "sent",
)  # fmt: skip
# Who says this tells a story: "On Monday at 10:30 I sent them:" introduces no quoted mail.
TELLERS = frozenset(
    {"i", "we", "he", "she", "they", "ich", "wir", "er", "sie", "je", "j'ai", "nous", "ik", "wij",
     "jag", "jeg", "vi", "eu", "yo", "io"}
)  # fmt: skip
ARTICLES = frozenset(
    {"the", "our", "my", "your", "der", "die", "das", "unser", "unsere", "mein", "meine", "notre", "nuestro", "nostro",
     "onze", "mijn", "vår", "vores"}
)  # fmt: skip
