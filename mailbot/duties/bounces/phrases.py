"""What mail servers write when they refuse a letter, as plain words without punctuation, reason by reason.

A phrase is here only if it says what it stands for by itself: "mailbox unavailable", the text that RFC 5321 gives
every 550, says nothing and is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.duties.bounces.failure import Reason


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in listed.split(","))


# In the order in which they are believed where a text says several things: what keeps an address alive comes first.
PHRASES: Final[Mapping[Reason, tuple[str, ...]]] = {
    Reason.MAILBOX_FULL: _phrases(
        """
        account is full, allowed storage, exceeded its storage, exceeded storage allocation, exceeded the storage,
        exceeds allotted quota, inbox is full, insufficient disk quota, mail quota exceeded, mailbox exceeded,
        mailbox for user is full, mailbox full, mailbox has exceeded, mailbox is full, mailbox over quota, mailbox
        quota, mailbox size limit exceeded, mailbox too full, maildir over quota, not enough storage, out of storage
        space, over disk quota, over quota, over the allowed quota, over the maximum allowed, overquota, postfach
        ist voll, postfach voll, quota exceeded, quota full, quotaexceeded, storage quota, user has exhausted, user
        is overquota, would be over the allowed quota
        """
    ),
    Reason.DISABLED: _phrases(
        """
        account disabled, account expired, account has been disabled, account has been locked, account has been
        suspended, account inactive, account is disabled, account is inactive, account is locked, account is not
        active, account is suspended, account locked, account not activated, account suspended, account was
        disabled, address is disabled, deactivated, deactivated mailbox, disabled due to inactivity, email account
        that you tried to reach is disabled, inactive account, inactive user, konto deaktiviert, mailbox disabled,
        mailbox has been disabled, mailbox inactive, mailbox is disabled, mailbox is frozen, mailbox is inactive,
        mailbox not active, recipient disabled, recipient suspend, suspended account, this user is inactive, user
        account is disabled, user is inactive, user not active, user suspended
        """
    ),
    Reason.MOVED: _phrases(
        """
        address has changed, has been replaced by, has changed its address to, has moved to, mailbox has moved, no
        longer at this address, user has moved, user not local please try
        """
    ),
    Reason.NO_SUCH_MAILBOX: _phrases(
        """
        account does not exist, account doesnt exist, address couldnt be found, address does not exist, address
        doesnt exist, address error, address invalid, address not found, address unknown, addressee unknown, adresse
        unbekannt, bad address syntax, bad destination mailbox address, benutzer unbekannt, cannot find your
        recipient, delivery error dd this user, destination user not found, does not have an account, does not like
        recipient, doesnt have a account, doesnt have an account, email account that you tried to reach does not
        exist, email address could not be found, email address you entered couldnt be found, empfanger unbekannt,
        empfänger unbekannt, invalid address, invalid mailbox, invalid recipient, invalid user, is not a known user,
        is not a valid mailbox, is not a valid recipient, is not a valid user, is not our customer, mailbox does not
        exist, mailbox doesnt exist, mailbox not found, mailbox not present, mailbox unknown, no account by that
        name, no account with that address, no longer an employee, no longer on server, no mailbox by that name, no
        mailbox for, no mailbox found, no mailbox here, no matching recipient, no one by that name, no recipient
        found, no such account, no such address, no such local user, no such mailbox, no such person, no such
        recipient, no such user, no such userid, no such virtual user, no user by that name, no valid recipient, no
        valid recipients, non existent user, nonexistent user, not a known user, not a registered, not a valid
        mailbox, not a valid recipient, not a valid user, not listed in, not our customer, recipient address
        unknown, recipient does not exist, recipient doesnt exist, recipient invalid, recipient is not exist,
        recipient no found, recipient not exist, recipient not found, recipient unknown, recipientnotfound,
        recipnotfound, retry not user, this address is unknown, this address no longer accepts mail, this user does
        not, this user doesnt have, unknown account, unknown address, unknown email address, unknown local, unknown
        mailbox, unknown recipient, unknown to address, unknown user, unknown virtual, user does not exist, user
        doesnt exist, user invalid, user not exist, user not found, user not known, user unknown, userid does not
        exist, username does not exist
        """
    ),
    Reason.NO_SUCH_HOST: _phrases(
        """
        bad destination host, couldnt find any host, does not accept mail nullmx, domain couldnt be found, domain
        does not exist, domain doesnt exist, domain is not reachable, domain isnt in my list, domain must exist,
        domain name not found, domain not found, domain of recipient does not exist, host lookup failed, host not
        found, host unknown, illegal host domain, name or service not known, no mail hosts for domain, no such
        domain, no such host, non existent host, non existent hosts, null mx, nullmx, nxdomain, recipient address
        rejected domain not found, recipient domain must exist, unknown domain, unknown host, unroutable address,
        unrouteable address, unrouteable mail domain
        """
    ),
    Reason.CONTENT: _phrases(
        """
        as spam, attachment type, bad content, blocked attachment, considered spam, considered unsolicited bulk,
        contains a virus, contains malware, content is not accepted, content refused, content rejected, detected as
        spam, exceeded maximum inbound message size, exceeds maximum message size, exceeds size limit, exceeds the
        maximum, high spam score, identified as spam, illegal attachment, infected, is spam, is too big, is too
        large, like spam, line too long, looks like spam, mail size exceeds, malware, max message size, maximum
        message size, message body contains, message content, message exceeds, message file too big, message header
        size, message length exceeds, message size exceeds, message too big, message too large, message too long,
        rejected as spam, size exceeds fixed, spam content, spam detected, spam mail, spam message, spamassassin,
        unsolicited, virus
        """
    ),
    Reason.BLOCKED: _phrases(
        """
        access denied, administratively denied, administratively prohibited, authentication is required,
        authentication required, bad reputation, banned, black list, blacklist, blacklisted, block list, blocked,
        blocklist, blocklisted, dkim, dmarc, dnsbl, does not allow, does not like you, domain of sender, fix reverse
        dns, forbidden, helo, invalid sender, low reputation, no ptr, no ptr record, not allowed to send, not
        authorized, not listed as a permitted sender, not permitted, policy, poor reputation, ptr record, rbl,
        refused by, rejected for policy, relay access denied, relay not permitted, relaying denied, relaying not
        allowed, relaying prohibited, reputation, restricted, reverse dns, reverse lookup, sender address rejected,
        sender denied, sender domain, sender rejected, sender unknown, sender verification, sender verify, spamcop,
        spamhaus, spf, unable to relay, unauthenticated, unauthorized, we do not relay, your access to this mail
        system, your host is, your ip, your server
        """
    ),
    Reason.TEMPORARY: _phrases(
        """
        broken pipe, connection dropped, connection refused, connection reset, connection timed out, connection
        timeout, could not connect, deferred, delivery temporarily, delivery time expired, greylist, greylisted,
        greylisting, hop count exceeded, insufficient system, internal error, loops back to myself, lost connection,
        mail loop, mail system is full, message expired, message timed out, network is unreachable, network
        unreachable, no answer from host, no route to host, out of memory, please try again later, problem with the
        server, queue too long, rate limit, rate limited, resources temporarily unavailable, retry time not reached,
        retry timeout exceeded, server busy, service unavailable, starttls, system error, temporarily deferred,
        temporarily unavailable, temporary error, temporary failure, timed out, timeout exceeded, too many
        concurrent, too many connections, too many hops, too many recipients, try again, try later, unable to
        connect
        """
    ),
}
