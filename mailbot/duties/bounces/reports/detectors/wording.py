"""How mail systems say that a letter failed, is late, or comes back: plain words in the languages they write."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from mailbot.duties.bounces.reports.plain_words import PhraseBook


class Says(StrEnum):
    """What the words of a mail system say of a letter."""

    FAILED = (
        "failed"  # it did not arrive, or not yet; what people say of one another ("I could not reach you") is not here
    )
    LATE = "late"  # the server has not given up
    ARRIVED = "arrived"  # it did: a receipt
    GIVEN_UP = "given up"  # it has, whatever else it says of waiting


SAYING: Final = PhraseBook(
    {
        Says.FAILED: """
            addresses failed, addresses had delivery, addresses had fatal, addresses had permanent, addresses had
            transient, an error while delivering, another error has been detected, başarısız, blocked by our, bounced
            message, cannot be delivered, cannot be reached, cannot deliver, cant be delivered, could not be reached,
            could not be sent, couldnt be delivered, couldnt deliver, deliver to the following, delivery did not
            succeed, delivery error, delivery failed, delivery failure, delivery has failed, delivery is delayed,
            delivery problem, delivery to the following, did not reach, did not receive, didnt reach, epäonnistui, error
            delivering, error during delivery, error has occurred while attempting to deliver, error message below,
            error occurred while sending, errors occurred, failed address, failed delivery, failed permanently, failed
            recipient, failed to deliver, failed to reach, failure delivering, failure notice, failure reasons, falló,
            fehlgeschlagen, had fatal errors, has been delayed, has been rejected, has bounced, has not been delivered,
            has not yet been delivered, hasnt been delivered, have been rejected, havent been delivered, is mislukt, is
            not deliverable, isnt able to deliver, mail could not, mail has been returned, mail system error, message
            bounced, message has been returned, message rejected, message was not, message was rejected, messages could
            not, mislykkedes, mislyktes, misslyckades, nie powiodła się, nie powiodło się, no fue posible entregar, non
            delivered, non delivery, nondeliverable, not able to deliver, not be delivered, not deliver, not delivered,
            not reachable for delivery, não foi possível, permanent failure, permanent fatal errors, problem delivering,
            problems delivering, reason for the failure, recipient failed, recipient rejected, recipients could not,
            recipients failed, refused to accept, reject reason, returned mail, returned to sender, returned to the
            sender, returned to you, returned unopened, returned your message, returning message, returning to sender,
            se nezdařilo, sent could not, sikertelen, the group you tried to contact, transcript of session, unable to
            be delivered, unable to deliver, unable to reach, unable to send, undeliverable, undelivered, unsent mail,
            user mailbox exceeds, was not sent, wasnt able to deliver, wasnt delivered, your message couldnt,

            empfänger nicht erreicht, fehler bei der zustellung, kann nicht zugestellt, konnte nicht an, konnte nicht
            ausgeliefert, konnte nicht gesendet, konnte nicht zugestellt, konnte nicht übermittelt, konnten nicht
            zugestellt, nicht ausgeliefert werden, nicht erfolgreich zugestellt, nicht zugestellt werden, nicht
            zustellbar, unzustellbar, wurde nicht zugestellt, wurde noch nicht zugestellt, zustellung verzögert,

            a échoué, impossible de délivrer, impossible de remettre, léchec de la, na pas pu remettre, na pas pu être,
            na pas été distribué, na pas été remis, na pu être, ne peut pas être remis, ne peut être remis, nest pas
            parvenu, non remis, nont pas pu être, échec de la remise, échec de remise,

            entrega fallida, error al entregar, error de entrega, no fue entregado, no ha llegado, no ha podido ser
            entregado, no pudo ser entregado, no se entregó, no se ha entregado, no se ha podido entregar, no se ha
            podido enviar, no se pudo entregar, no se puede entregar,

            impossibile consegnare, impossibile recapitare, mancato recapito, non ha potuto consegnare, non può essere
            consegnato, non recapitabile, non è stato consegnato, non è stato possibile, non è stato recapitato,
            recapito non riuscito,

            bezorging mislukt, kan niet worden bezorgd, kon niet worden, niet afgeleverd, niet bezorgd, niet worden
            afgeleverd, onbestelbaar,

            falha na entrega, não foi entregue, não pode ser entregue, não pôde ser entregue, não pôde ser enviada,

            błąd dostarczenia, nie dostarczono, nie mogła być dostarczona, nie mogła zostać, nie może zostać, nie można
            dostarczyć, nie udało się dostarczyć, nie została dostarczona, niedostarczone,

            ei voida toimittaa, ei voitu toimittaa, har inte levererats, ikke leveres, ikke leveret, ikke levert, inte
            levererat, kunde inte levereras, kunde inte nå, kunde inte skickas,

            iletilemedi, nebyla doručena, nebylo možné doručit, nelze doručit, nem kézbesíthető, nem sikerült
            kézbesíteni, nemohla být doručena, nu a putut fi, teslim edilemedi, ulaştırılamadı,

            не было доставлено, не вдалося доставити, не доставлено, не может быть доставлен, не может быть доставлено,
            не может быть отправлено, не может доставить, не смогли доставить, не удалось доставить, невозможно
            доставить, невозможно отправить, недоставленное, ошибка доставки,

            エラーのため, 不達, 发送失败, 届きません, 届けできません, 投递失败, 无法传递, 无法发送, 无法投递, 无法送达,
            無法傳送, 無法傳遞, 無法寄出, 無法投遞, 退信, 退回, 送れません, 送信できません, 送信に失敗, 送信エラー,
            配信できません, 配信に失敗, 配信エラー, 配信不能, 配送できません, 配送に失敗, 配達できません, 배달 실패,
            배달되지, 배달할 수 없, 전송 실패, 전송되지, 전송할 수 없
            """,
        Says.LATE: """
            addresses had transient, attempt to deliver the message will continue, attempts will continue, be notified
            if delivery, being delayed, could not be delivered for, could not yet be delivered, delay notification,
            delayed mail, delivery attempts will, delivery delayed, delivery status notification delay, delivery status
            notification delayed, do not need to resend, does not mean that the message is lost, dont need to resend,
            has been delayed, havent been delivered yet, is delayed, is still in the queue, isnt being delivered yet,
            message delayed, no action is required on your part, not been able to deliver, not yet been delivered, not
            yet delivered, notification of delayed, queued for, still being retried, still trying to deliver,
            temporarily undeliverable, warning message only, warning only, was delayed, will be retried, will continue
            to be, will continue to retry, will continue to try, will continue trying, will keep trying, will retry,
            will try again, will try to deliver,

            a été retardé, aún no se ha entregado, est retardé, está atrasada, foi adiada, forsinket, försenad, na pas
            encore été remis, noch nicht ausgeliefert, noch nicht zugestellt, non è stato ancora recapitato, opóźnion,
            se ha retrasado, vertraagd, verzögert, wird weiterhin versucht, è in ritardo, задержана, задержка, отложен,
            再試行し, 再送を試み, 遅延
            """,
        Says.ARRIVED: """
            a été remis avec succès, been successfully delivered, been successfully relayed, delivered successfully,
            delivery confirmation, delivery was successful, erfolgreich zugestellt, has been delivered to the following,
            return receipt, se ha entregado correctamente, successful mail delivery, was successfully delivered, was
            successfully relayed, were successfully delivered, è stato recapitato correttamente
            """,
        Says.GIVEN_UP: """
            also failed, aufgegeben, could not be delivered to, delivery time expired, définitivement, endgültig, failed
            permanently, gave up, given up, giving up, has been returned, is a permanent, message expired, no further
            attempts, permanent error, permanent failure, permanent fatal, retry timeout exceeded, returned to sender,
            too long, was aborted, will be deleted from queue, will not be retried, will not try
            """,
    }
)

# Subjects with which mail systems begin, besides those that already tell a machine.
SUBJECTS: Final = (
    "automatic bounce", "bounced mail", "can't deliver mail", "delivery error", "delivery failed", "delivery failure",
    "delivery notification", "delivery problem", "email bounce notification", "error delivering mail", "error sending",
    "failed mail", "failure delivering", "failure notice", "mail could not be delivered", "mail delivery",
    "mail error", "mail failure", "mail system error", "message could not be delivered", "message status",
    "message undeliverable", "non-delivery", "non delivery", "nondeliverable mail", "notification of delivery",
    "postmaster notify", "returned mail", "returned to sender", "undeliverable", "undelivered", "unable to deliver",
    "unzustellbar", "warning: could not send", "zustellung", "échec", "aws notification message", "wmrc",
)  # fmt: skip

# Local parts that are there to be asked for help, and those of lines that name somebody else than the recipient.
HELPERS: Final = frozenset(
    {"abuse", "admin", "administrator", "contact", "feedback", "help", "helpdesk", "hostmaster", "info", "noreply",
     "no-reply", "support", "webmaster"}
)  # fmt: skip
NOT_RECIPIENTS: Final = frozenset(
    {"absender", "bcc", "by", "cc", "contact", "de", "envelope from", "envelope sender", "envelope-from", "expéditeur",
     "från", "fra", "from", "full name", "help", "id", "in-reply-to", "mail from", "mail-from", "mailto",
     "message id", "message-id", "message_id", "messageid", "mittente", "msgid", "nadawca", "original sender",
     "references", "remitente", "reply to", "reply-to", "reporting-mta", "return path", "return-path", "sender",
     "sender address", "sent by", "support", "van", "von", "x-sender", "от", "отправитель", "发件人", "差出人",
     "送信者"}
)  # fmt: skip

# Where the letter begins that comes back.
RETURNED_LETTER: Final = re.compile(
    r"^[ \t>#*]{0,8}(?:[-=_~*#]{2,60}[ \t]*)?(?:"
    r"below (?:this|the next) line is|this is a copy of (?:the|your)|the header of the original|"
    r"(?:(?:the )?original|returned|unsent|undelivered|bounced|failed|rejected) ?(?:e-?mail|mail|message|letter)"
    r"(?: headers?| text| body| content)?"
    r"(?:[ \t]*$|[ \t]*[-:=*.]| (?:follows?|details|as received|below|starts|is as|is included|info))|"
    r"included is a copy|message headers? follows?|message text follows|header of (?:the )?(?:original )?message|"
    r"the header and (?:top|first)|first \d+ lines of|start of (?:the )?(?:returned|original|message)|"
    r"begin(?:ning)? of (?:the )?(?:returned|original|message)|copy of (?:the |your )?(?:original )?(?:message|mail)|"
    r"(?:the )?(?:full |complete )?(?:text|contents?|headers?) of (?:the|your) (?:original )?(?:message|mail)|"
    r"headers? from original message|(?:original )?message headers?[ \t]*:?[ \t]*$|"
    r"ursprüngliche nachricht|kopie (?:der|ihrer) nachricht|ursprüngliche nachrichtenkopf|original-?nachricht|"
    r"en-têtes? (?:du|de) message|message d'origine|encabezados? de(?:l)? mensajes?|mensaje original|"
    r"intestazioni (?:originali )?del messaggio|messaggio originale|oorspronkelijke (?:bericht|koptekst)|"
    r"mensagem original|oryginalna wiadomość|исходное (?:сообщение|письмо)|"
    r"元のメール|元のメッセージ|オリジナル"
    r")|^received: ?(?:from|by|\() ?|^return-path: ?<|^dkim-signature: ",
    re.IGNORECASE | re.MULTILINE,
)
