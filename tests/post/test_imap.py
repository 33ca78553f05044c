"""Reading and moving mail, over every kind of server: what works on one has to work on all."""

from __future__ import annotations

import re
import threading
from datetime import UTC

import pytest

from mailbot.errors import Never, TryAgain
from tests.faultproxy import Action, Fault, Way
from tests.post.conftest import Mailbox, mail, until

LISTED_DESK = re.compile(rb"(?m)^\* LIST [^\r\n]*Desk[^\r\n]*\r\n")


def test_opening_says_which_numbering_is_in_force_and_says_it_again_on_the_next_connection(mailbox: Mailbox) -> None:
    first, second = mailbox.inbox(), mailbox.inbox()
    mailbox.add(mail(1))
    state = first.open()
    assert state.uidvalidity > 0
    assert state.uidnext == first.uids()[-1] + 1
    assert second.open().uidvalidity == state.uidvalidity


def test_uids_are_ascending_and_only_those_above_the_one_that_is_known(mailbox: Mailbox) -> None:
    mailbox.add(mail(1), mail(2), mail(3))
    inbox = mailbox.inbox()
    every = inbox.uids()
    assert len(every) == 3
    assert list(every) == sorted(every)
    assert inbox.uids(above=every[0]) == every[1:]
    assert inbox.uids(above=every[-1]) == ()
    assert inbox.uids(above=every[-1] + 1000) == ()


def test_a_mail_that_comes_later_is_seen_on_the_same_connection(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox()
    assert inbox.uids() == ()
    mailbox.add(mail(1))
    assert len(inbox.uids()) == 1


def test_listing_gives_the_size_in_bytes_and_the_arrival_in_utc_and_leaves_out_what_is_gone(mailbox: Mailbox) -> None:
    mailbox.add(mail(1), mail(2))
    inbox = mailbox.inbox()
    uids = inbox.uids()
    listed = inbox.listed((*uids, uids[-1] + 7))
    assert [(each.uid, each.size) for each in listed] == [(uids[0], len(mail(1))), (uids[1], len(mail(2)))]
    assert all(each.received is not None and each.received.tzinfo is UTC for each in listed)


def test_fetching_gives_the_bytes_as_they_are_and_marks_nothing_as_read(mailbox: Mailbox) -> None:
    umlauts = mail(1, "Ümsätze — 12.000 €")
    bytes_of_no_charset = mail(2).replace(b"twelve", b"\xff\xfe\x80")
    mailbox.add(umlauts, bytes_of_no_charset)
    inbox = mailbox.inbox()
    assert [each.raw for each in inbox.fetch(inbox.uids())] == [umlauts, bytes_of_no_charset]
    assert all("Seen" not in flags for flags in mailbox.flags())
    assert len(mailbox.flags()) == 2


def test_a_mail_that_somebody_removes_between_listing_and_fetching_is_whole_or_left_out(mailbox: Mailbox) -> None:
    mailbox.add(mail(1), mail(2), mail(3))
    inbox = mailbox.inbox()
    uids = inbox.uids()
    mailbox.remove(uids[1])
    fetched = {each.uid: each.raw for each in inbox.fetch(uids)}
    assert fetched.pop(uids[1], mail(2)) == mail(2)  # a server may keep it until we are told (RFC 2180 section 4.1)
    assert fetched == {uids[0]: mail(1), uids[2]: mail(3)}
    assert inbox.uids() == (uids[0], uids[2])
    assert [each.uid for each in inbox.fetch(uids)] == [uids[0], uids[2]]


def test_more_mails_than_fit_into_one_command_are_asked_for_in_portions(mailbox: Mailbox) -> None:
    mailbox.add(*(mail(number) for number in range(520)))
    inbox = mailbox.inbox()
    uids = inbox.uids()
    assert len(uids) == 520
    assert tuple(each.uid for each in inbox.listed(uids)) == uids
    assert [each.raw for each in inbox.fetch(uids)] == [mail(number) for number in range(520)]


def test_the_desks_folders_are_made_once_below_its_root_and_subscribed_to(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox()
    inbox.make_folders(("Done", "Geprüft & fertig"))
    inbox.make_folders(("Done", "Geprüft & fertig"))
    desk = {"Desk", "Desk/Done", "Desk/Geprüft & fertig"}
    assert desk <= set(inbox.diagnose().folders)
    with mailbox.other() as client:
        subscribed = b"\n".join(part for part in client.lsub()[1] if isinstance(part, bytes))
    assert b"Desk/Done" in subscribed
    assert b"Desk/Gepr&APw-ft &- fertig" in subscribed


def test_folders_that_another_desk_makes_at_the_same_moment_are_there_and_a_refusal_for_any_other_reason_is_told(
    mailbox: Mailbox,
) -> None:
    first, second = mailbox.inbox(), mailbox.inbox()
    second.open()
    first.make_folders(("Done",))
    mailbox.proxy.edit = lambda said: LISTED_DESK.sub(b"", said)  # as the list was the moment before
    second.make_folders(("Done",))
    assert second.uids() == ()

    mailbox.proxy.edit = lambda said: LISTED_DESK.sub(b"", said).replace(b"ALREADYEXISTS", b"OVERQUOTA")
    with pytest.raises(Never, match="OVERQUOTA"):
        second.make_folders(("Done",))


def test_a_moved_mail_is_in_the_folder_byte_for_byte_and_the_others_stay_where_they_are(mailbox: Mailbox) -> None:
    mailbox.add(mail(1, "Übung"), mail(2), mail(3))
    inbox = mailbox.inbox()
    inbox.make_folders(("Geprüft",))
    uids = inbox.uids()
    assert inbox.move(uids[:2], "Geprüft") == ()
    assert mailbox.mails('"Desk/Gepr&APw-ft"') == [mail(1, "Übung"), mail(2)]
    assert mailbox.mails() == [mail(3)]
    assert inbox.uids() == uids[2:]


def test_moving_what_was_moved_before_does_nothing(mailbox: Mailbox) -> None:
    mailbox.add(mail(1), mail(2))
    inbox = mailbox.inbox()
    inbox.make_folders(("Done",))
    uids = inbox.uids()
    inbox.move(uids[:1], "Done")
    assert inbox.move(uids[:1], "Done") == ()
    assert mailbox.mails("Desk/Done") == [mail(1)]
    assert mailbox.mails() == [mail(2)]


@pytest.mark.parametrize("command", [b"UID COPY", b"UID STORE", b"EXPUNGE"])
@pytest.mark.parametrize("action", [Action.CUT, Action.CUT_AFTER])
def test_a_move_that_was_cut_anywhere_is_finished_by_saying_it_again(
    mailbox: Mailbox, command: bytes, action: Action
) -> None:
    mailbox.add(mail(1), mail(2), mail(3))
    inbox = mailbox.inbox()
    inbox.make_folders(("Done",))
    uids = inbox.uids()
    command = b"UID MOVE" if mailbox.moves_at_once else command
    mailbox.proxy.faults.append(Fault(Way.TO_SERVER, command, action))
    with pytest.raises(TryAgain):
        inbox.move(uids[:2], "Done")
    assert mailbox.proxy.happened
    until(mailbox.proxy.at_rest)
    inbox.move(uids[:2], "Done")
    assert mailbox.mails("Desk/Done") == [mail(1), mail(2)]
    assert mailbox.mails() == [mail(3)]


def test_two_mails_with_one_message_id_are_both_kept(mailbox: Mailbox) -> None:
    mailbox.add(mail(1, "12,000"), mail(1, "15,000"))
    inbox = mailbox.inbox()
    inbox.make_folders(("Done",))
    first, second = inbox.uids()
    inbox.move((first,), "Done")
    inbox.move((second,), "Done")
    assert mailbox.mails("Desk/Done") == [mail(1, "12,000"), mail(1, "15,000")]


@pytest.mark.parametrize("header", [b"", b'Message-ID: <a "b" (c) {3}\\*%@x>\r\n', b"Message-ID: \xe4\xff\r\n"])
def test_a_copy_of_a_mail_with_a_strange_message_id_is_recognised_too(mailbox: Mailbox, header: bytes) -> None:
    strange = header + b"Subject: numbers\r\n\r\nAcme Corp 12k\r\n"
    mailbox.add(strange)
    inbox = mailbox.inbox()
    inbox.make_folders(("Done",))
    uids = inbox.uids()
    mailbox.proxy.faults.append(Fault(Way.TO_SERVER, b"UID (MOVE|STORE)", Action.CUT))
    with pytest.raises(TryAgain):
        inbox.move(uids, "Done")
    inbox.move(uids, "Done")
    assert mailbox.mails("Desk/Done") == [strange]
    assert mailbox.mails() == []


def test_a_mail_that_somebody_else_marked_as_deleted_is_never_removed(mailbox: Mailbox) -> None:
    mailbox.add(mail(1), mail(2))
    inbox = mailbox.inbox()
    inbox.make_folders(("Done",))
    theirs, ours = inbox.uids()
    mailbox.mark_deleted(theirs)
    left = inbox.move((ours,), "Done")
    assert mailbox.mails("Desk/Done") == [mail(2)]
    assert mail(1) in mailbox.mails()
    if mailbox.kind == "poor":
        assert left == (ours,)
        mailbox.remove(theirs)
        assert inbox.move((ours,), "Done") == ()
        assert mailbox.mails("Desk/Done") == [mail(2)]
    else:
        assert left == ()
        assert mailbox.mails() == [mail(1)]


def test_moving_to_a_folder_that_is_not_there_loses_nothing(mailbox: Mailbox) -> None:
    mailbox.add(mail(1))
    inbox = mailbox.inbox()
    with pytest.raises((TryAgain, Never)):
        inbox.move(inbox.uids(), "Nowhere")
    assert mailbox.mails() == [mail(1)]
    assert all("Deleted" not in flags for flags in mailbox.flags())


def test_waiting_ends_when_a_mail_comes_where_the_server_pushes(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox()
    inbox.uids()
    coming = threading.Timer(0.2, mailbox.add, args=(mail(1),))
    coming.start()
    heard = inbox.wait(30.0 if mailbox.pushes else 0.1)
    coming.join()
    assert heard is mailbox.pushes
    assert len(inbox.uids()) == 1


def test_a_mail_that_came_before_the_waiting_began_is_not_overlooked(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox()
    inbox.uids()
    mailbox.add(mail(1))
    inbox.listed((1,))  # with the answer the server may say that a mail has come
    heard = inbox.wait(30.0 if mailbox.pushes else 0.1)
    assert heard or not mailbox.pushes
    assert len(inbox.uids()) == 1


def test_waiting_ends_in_vain_when_its_time_is_over(mailbox: Mailbox) -> None:
    mailbox.add(mail(1))
    inbox = mailbox.inbox()
    inbox.uids()
    assert inbox.wait(0.1) is False
    assert inbox.wait(0.1) is False


def test_closing_from_another_thread_ends_the_waiting(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox()
    inbox.uids()
    mailbox.proxy.faults.append(Fault(Way.TO_SERVER, b"IDLE", Action.NOTE))
    waiting = threading.Thread(target=inbox.wait, args=(600.0,))
    waiting.start()
    until(lambda: bool(mailbox.proxy.happened) or not mailbox.pushes)
    inbox.close()
    waiting.join(30.0)
    assert not waiting.is_alive()


def test_a_wrong_password_is_for_a_person_to_mend_and_is_not_printed(mailbox: Mailbox) -> None:
    inbox = mailbox.inbox(password="not-the-password")
    with pytest.raises(Never, match="Check user and password") as caught:
        inbox.open()
    assert "not-the-password" not in str(caught.value)


def test_a_folder_that_is_not_there_is_for_a_person_to_mend(mailbox: Mailbox) -> None:
    with pytest.raises(Never, match="'Nowhere' cannot be opened"):
        mailbox.inbox(folder="Nowhere").open()


def test_new_numbers_while_the_connection_was_down_are_never_taken_for_the_old_ones(mailbox: Mailbox) -> None:
    with mailbox.other() as client:
        client.create("Numbers")
    mailbox.add(mail(1), folder="Numbers")
    inbox = mailbox.inbox(folder="Numbers")
    before = inbox.open()
    uids = inbox.uids()
    mailbox.proxy.cut_all()
    with mailbox.other() as client:
        client.delete("Numbers")
        client.create("Numbers")
    mailbox.add(mail(2), folder="Numbers")
    with pytest.raises(TryAgain):
        inbox.fetch(uids)  # finds the connection broken
    with pytest.raises(TryAgain, match="numbered anew"):
        inbox.fetch(uids)
    after = inbox.open()
    assert after.uidvalidity != before.uidvalidity
    assert [each.raw for each in inbox.fetch(inbox.uids())] == [mail(2)]


def test_a_diagnosis_says_how_the_server_moves_and_whether_it_pushes(mailbox: Mailbox) -> None:
    seen = mailbox.inbox().diagnose()
    ways = {"dovecot-without-move": "COPY and UID EXPUNGE", "poor": "COPY and EXPUNGE"}
    assert seen.moves_by == ways.get(mailbox.kind, "MOVE")
    assert seen.pushes is mailbox.pushes
    assert seen.delimiter == "/"
    assert "INBOX" in seen.folders
    assert seen.keywords is mailbox.kind.startswith("dovecot")
    assert seen.tls is None
