"""How much of a mail is read. A mail is hostile until read: every list, text and loop has a cap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps of one reading. Beyond a cap a Defect is noted, and as much as possible is still read.

    Bytes are counted as they came, characters after decoding. `pattern_characters` is the share of a text in which
    quotes, addresses and references are looked for; all of `text_characters` is kept.
    """

    mail_bytes: int = 25_000_000
    header_bytes: int = 1_000_000
    header_fields: int = 2_000
    value_characters: int = 100_000
    subject_characters: int = 2_000
    encoded_words: int = 2_000
    parameters: int = 200
    recipients: int = 100
    message_ids: int = 100
    parts: int = 200
    depth: int = 20
    text_characters: int = 2_000_000
    pattern_characters: int = 200_000
    rich_text_bytes: int = 1_000_000
    detected_bytes: int = 16_000
    attachments: int = 100
    filename_characters: int = 120
    html_depth: int = 200
    html_tags: int = 50_000
    tables: int = 50
    table_cells: int = 50_000
    table_columns: int = 200
    report_groups: int = 1_000
    defects: int = 100
    clues: int = 100
