"""Documents to what they say: `decode` bytes to text, `read` text to a ParsedDocument, `to_json` for the
contract.

Pure: no database, no network, no clock. A press release, letter, resolution, coalition statement, bill page
or news item, as text, Markdown or HTML, becomes one ParsedDocument. What the text does not say stays empty.
"""

from statements.documents.decoding import DocumentError, decode
from statements.documents.parsed import (
    BillNamed,
    EventTold,
    ParsedDocument,
    PositionTaken,
    Programme,
    Remark,
    Speaker,
    to_json,
)
from statements.documents.reader import read

__all__ = [
    "BillNamed",
    "DocumentError",
    "EventTold",
    "ParsedDocument",
    "PositionTaken",
    "Programme",
    "Remark",
    "Speaker",
    "decode",
    "read",
    "to_json",
]
