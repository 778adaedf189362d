"""Which columns are left out because they look personal, by their header or by their cells."""

from dataclasses import dataclass

from pipelines.onboard.knowledge import Knowledge
from pipelines.onboard.proposal import Confidence, Why
from pipelines.onboard.shapes import Shape
from pipelines.onboard.vocabulary import Vocabulary, split_words

_SHARE = 0.5  # of the cells that look like an address, a number to call ...


@dataclass(frozen=True)
class LeaveOut:
    """Why a column is not kept."""

    reason: str  # bsn, name, email, ...
    confidence: Confidence
    why: Why


def judge_personal(
    header: str, shape: Shape, knowledge: Knowledge, vocabulary: Vocabulary
) -> LeaveOut | None:
    """Why a column looks personal, or None.

    What its cells look like is certain; a header alone is when it says nothing else.
    """
    by_cells = _judge_cells(shape)
    if by_cells:
        return LeaveOut(by_cells, Confidence.HIGH, Why(f"cells_{by_cells}"))
    by_header = _judge_header(header, shape, knowledge, vocabulary)
    if by_header:
        return LeaveOut(by_header, Confidence.HIGH, Why(f"header_{by_header}"))
    if shape.is_free_text:
        return LeaveOut("free_text", Confidence.HIGH, Why("cells_free_text"))
    return None


def _judge_cells(shape: Shape) -> str | None:
    if shape.is_empty:
        return None
    if shape.share("emails") > _SHARE:
        return "email"
    if shape.share("postcodes") > _SHARE:
        return "address"
    # A date or a small code may pass the eleven-test; eight or nine digits make a BSN.
    if shape.is_bsn and shape.counts["median_length"] in (8, 9) and not shape.is_date:
        return "bsn"
    if shape.share("phones") > _SHARE and not shape.is_date:
        return "phone"
    return None


def _judge_header(
    header: str, shape: Shape, knowledge: Knowledge, vocabulary: Vocabulary
) -> str | None:
    words, read = split_words(header), frozenset(vocabulary.read(header))
    for reason, left_out in knowledge.headers.left_out.items():
        if left_out.only_types and not _fits(shape, left_out.only_types):
            continue
        if read in {frozenset(vocabulary.read(text)) for text in left_out.words}:
            return reason
        if any(word in left_out.parts for word in words):
            return reason
    return None


def _fits(shape: Shape, types: tuple[str, ...]) -> bool:
    if shape.is_empty:
        return "text" in types
    if shape.is_date:
        return "date" in types
    is_text = shape.name in ("text", "name") or (shape.name in ("codes", "id") and not shape.is_few)
    # Sentences with few rows have few different texts, but hardly one of them twice.
    is_text = is_text or (shape.name == "codes" and shape.is_unique and shape.share("spaced") > 0.5)
    return "text" in types and is_text


def is_of_the_person(header: str, knowledge: Knowledge, vocabulary: Vocabulary) -> bool:
    """True for a date or reason that a header gives to a person, not to a trajectory."""
    words = split_words(header)
    if not words or words[-1] not in knowledge.headers.person_alone:
        return False
    return bool(set(vocabulary.read(header)) & set(knowledge.headers.person_alone_of))
