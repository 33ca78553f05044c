"""Where a quoted mail begins, in the languages and the forms in which mail programs say it."""

from __future__ import annotations

import pytest

from mailbot.message.trimmer import trim

ATTRIBUTIONS = [
    "At 14:56 02.06.2003 -0400, you wrote:",
    "2016년 4월 21일 (목) 오후 9:32, Sales Desk <desk@x.example>님이 작성:",
    "Dňa 3.11.2025 o 9:00 Sales Desk napísal(a):",
    "ut 3. 11. 2025 o 9:00 Sales Desk <desk@x.example> napísal(a):",
    "pon, 3. stu 2025. u 09:00 Sales Desk <desk@x.example> napisao je:",
    "În lun., 3 nov. 2025 la 09:00, Sales Desk <desk@x.example> a scris:",
    "На пн, 3.11.2025 г. в 9:00 Sales Desk <desk@x.example> написа:",
    "Sales Desk <desk@x.example> ezt írta (időpont: 2025. nov. 3., H, 9:00):",
    "Στις Δευ 3 Νοε 2025 στις 9:00 π.μ., ο χρήστης Sales Desk <desk@x.example> έγραψε:",
    "Sales Desk <desk@x.example>, 3 Kas 2025 Pzt, 09:00 tarihinde şunu yazdı:",
    "пн, 3 лист. 2025 р. о 09:00 Sales Desk <desk@x.example> пише:",
    "пн, 3 нояб. 2025 г. в 09:00, Sales Desk <desk@x.example>:",
    "3 ноября 2025 г., 9:00 пользователь Sales Desk <desk@x.example> написал:",
    "2025年11月3日(月) 9:00 Sales Desk <desk@x.example>:",
    "2025年11月3日 9:00、Sales Desk のメール:",
    "在 2025年11月3日，上午9:00，Sales Desk <desk@x.example> 写道：",
    "Sales Desk <desk@x.example> 於 2025年11月3日 週一 上午9:00寫道：",
    "ma 3. marrask. 2025 klo 9.00 Sales Desk (desk@x.example) kirjoitti:",
    "Sales Desk kirjoitti 3.11.2025 9:00:",
    "Vào 09:00, Th 2, 3 thg 11, 2025 Sales Desk <desk@x.example> đã viết:",
    "El dl., 3 de nov. 2025, 9:00, Sales Desk <desk@x.example> va escriure:",
    "Fri, 28 Sep 2012 10:55:48 +0000 from desk@x.example <desk@x.example>:",
    "In article <1@x.example>, Sales Desk <desk@x.example> wrote:",
    "Quoting Sales Desk <desk@x.example>:",
    "Zitat von Sales Desk <desk@x.example>:",
    "Citando Sales Desk <desk@x.example>:",
    '03.11.2025, 09:00, "Sales Desk" <desk@x.example>:',
    "---- On Mon, 03 Nov 2025 09:00:00 +0100 Sales Desk <desk@x.example> wrote ----",
    "At 09:00 03.11.2025, Sales Desk wrote:",
    "W poniedziałek, 3 listopada 2025 Sales Desk <desk@x.example> napisał(a):",
    "Il lun 3 nov 2025, 09:00 Sales Desk <desk@x.example> ha scritto:",
    "Em seg, 3 de nov de 2025 09:00, Sales Desk <desk@x.example> escreveu:",
    "A 3 de novembro de 2025 09:00, Sales Desk escreveu:",
    "Den tors. 3 nov. 2025 09:00Sales Desk <desk@x.example> skrev:",
    'On Nov 3, 2025 9:00 AM, "Sales Desk" <desk@x.example> wrote:',
    "desk@x.example a écrit le 03/11/2025 09:00 :",
    "Sales Desk schreef op 3-11-2025 9:00:",
    "Sales Desk skrev den 2025-11-03 09:00:",
    "Sales Desk napsal(a) dne 3.11.2025 9:00:",
    "Sales Desk ha scritto il 03/11/2025 alle 09:00:",
    "Sales Desk escribió el 03/11/2025 09:00:",
    "On Mon, Nov 3, 2025 at 9:00 AM Sales Desk <\ndesk@harbourpine.example> wrote:",
    "Sales Desk <desk@harbourpine.example> schrieb am Mo., 3. Nov. 2025\num 09:00 Uhr:",
    "2025-11-03 9:00 GMT+01:00 Sales Desk <desk@harbourpine.example>:",
    '11:00 AM, November 3, 2025, "Sales Desk" <desk@harbourpine.example>:',
    "On Mon, Nov 3, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:",
    "On 3 Nov 2025, at 09:00, Sales Desk <desk@harbourpine.example> wrote:",
    "On 11/3/25 9:00 AM, Sales Desk wrote:",
    "On 2025-11-03 Sales Desk wrote:",
    "Sales Desk <desk@harbourpine.example> wrote on 03/11/2025 09:00:",
    "On Monday, November 3, 2025, Sales Desk\n<desk@harbourpine.example>\nwrote:",
    "On Monday, November 3, 2025 at 09:00:00 AM GMT+1, Sales Desk <desk@harbourpine.example> wrote:",
    '"Sales Desk" <desk@harbourpine.example> writes:',
    "On Mon, 3 Nov 2025, Sales Desk wrote:",
    "Am 03.11.2025 schrieb Sales Desk:",
    "Am Mo., 3. Nov. 2025 um 09:00 Uhr schrieb Sales Desk <\ndesk@harbourpine.example>:",
    "Am Montag, dem 3. November 2025 schrieb Sales Desk:",
    'Am 03.11.25, 09:00 schrieb "Sales Desk" <desk@harbourpine.example>:',
    "Sales Desk hat am 03.11.2025 09:00 geschrieben:",
    "Le lun. 3 nov. 2025 à 09:00, Sales Desk <desk@harbourpine.example> a\nécrit :",
    "Le 3 nov. 2025 à 09:00, Sales Desk a écrit :",
    "Le 03/11/2025 à 09:00, Sales Desk a écrit :",
    "Le lundi 3 novembre 2025, Sales Desk a écrit\xa0:",
    "El lun, 3 nov 2025 a las 9:00, Sales Desk (<desk@harbourpine.example>)\nescribió:",
    "El 3 nov 2025, a las 9:00, Sales Desk escribió:",
    "El lunes, 3 de noviembre de 2025, Sales Desk escribió:",
    "Il giorno lun 3 nov 2025 alle ore 09:00 Sales Desk <desk@harbourpine.example>\nha scritto:",
    "Il 03/11/2025 09:00, Sales Desk ha scritto:",
    "Il giorno 3 nov 2025, Sales Desk ha scritto:",
    "Op ma 3 nov 2025 om 09:00 schreef Sales Desk <desk@harbourpine.example>:",
    "Op 3 nov. 2025, om 09:00 heeft Sales Desk <desk@harbourpine.example> het volgende geschreven:",
    "Op 3 november 2025 schreef Sales Desk:",
    "Em seg., 3 de nov. de 2025 às 09:00, Sales Desk <desk@harbourpine.example>\nescreveu:",
    "Em 3 de novembro de 2025 Sales Desk escreveu:",
    "Sales Desk <desk@harbourpine.example> escreveu no dia segunda, 3/11/2025 à(s) 09:00:",
    "W dniu 3.11.2025 o 09:00, Sales Desk pisze:",
    "W dniu 03.11.2025 Sales Desk napisał(a):",
    "pon., 3 lis 2025 o 09:00 Sales Desk <desk@harbourpine.example> napisał(a):",
    "Dnia 3 listopada 2025 09:00 Sales Desk <desk@harbourpine.example>\nnapisał(a):",
    "Wiadomość napisana przez Sales Desk <desk@harbourpine.example> w dniu 3 lis 2025, o godz. 09:00:",
    "Den mån 3 nov. 2025 kl 09:00 skrev Sales Desk <desk@harbourpine.example>:",
    "Den 3 november 2025 skrev Sales Desk:",
    "Den 2025-11-03 kl. 09:00, skrev Sales Desk:",
    "3 nov. 2025 kl. 09:00 skrev Sales Desk <desk@harbourpine.example>:",
    "Den man. 3. nov. 2025 kl. 09.00 skrev Sales Desk <desk@harbourpine.example>:",
    "Den 3. nov. 2025 skrev Sales Desk:",
    "Den 03-11-2025 kl. 09:00 skrev Sales Desk:",
    "man. 3. nov. 2025 kl. 09:00 skrev Sales Desk <desk@harbourpine.example>:",
    "Den 3. november 2025 skrev Sales Desk:",
    "På 3 november 2025 skrev Sales Desk:",
    "Dne 3.11.2025 v 09:00 Sales Desk napsal(a):",
    "Dne 3. 11. 2025 Sales Desk napsal(a):",
    "po 3. 11. 2025 v 9:00 odesílatel Sales Desk <desk@harbourpine.example> napsal:",
]
BLOCKS = [
    "From: Sales Desk <desk@harbourpine.example>\nSent: Monday, November 3, 2025 9:00 AM\nSubject: Banner",
    "________________________________\nVon: Sales Desk\nGesendet: Montag, 3. November 2025 09:00\nAn: Ellen",
    'Gesendet: 3. November 2025 um 09:00 Uhr\nVon: "Sales Desk" <desk@x.example>\nAn: ellen@x.example\nBetreff: Banner',
    "From: Sales Desk\nSent: Monday, November 3, 2025 9:00 AM\nTo: Ellen\nSubject: Banner",
    "Von: Sales Desk\nGesendet: Montag, 3. November 2025 09:00\nAn: Ellen\nBetreff: Banner",
    "Von: Sales Desk [mailto:d@x.example]\nGesendet: 3.11.2025 09:00\nAn: Ellen;\nTom\nCc: Mara\nBetreff: Banner",
    "Von:\tSales Desk\nAn:\tEllen\nDatum:\t03.11.2025 09:00\nBetreff:\tBanner",
    "De : Sales Desk\nEnvoyé : lundi 3 novembre 2025 09:00\nÀ : Ellen\nObjet : Banner",
    "De : Sales Desk\nDate : lundi 3 novembre 2025 09:00\nÀ : Ellen\nObjet : Banner",
    "De: Sales Desk\nEnviado el: lunes, 3 de noviembre de 2025 9:00\nPara: Ellen\nAsunto: Banner",
    "De: Sales Desk\nFecha: lunes, 3 de noviembre de 2025 9:00\nPara: Ellen\nAsunto: Banner",
    "Da: Sales Desk\nInviato: lunedì 3 novembre 2025 09:00\nA: Ellen\nOggetto: Banner",
    "Van: Sales Desk\nVerzonden: maandag 3 november 2025 09:00\nAan: Ellen\nOnderwerp: Banner",
    "De: Sales Desk\nEnviado: segunda-feira, 3 de novembro de 2025 09:00\nPara: Ellen\nAssunto: Banner",
    "De: Sales Desk\nEnviada em: segunda-feira, 3 de novembro de 2025 09:00\nPara: Ellen\nAssunto: Banner",
    "Od: Sales Desk\nWysłano: poniedziałek, 3 listopada 2025 09:00\nDo: Ellen\nTemat: Banner",
    "Od: Sales Desk\nData: poniedziałek, 3 listopada 2025 09:00\nDo: Ellen\nTemat: Banner",
    "Från: Sales Desk\nSkickat: den 3 november 2025 09:00\nTill: Ellen\nÄmne: Banner",
    "Från: Sales Desk\nDatum: måndag 3 november 2025 09:00\nTill: Ellen\nÄmne: Banner",
    "Fra: Sales Desk\nSendt: 3. november 2025 09:00\nTil: Ellen\nEmne: Banner",
    "Fra: Sales Desk\nSendt: mandag 3. november 2025 09:00\nTil: Ellen\nEmne: Banner",
    "Od: Sales Desk\nOdesláno: pondělí 3. listopadu 2025 9:00\nKomu: Ellen\nPředmět: Banner",
    "Od: Sales Desk\nDatum: pondělí 3. listopadu 2025 9:00\nPro: Ellen\nPředmět: Banner",
    "*Von:* Sales Desk\n*Gesendet:* Montag, 3. November 2025 09:00\n*An:* Ellen\n*Betreff:* Banner",
    "Feladó: Sales Desk\nElküldve: 2025. november 3. 9:00\nCímzett: Ellen\nTárgy: Banner",
    "Sales Desk <desk@harbourpine.example>\n03.11.2025 09:00\n\nAn\nellen@x.example\nKopie\n\nThema\nBanner",
    "Sales Desk\n11/03/2025 09:00 AM\n\nTo\nellen@x.example\ncc\n\nSubject\nBanner",
    'From:   "Sales Desk" <desk@x.example>\nTo:     ellen@x.example\nDate:   03.11.2025 09:00\nSubject:        Banner',
]
SEPARATORS = [
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "-----Message d'origine-----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----",
    "-----Wiadomość oryginalna-----",
    "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----",
    "-----Původní zpráva-----",
    "-------- Original-Nachricht --------",
    "-------- Message transféré --------",
    "-------- Weitergeleitete Nachricht --------",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "-------- Mensaje reenviado --------",
    "-------- Messaggio Inoltrato --------",
    "-------- Doorgestuurd bericht --------",
    "---------- Mensagem encaminhada ---------",
    "---------- Przekazana wiadomość ---------",
    "---------- Vidarebefordrat meddelande ---------",
    "---------- Videresendt meddelelse ---------",
    "---------- Videresendt melding ---------",
    "---------- Přeposlaná zpráva ---------",
    "Début du message réexpédié :",
    "Début du message transféré :",
    "Inicio del mensaje reenviado:",
    "Inizio messaggio inoltrato:",
    "Begin doorgestuurd bericht:",
    "Início da mensagem encaminhada:",
    "Vidarebefordrat brev:",
    "Start på videresendt besked:",
    "-----Original-Nachricht-----",
    "----- Reply message -----",
    "-------- Urspr. Nachricht --------",
    "-------- Originalmeddelande --------",
    "-------- Oryginalna wiadomość --------",
    "---------- Weitergeleitete Nachricht ----------",
    "-----Originalmeddelande-----",
    "-------- Original message --------",
    "-------- Messaggio originale --------",
    "Początek przekazywanej wiadomości:",
    "Videresendt melding:",
    "-------- Message d'origine --------",
    "-------- Původní zpráva --------",
    "----- Mensagem encaminhada -----",
    "----- Forwarded Message -----",
    "-------- Mensagem original --------",
    "-------- Opprinnelig melding --------",
    "----- Ursprüngliche Mail -----",
    "----- Forwarded by Tom Okafor/HP on 03.11.2025 09:00 -----",
    "----- Weitergeleitet von Jonas Weber/HP am 03.11.2025 09:00 -----",
]


def new(text: str) -> str:
    return trim(text).for_people.text


@pytest.mark.parametrize("header", ATTRIBUTIONS + BLOCKS + SEPARATORS)
def test_what_stands_below_a_reply_header_is_quoted(header: str) -> None:
    assert new(f"yes\n\n{header}\n> Have you used it?\n") == "yes"
    assert new(f"yes\n\n{header}\n\nHave you used it? Reply YES, NO or HELP.") == "yes"
    assert new(f"yes\n{header}\nHave you used it? Reply") == "yes"


@pytest.mark.parametrize("header", ATTRIBUTIONS)
def test_an_answer_below_the_marked_quote_is_new(header: str) -> None:
    assert new(f"{header}\n\n> Have you used it?\n\nyes, twice") == "yes, twice"


def test_a_name_alone_introduces_a_quote_only_where_one_follows() -> None:
    assert new("yes\n\nSales Desk wrote:\n> Have you used it?") == "yes"
    assert new("yes\n\nOn 4 Nov 2025 at 3:59 PM, desk@x.example wrote\n> Have you used it?") == "yes"
    assert new("yes\n\nSales Desk wrote:\nplease call") == "yes\n\nSales Desk wrote:\nplease call"


def test_a_header_that_a_program_tore_apart_is_still_one() -> None:
    assert new("yes\n\nOn Monday, November 3rd, 2025 at 9:00\nAM, Ellen <ellen@x.example> wrote:\n\nHave you?") == "yes"
    torn = "On Tue, Nov 4, 2025 at 10:07 PM Ellen Fox\n\n<\nmailto:Ellen Fox <ellen@x.example>\n> wrote:\nHave you?"
    assert new(f"yes\n\n{torn}") == "yes"
    assert new("yes\n____________\nFrom: ellen@x.example Date: Tue, 4 Nov 2025 10:07\nHave you?") == "yes"


def test_words_in_the_line_of_an_attribution_are_quoted_with_it() -> None:
    header = "On Mon, Nov 3, 2025 at 9:00 AM, Ellen Fox<ellen@x.example> wrote:   "

    assert new(f"yes\n\n{header}Have you used it?\nReply YES.") == "yes"
    assert new("yes\n\nellen@x.example wants:   12 crates\nacme 12k") == (
        "yes\n\nellen@x.example wants:   12 crates\nacme 12k"
    )


def test_what_a_ticket_system_repeats_is_quoted() -> None:
    assert new("yes\n\n---\n*Vorherige Antworten*\n\nHave you?") == "yes"
    assert new("yes\n\n##- Please type your reply above this line -##\nHave you?") == "yes"


def test_where_nothing_stands_above_an_unmarked_quote_what_stands_below_is_kept() -> None:
    assert new("On 3 Nov 2025 09:00, Sales Desk wrote:\n\nacme 12k\n\nno, 13k") == "acme 12k\n\nno, 13k"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday at 10:30 I sent them:\nacme 12k",
        "Am 3.11. um 10:30 schrieb ich an anna@acme.example:\nacme 12k",
        "On 3 Nov 2025 the client wrote:\n- acme 12k",
        "Am 03.11.2025 schrieb der Kunde:\nacme 12k",
        "192.0.2.25 does not like it\n\n<a@x.example>:\nacme 12k",
        "a@x.example\n  error after RCPT TO:<a@x.example>:\n  host mx [192.0.2.25]: 550 5.1.1",
        "Original message of Tom: 3 crates\nacme 12k",
        "- Original message was lost\nacme 12k",
        "Original mail:\tsee above, but acme 12k",
        "From: Boston Date: open\nacme 12k",
        "Message: acme 12k",
        "see\n>>> www.acme.example <<<\nfor the banner",
        "Write above this line: acme 12k",
        "Previous replies were lost. acme 12k",
        "03.11.2025 09:00\nacme 12k",
        "---- the client wrote it down, acme 12k ----",
        "Tom\n03.11.2025 09:00\nacme 12k",
    ],
)
def test_ordinary_words_are_no_reply_header(text: str) -> None:
    assert new(f"hello\n{text}") == f"hello\n{text}"


def test_the_torn_tail_of_a_quoted_line_is_quoted_and_a_short_answer_is_not() -> None:
    long = "> the banner that we promised you for the newsletter of October has"
    assert new(f"yes\n\n{long}\nbeen placed\n> today") == "yes"
    assert new("yes\n\n> see (http://x.example/a\n_b=3)\n> thanks") == "yes"
    assert new("yes\n\n> answer here\n (http://x.example/a) >\n> thanks") == "yes"
    assert new(f"{long} been seen?\nyes\n> thanks") == "yes"
    assert new("> where is it?\nhttps://x.example/page\n> thanks") == "https://x.example/page"
