"""RTF as Outlook writes it: to its text, or back to the HTML that was packed into it ([MS-OXRTFEX])."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailbot.message.charsets import known_charset

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32}+)(?P<number>-?\d{1,9}+)? ?+|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]++)|[\r\n]++|\\",
    re.DOTALL,
)
_PACKED_HTML: Final = b"\\fromhtml1"
_MOST_TOKENS: Final = 250_000
_MOST_FONTS: Final = 1_000
_SPOKEN: Final = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SIGNS: Final = {b"~": "\xa0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\r": "\n", b"\n": "\n"}
# Groups that hold no words of the writer; those that begin with \* hold none either, but for the HTML.
_UNSEEN: Final = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"fldinst",
     b"mhtmltag", b"bkmkstart", b"bkmkend", b"xe", b"tc", b"listtable", b"listoverridetable")
)  # fmt: skip
_STEERING: Final = _UNSEEN | {b"htmltag", b"htmlrtf", b"uc", b"ansicpg", b"fcharset", b"f", b"deff"}
# \fcharset of a font to the charset of its bytes.
_FONT_CHARSETS: Final = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RichText:
    """The words, whether they are the source of an HTML text, and whether there was more than is read."""

    text: str
    is_html: bool
    is_cut: bool = False


def read_rtf(data: bytes) -> RichText:
    """Reads RTF. Never raises, whatever the bytes are; linear in their number, and ends at a cap of tokens."""
    text, is_cut = _Reader(data).read()
    if not text.isascii():
        # Characters beyond the first 65,536 are written as two halves; a half alone is none.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return RichText(text.replace("\0", ""), is_html=_PACKED_HTML in data[:2_000], is_cut=is_cut)


class _Reader:
    """Goes through the tokens once. What holds until a closing brace stands on a stack while a group is open."""

    __slots__ = (
        "_bytes", "_charset", "_data", "_font", "_fonts", "_is_html", "_is_replaced", "_is_tag", "_is_unseen",
        "_is_unspoken", "_said", "_skip", "_stack",
    )  # fmt: skip

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._is_html = _PACKED_HTML in data[:2_000]
        self._is_unseen = False  # a group that holds no words
        self._is_tag = False  # the source of a tag
        self._is_replaced = False  # what the HTML says in another way
        self._is_unspoken = 1  # how many signs behind \\u are for programs that do not know it
        self._font = -1
        self._stack: list[tuple[bool, bool, bool, int, int]] = []
        self._said: list[str] = []
        self._bytes = bytearray()  # said in a charset, and not yet read: a letter may take two
        self._charset = "cp1252"
        self._fonts: dict[int, str] = {}
        self._skip = 0

    def read(self) -> tuple[str, bool]:
        at = 0
        for _ in range(_MOST_TOKENS):
            token = _TOKEN.match(self._data, at)
            if token is None:
                break
            at = token.end()
            kind = token.lastgroup
            if kind == "text":
                self._bytes_said(token[0])
            elif kind in {"word", "number"}:
                at += self._word(token["word"], token["number"])
            elif kind == "brace":
                self._brace(is_open=token[0] == b"{")
            elif kind == "hex":
                self._bytes_said(bytes.fromhex(token["hex"].decode("ascii")))
            elif kind == "sign":
                self._sign(token["sign"])
        self._flush()
        return "".join(self._said), at < len(self._data)

    def _brace(self, *, is_open: bool) -> None:
        self._flush()
        self._skip = 0
        if is_open:
            state = (self._is_unseen, self._is_tag, self._is_replaced, self._is_unspoken, self._font)
            self._stack.append(state)
        elif self._stack:
            state = self._stack.pop()
            self._is_unseen, self._is_tag, self._is_replaced, self._is_unspoken, self._font = state

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._flush()
            self._is_unseen = True
        else:
            self._say(_SIGNS.get(sign, ""))

    def _word(self, word: bytes, digits: bytes | None) -> int:
        """Does what the word says; tells how many bytes behind it are a picture's and no tokens."""
        number = int(digits) if digits else None
        self._skip = 0
        if word == b"u" and number is not None:
            self._say(chr(number % 0x10000))
            self._skip = self._is_unspoken
        elif word == b"bin":
            return max(number or 0, 0)
        elif word in _SPOKEN:
            self._say(_SPOKEN[word])
        elif word in _STEERING:
            self._flush()
            self._steer(word, number)
        return 0

    def _steer(self, word: bytes, number: int | None) -> None:
        if word in _UNSEEN:
            self._is_unseen = True
        elif word == b"htmltag":
            self._is_tag, self._is_unseen = self._is_html, not self._is_html
        elif word == b"htmlrtf":
            self._is_replaced = number != 0
        elif word == b"uc":
            self._is_unspoken = max(number or 0, 0)
        elif word == b"ansicpg":
            self._charset = known_charset("utf-8" if number == 65_001 else f"cp{number}") or "cp1252"
        elif word == b"fcharset":
            if number in _FONT_CHARSETS and len(self._fonts) < _MOST_FONTS:
                self._fonts[self._font] = _FONT_CHARSETS[number]
        else:
            self._font = number or 0

    def _is_heard(self) -> bool:
        return not self._is_unseen and (self._is_tag or not (self._is_replaced and self._is_html))

    def _say(self, text: str) -> None:
        self._flush()
        if text and self._is_heard():
            self._said.append(text)

    def _bytes_said(self, said: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(said))
            self._skip -= skipped
            said = said[skipped:]
        if said and self._is_heard():
            self._bytes += said

    def _flush(self) -> None:
        """Reads what was said in bytes, in the charset of the font that they were said in."""
        if self._bytes:
            self._said.append(self._bytes.decode(self._fonts.get(self._font, self._charset), "replace"))
            self._bytes.clear()
