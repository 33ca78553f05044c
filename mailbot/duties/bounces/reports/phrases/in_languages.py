"""Sentences that are put together: what is spoken of, and what is said of it; most in other languages than English.

A server of a provider writes one of many sentences of the same making ("Nutzer unbekannt", "Der Empfänger existiert
nicht"): a list of sentences that were seen misses the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.duties.bounces.reports.failure import Reason


@dataclass(frozen=True, slots=True)
class Sentences:
    """All sentences of one making: each of `things` with each of `sayings` behind it. Commas part them."""

    reason: Reason
    things: str
    sayings: str

    def phrases(self) -> Iterator[str]:
        for thing in self.things.split(","):
            for saying in self.sayings.split(","):
                yield " ".join((*thing.split(), *saying.split()))


_SENTENCES: Final = (
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        """empfänger, empfaenger, empfängerpostfach, empfängeradresse, benutzer, nutzer, postfach, adressat, e mail
        adresse, email adresse, benutzerkonto""",
        """unbekannt, ist unbekannt, nicht bekannt, ist nicht bekannt, nicht vorhanden, ist nicht vorhanden,
        existiert nicht, ist ungültig, ungültig, ist nicht gültig, wurde nicht gefunden, gibt es nicht""",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        "unbekannter, unbekannte, unbekanntes, keinen, kein, keine",
        "nutzer, benutzer, empfänger, empfaenger, adressat, empfängeradresse, postfach, mailbox",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        """adresse du destinataire, adresse e mail, adresse email, adresse mail, cette adresse, destinataire,
        utilisateur, boîte aux lettres, boîte mail, ladresse""",
        """nexiste pas, nexiste plus, inconnu, inconnue, est inconnu, est inconnue, introuvable, est introuvable,
        inexistant, inexistante, invalide, est invalide""",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        """dirección de correo, dirección de destino, dirección del destinatario, destinatario, usuario, buzón,
        buzón de correo, cuenta de correo""",
        """no existe, no válido, no válida, no es válido, no es válida, no valido, desconocido, desconocida,
        inexistente, incorrecto, incorrecta, no encontrado, no encontrada, es desconocido, es desconocida""",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        """indirizzo email, indirizzo e mail, indirizzo di posta, indirizzo del destinatario, destinatario, utente,
        casella, casella di posta, casella postale""",
        """inesistente, non esiste, non valido, non valida, non è valido, non è valida, sconosciuto, sconosciuta, è
        sconosciuto, non trovato, non trovata, errato, errato o inesistente""",
    ),
    Sentences(Reason.NO_SUCH_MAILBOX, "nessun, nessuna", "utente, destinatario, casella, indirizzo"),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        """destinatário, utilizador, usuário, endereço de e mail, endereço de email, endereço do destinatário, caixa
        postal, caixa de correio""",
        """não existe, inexistente, desconhecido, desconhecida, inválido, inválida, é inválido, não encontrado, não
        encontrada, não foi encontrado, não foi encontrada""",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        "ontvanger, gebruiker, e mailadres, emailadres, mailbox, postbus",
        "bestaat niet, onbekend, is onbekend, niet gevonden, is niet gevonden, ongeldig, is ongeldig",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        "mottagaren, mottagaradressen, användaren, adressen, e postadressen, brevlådan",
        "finns inte, finns ej, är okänd, okänd, hittades inte, är ogiltig, existerar inte",
    ),
    Sentences(
        Reason.NO_SUCH_MAILBOX,
        "modtageren, mottakeren, brugeren, brukeren, adressen, e mail adressen, e postadressen, postkassen",
        """findes ikke, finnes ikke, er ukendt, er ukjent, ukendt, ukjent, blev ikke fundet, ble ikke funnet,
        eksisterer ikke, er ugyldig""",
    ),
    Sentences(
        Reason.MAILBOX_FULL,
        """postfach, postfach des empfängers, empfängerpostfach, mailbox, mailbox des empfängers, posteingang,
        konto, speicherplatz des empfängers, speicherplatz des postfachs, speicherkontingent, kontingent, quota""",
        """voll, ist voll, ist überfüllt, überfüllt, erschöpft, ist erschöpft, ist ausgeschöpft, überschritten, ist
        überschritten, hat seine maximale größe, hat die maximale größe""",
    ),
    Sentences(Reason.MAILBOX_FULL, "kein, nicht genügend, nicht genug, zu wenig", "speicherplatz im postfach"),
    Sentences(
        Reason.MAILBOX_FULL,
        """boîte, boîte du destinataire, boîte aux lettres, boîte aux lettres du destinataire, boîte de réception,
        boîte de réception du destinataire, boîte mail, messagerie du destinataire""",
        "pleine, est pleine, saturée, est saturée",
    ),
    Sentences(
        Reason.MAILBOX_FULL,
        "quota, quota du destinataire, quota de la boîte",
        "dépassé, est dépassé, atteint, est atteint",
    ),
    Sentences(
        Reason.MAILBOX_FULL,
        """buzón, buzón de correo, buzón del destinatario, bandeja de entrada, bandeja de entrada del destinatario,
        buzón de correo del destinatario""",
        "lleno, llena, está lleno, está llena, completo, saturado",
    ),
    Sentences(Reason.MAILBOX_FULL, "superado la, excedido la, superada la, excedida la", "cuota"),
    Sentences(
        Reason.MAILBOX_FULL,
        """casella, casella di posta, casella postale, casella del destinatario, casella di posta del destinatario,
        casella postale del destinatario""",
        "piena, è piena, satura, ha superato la quota",
    ),
    Sentences(Reason.MAILBOX_FULL, "spazio insufficiente, spazio esaurito", "nella casella, nella mailbox"),
    Sentences(
        Reason.MAILBOX_FULL,
        "mottagarens brevlåda, mottagarens inkorg, brevlådan, brevlåda, inkorgen, postlådan",
        "är full, full, är fylld",
    ),
    Sentences(
        Reason.MAILBOX_FULL,
        """modtagerens indbakke, modtagerens postkasse, indbakken, postkassen, mottakerens innboks, mottakerens
        postkasse, innboksen, postboksen""",
        "er fuld, er full, er fyldt",
    ),
    Sentences(
        Reason.MAILBOX_FULL,
        "postbus, postbus van de ontvanger, mailbox, mailbox van de ontvanger, postvak, postvak van de ontvanger",
        "vol, is vol, zit vol",
    ),
    Sentences(
        Reason.DISABLED,
        "konto, benutzerkonto, e mail konto, postfach, benutzer, mailbox",
        """gesperrt, wurde gesperrt, stillgelegt, ist stillgelegt, wurde stillgelegt, wurde deaktiviert,
        abgeschaltet, ist abgeschaltet, wurde abgeschaltet""",
    ),
    Sentences(
        Reason.DISABLED,
        "compte, compte du destinataire, boîte, boîte aux lettres, utilisateur",
        """désactivé, désactivée, est désactivé, est désactivée, a été désactivé, a été désactivée, suspendu,
        suspendue, est suspendu, est suspendue, bloqué, bloquée, est bloqué, est bloquée""",
    ),
    Sentences(
        Reason.DISABLED,
        "cuenta, cuenta de correo, cuenta del destinatario, buzón, usuario",
        """desactivado, desactivada, está desactivado, está desactivada, suspendido, suspendida, está suspendida,
        bloqueado, bloqueada, está bloqueada, deshabilitado, deshabilitada, está deshabilitada""",
    ),
    Sentences(
        Reason.DISABLED,
        "account, laccount, casella, casella di posta, utente",
        """disabilitato, disabilitata, è disabilitato, è disabilitata, è stato disabilitato, è stata disabilitata,
        disattivato, disattivata, è disattivato, è disattivata, sospeso, sospesa, è sospeso, è sospesa, bloccato""",
    ),
    Sentences(
        Reason.MOVED,
        """adresse, empfänger, adresse du destinataire, ladresse, dirección, dirección del destinatario, indirizzo,
        indirizzo del destinatario""",
        "hat sich geändert, ist umgezogen, a changé, ha cambiado, è cambiato",
    ),
    Sentences(
        Reason.NO_SUCH_HOST,
        "domain, domäne, zieldomain, host, rechner, mailserver",
        """existiert nicht, wurde nicht gefunden, nicht gefunden, ist nicht vorhanden, ist unbekannt, unbekannt,
        gibt es nicht""",
    ),
    Sentences(
        Reason.NO_SUCH_HOST,
        "dominio, dominio del destinatario, dominio de destino, dominio di destinazione",
        """no existe, no encontrado, no se encontró, desconocido, inexistente, non esiste, non trovato, sconosciuto,
        non valido, no válido""",
    ),
    Sentences(
        Reason.NO_SUCH_HOST,
        "domaine, domaine du destinataire, domaine de destination",
        "nexiste pas, introuvable, est introuvable, inconnu, est inconnu, inexistant",
    ),
    Sentences(
        Reason.NO_SUCH_HOST,
        "domänen, domænet, domenet, domein, het domein",
        "finns inte, hittades inte, findes ikke, finnes ikke, bestaat niet, niet gevonden, is onbekend",
    ),
    # What is said so of the sender is no death of the recipient.
    Sentences(
        Reason.BLOCKED,
        """absender, absenderadresse, absenderdomain, adresse des absenders, domain des absenders, ihre domain, ihre
        adresse""",
        """existiert nicht, unbekannt, ist unbekannt, nicht bekannt, ist nicht bekannt, ungültig, ist ungültig,
        nicht gefunden, wurde nicht gefunden, gibt es nicht, gesperrt, ist gesperrt, wurde gesperrt""",
    ),
    Sentences(
        Reason.BLOCKED,
        "expéditeur, lexpéditeur, adresse de lexpéditeur, domaine de lexpéditeur",
        """nexiste pas, inconnu, inconnue, est inconnu, est inconnue, invalide, est invalide, introuvable, est
        introuvable, bloqué, est bloqué, refusé, est refusé""",
    ),
    Sentences(
        Reason.BLOCKED,
        "remitente, dirección del remitente, dominio del remitente",
        """no existe, desconocido, desconocida, es desconocido, no válido, no válida, no es válido, no encontrado,
        bloqueado, está bloqueado, rechazado""",
    ),
    Sentences(
        Reason.BLOCKED,
        "mittente, indirizzo del mittente, dominio del mittente",
        """non esiste, inesistente, sconosciuto, è sconosciuto, non valido, non è valido, non trovato, bloccato, è
        bloccato, rifiutato""",
    ),
    Sentences(
        Reason.BLOCKED,
        "remetente, endereço do remetente, domínio do remetente",
        "não existe, inexistente, desconhecido, inválido, não encontrado, bloqueado",
    ),
    Sentences(
        Reason.BLOCKED,
        "afzender, adres van de afzender, domein van de afzender",
        "bestaat niet, onbekend, is onbekend, ongeldig, is ongeldig, niet gevonden, geblokkeerd",
    ),
    Sentences(
        Reason.BLOCKED,
        "avsändaren, avsändaradressen, afsenderen, afsenderadressen, avsenderen, avsenderadressen",
        "finns inte, finns ej, är okänd, hittades inte, findes ikke, finnes ikke, er ukendt, er ukjent",
    ),
    Sentences(
        Reason.BLOCKED,
        "отправитель, адрес отправителя",
        "не существует, не найден, неизвестен",
    ),
    Sentences(
        Reason.BLOCKED,
        "sender address, sender user, senders address, sender account, sender mailbox, from address",
        "does not exist, doesnt exist, not found, was not found, unknown, is unknown, invalid, is invalid",
    ),
    Sentences(
        Reason.CONTENT,
        "nachricht, e mail, mail, message, le message, mensaje, correo, messaggio, mensagem",
        """überschreitet die maximale größe, überschreitet die zulässige größe, est trop volumineux, trop
        volumineux, dépasse la taille, es demasiado grande, supera el tamaño, supera la dimensione, è troppo
        grande, excede o tamanho""",
    ),
)


def _put_together() -> Mapping[Reason, tuple[str, ...]]:
    found: dict[Reason, dict[str, None]] = {}
    for sentences in _SENTENCES:
        found.setdefault(sentences.reason, {}).update(dict.fromkeys(sentences.phrases()))
    return {reason: tuple(phrases) for reason, phrases in found.items()}


IN_LANGUAGES: Final = _put_together()
