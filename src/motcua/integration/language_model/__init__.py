"""Language models behind an OpenAI-compatible server: chat for rewording, embeddings for retrieval.

Spoken: POST …/chat/completions (streamed as server-sent events) and POST …/embeddings, where … is
the configured address with its /v1. TLS is asked for except on loopback; a redirect is not followed,
a proxy of the environment not used, nothing tried twice.
"""

from motcua.integration.language_model.chat import ChatModel
from motcua.integration.language_model.embeddings import EmbeddingModel

__all__ = ["ChatModel", "EmbeddingModel"]
