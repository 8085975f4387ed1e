"""The model whose vectors are stored while another one is about to replace them.

The stored vectors answer until the last of the new ones is made; to ask them, a question has to be
encoded by the model that made them, if that one can still be loaded.
"""

import logging

from ingest.errors import NianbaoError
from vectorstore.embedding import Embedder, default_embedder, load_embedder

logger = logging.getLogger(__name__)


def former_model(name: str) -> Embedder | None:
    """The model with exactly this name, which ends in the hash of its content; None if gone."""
    for called in (None, name.rpartition("@")[0]):
        try:
            model = default_embedder() if called is None else load_embedder(called)
        except NianbaoError as error:
            logger.info("the model %s cannot be loaded: %s", called, error)
            continue
        if model.name == name:
            return model
    return None
