"""The words by which mail programs introduce the mail that is answered or forwarded, in the languages they write them.

All in lower case, compared with casefolded text.
"""

from __future__ import annotations

# Labels of the header block that Outlook and its kind put above a quoted mail.
FROM_LABELS = frozenset(
    {"from", "von", "de", "da", "van", "fra", "från", "od", "от", "від", "lähettäjä", "kimden", "gönderen",
     "expéditeur", "remitente", "mittente", "afzender", "absender", "avsändare", "afsender", "avsender", "nadawca",
     "odesílatel",
     "odosielateľ", "feladó", "de la", "šalje", "pošiljatelj", "από", "saatja", "nuo", "差出人", "送信元", "发件人",
     "寄件者", "寄件人", "보낸사람", "보낸 사람", "발신", "מאת", "من", "từ", "dari"}
)  # fmt: skip
SENT_LABELS = frozenset(
    {"sent", "gesendet", "envoyé", "enviado", "enviada", "inviato", "verzonden", "sendt", "skickat", "wysłano",
     "date", "datum", "fecha", "data", "dato", "dátum", "message du", "отправлено", "дата", "lähetetty", "päivämäärä",
     "päiväys", "odesláno", "odoslané", "elküldve", "küldve", "gönderildi", "gönderme tarihi", "tarih", "trimis",
     "надіслано", "відправлено", "изпратено", "enviat", "poslano", "poslato", "στάλθηκε", "ημερομηνία", "saadetud",
     "kuupäev", "išsiųsta", "nosūtīts", "日時", "送信日時", "日付", "发送时间", "發送時間", "時間", "时间", "傳送時間",
     "日期", "寄件日期", "보낸 날짜", "보낸날짜", "보낸 시간", "날짜", "נשלח", "تاريخ الإرسال", "ngày", "gửi",
     "tanggal",
     "timestamp"}
)  # fmt: skip
TO_LABELS = frozenset(
    {"to", "an", "à", "para", "a", "aan", "til", "till", "do", "кому", "до", "komu", "pro", "vastaanottaja", "saaja",
     "kime", "alıcı", "címzett", "către", "catre", "prima", "za", "per a", "προς", "adressaat", "kam", "宛先",
     "收件人",
     "收件者", "받는사람", "받는 사람", "수신", "אל", "إلى", "đến", "kepada"}
)  # fmt: skip
SUBJECT_LABELS = frozenset(
    {"subject", "betreff", "thema", "objet", "asunto", "oggetto", "onderwerp", "emne", "ämne", "temat", "sujet",
     "тема",
     "относно", "předmět", "predmet", "tárgy", "aihe", "assunto", "assumpte", "konu", "subiect", "zadeva", "θέμα",
     "teema", "tema", "tēma", "件名", "主题", "主題", "主旨", "제목", "נושא", "الموضوع", "đề", "chủ đề", "subjek",
     "perihal"}
)  # fmt: skip
OTHER_LABELS = frozenset(
    {"cc", "bcc", "kopie", "copie", "copie à", "cópia", "kopia", "kopi", "kopio", "copia", "копия", "копія", "копие",
     "kópia", "kopija", "másolatot kap", "másolat", "bilgi", "dw", "udw", "κοιν", "a/c", "抄送", "副本", "참조",
     "עותק",
     "نسخة", "reply-to", "replyto", "risposta", "antwort", "antwort an", "priority", "importance", "wichtigkeit",
     "attachments", "anlagen", "organization"}
)  # fmt: skip

# Between rulers, "-----Original Message-----", or on a line of its own that ends in a colon.
ORIGINAL_PHRASES = (
    "original message", "original appointment", "original mail", "original e-mail", "original email", "reply message",
    "previous message", "replied message",
    "ursprüngliche nachricht", "ursprüngliche mail", "ursprüngliche e-mail", "urspr. nachricht", "originalnachricht",
    "original-nachricht", "original nachricht", "ursprünglicher termin",
    "message d'origine", "message d’origine", "message original", "message initial", "mail original",
    "courriel original", "e-mail d'origine", "e-mail d’origine", "rendez-vous d'origine", "rendez-vous d’origine",
    "mensaje original", "correo original", "cita original", "mensagem original", "compromisso original",
    "messaggio originale", "appuntamento originale", "oorspronkelijk bericht", "oorspronkelijke bericht",
    "origineel bericht", "oorspronkelijke afspraak", "oprindelig meddelelse", "original meddelelse",
    "oprindelig besked", "oprindelig aftale", "opprinnelig melding", "opprinnelig avtale", "original melding",
    "ursprungligt meddelande", "original meddelande", "originalmeddelande", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna", "původní zpráva", "původní e-mail",
    "pôvodná správa", "pôvodný e-mail", "eredeti üzenet", "eredeti levél", "mesaj original", "mesajul original",
    "исходное сообщение", "исходное письмо", "оригинальное сообщение", "вихідне повідомлення",
    "оригінальне повідомлення", "початкове повідомлення", "оригинално съобщение", "orijinal mesaj", "orijinal ileti",
    "özgün ileti", "αρχικό μήνυμα", "izvorna poruka", "originalna poruka", "izvirno sporočilo", "missatge original",
    "原始邮件", "原始郵件", "邮件原件", "原邮件", "元のメッセージ", "元のメール", "원본 메시지", "원본 메일",
    "원본메일",
)  # fmt: skip
FORWARD_PHRASES = (
    "forwarded message", "forwarded by", "begin forwarded message", "forwarded mail", "start of forwarded message",
    "weitergeleitete nachricht", "weitergeleitet von", "anfang der weitergeleiteten", "beginn der weitergeleiteten",
    "weitergeleitete e-mail",
    "message transféré", "message réexpédié", "message transmis", "début du message transféré",
    "début du message réexpédié", "courriel transféré", "mensaje reenviado", "correo reenviado",
    "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato",
    "inizio del messaggio inoltrato", "doorgestuurd bericht", "begin doorgestuurd bericht", "mensagem encaminhada",
    "mensagem reencaminhada", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "wiadomość przekazana", "przekazana wiadomość", "przesłana wiadomość", "treść przekazanej wiadomości",
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "vidarebefordrat meddelande",
    "vidarebefordrat brev", "vidarebefordrat mejl", "vidarebefordrat e-post", "videresendt meddelelse",
    "videresendt besked", "videresendt e-mail", "start på videresendt", "videresendt melding", "videresendt e-post",
    "přeposlaná zpráva", "předaná zpráva", "přeposlaný e-mail", "začátek přeposlané", "začátek přeposílané",
    "preposlaná správa", "začiatok preposlanej", "välitetty viesti", "edelleenlähetetty viesti",
    "alkaa edelleenlähetetty", "továbbított üzenet", "továbbított levél", "továbbított e-mail", "mesaj redirecționat",
    "mesaj retransmis", "început mesaj redirecționat", "пересылаемое сообщение", "пересланное сообщение",
    "перенаправленное сообщение", "начало переадресованного", "начало пересылаемого", "переслане повідомлення",
    "перенаправлене повідомлення", "початок переадресованого", "препратено съобщение", "iletilen ileti",
    "yönlendirilen ileti", "yönlendirilmiş ileti", "iletilen mesaj", "yönlendirilen mesaj", "προωθημένο μήνυμα",
    "proslijeđena poruka", "posredovano sporočilo", "missatge reenviat", "转发的消息", "转发的邮件", "转发邮件",
    "下面是被转发的邮件", "开始转发的邮件", "以下是转发的邮件", "轉寄的訊息", "轉寄的郵件", "轉寄郵件",
    "以下是轉寄的郵件",
    "開始轉寄郵件", "転送メッセージ", "転送されたメッセージ", "転送されたメール", "전달된 메시지", "전달된 메일",
    "전달 메시지",
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
    {"on", "am", "at", "le", "el", "il", "op", "den", "em", "en", "no", "às", "w", "dnia", "dne", "dňa", "dana", "på",
     "pe", "la", "vào", "pada", "在", "于", "於", "στις", "на", "a", "în", "ve", "v", "kuupäev", "lūdzu",
     "missatge",
     "في", "בתאריך",
     "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
     "mån", "tis", "ons", "tors", "fre", "lör", "sön", "man", "tir", "tor", "lør", "søn", "lørdag", "monday",
     "tuesday",
     "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag",
     "freitag", "samstag", "sonntag", "sonnabend", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "po", "út", "st",
     "čt", "pá", "ne", "ut", "ma", "ti", "ke", "to", "su", "maanantai", "tiistai", "keskiviikko",
     "torstai", "perjantai", "lauantai", "sunnuntai", "понедельник", "вторник", "среда", "четверг", "пятница",
     "суббота", "воскресенье", "понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя", "пн", "вт",
     "ср", "чт", "пт", "сб", "вс", "нд",
     "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)  # fmt: skip
ATTRIBUTION_VERBS = (
    "wrote", "writes", "schrieb", "schreibt", "geschrieben", "a écrit", "ecrit", "écrit", "escribió", "escreveu",
    "ha scritto", "scritto", "scrisse", "schreef", "geschreven", "skrev", "skrifaði", "kirjoitti", "napisał",
    "napisał(a)",
    "napisała", "napisana przez", "pisze", "napsal", "napsal(a)", "napsala", "píše", "написал", "написав",
    "написав(-ла)",
    "пишет", "пише", "写道", "寫道", "đã viết", "viết", "έγραψε", "yazdı", "yazdi", "a scris", "scris", "のメール",
    "napísal",
    "napísal(a)", "napisao", "napisala", "napisao/la", "napisao je", "je napisao", "написа", "написал(а)", "írta",
    "va escriure", "missatge de", "menulis", "kirjutas", "rašė", "rakstīja", "님이 작성", "작성", "쓴 글", "님의 글",
    "כתב", "כתבה", "كتب", "تمت كتابة ما يلي بواسطة", "quoting", "zitat von", "citando", "sent",
)  # fmt: skip
# Between the moment and an address that alone says who wrote.
BY_WORDS = frozenset({"by", "von", "de", "par", "por", "da", "van", "af", "av", "od", "přes", "от", "від"})
# Who says this tells a story: "On Monday at 10:30 I sent them:" introduces no quoted mail.
TELLERS = frozenset(
    {"i", "we", "he", "she", "they", "ich", "wir", "er", "sie", "je", "j'ai", "nous", "ik", "wij",
     "jag", "jeg", "vi", "eu", "yo", "io"}
)  # fmt: skip
ARTICLES = frozenset(
    {"the", "our", "my", "your", "der", "die", "das", "unser", "unsere", "mein", "meine", "notre", "nuestro", "nostro",
     "onze", "mijn", "vår", "vores"}
)  # fmt: skip
