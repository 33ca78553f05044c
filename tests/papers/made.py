"""PDF files as small as they can be, made for tests (ISO 32000-1, section 7.5)."""

from __future__ import annotations

import zlib


def pdf(*lines: str, extra: bytes = b"") -> bytes:
    """One page with these lines, in the one font that every reader has. `extra` stands in the catalog."""
    return with_page(_shown(lines), extra)


def with_page(stream: bytes, extra: bytes = b"", filters: bytes = b"") -> bytes:
    """One page with this content."""
    resources = b" /Resources << /Font << /F1 5 0 R >> >>"
    return of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R" + resources + b" >>",
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of text."""
    packed = zlib.compress(b"BT (x) Tj ET\n" * (megabytes * 1_000_000 // 13), 9)
    return with_page(packed, filters=b"/Filter /FlateDecode")


def of_objects(objects: list[bytes]) -> bytes:
    """A file of these objects, numbered from 1; the first is its catalog."""
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + tail


def _shown(lines: tuple[str, ...]) -> bytes:
    written = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
    return b"BT /F1 11 Tf 14 TL 60 780 Td\n" + written + b"ET"


def _escaped(line: str) -> bytes:
    raw = line.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
