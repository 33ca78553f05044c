"""What servers say of the one the letter was for: his mailbox, his host. What keeps him alive comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.duties.bounces.reports.failure import Reason

OF_RECIPIENTS: Final[Mapping[Reason, str]] = {
    Reason.MAILBOX_FULL: """
        account full, account has exceeded, account is exceeding, account is full, allowed size, allowed storage,
        destinatario está llena, destinatario está lleno, destinatário está cheia, disc quota, disk quota, disk space
        quota, doesnt have enough space, espace de stockage insuffisant, exceed quota, exceeded his quota, exceeded his
        storage, exceeded its quota, exceeded its storage, exceeded quota, exceeded storage allocation, exceeded the
        storage, exceeded their storage, exceeding quota, exceeding their quota, exceeds allotted quota, exceeds quota,
        folder is full, full mailbox, has exceeded his, has exceeded their, has exhausted his, has insufficient space,
        inbox full, inbox is full, insufficient mailbox, insufficient quota, insufficient storage space in mailbox, is
        over his quota, is over the storage limit, is over their quota, lacks quota, local limit, mail box full, mail
        box is full, mail storage limit, mailbox exceeded, mailbox exceeds, mailbox for user is full, mailbox full,
        mailbox has exceeded, mailbox has no space, mailbox is almost full, mailbox is at its limit, mailbox is
        currently full, mailbox is currently over, mailbox is full, mailbox is out of space, mailbox is over, mailbox is
        too full, mailbox limit exceeded, mailbox limit reached, mailbox over the limit, mailbox quota, mailbox size
        exceeded, mailbox size limit, mailbox space, mailbox storage, mailbox too full, mailboxes full, maildir delivery
        failed domaindisk quota, maildir delivery failed userdisk quota, mailfolder is full, mailfull, max email disk,
        maximum mailbox, maximum storage, mbox full, message cannot be delivered due to lack of space, modtagerens
        postkasse er fuld, mottagarens postlåda är full, mottakerens postboks er full, no space in mailbox, no space
        left in mailbox, no storage space available, not enough disk space for, not enough room in the mailbox, not
        enough space in mailbox, not enough storage, number of messages in recipients mailbox, out of storage space,
        over its quota, over its storage, over quota, over storage limit, over the allowed quota, over the maximum
        allowed, overquota, postvak van de geadresseerde is vol, quota exceed, quota exceeded, quota for, quota full,
        quota has been, quota is exceeded, quota is full, quota limit, quota reached, quota superata, quota violation,
        quotaexceeded, quotaexceededexception, recipient exceeded, recipient has exceeded, recipient reached, recipient
        storage full, recipientoverquota, storage is full, storage limit exceeded, storage quota, storage space
        exceeded, the recipients inbox is, too many mails in, too many messages in mailbox, too many messages in the
        mailbox, too much mail data, user exceeded, user has exceeded, user has exhausted, user has too many messages,
        user is over, user over, user quota, users mailbox is, virtual mailbox limit, would exceed mailbox, would exceed
        the quota, your messages cannot be received the mailbox, 받은 편지함이 꽉,

        bandeja de entrada está llena, boite aux lettres pleine, boite pleine, boîte aux lettres du destinataire est
        pleine, boîte aux lettres est pleine, boîte aux lettres pleine, boîte de réception est pleine, boîte pleine,
        brevlådan är full, buzon lleno, buzón está lleno, buzón lleno, caixa cheia, caixa de correio cheia, caixa postal
        cheia, casella di posta piena, casella piena, casella postale piena, cota excedida, cuota excedida, kontingent
        überschritten, mailbox is vol, mailbox ist voll, mailbox voll, postboksen er full, postbus vol, postfach des
        empfängers ist voll, postfach hat die, postfach ist voll, postfach ist überfüllt, postfach voll, postfachgrösse,
        postilaatikko on täynnä, postkassen er fuld, postkassen er full, postvak is vol, postvak vol, przepełniona,
        quota depasse, quota dépassé, quota überschritten, saapuneet kansio on täynnä, schránka je plná, skrzynka jest
        pełna, skrzynka odbiorcy jest pełna, skrzynka pełna, speicherplatz überschritten, è piena, превышена квота, ящик
        переполнен, ящик получателя переполнен, メールボックスがいっぱい, メールボックスの容量, 信箱已滿,
        受信箱がいっぱい, 容量を超え, 容量オーバー, 容量不足, 收件箱已满, 満杯, 邮箱已满, 邮箱空间不足, 메일함이 가득,
        사서함이 꽉, 편지함이 가득, 容量制限
        """,
    Reason.DISABLED: """
        account been temporarily blocked, account blocked, account closed due to inactivity, account disabled, account
        expired, account frozen, account has been blocked, account has been disabled, account has been expired, account
        has been frozen, account has been inactivated, account has been locked, account has been temporarily, account
        has expired, account inactive, account is archived, account is blocked, account is currently disabled, account
        is disabled, account is expired, account is frozen, account is inactive, account is locked, account is not
        activated, account is not active, account is suspended, account is temporarily blocked, account is temporarily
        disabled, account is temporarily limited, account is temporarily suspended, account is unavailable, account
        locked, account not activated, account not active, account on hold, account suspended, account terminated due
        to, account that you tried to reach is disabled, account that you tried to reach is inactive, account that you
        tried to reach is suspended, account was disabled, account was suspended, address is administratively disabled,
        address is disabled, address is inactive, address is no longer active, address no longer active, archived
        recipient, boite du destinataire archivee, compte bloqué, compte du destinataire est bloque, compte du
        destinataire est bloqué, cuenta no disponible, currently suspended, deactivated, disabled account, disabled due
        to inactivity, disabled mailbox, disabled recipient address, disabled user, has been suspended, inactive
        account, inactive address, inactive for more than, inactive mailbox, inactive on this, inactive recipient,
        inactive user, is unavailable user is terminated, konto niedostepne, mail box is disabled, mailbox blocked,
        mailbox disabled, mailbox frozen, mailbox has been blocked, mailbox has been disabled, mailbox has been frozen,
        mailbox inactive, mailbox is blocked, mailbox is disabled, mailbox is frozen, mailbox is inactive, mailbox is
        locked, mailbox is not available on this server, mailbox is suspended, mailbox locked, mailbox not active,
        mailbox temporarily disabled, mailbox unavailable or access denied account, out of service, recipient disabled,
        recipient inactive, recipient is inactive, recipient suspend, recipient suspended, suspended account, suspended
        mailbox, suspended user, temporarily locked, temporary locked, user disabled, user inactive, user is disabled,
        user is inactive, user is locked, user is suspended, user locked, user not active, user not enabled, user
        suspended,

        account disabilitato, account geblokkeerd, account uitgeschakeld, adresse deaktiviert, benutzer gesperrt, boîte
        désactivée, boîte inactive, buzón desactivado, caixa postal inativa, casella disabilitata, casella disattivata,
        casella non attiva, compte désactive, compte désactivé, compte inactif, compte suspendu, conta desativada, conta
        inativa, conta suspensa, cuenta bloqueada, cuenta desactivada, cuenta deshabilitada, cuenta inactiva, cuenta
        suspendida, konto deaktiviert, konto gesperrt, konto ist deaktiviert, konto ist gesperrt, konto nieaktywne,
        konto wyłączone, konto zablokowane, kontoen er deaktiveret, kontot är inaktiverat, postfach deaktiviert,
        postfach gesperrt, postfach inaktiv, postfach ist deaktiviert, postfach ist gesperrt, postfach ist inaktiv,
        postvak uitgeschakeld, utente disabilitato, аккаунт заблокирован, ящик заблокирован, ящик отключен,
        アカウントは無効, 停用, 冻结, 凍結, 利用停止, 無効になって, 禁用, アカウントが停止
        """,
    Reason.MOVED: """
        account has moved, address changed to, address has been changed, address has changed, address was changed, has
        been changed to, has been replaced by, has changed its address to, has changed to, hat sich geändert in, is now
        known as, mailbox has moved, mailbox moved, moved to, neue adresse lautet, new email address is, no longer at
        this address, nouvelle adresse est, nueva dirección es, nuovo indirizzo, please use the new address, user has
        moved, user moved, user not local please try, user not local use, user not local will forward
        """,
    Reason.NO_SUCH_HOST: """
        all host address lookups failed permanently, bad destination host, bad destination system, cannot find a mail
        exchange, cannot resolve address record, cannot resolve domain, cannot resolve name, cannot resolve the domain,
        cant find any mail exchangers, could not find any mail, could not resolve, couldnt find a mail exchanger or ip
        address, couldnt find any host, destination domain does not, dns error the domain, dns lookup failure, dns name
        does not exist, dns server returned answer with no data, dns type aaaa lookup, dns type mx lookup of, domain
        could not be found, domain couldnt be found, domain does not accept mail, domain does not exist, domain does not
        exists, domain doesnt exist, domain invalid, domain is not existent, domain is not found, domain is not
        reachable, domain mentioned in email address is unknown, domain must exist, domain name does not exist, domain
        name is invalid, domain name not found, domain name unknown, domain non existent, domain nonexistent, domain not
        exist, domain not found, domain not known, domain not registered, domain of recipient does not exist, domain
        unknown, domain was not found, domain wasnt found, had no relevant mx, has no mx, host does not exist, host
        domain is unknown, host lookup failed, host name is unknown, host name lookup failure, host not found, host
        unknown, hostname is unknown, hostname lookup failure, illegal host domain, invalid domain name for, invalid
        domain name in recipient, invalid host, invalid hostname, invalid recipient domain, mail domain mentioned, mail
        for this domain is not, mx does not exist, mx or srv record indicated, mx record not found, mx records point to,
        name or service not known, no a record, no destination host, no dns, no ip address found, no mail exchanger, no
        mail exchangers, no mail hosts for domain, no mail server for, no mail servers, no mx for, no mx found, no mx
        host, no mx or a, no mx record, no mx records, no route to domain, no such domain, no such host, no such mail
        domain, no suitable mx, no valid mail exchangers, no valid mx, non existent domain, non existent host, non
        existent hosts, non existing domain, nonexistent domain, nonexistent host, nonexistentdomain, nosuchdomain, null
        mx, nullmx, nxdomain, server could not be found, the domain does not, this domain does not, this domain is not
        hosted here, this domain is not hosted on this server, unable to resolve, unknown domain, unknown host, unknown
        mail domain, unknown recipient domain, unresolvable domain, unroutable address, unroutable domain, unroutable
        mail domain, unrouteable address, unrouteable domain, unrouteable mail domain,

        domain existiert nicht, domain nicht gefunden, domain unbekannt, domaine inconnu, domaine inexistant, domaine
        introuvable, domaine nexiste pas, domein bestaat niet, domena nie istnieje, dominio desconocido, dominio
        inesistente, dominio inexistente, dominio no existe, dominio non esiste, dominio sconosciuto, domäne existiert
        nicht, domínio inexistente, domínio não existe, host desconocido, host nicht gefunden, host unbekannt, hôte
        inconnu, le domaine nexiste, nieznana domena, onbekend domein, unbekannte domain, unbekannter host, домен не
        найден, домен не существует, неизвестный домен, ドメインが存在しません, ドメインが見つかりません,
        ホストが見つかりません, 域名不存在, 找不到主机, 找不到域名
        """,
    Reason.NO_SUCH_MAILBOX: """
        account cannot be found, account closed, account does not exist, account doesnt exist, account has been closed,
        account has been deleted, account has been removed, account has been terminated, account is closed, account is
        invalid, account is not a valid, account is not valid, account no longer exists, account not found, account not
        known, account not valid, account that you tried to reach does not exist, account unknown, account was not
        found, address could not be found, address couldnt be found, address does not exist, address does not exists,
        address doesnt exist, address has been deleted, address invalid, address is incorrect, address is invalid,
        address is no longer, address is not known, address is not valid, address is wrong, address no longer exists,
        address not found, address not in our, address not known, address not listed, address not present in directory,
        address not recognized, address unknown, address was not found, address wasnt found, address you specified does
        not exist, addressee unknown, adresse d au moins un destinataire invalide, bad address, bad destination email
        address, bad destination mailbox address, bad mailbox, bad recipient address, bulunamadı, cannot find recipient,
        cannot find your recipient, cant create user output file, couldnt be found or is unable, couldnt find the
        recipient, deleted account, deleted user, destination server rejected recipients, discontinued, does not exist
        here, does not exist in, does not exist on this, does not have an account, does not have an email account, does
        not like recipient, doesnt exist here, doesnt exist on this, doesnt have a account, doesnt have a mailbox,
        doesnt have a yahoo, doesnt have an account, email address does not, email address is not, email address you
        entered couldnt be found, email not exist, have no mailbox, illegal user, inexistent mailbox, inexistent user,
        invalid account, invalid address, invalid alias, invalid destination, invalid email address, invalid final
        delivery, invalid local address, invalid local part, invalid mail box, invalid mail recipient, invalid mailbox,
        invalid or unknown, invalid receiver, invalid recip, invalid recipient, invalid recipients, invalid user,
        invalid userid, invalid username, is no longer an active, is no longer available, is no longer on, is no longer
        with, is not a known, is not active in, is not in our database, is not in the directory, is not listed in, is
        unknown, isnt a valid, kan niet worden gevonden, kunde inte hittas, kunne ikke bli funnet, kunne ikke findes,
        mail box is not, mailbox cannot be found, mailbox does not exist, mailbox does not exists, mailbox doesnt exist,
        mailbox has been deleted, mailbox has been removed, mailbox invalid, mailbox is invalid, mailbox is not found,
        mailbox is not valid, mailbox isnt here, mailbox name not allowed no such, mailbox no longer exists, mailbox not
        available on this system, mailbox not existing, mailbox not found, mailbox not known, mailbox not local, mailbox
        not present, mailbox unknown, mailbox user name, mailboxnotfound, mailnicht gefunden, matches to nameserver
        query, message was not delivered because user, na pas pu être trouvée, name is not recognized, name not found,
        name not in directory, name not recognized, nebyl nalezen, nebyla nalezena, nem található, nicht im domino
        verzeichnis, nie można znaleźć, nie został znaleziony, no account by that name, no account found, no account
        with that address, no active user, no any user, no deliverable recipients, no local mailbox, no local user, no
        longer a valid, no longer an employee, no longer employed, no longer in use, no longer on server, no longer on
        this server, no longer valid, no longer works, no mail box, no mail drop, no mailbox available here, no mailbox
        by that name, no mailbox for, no mailbox found, no mailbox here, no mailbox named, no mailbox under that, no
        matching recipient, no member by, no one by that name, no one here by, no person with that, no recipient found,
        no se pudo encontrar, no such account, no such address, no such domain user, no such email, no such id, no such
        local user, no such mail box, no such mail drop, no such mailbox, no such member, no such person, no such
        receiver, no such recipient, no such subscriber, no such user, no such userid, no such username, no such virtual
        user, no user by that name, no user here, no user with that, no valid mailbox, no valid recipient, no valid
        recipients for this mm, non existent address, non existent user, non existing user, non può essere trovato, non
        répertorié dans lannuaire, nonexistent address, nonexistent mailbox, nonexistent recipient, nonexistent user,
        not a customer, not a known recipient, not a known user, not a local, not a registered, not a valid address, not
        a valid email, not a valid mailbox, not a valid recipient, not a valid user, not found in, not have a mailbox,
        not in address book, not known at this site, not known here, not known to, not listed in domino directory, not
        listed in our, not listed in public name, not our customer, not recognised, nu a fost găsit, não pôde ser
        encontrado, rcpt to does not exist, recipient address couldnt, recipient address rejected invalid, recipient
        address rejected unknown, recipient address rejected user, recipient cannot be found, recipient does not exist,
        recipient does not exists, recipient doesnt exist, recipient email address is possibly incorrect, recipient has
        not been found, recipient invalid, recipient is invalid, recipient is not a, recipient is not exist, recipient
        is not known, recipient is not local, recipient is not recognized, recipient is not valid, recipient no found,
        recipient no longer, recipient not exist, recipient not exists, recipient not found, recipient not in, recipient
        not known, recipient not present, recipient not valid, recipient unknown, recipient verify failed no such,
        recipient was not found, recipientnotfound, recipnotfound, resolver adr, retry not user, that user does not, the
        email account that you tried, the user does not, the user you are, there is no account, there is no mailbox,
        there is no one at, there is no such, there is no user, this account does not, this address does not, this
        address no longer, this mailbox does not, this mailbox doesnt, this recipient does not, this recipient doesnt,
        this user does not, this user doesnt, unable to find recipient, unknow user, unknown account, unknown address,
        unknown addressee, unknown destination, unknown email, unknown in local recipient, unknown in relay recipient,
        unknown in virtual, unknown local, unknown mailbox, unknown or illegal, unknown rcpt, unknown receiver, unknown
        recipient, unknown recipients, unknown to address, unknown user, unknown userid, unknown username, unknown
        users, unknown virtual, unkown user, unrecognised address, unrecognized recipient, unrecognized user, unroutable
        recipient, user account does not, user cannot be found, user could not be found, user deleted, user does not
        exist, user does not exists, user doesn exist, user doesnt exist, user email address is, user has been deleted,
        user has been removed, user has left, user has no mailbox, user invalid, user is not a, user is not found, user
        is not known, user is not listed, user is not local, user is not registered, user isnt found, user missing home,
        user name is not, user no found, user no longer, user not available, user not exist, user not existing, user not
        exists, user not found, user not in, user not known, user not listed, user not local, user not registered, user
        not valid, user un known, user unknow, user unknown, user was not found, user you specified, userid does not
        exist, userid not found, username does not exist, username not found, username unknown, usernot found,
        usernotfound, userunknown, utilisateur inconnu, verify email address, vrfy failed, was not found at, was not
        found or, wasnt found at, we would love to have gotten this email to, were unknown, who does not exist, wrong
        address, wrong email address, wrong recipient, your envelope recipient has been, youve sent a message to an
        address that,

        adressat unbekannt, adresse ist nicht, adresse unbekannt, benutzer ist nicht bekannt, benutzer unbekannt,
        empfaenger unbekannt, empfanger unbekannt, empfänger ist unbekannt, empfänger unbekannt, empfängeradresse
        unbekannt, existiert nicht, ist nicht aufgeführt, kein benutzer, kein postfach, keine mailbox, nicht gefunden,
        nicht im verzeichnis, postfach unbekannt, unbekannte adresse, unbekannter benutzer, unbekannter empfänger,
        ungültige empfängeradresse, ungültiger empfänger,

        adresse dau moins un destinataire invalide, adresse inconnue, adresse inexistante, adresse invalide, boite
        inconnue, boîte aux lettres inconnue, boîte inconnue, boîte inexistante, compte inconnu, compte inexistant,
        destinataire inconnu, destinataire inexistant, introuvable, invalide adresse, na pas été trouvé, na pas été
        trouvée, nexiste pas, usager inconnu, utilisateur inexistant,

        buzón inexistente, cuenta inexistente, destinatario desconocido, destinatario inexistente, destinatario no
        encontrado, dirección desconocida, dirección inexistente, no existe, no se encontró, no se ha encontrado,
        usuario desconocido, usuario inexistente, usuario no encontrado,

        casella inesistente, destinatario inesistente, destinatario sconosciuto, indirizzo inesistente, indirizzo non
        valido, indirizzo sconosciuto, non esiste, non trovato, non è stato trovato, utente inesistente, utente
        sconosciuto,

        caixa inexistente, caixa postal inexistente, conta inexistente, destinatário desconhecido, destinatário
        inexistente, endereço inexistente, não encontrado, não existe, não foi encontrado, usuário desconhecido, usuário
        inexistente, utilizador desconhecido,

        adres jest nieprawidłowy, bestaat niet, ble ikke funnet, blev ikke fundet, eksisterer ikke, findes ikke, finnes
        ikke, finns inte, gebruiker onbekend, hittades inte, ismeretlen címzett, käyttäjää ei ole, neexistuje, nem
        létezik, neznámý uživatel, nie istnieje, nie ma takiego, nie znaleziono, niet gevonden, nieznany adres, nieznany
        odbiorca, nieznany użytkownik, nu există, okänd användare, okänd mottagare, onbekend adres, onbekende gebruiker,
        ontvanger onbekend, osoitetta ei löytynyt, tuntematon vastaanottaja, ukendt bruger, ukendt modtager, ukjent
        bruker, ukjent mottaker, utilizator necunoscut,

        користувача не знайдено, не найден, не существует, неверный адрес, неизвестный получатель, неизвестный
        пользователь, нет такого пользователя, нет такого ящика,

        あて先不明, アドレスが不明, ディレクトリのリストにありません, ユーザーが不明, 不存在, 存在しない, 存在しません,
        宛先不明, 找不到, 无此用户, 查无此人, 無此使用者, 無此帳號, 見つかりません, 該当するユーザ, 존재하지 않, 찾을 수
        없, そのようなユーザー, 該当するアドレス
        """,
}
