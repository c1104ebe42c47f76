"""Text and data as they can be kept: the same characters from every database, whatever a page holds."""

import unicodedata
from typing import Any

from milestones.domain.errors import LedgerError
from milestones.domain.ledger import canonical


def kept_text(text: str | None) -> str | None:
    """Text in NFC. Raises LedgerError for what databases do not keep alike: U+0000 and half surrogate pairs."""
    if text is None or (text.isascii() and "\x00" not in text):
        return text
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise LedgerError("text holds U+0000 or half a surrogate pair; clean it where it is read")
    return unicodedata.normalize("NFC", text)


def kept_json(value: Any) -> str:
    """Canonical JSON. Raises LedgerError for floats, for what is no JSON, and for text that cannot be kept."""
    try:
        text = canonical(value).decode()
    except (TypeError, UnicodeEncodeError) as error:
        raise LedgerError(f"data cannot be kept ({error}); clean them where they are read") from error
    if "\\u0000" in text:
        raise LedgerError("data hold U+0000; clean them where they are read")
    return text
