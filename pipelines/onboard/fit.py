"""How well a column fits a field: its header against the words, its cells against the type."""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.onboarding import FieldWords
from pipelines.catalogue.models.records import FieldType, RecordField, RecordKind
from pipelines.onboard.codes import CodeReader, Reading
from pipelines.onboard.knowledge import Knowledge
from pipelines.onboard.shapes import Shape
from pipelines.onboard.vocabulary import Vocabulary, list_phrases

WEAK = 0.55  # a phrase that may also mean something else is worth this much of a good one
_NEUTRAL = 0.6  # an empty column speaks neither for nor against
# Without a header to go by, only a code list that is recognised nearly whole says something.
_BY_CODES_ALONE = 0.5
_MOST_CODES_ALONE = 0.9
# Words that go without saying for a field of a type.
_IMPLIED = {
    FieldType.ID: frozenset({"nummer"}),
    FieldType.DATE: frozenset({"datum"}),
    FieldType.INTEGER: frozenset({"aantal", "score"}),
    FieldType.DECIMAL: frozenset({"aantal"}),
    FieldType.CODE: frozenset({"soort"}),
    FieldType.BOOL: frozenset({"ja", "nee"}),
    FieldType.TEXT: frozenset({"naam"}),
}


@dataclass(frozen=True)
class Target:
    """A field that a column may feed; of the parent when a row is found by it."""

    kind: str
    field: str
    declared: RecordField
    is_parent_key: bool = False
    is_key: bool = False  # the whole natural key of the kind


@dataclass(frozen=True)
class Fit:
    """How well one column fits one target."""

    score: float  # 0-1, everything together
    header: float  # 0-1
    cells: float  # 0-1
    is_flipped: bool = False
    reading: Reading | None = None


NO_FIT = Fit(0.0, 0.0, 0.0)


class Fitter:
    """Measures fits with the words and lists of one catalogue."""

    def __init__(self, catalogue: Catalogue, knowledge: Knowledge, vocabulary: Vocabulary):
        self.catalogue = catalogue
        self.knowledge = knowledge
        self.vocabulary = vocabulary
        self.reader = CodeReader(catalogue, knowledge, vocabulary)
        self.readings: dict[tuple, tuple[Shape, Reading]] = {}
        self.implied = {
            kind: frozenset(w for title in words.titles for w in vocabulary.read(title))
            for kind, words in knowledge.kinds.items()
        }

    def list_targets(self, kind: RecordKind) -> list[Target]:
        """The fields of a kind, those that may ride in its rows, and the keys of its parent."""
        own = [
            Target(kind.kind, name, declared, is_key=kind.key == (name,))
            for name, declared in kind.fields.items()
        ]
        for words in self.knowledge.kinds.values():
            if words.inside and words.inside.kind == kind.kind:
                rider = self.catalogue.records[words.kind]
                own += [
                    Target(rider.kind, name, declared)
                    for name, declared in rider.fields.items()
                    if name not in words.inside.shared
                ]
        return own

    def list_parent_keys(self, kind: RecordKind) -> list[Target]:
        """The fields by which the trajectory of a row is found when it does not name it."""
        declared = kind.fields.get("trajectory_id")
        if declared is None or kind.kind in ("trajectory", "closure"):
            return []
        parent = self.catalogue.records["trajectory"]
        return [
            Target("trajectory", name, parent.fields[name], is_parent_key=True)
            for name in ("client_id", "start_date")
        ]

    def measure(self, header: str, shape: Shape, target: Target) -> Fit:
        """The fit of a column to a target."""
        words = self.knowledge.kinds[target.kind].fields.get(target.field)
        alike, is_flipped = self._compare_header(header, target, words)
        cells, reading = self._judge_cells(shape, target, words, is_flipped)
        if cells < 0.2:
            return NO_FIT
        if alike < 0.3:
            score = 0.0
            if target.declared.codes and reading and len(reading.codes) >= 3 and cells >= 0.95:
                score = _BY_CODES_ALONE if reading.share > _MOST_CODES_ALONE else 0.0
            return Fit(score, alike, cells, is_flipped, reading)
        return Fit(alike * (0.55 + 0.45 * cells), alike, cells, is_flipped, reading)

    def _compare_header(
        self, header: str, target: Target, words: FieldWords | None
    ) -> tuple[float, bool]:
        given = self.vocabulary.read(header)
        implied = _IMPLIED[target.declared.type]
        own = frozenset() if target.is_parent_key else self.implied[target.kind]
        phrases = list_phrases(target.field, target.declared.label, words)
        weak, opposite = (words.weak, words.opposite) if words else ((), ())
        strong = set(phrases) - {*weak, *opposite}
        best = max(self._compare(given, phrase, implied | own) for phrase in strong)
        # A start in the rows of another kind is the one of the trajectory only when it says so.
        if target.is_parent_key and target.field == "start_date" and "traject" not in given:
            best = 0.0
        weaker = [WEAK * self._compare(given, phrase, implied | own) for phrase in weak]
        best = max([best, *weaker])
        flipped = [self._compare(given, phrase, own) for phrase in opposite]
        if flipped and max(flipped) > best:
            return max(flipped), True
        return best, False

    def _compare(self, given: tuple[str, ...], phrase: str, implied: frozenset[str]) -> float:
        return self.vocabulary.compare(given, self.vocabulary.read(phrase), implied)

    def _judge_cells(
        self, shape: Shape, target: Target, words: FieldWords | None, is_flipped: bool
    ) -> tuple[float, Reading | None]:
        declared = target.declared
        if shape.is_empty:
            return _NEUTRAL, None
        if declared.type in (FieldType.CODE, FieldType.BOOL):
            return self._judge_codes(shape, declared, words, is_flipped)
        if declared.type is FieldType.DATE:
            return (0.85 if shape.is_serial else 1.0) if shape.is_date else 0.0, None
        if declared.type in (FieldType.INTEGER, FieldType.DECIMAL):
            return _judge_number(shape, declared), None
        if declared.type is FieldType.ID:
            return _judge_id(shape, target), None
        return _judge_text(shape), None

    def _judge_codes(
        self, shape: Shape, declared: RecordField, words: FieldWords | None, is_flipped: bool
    ) -> tuple[float, Reading | None]:
        if declared.type is FieldType.BOOL and shape.share("yes_no") > 0.9 and not is_flipped:
            return 1.0, self._read(shape, declared, words, is_flipped)
        if not shape.texts or (shape.is_date and not shape.is_serial):
            return 0.0, None
        reading = self._read(shape, declared, words, is_flipped)
        if not shape.is_few and not (reading.is_split and reading.share > _MOST_CODES_ALONE):
            return 0.0, reading
        if declared.type is FieldType.BOOL:
            return (0.9 if reading.share > 0.9 else 0.0), reading
        if reading.share == 0 and shape.share("numbers") > 0.9:
            return 0.0, reading
        return 0.4 + 0.6 * reading.share, reading

    def _read(
        self, shape: Shape, declared: RecordField, words: FieldWords | None, is_flipped: bool
    ) -> Reading:
        """Reads the texts of a column once per code list, or per question with words of its own."""
        own = (words.yes, words.no) if words else ((), ())
        key = (id(shape), declared.codes, own, is_flipped)
        if key not in self.readings:
            reading = self.reader.read(declared, words, shape.texts, is_flipped)
            self.readings[key] = (shape, reading)  # with the shape, so that its id stays taken
        return self.readings[key][1]


def _judge_number(shape: Shape, declared: RecordField) -> float:
    name = "integers" if declared.type is FieldType.INTEGER else "numbers"
    if shape.share(name) < 0.9 or (shape.is_date and not shape.is_serial):
        return 0.0
    low, high = shape.counts["lowest"], shape.counts["highest"]
    if declared.minimum is not None and low < declared.minimum - 1:
        return 0.0
    if declared.maximum is not None and high > declared.maximum and high != 99:
        return 0.3
    # Numbers all different and large number something; they count nothing.
    return 0.4 if shape.is_unique and high > 1000 else 1.0


def _judge_id(shape: Shape, target: Target) -> float:
    if shape.is_free_text or (shape.is_date and not shape.is_serial):
        return 0.0
    if shape.share("numbers") > 0.9 and shape.share("integers") < 0.9:
        return 0.0
    if shape.share("yes_no") > 0.9:
        return 0.1
    if target.is_key:
        distinct = shape.counts["distinct_count"] / shape.counts["filled"]
        return 1.0 if shape.is_unique else 0.7 if distinct > 0.6 else 0.2
    return 0.9


def _judge_text(shape: Shape) -> float:
    if shape.is_free_text or shape.is_date:
        return 0.0
    return 0.8 if shape.is_few else 0.6
