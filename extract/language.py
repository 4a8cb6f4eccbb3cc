"""The spaCy pipeline for Chinese budget prose: jieba with the domain lexicon, and typed spans.

Use ``load_pipeline()`` for the whole, or add single components to any Chinese pipeline::

    nlp = spacy.blank("zh")
    nlp.add_pipe("jixiao_costs")
    doc = nlp("差旅费10万元、会议费5万元")
    [(span.text, span._.value.amount) for span in doc.spans["cost_component"]]

Each component writes span groups named for their kind (``money``, ``quantity``, ``date``, ``period``,
``cost_component``, ``activity``, ``unit``, ``project``); ``span._.value`` is the frozen value. Tokens
are split where a span begins or ends, so ``span.text`` is exactly what the source prints.
"""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.zh import ChineseTokenizer
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_words_and_spaces, registry

from extract.lexicon.units import known_units, read_lexicon, words
from extract.spans import Annotation, Kind, Value, annotate

__all__ = ["COMPONENTS", "Annotation", "BudgetTokenizer", "SpanMarker", "annotate", "load_pipeline"]

# The registered factories and the span groups that each of them writes.
COMPONENTS: dict[str, tuple[Kind, ...]] = {
    "jixiao_money": ("money",),
    "jixiao_quantities": ("quantity",),
    "jixiao_dates": ("date", "period"),
    "jixiao_costs": ("cost_component",),
    "jixiao_activities": ("activity",),
    "jixiao_units": ("unit",),
    "jixiao_projects": ("project",),
}
TOKENIZER = "jixiao.BudgetTokenizer.v1"
_SOURCE = "jixiao"  # key of the annotated text in ``Doc.user_data``
_FREQUENCY = 20_000  # of a lexicon word for jieba: above the common words that it is made of


class SpanMarker:
    """A pipeline component without state: marks the spans of its kinds on a document."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = tuple(kinds)

    def __call__(self, doc: Doc) -> Doc:
        """Split tokens at the borders of all spans, then write the span groups of these kinds."""
        text = doc.user_data.setdefault(_SOURCE, doc.text)
        found = annotate(text)
        _split_tokens(doc, _borders(found))  # of every kind: a later split would shift groups written now
        for kind in self.kinds:
            marks = [mark for mark in found if mark.kind == kind]
            spans = [doc.char_span(mark.start, mark.end, label=kind.upper()) for mark in marks]
            doc.spans[kind] = [span for span in spans if span is not None]
        return doc


def _borders(found: Iterable[Annotation]) -> set[int]:
    return {border for mark in found for border in (mark.start, mark.end)}


def _pieces(word: str, start: int, borders: set[int]) -> list[str]:
    """A token that starts at ``start``, cut at the borders that fall inside it."""
    cuts = [cut for cut in range(1, len(word)) if start + cut in borders]
    return [word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def _split_tokens(doc: Doc, borders: set[int]) -> None:
    """Split every token that a border falls into, so that character spans are token spans."""
    open_borders = borders - {token.idx for token in doc} - {token.idx + len(token) for token in doc}
    if not open_borders:
        return
    with doc.retokenize() as retokenizer:
        for token in doc:
            pieces = _pieces(token.text, token.idx, open_borders)
            if len(pieces) > 1:
                retokenizer.split(token, pieces, heads=[(token, index) for index in range(len(pieces))])


@lru_cache(maxsize=16)
def _values(text: str) -> dict[tuple[str, int, int], Value]:
    return {(mark.kind.upper(), mark.start, mark.end): mark.value for mark in annotate(text)}


def read_value(span: Span) -> Value | None:
    """The value of a marked span, read again from its document; ``None`` for any other span."""
    text = span.doc.user_data.get(_SOURCE)
    return None if text is None else _values(text).get((span.label_, span.start_char, span.end_char))


def _register() -> None:
    Span.set_extension("value", getter=read_value, force=True)
    registry.tokenizers.register(TOKENIZER, func=create_tokenizer)
    for name, kinds in COMPONENTS.items():
        Language.factory(name, assigns=["span._.value"], func=_factory(kinds))


def _factory(kinds: tuple[Kind, ...]) -> Callable[[Language, str], SpanMarker]:
    def create(nlp: Language, name: str) -> SpanMarker:
        return SpanMarker(kinds)

    return create


class BudgetTokenizer(ChineseTokenizer):
    """spaCy's Chinese tokenizer over a jieba of our own, which knows the domain lexicon."""

    def __init__(self, vocab: Any) -> None:
        super().__init__(vocab)  # as "char": spaCy's own jieba would write to shared temp
        self.segmenter = "jieba"
        self.jieba_seg: Any = segmenter()

    def __call__(self, text: str) -> Doc:
        """Segment a text and cut the words where a figure or a name begins or ends."""
        words, borders, start = [], _borders(annotate(text)), 0
        for word in self.jieba_seg.cut(text, cut_all=False):
            words.extend(_pieces(word, start, borders))
            start += len(word)
        pieces, spaces = get_words_and_spaces(words, text)
        return Doc(self.vocab, words=pieces, spaces=spaces)


def create_tokenizer() -> Callable[[Language], BudgetTokenizer]:
    """Factory of the tokenizer for pipeline configurations."""
    return lambda nlp: BudgetTokenizer(nlp.vocab)


@cache
def segmenter() -> Any:
    """A jieba tokenizer with the domain lexicon, quiet, its dictionary cache in a private directory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's import warns about pkg_resources and escapes
        import jieba
    jieba.setLogLevel("ERROR")
    jieba.default_logger.handlers.clear()
    tokenizer = jieba.Tokenizer()
    folder = cache_directory()
    if folder is None:  # nowhere private to keep it: build the dictionary in memory
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    else:
        tokenizer.tmp_dir = str(folder)
        tokenizer.initialize()
    for word in lexicon_words():
        tokenizer.add_word(word, _FREQUENCY)
    return tokenizer


def cache_directory() -> Path | None:
    """A directory that nobody else can write to, for jieba's dictionary; ``None`` when there is none."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "jixiao"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except (OSError, RuntimeError):
        return None
    foreign = hasattr(os, "getuid") and status.st_uid != os.getuid()
    shared = os.name == "posix" and status.st_mode & 0o022
    private = stat.S_ISDIR(status.st_mode) and not foreign and not shared and os.access(folder, os.W_OK)
    return folder if private else None


@cache
def lexicon_words() -> tuple[str, ...]:
    """The words that the segmenter learns: units, verbs, bodies, projects, cost heads, indicator words."""
    tables = read_lexicon("language")
    named = (
        word
        for table, key in (
            ("activities", "verbs"),
            ("bodies", "strong"),
            ("bodies", "placed"),
            ("projects", "endings"),
            ("words", "cost_heads"),
            ("words", "indicators"),
        )
        for word in tables[table][key].split()
    )
    known = {*named, *known_units(), *words("funds")}
    return tuple(sorted(word for word in known if len(word) > 1 and word.isalpha() and not word.isascii()))


def load_pipeline() -> Language:
    """The whole pipeline: the budget tokenizer and every component, in order."""
    config = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}
    nlp = spacy.blank("zh", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


_register()
