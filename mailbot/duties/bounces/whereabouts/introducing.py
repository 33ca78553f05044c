"""The letter to somebody new at a client, who follows a contact. Pure."""

from __future__ import annotations

from mailbot.deciding.verbs import Situation
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.whereabouts.reading import Candidate
from mailbot.letters.model import Draft, Language, Plain, Recipient
from mailbot.message.addresses import address_key
from mailbot.records.decision import Send
from mailbot.records.known import ClientCard


def introduction(situation: Situation, on_file: OnFile, client: ClientCard, candidate: Candidate) -> Send:
    """The short letter to somebody new at a client: whom they follow, and who looks after them here."""
    written = introducing(on_file, client, candidate, is_shown=False)
    to = Recipient(candidate.address, candidate.name, language_of(client, candidate))
    return Send(
        Draft(
            to,
            f"{NAME}/introduction",
            written,
            purpose="introduction",
            object=address_key(candidate.address),
            period=situation.ref,
            about_client=client.id,
            offers_stop=True,
        )
    )


def introducing(on_file: OnFile, client: ClientCard, candidate: Candidate, is_shown: bool) -> dict[str, Plain]:
    """What that letter says; `is_shown`: to a colleague, who may still say no."""
    return {
        "shown": is_shown,
        "name": candidate.name,
        "address": candidate.address,
        "before": on_file.contact.name if on_file.contact else "",
        "client": client.name,
        "keeper": client.owner.name if client.owner else None,
        "keeper_address": client.owner.address if client.owner else None,
    }


def language_of(client: ClientCard, candidate: Candidate) -> Language:
    """The language in which somebody at a client is written to."""
    known = candidate.on_file
    return known.language if known and known.language else client.language
