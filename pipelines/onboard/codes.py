"""What the cells of a code or yes/no column mean, and which of their texts may be shown.

A text is shown only when every word of it is a word of ours (of the code lists and the onboarding
words): a name, an address or a story has other words. Of the rest only counts leave this module.
"""

from dataclasses import dataclass, replace

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.onboarding import FieldWords
from pipelines.catalogue.models.records import FieldType, RecordField
from pipelines.catalogue.models.sources import FieldSource
from pipelines.onboard.knowledge import YES_NO, Knowledge
from pipelines.onboard.proposal import CodeProposal, Confidence
from pipelines.onboard.vocabulary import Vocabulary, split_words
from pipelines.records.field_sql import list_known_texts

# As the macros of staging read them.
_YES = frozenset({"ja", "j", "1", "waar", "true", "yes", "y", "1.0", "wel"})
_NO = frozenset({"nee", "n", "0", "onwaar", "false", "no", "0.0", "niet", "geen"})
_EMPTY = frozenset(
    {"", "-", "--", ".", "?", "n.v.t.", "n.v.t", "nvt", "niet van toepassing", "onbekend"}
    | {"niet bekend", "unknown", "n/a", "#n/a", "#n/b", "null", "leeg"}
)
SEPARATOR = ", "  # the one with which client-file systems join several values in a cell
_MOST_ANSWERS = 3  # a column with more different texts asks more than yes or no


@dataclass(frozen=True)
class Reading:
    """How well the texts of a column were understood."""

    codes: tuple[CodeProposal, ...]
    unknown: tuple[str, ...]  # texts without a meaning; never shown
    share: float  # of the rows that say something whose text has a meaning
    is_split: bool = False  # the first of several values in a cell was read


class CodeReader:
    """Understands texts by code lists, words and negations."""

    def __init__(self, catalogue: Catalogue, knowledge: Knowledge, vocabulary: Vocabulary):
        self.catalogue = catalogue
        self.knowledge = knowledge
        self.vocabulary = vocabulary
        self.phrases = {name: self._list_phrases(name) for name in catalogue.codes}

    def read(
        self, declared: RecordField, words: FieldWords | None, texts: dict[str, int], flip: bool
    ) -> Reading:
        """What the texts of a column mean for a field.

        Args:
            declared: a field of type code or bool.
            words: what is known about the field.
            texts: text -> rows.
            flip: the header asks the reverse question.
        """
        said = {text: rows for text, rows in texts.items() if text.casefold() not in _EMPTY}
        whole = self._read_said(declared, words, said, flip)
        if declared.type is FieldType.BOOL or not any(SEPARATOR in text for text in whole.unknown):
            return whole
        first: dict[str, int] = {}
        for text, rows in said.items():
            part = text.partition(SEPARATOR)[0]
            first[part] = first.get(part, 0) + rows
        split = self._read_said(declared, words, first, flip)
        return replace(split, is_split=True) if split.share > whole.share else whole

    def _read_said(
        self, declared: RecordField, words: FieldWords | None, said: dict[str, int], flip: bool
    ) -> Reading:
        if declared.type is FieldType.BOOL:
            found = self._read_yes_no(said, words, flip)
        else:
            found = self._read_codes(declared, said)
        understood = sum(code.rows for code in found)
        known = {code.text for code in found}
        unknown = tuple(text for text in said if text not in known)
        return Reading(tuple(found), unknown, understood / max(sum(said.values()), 1))

    def _read_codes(self, declared: RecordField, said: dict[str, int]) -> list[CodeProposal]:
        known = list_known_texts(declared, FieldSource(), self.catalogue)
        phrases = self.phrases[declared.codes]
        found = []
        for text, rows in said.items():
            code = known.get(text.strip().lower())
            if code is not None:
                found.append(CodeProposal(text, code, Confidence.HIGH, rows, True))
                continue
            words = split_words(text)
            if words in phrases and self.vocabulary.is_own_text(text):
                found.append(CodeProposal(text, phrases[words], Confidence.MEDIUM, rows, False))
                continue
            code = self._find_inside(words, phrases)
            if code is not None and self.vocabulary.is_own_text(text):
                found.append(CodeProposal(text, code, Confidence.LOW, rows, False))
        return found

    def _find_inside(self, words: tuple[str, ...], phrases: dict[tuple, str]) -> str | None:
        """The code whose longest phrase stands in the text; None when two codes compete."""
        given = frozenset(words)
        inside = [phrase for phrase in phrases if phrase and given.issuperset(phrase)]
        if not inside:
            return None
        longest = max(len(phrase) for phrase in inside)
        codes = {phrases[phrase] for phrase in inside if len(phrase) == longest}
        return codes.pop() if len(codes) == 1 else None

    def _read_yes_no(
        self, said: dict[str, int], words: FieldWords | None, flip: bool
    ) -> list[CodeProposal]:
        found, guessed = [], False
        if len(said) > _MOST_ANSWERS and any(
            text.strip().lower() not in _YES | _NO for text in said
        ):
            return []
        for text, rows in said.items():
            plain = text.strip().lower()
            if plain in _YES | _NO:
                answer = (plain in _YES) is not flip
                sure = Confidence.MEDIUM if flip else Confidence.HIGH
                found.append(CodeProposal(text, _write(answer), sure, rows, not flip))
                continue
            if not self.vocabulary.is_own_text(text):
                continue
            answer = self._answer(split_words(text), words, flip)
            guessed = guessed or answer is None
            answer = not flip if answer is None else answer
            found.append(CodeProposal(text, _write(answer), Confidence.MEDIUM, rows, False))
        # A text without a word for yes or no is a yes only beside another that is a no.
        return found if not guessed or len({code.code for code in found}) == 2 else []

    def _answer(self, parts: tuple[str, ...], words: FieldWords | None, flip: bool) -> bool | None:
        """What a cell says by its words; None when no word of it says yes or no."""
        for answer, listed in ((True, words.yes), (False, words.no)) if words else ():
            if parts in {split_words(one) for one in listed}:
                return answer
        yes_no, headers = self.knowledge.codes[YES_NO].codes, self.knowledge.headers
        if set(parts) & set(headers.negations) or parts in {split_words(t) for t in yes_no["no"]}:
            return flip
        is_yes = set(parts) & set(headers.affirmations)
        if is_yes or parts in {split_words(text) for text in yes_no["yes"]}:
            return not flip
        return None

    def _list_phrases(self, name: str) -> dict[tuple[str, ...], str]:
        """Every known text of a code list as words -> its code."""
        phrases: dict[tuple[str, ...], str] = {}
        for code, entry in self.catalogue.codes[name].codes.items():
            for text in (entry.label.nl, entry.label.en, *entry.synonyms):
                phrases.setdefault(split_words(text), code)
        extra = self.knowledge.codes.get(name)
        for code, texts in (extra.codes if extra else {}).items():
            for text in texts:
                phrases.setdefault(split_words(text), code)
        return phrases


def _write(answer: bool) -> str:
    return "true" if answer else "false"
