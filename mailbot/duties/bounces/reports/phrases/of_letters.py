"""What servers say of the letter, of us who sent it, and of the moment it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.duties.bounces.reports.failure import Reason

OF_LETTERS: Final[Mapping[Reason, str]] = {
    Reason.CONTENT: """
        8bitmime, a message exceeding, appears to be spam, as spam, attachment is not allowed, attachment name,
        attachment not allowed, attachment type, attachment was, attachments are not, attachments not allowed, bad
        content, bad header, banned content, banned file, blacklisted url, blocked attachment, blocked because it
        contains, blocked by spam, blocked file, bounce spam, bulk mail, considered spam, contains executable, contains
        illegal, contains invalid, contains spam, contains url, content blocked, content filter, content is not
        accepted, content refused, content rejected, content restriction, content scan, content type that is not
        supported, content violation, conversion required, data format error, dbl spamhaus, disallowed attachment, does
        not meet our delivery requirements, duplicate header, email classified, email detected as, email exceeds, email
        not rfc, exceeded the maximum message, exceeded the size, exceeds administrative limit, exceeds fixed maximum,
        exceeds maximum, exceeds the maximum, exceeds the size, executable attachment, failed antispam checks, failed
        spam, file extension, file type is not allowed, forbidden attachment, high probability of spam, html tag,
        identified spam, illegal attachment, infected, invalid characters, invalid header, is spam, is too big, is too
        large, its content presents, junk mail, larger than the current system limit, like spam, likely spam, line limit
        exceeded, line too long, lines longer than, looks like a spam, mail appears to be, mail contains, mail content,
        mail exceeds, mail rejected ofr, mail rejete, mail too big, mail too large, malformed header, malformed message,
        malware, maximum size, mcspamsignature, media error, message body contains, message body exceeds, message
        contains, message content, message denied due to content, message detected, message exceeded, message exceeds,
        message file too big, message filtered please see, message has been identified, message header size, message
        headers fail, message identified as, message is considered, message is larger, message is too, message larger
        than, message length exceeds, message looks like, message not rfc, message score, message size, message too big,
        message too large, message too long, message was rejected because it contains, mime content, mime error, missing
        header, multiple addresses in from, no subject, non ascii, number of recipients exceeded in header,
        overadvertisedsize, permanent failure for one or more recipients blocked, phish, phishing, potentially unwanted,
        presents a potential security, probable spam, probably spam, prohibited attachment, reason spam,
        recipientsizelimit, recipsizelimit, rejected because of spam, rejected by spam, rejected due to content, rfc
        2822 violation, rfc 5322, security policies, seems to be spam, sendsizelimit, size exceed, size exceeds, size
        larger than, size limit, size too large, smtp spam, spam content, spam detected, spam detection, spam email,
        spam filter, spam firewall, spam mail, spam message, spam not accepted, spam policy, spam refused, spam reject,
        spam rejected, spam score, spam signature, spamassassin, spoofed content, surbl, suspected spam, suspicious
        attachment, suspicious attachments, suspicious content, suspicious message, this message scored, too big for
        system, too big message, too large for, too many spam, transport rules org, unacceptable content, undesired
        bulk, unsolicited, unwanted content, uri listed, uribl, url in this message, url listed, virus, viruses,

        als spam eingestuft, als spam erkannt, anhang nicht erlaubt, considéré comme spam, correo no deseado, demasiado
        grande, dimensione del messaggio, for stor, för stort, grösse überschreitet, maximale nachrichtengrösse,
        mensagem muito grande, message trop gros, message trop volumineux, nachricht ist zu gross, nachricht zu gross,
        pièce jointe, przekracza rozmiar, spamverdacht, taille du message, tamanho da mensagem, tamaño del mensaje, te
        groot, troppo grande, wiadomość jest za duża, zbyt duża, вирус, слишком большой, слишком велик, спам, ウイルス,
        サイズが大きすぎ, サイズ制限, スパム, 垃圾邮件, 垃圾郵件, 添付ファイルが拒否, 病毒, 迷惑メール, 邮件太大,
        邮件过大
        """,
    Reason.BLOCKED: """
        access denied, access from ip address, address not verified, administrative prohibition, administratively
        denied, allowed rcpthosts, allowed senders, anonymous users, ask your postmaster for help, aup, authentication
        checks, authentication failed, authentication is required, authentication needed, authentication required,
        authrequired, bad helo, bad sender, banned, be aware that sender, because the sender, bl, black list, black
        listed, blacklist, blacklisted, blacklistee, block list, block listed, blocked, blocklist, blocklisted, bounce
        attacks, cannot verify sender, client host rejected, closed list, connection denied, connection rejected,
        connections not accepted, country, customfromdenied, cxbl, cxdns, cxsndr, cxthrt, daily limit, daily sending
        quota, delivery restriction, delivery was refused, denied by, denied due to, dialup, dkim, dmarc, dns blackhole,
        dnsbl, do not have permission, does not advertise auth, does not have permission, does not have reverse, does
        not like you, does not match, doesnt accept, doesnt allow, doesnt have permission, domain is invalid, domain of
        sender, domain sender, dul, dynamic ip, dynamic pool, dynamically assigned, email address is not verified, email
        rejected, emetteur invalide, envelope sender, error no valid reverse, expediteur invalide, failed to
        authenticate, forbidden, forged, forward confirmed, from domain, generic hostname, go away, guest list, has been
        rate, helo argument, helo command rejected, helo name, hosts in your, incident de spam, insecure mail relay,
        invalid ehlo, invalid from, invalid helo, invalid sender, ip name lookup, is a local address, is not accepting
        messages from, isnt allowed, isnt authorized, junk mail source, limited permission, listed at, listed in dns,
        local delivery denied, mail filtered, mail from ip, mail from your, mail is not accepted, mail refused, mail
        server at, members only, message filtered, mismatch, mismatches client ip, moderat, moderated, must
        authenticate, must be authenticated, must have a valid, must issue a starttls, need fqdn, need to authenticate,
        no fcrdns, no permission, no relay, no reverse, non member, non membre, not a member, not accept mail from, not
        accepted from, not accepting mail from, not accepting mail with, not allow, not allowed, not authenticated, not
        authorised, not authorized, not in my list, not listed as a permitted sender, not member, not permitted, not pre
        approved, notauthorized, on our block, only accepts, open relay, originated from, please provide a valid from,
        policy, prohibited, prohibits, protocol violation, ptr, rbl, rdns, recipient filter, refuse mail from, refused
        by, refused to talk to me, reject by behaviour, rejected by, rejected due to, rejecting, relay denied, relay
        disallowed, relay quota, relaying, reputation, restricted, restrictions, reverse dns, reverse lookup, reverse
        mapping, security violation, sender address rejected, sender address verification, sender and recipient, sender
        denied, sender does not exist, sender domain, sender id, sender ip, sender is not, sender name, sender not,
        sender refused, sender rejected, sender unknown, sender verification, sender verify, senders domain, senders ip,
        senderscore, sending domain, sending ip, sending server, smtp auth, spam source, spam support, spamblock,
        spamcop, spamhaus, spf, spoofing, suppression list, suspicious activity, suspicious ip, this mail server, this
        system is not configured to relay, to many spam, too many unwanted, transport rules, unable to relay,
        unauthenticated, unauthorised, unauthorized, unroutable sender, untrusted, unusual rate, unverifyable sending,
        user complaints, violates, waitlisted, we do not relay, werent sent, white list, whitelist, you are not, you
        dont have permission, you may not, your access to this mail, your client, your email was rejected, your host,
        your ip, your isp, your mail server, your network, your server,

        abgelehnt, absender nicht, acceso denegado, accesso negato, accès refusé, acesso negado, brak uprawnień,
        expéditeur refusé, geen toestemming, gesperrt, geweigerd, ikke tilladelse, ikke tillatelse, inte tillåtelse,
        keine berechtigung, lista negra, liste noire, nicht berechtigt, nicht erlaubt, niet toegestaan, no está
        autorizado, no tiene permiso, non autorizzato, não autorizado, não tem permissão, odmowa dostępu, odrzucona
        przez, pas autorisé, pas lautorisation, rechazado por, refusé par, remetente rejeitado, remitente rechazado,
        richtlinie, richtlinien, rifiutato, weiterleitung verweigert, zugriff verweigert, доступ запрещен, заблокирован,
        запрещено, отклонено, отправитель отклонен, 受信を拒否, 拒否されました, 拒收, 拒絕, 拒绝, 許可されていません,
        黑名单, 黑名單, 送信元が存在,
        送信者が存在, 送信者のアドレス
        """,
    Reason.TEMPORARY: """
        aborted error, all hosts for, all hosts in, allowed queue period, bad connection, broken pipe, cannot be
        contacted, cannot contact, cannot create output, cant connect, cant create output, cant open, cant write, child
        status, command died, configuration error, conn broken, connect to, connection attempts, connection broken,
        connection closed, connection died, connection dropped, connection failed, connection frequency, connection
        lost, connection not, connection rate, connection refused, connection reset, connection was dropped, connection
        was lost, could not be contacted, could not connect, could not deliver for, could not find a gateway, couldnt
        connect, couldnt create, database error, did not respond, didnt respond, disk full, disk i o, disk space, doesnt
        respond, error in processing, error on destination, error writing, establish an smtp connection, exceeded
        maximum hop, exceeded maximum time, expired, failed after i sent, file system full, file table overflow,
        filesystem full, for the last, frequency limited, get too many, giving up, greet pause, greylist, greylisted,
        greylisting, hop count, hop limit, host is down, host name lookup failure temporary, host unreachable, i o
        error, improper sequence, input output error, insufficient permission, insufficient storage, insufficient
        system, internal error, internal software error, interrupted system call, is currently unreachable, is
        unreachable, ldap, load average, local delivery failed, lookup did not complete, lookup failed temporarily,
        loopdetected, looping mail, loops back to, lost connection, lowest numbered mx, mail loop, mail system is full,
        mailer error, maximum forwarding, message has been in the queue, message loop, message looping, misconfigured,
        mxloopback, name service error, nameserver failure, network error, network failure, network problem, network
        unreachable, no answer from, no connection, no response from, no route to host, no space left, not accepting
        network messages, not reachable, not responding, out of memory, over the configured, overloaded, permission
        problem, pipe command, pipe to, procmail, protocol error, queue file, queue too long, quota system, rate limit,
        rate limited, rate limiting, rate of mail, read error, receiving mail at a rate, recipient was unavailable to
        take delivery, remote server is not, requests to connect, resource shortage, resources, retries, retry time not
        reached, returned from, routing loop, sequence of commands, server busy, server configuration, server error,
        server failure, server is busy, server is down, server misconfiguration, server unavailable, session encryption,
        sessions per, several matches found, smtp communication problem, smtp server not, socket error, sorry i wasnt
        able to establish, starttls, submitted too often, syntax error, system config error, system error, system
        failure, system is currently, system load, system not accepting, temporarily rejected, temporarily unreachable,
        temporary failure in, temporary server, temporary system, throttled, throttling, time limit, time out, timed
        out, timeout, tls handshake, tls is required, tls required, too busy, too fast, too frequent, too many
        concurrent, too many connections, too many errors, too many hops, too many messages, too many open, too many
        processes, too many rcpt, too many received, too many recipients, too many sessions, transient, transport error,
        unable to connect, unable to contact, unable to create, unable to deliver this message after, unable to lock,
        unable to open, unable to reach, unable to write, unexpected response, unreachable for too long, unreachable
        host, unrecognized command, unspecified gateway error, unstable system, unverified address, was not delivered
        within, within the allowed, write error,

        conexión rechazada, conexão recusada, connessione rifiutata, connexion impossible, connexion refusée, délai
        dattente, délai dépassé, geen verbinding, injoignable, keine verbindung, ne répond pas, nicht erreichbar, nie
        odpowiada, no responde, non raggiungibile, non risponde, não responde, połączenie odrzucone, przekroczono limit
        czasu, server antwortet nicht, tempo esgotado, tempo scaduto, tiempo de espera, verbindung abgelehnt, verbindung
        fehlgeschlagen, verbindung konnte nicht, zeitüberschreitung, время ожидания, не отвечает, соединение, таймаут,
        サーバの事由により, タイムアウト, 応答がありません, 応答していません, 接続できません, 无法连接, 超时, 连接失败,
        連線逾時
        """,
}
