"""The quotes of HTML mails, as the programs of the market mark them: somebody else's words, and answers among them."""

from __future__ import annotations

import re

import pytest

from mailbot.message import Limits, read
from mailbot.message.html import read_html
from mailbot.message.trimmer import trim
from tests.message.samples import mail

LETTER = "<p>Have you used it? Reply YES, NO or HELP.</p>"
HEADER = "<b>From:</b> Desk &lt;desk@x.example&gt;<br><b>Sent:</b> Monday, November 3, 2025 9:00 AM<br>"
# Labels of a language that is not known here: only the mark tells.
UNKNOWN = "<b>Frá:</b> Desk &lt;desk@x.example&gt;<br><b>Sent þann:</b> 3.11.2025 9:00<br>"


def new(html: str) -> str:
    body = read(mail(html, Content_Type="text/html; charset=utf-8")).body
    return body.for_people.text


QUOTES = {
    "Gmail": (
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Þann mán., 3. nóv. 2025 '
        f'skrifaði Desk:<br></div><blockquote class="gmail_quote" style="margin:0px">{LETTER}</blockquote></div>'
    ),
    "Apple Mail": f'<div><br><blockquote type="cite"><div>On 3 Nov 2025, Desk wrote:</div>{LETTER}</blockquote></div>',
    "Thunderbird": (
        '<div class="moz-cite-prefix">Þann 3.11.2025 9:00, skrifaði Desk:<br></div>'
        f'<blockquote type="cite" cite="mid:a@x.example">{LETTER}</blockquote>'
    ),
    "Outlook desktop": (
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal>{UNKNOWN}</p></div></div>{LETTER}"
    ),
    "Outlook desktop, older": (
        f'<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in"><p>{HEADER}</p></div>{LETTER}'
    ),
    "Outlook desktop, indented": (
        "<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'>"
        f"<p>{UNKNOWN}</p>{LETTER}</div>"
    ),
    "Outlook on the web": (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{UNKNOWN}</font></div>{LETTER}'
    ),
    "Outlook for phones": (f'<div id="mail-editor-reference-message-container"><div>{UNKNOWN}</div>{LETTER}</div>'),
    "Outlook for Mac": f'<span id="OLK_SRC_BODY_SECTION"><div>{UNKNOWN}</div>{LETTER}</span>',
    "Exchange": f'<div class="OutlookMessageHeader" dir="ltr"><font>{UNKNOWN}</font></div>{LETTER}',
    "Hotmail": f'<hr id="stopSpelling">{UNKNOWN}{LETTER}',
    "Yahoo": f'<div id="ydp1" class="yahoo_quoted"><div><div>Þann 3.11. skrifaði Desk:</div>{LETTER}</div></div>',
    "GMX and web.de": (
        '<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;">'
        f"<div><b>Gesendet:</b> Montag<br><b>Von:</b> Desk</div>{LETTER}</div>"
    ),
    "Lotus Notes": (
        "<font>Desk &lt;desk@x.example&gt;</font><br><font>03.11.2025 09:00</font><br><table><tr><td>An</td>"
        f"<td>ellen@x.example</td></tr><tr><td>Thema</td><td>Banner</td></tr></table>{LETTER}"
    ),
    "Android": (
        '<div class="quote">Þann 3. nóv. 2025 9:00, Desk &lt;desk@x.example&gt; skrifaði:'
        f'<blockquote class="quote" style="margin:0 0 0 .8ex">{LETTER}</blockquote></div>'
    ),
    "Proton": (
        '<div class="protonmail_quote">On Monday, November 3rd, 2025 at 9:00 AM, Desk &lt;desk@x.example&gt; wrote:<br>'
        f'<blockquote class="protonmail_quote" type="cite">{LETTER}</blockquote></div>'
    ),
    "Zoho": f'<div class="zmail_extra"><div>---- On Mon, 03 Nov 2025 Desk wrote ----</div>{LETTER}</div>',
    "Roundcube": f'<p id="reply-intro">3. 11. skrifaði Desk:</p><blockquote>{LETTER}</blockquote>',
    "Outlook for phones, its header alone": (
        f'<div class="ms-outlook-mobile-reference-message skipProofing">{UNKNOWN}</div>{LETTER}'
    ),
    "Outlook on the web, its own styles": (
        '<div style="border-width:1pt medium medium; border-style:solid none none; '
        f'border-color:rgb(225, 225, 225) currentcolor; padding:3pt 0cm 0cm"><p>{UNKNOWN}</p></div>{LETTER}'
    ),
    "Zimbra": f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{UNKNOWN}</div>{LETTER}',
    "NetEase": f'<blockquote id="isReplyContent" style="padding-left:1ex">{LETTER}</blockquote>',
    "Freshdesk": f'<div class="freshdesk_quote">Þann 3.11. skrifaði Desk:{LETTER}</div>',
    "HubSpot": f'<div class="hs_reply">Þann 3.11. skrifaði Desk:{LETTER}</div>',
    "Tuta": f'Nov 3, 2025, 09:00 by desk@x.example:<br><blockquote class="tutanota_quote">{LETTER}</blockquote>',
    "Thunderbird, passing on": (
        '<div class="moz-forward-container">-------- Skilaboð --------<table class="moz-email-headers-table"><tr>'
        f"<th>Frá: </th><td>Desk</td></tr></table>{LETTER}</div>"
    ),
    "Gmail, passing on": (
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Áframsent ---------<br>'
        f"{UNKNOWN}</div>{LETTER}</div>"
    ),
    "GroupWise": f"&gt;&gt;&gt; Desk &lt;desk@x.example&gt; 11/3/2025 9:00 AM &gt;&gt;&gt;<br>{LETTER}",
    "Lotus Notes on the web": f"<font>-----Sales Desk wrote: -----</font><br>{LETTER}",
    "Spark": (
        '<div name="messageReplySection">Þann 3. nóv. 2025, Desk &lt;desk@x.example&gt; skrifaði:<br>'
        f'<blockquote type="cite">{LETTER}</blockquote></div>'
    ),
    "one that marks nothing": f"<p>On 3 Nov 2025, Desk wrote:</p><blockquote>{LETTER}</blockquote>",
}


@pytest.mark.parametrize("program", QUOTES)
def test_only_what_stands_above_the_quote_is_new(program: str) -> None:
    words = new(f"<html><body><div>yes, twice</div><br>{QUOTES[program]}</body></html>")

    assert "Reply YES" not in words
    assert words.split("\n")[0] == "yes, twice"
    assert "skrifaði" not in words
    assert "Frá" not in words


NAMES = re.compile(r'( (?:id|class)=")(\w)')
MOST_QUOTED = ["Gmail", "Thunderbird", "Outlook on the web", "Yahoo", "Hotmail", "Exchange", "Zoho"]


@pytest.mark.parametrize("prefix", ["x_", "ecx"])
@pytest.mark.parametrize(
    "program", ["Gmail", "Thunderbird", "Outlook on the web", "Yahoo", "Hotmail", "Exchange", "Zoho"]
)
def test_a_mark_counts_too_where_another_program_renamed_it(program: str, prefix: str) -> None:
    renamed = NAMES.sub(rf"\1{prefix}\2", QUOTES[program])

    assert f'"{prefix}' in renamed
    assert new(f"<div>yes, twice</div>{renamed}") == "yes, twice"


@pytest.mark.parametrize("program", ["Gmail", "Apple Mail", "Thunderbird", "Proton", "one that marks nothing"])
def test_an_answer_below_the_quote_is_new(program: str) -> None:
    assert new(f"{QUOTES[program]}<div>yes, twice</div>").endswith("yes, twice")


def test_answers_between_the_pieces_of_a_quote_are_new() -> None:
    piece = '<blockquote class="gmail_quote">{}</blockquote>'
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">On 3 Nov 2025 Desk wrote:</div>'
        f"{piece.format('Have you used it?')}<div>yes</div>{piece.format('Is the link right?')}<div>no</div></div>"
    )

    assert new(html) == "yes\nno"


def test_a_blockquote_alone_proves_nothing() -> None:
    indented = '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">acme corp 12k<br>beta 450</blockquote>'

    assert new(f"<div>numbers of this week:</div>{indented}<div>that is all</div>") == (
        "numbers of this week:\n\nacme corp 12k\nbeta 450\n\nthat is all"
    )
    assert new("<blockquote class=gmail_quote>acme corp 12k</blockquote>") == "acme corp 12k"


@pytest.mark.parametrize(
    "html",
    [
        '<p>acme 12k</p><div id="appendonsend"></div><p>beta 450</p>',
        '<p>acme 12k</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0"><p>beta 450</p></div>',
        '<p>acme 12k</p><div style="border-top:solid red 4px">beta 450</div>',
    ],
)
def test_what_only_looks_like_a_mark_cuts_nothing(html: str) -> None:
    assert new(html).split() == ["acme", "12k", "beta", "450"]


def test_the_head_of_a_quoted_mail_is_written_as_outlook_writes_it_in_plain_text() -> None:
    text = read_html(QUOTES["Outlook on the web"], Limits()).text

    assert "-----Original Message-----\nFrá: Desk" in text
    assert trim(text).for_people.text == ""


def test_quotes_in_quotes_keep_their_depth() -> None:
    html = "<blockquote type=cite>old<blockquote>older</blockquote></blockquote>"

    assert [line for line in read_html(html, Limits()).text.splitlines() if line.strip("> ")] == ["> old", ">> older"]
