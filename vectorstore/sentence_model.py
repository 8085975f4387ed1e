"""Any sentence-transformers model as an Embedder: from a folder, the local cache or the hub.

Only weights in safetensors are read, and a folder that holds programs or pickles is refused, even
a folder of one's own. What the hub once gave is used from the local cache without asking the hub again.
"""

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.errors import NianbaoError
from vectorstore.model_files import content_hash, refuse_dangerous_files

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

# Torch slows down by a factor of forty where its threads outnumber the idle cores.
_THREADS = max(1, (os.cpu_count() or 2) // 2)
_BATCH = 32

_WANTED = ["*.json", "*.safetensors", "*.txt", "*.model"]
_UNWANTED = ["onnx/*", "openvino/*"]

# Models whose cards ask for words before a question (and a sentence) that their files do not
# state: name → (before a question, before a sentence). Source: the cards of BAAI and intfloat.
_INSTRUCTIONS = (
    (re.compile(r"bge-.*zh", re.IGNORECASE), "为这个句子生成表示以用于检索相关文章：", ""),
    (re.compile(r"e5-(?:small|base|large)", re.IGNORECASE), "query: ", "passage: "),
)


class SentenceModel:
    """A loaded sentence-transformers model."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """The model's name with a hash of its content."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """One row a text, of length one; a question gets the model's instruction."""
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def load_sentence_model(name_or_path: str) -> SentenceModel:
    """The model in a folder or of a hub name; raises NianbaoError with what to do."""
    folder = Path(name_or_path).expanduser()
    if not folder.is_dir():
        folder = _from_hub(name_or_path)
    refuse_dangerous_files(folder)
    model = _open(folder, name_or_path)
    for pattern, before_question, before_sentence in _INSTRUCTIONS:
        if pattern.search(name_or_path) and not model.prompts.get("query"):
            model.prompts = {"query": before_question, "document": before_sentence}
    return SentenceModel(model, f"{name_or_path}@{content_hash(folder)}")


def _from_hub(name: str) -> Path:
    """The folder of a hub model: from the local cache, else fetched."""
    try:
        cached = _snapshot(name, local_files_only=True)
        if any(cached.rglob("*.safetensors")):
            return cached
    except (OSError, ValueError) as error:
        logger.info("embedding model %s is not in the local cache: %s", name, error)
    logger.info("fetching embedding model %s", name)
    try:
        return _snapshot(name, local_files_only=False)
    except (OSError, ValueError) as error:
        raise NianbaoError(
            f"取不到向量模型 {name}：本机没有这个目录，也没有缓存，且连不上模型站点；"
            "请把模型目录拷到本机并在设置中写它的路径，或去掉该设置、使用自带的模型。"
        ) from error


def _snapshot(name: str, *, local_files_only: bool) -> Path:
    from huggingface_hub import snapshot_download

    return Path(
        snapshot_download(
            name,
            local_files_only=local_files_only,
            allow_patterns=_WANTED,
            ignore_patterns=_UNWANTED,
        )
    )


def _open(folder: Path, name: str) -> "SentenceTransformer":
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(_THREADS)
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise NianbaoError(
            f"目录 {folder} 不能作为向量模型读取（{name}）：文件不全或格式不对；请重新下载完整的模型。"
        ) from error
