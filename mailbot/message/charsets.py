"""Bytes to text: the declared charset where it is a known one and fits, a guess where it does not.

Only charsets from a fixed list are ever looked up: Python also has "codecs" that are no charsets (punycode, idna,
unicode_escape, base64, hex, zip), some of them slow or able to unpack, and a mail must not choose them.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

import charset_normalizer

_SAME_NAME = (
    "utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "iso-8859-2", "iso-8859-3",
    "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-10", "iso-8859-13", "iso-8859-14",
    "iso-8859-15", "iso-8859-16", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp437", "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862",
    "cp863", "cp864", "cp865", "cp866", "cp869", "cp874", "cp1125", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    "mac-greek", "mac-latin2", "mac-turkish", "gbk", "gb18030", "big5", "big5hkscs", "cp932", "cp949", "cp950",
    "euc-jp", "johab", "hz", "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ext",
    "iso-2022-jp-2004", "iso-2022-kr",
)  # fmt: skip

_OTHER_NAMES = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi-x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "iso8859-2": "iso-8859-2",
    "latin2": "iso-8859-2",
    "latin-2": "iso-8859-2",
    "iso8859-15": "iso-8859-15",
    "latin9": "iso-8859-15",
    "latin-9": "iso-8859-15",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "ibm437": "cp437",
    "ibm850": "cp850",
    "ibm852": "cp852",
    "ibm866": "cp866",
    "koi8": "koi8-r",
    "gb2312": "gb18030",
    "gb-2312": "gb18030",
    "gb-2312-80": "gb18030",
    "euc-cn": "gb18030",
    "x-gbk": "gbk",
    "cp936": "gbk",
    "hz-gb-2312": "hz",
    "x-big5": "big5",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5",
    "shift-jis": "cp932",
    "shiftjis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "ms-kanji": "cp932",
    "windows-31j": "cp932",
    "eucjp": "euc-jp",
    "x-euc-jp": "euc-jp",
    "ks-c-5601-1987": "cp949",
    "ksc5601": "cp949",
    "ksc-5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "windows-949": "cp949",
    "iso-2022-jp-ms": "iso-2022-jp-ext",
    "csiso2022jp": "iso-2022-jp",
}

_CODECS = {name: name for name in _SAME_NAME} | _OTHER_NAMES
_CODECS |= {f"windows-{page}": f"cp{page}" for page in range(1250, 1259)} | {"windows-874": "cp874"}

# Charsets whose plain ASCII bytes do not stand for themselves.
_NOT_ASCII = frozenset({"utf-7", "hz"}) | {
    name for name in _SAME_NAME if name.startswith(("utf-16", "utf-32", "iso-2"))
}
_WESTERN = frozenset({"cp1252", "cp1254", "iso-8859-15"})
_JAPANESE = frozenset({"euc-jp", "cp932"}) | {name for name in _SAME_NAME if name.startswith("iso-2022-jp")}
_JAPANESE_WORD = re.compile("[\u3041-\u30ff\u4e00-\u9fff]{2}")
_WIDE = tuple(name for name in _SAME_NAME if name.startswith(("utf-16", "utf-32")))
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SURROGATES = re.compile("[\ud800-\udfff]")

# Languages in Latin letters seldom have more than this share of bytes above 127; other scripts have far more.
_LATIN_SHARE = 0.25


def known_charset(name: str) -> str | None:
    """The codec for a charset name as mails write it, or None when it is not on the list."""
    return _codec(name) if len(name) <= 40 else None


@lru_cache(maxsize=256)  # mails name the same few, however they write them
def _codec(name: str) -> str | None:
    return _CODECS.get(name.strip(" \t\"'").lower().replace("_", "-").partition("*")[0])


def decode(data: bytes, declared: str | None, most_detected: int = 16_000) -> tuple[str, str | None]:
    """`data` as text, and what was wrong with the declared charset, or None when it was right.

    Never raises and never leaves a surrogate in the text. Bytes that fit no charset become U+FFFD.
    """
    codec = known_charset(declared) if declared else None
    if data.isascii() and codec not in _NOT_ASCII:
        wrong = f'unknown charset "{declared[:40]}"' if declared and codec is None else None
        return data.decode("ascii"), wrong
    if codec is not None and (text := _declared_text(data, codec)) is not None:
        if codec in _WESTERN and (better := _strictly(data, "utf-8")) is not None:
            return better, f"says {declared} but is UTF-8"
        return text, None
    guess, guessed = (_other_japanese(data) if codec in _JAPANESE else None) or _guess(data, most_detected)
    if declared is None:
        return guess, None if guessed == "utf-8" else f"no charset given, read as {guessed}"
    trouble = f'unknown charset "{declared[:40]}"' if codec is None else f"is not in the charset {declared}"
    return guess, f"{trouble}, read as {guessed}"


def guess_charset(data: bytes, most_detected: int = 16_000) -> str:
    """The name of the charset that undeclared `data` is most probably in."""
    return _guess(data[:most_detected], most_detected)[1].partition(" ")[0]


def _declared_text(data: bytes, codec: str) -> str | None:
    if codec in _WIDE and b"\0" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # text in UTF-16 or UTF-32 has zero bytes wherever it has a space or a line end
    if codec == "utf-8" and data.startswith(b"\xef\xbb\xbf"):
        codec = "utf-8-sig"
    if codec == "cp1252":
        return _western(data)
    return _strictly(data, codec)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeError:
        return None
    return text if codec == "utf-8" else _SURROGATES.sub("\ufffd", text)  # strict UTF-8 has no surrogates


def _western(data: bytes) -> str:
    """Windows-1252, the five bytes it leaves undefined as in ISO 8859-1, as browsers read both (WHATWG Encoding)."""
    return codecs.charmap_decode(data, "strict", _WINDOWS_SIGNS)[0]


_UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_WINDOWS_SIGNS = "".join(
    bytes([byte]).decode("latin-1" if byte in _UNDEFINED else "cp1252") for byte in range(256)
)  # by byte


def _other_japanese(data: bytes) -> tuple[str, str] | None:
    """Text that says one of the Japanese charsets is often in another; None where it makes no Japanese word in any.

    Shift JIS takes much of EUC-JP for half-width letters, while EUC-JP refuses nearly all that is Shift JIS: so that is
    tried first. A single sign is no word: Shift JIS makes one of an accented Latin letter and its neighbour.
    """
    texts = ((_strictly(data, codec), codec) for codec in ("utf-8", "euc-jp", "cp932"))
    return next(((text, codec) for text, codec in texts if text is not None and _JAPANESE_WORD.search(text)), None)


def _guess(data: bytes, most_detected: int) -> tuple[str, str]:
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and (text := _strictly(data, codec)) is not None:
            return text, codec.removesuffix("-sig")
    if (text := _strictly(data, "utf-8")) is not None:
        return text, "utf-8"
    sample = data[:most_detected]
    high = sum(map(sample.count, _HIGH_BYTES)) if len(sample) < 64 else len(sample.translate(None, _ASCII_BYTES))
    detected = _detected(sample) if high > _LATIN_SHARE * len(sample) and b"\0" not in sample else None
    if detected is not None:
        return data.decode(detected, "replace"), detected
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < high:
        return text, "utf-8 with a few damaged characters"
    return _western(data), "windows-1252"


_ASCII_BYTES = bytes(range(128))
_HIGH_BYTES = [bytes([byte]) for byte in range(128, 256)]


def _detected(sample: bytes) -> str | None:
    best = charset_normalizer.from_bytes(sample, steps=5, chunk_size=512, enable_fallback=False).best()
    if best is None:
        return None
    return known_charset(best.encoding)
