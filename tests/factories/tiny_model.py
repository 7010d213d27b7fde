"""A language model of our own making: a table of which word follows which, written as a GGUF file.

It is trained by counting over the sentences it is given. In llama's shape: the embedding of a token
is its own direction, the one layer adds nothing, the output matrix holds the logarithms of the counts.
A real llama.cpp server runs it, babbling what it was taught.
"""

import math
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

END, START = "</s>", "<|tra-loi|>"
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5
_ALIGNED = 32
# The turn of the assistant begins with a token of its own, so that the first word follows it.
_TEMPLATE = (
    "{% for m in messages %}{{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}" + START + "{% endif %}"
)


def train(sentences: Iterable[str], *, phrase: int) -> tuple[list[str], dict[int, Counter[int]]]:
    """Count, over sentences cut into phrases of so many words, which token follows which."""
    tokens = ["<unk>", "<s>", END, START, *(f"<0x{byte:02X}>" for byte in range(256))]
    known = {token: at for at, token in enumerate(tokens)}
    follows: dict[int, Counter[int]] = defaultdict(Counter)
    for sentence in sentences:
        before, words = known[START], sentence.split(" ")
        for start in range(0, len(words), phrase):
            piece = "\u2581" + " ".join(words[start : start + phrase])
            at = known.setdefault(piece, len(known))
            if at == len(tokens):
                tokens.append(piece)
            follows[before][at] += 1
            before = at
        follows[before][known[END]] += 1
    return tokens, follows


def write(file: Path, sentences: Iterable[str], *, phrase: int = 1, context: int = 8192) -> Path:
    """Train on the sentences and write the model.

    phrase: words in a token; the longer, the more faithfully it says its sentences again.
    """
    tokens, follows = train(sentences, phrase=phrase)
    size = math.ceil(len(tokens) / 64) * 64  # a direction of its own for each token
    output = np.full((len(tokens), size), -8.0, np.float32)
    output[:, 4:260] = 0.0
    for before, counts in follows.items():
        for after, count in counts.items():
            output[after, before] = math.log(count / counts.total()) + 8.0
    file.write_bytes(_gguf(_head(tokens, size, context), _tensors(output)))
    return file


def _tensors(output: np.ndarray) -> dict[str, np.ndarray]:
    count, size = output.shape
    flat, inner = np.ones(size, np.float32), 32
    nothing = np.zeros((size, size), np.float32)
    return {
        "token_embd.weight": np.eye(count, size, dtype=np.float32),
        "output_norm.weight": flat * np.float32(2 / math.sqrt(size)),
        "output.weight": output,
        "blk.0.attn_norm.weight": flat,
        "blk.0.ffn_norm.weight": flat,
        "blk.0.attn_q.weight": nothing,
        "blk.0.attn_k.weight": nothing,
        "blk.0.attn_v.weight": nothing,
        "blk.0.attn_output.weight": nothing,
        "blk.0.ffn_gate.weight": np.zeros((inner, size), np.float32),
        "blk.0.ffn_up.weight": np.zeros((inner, size), np.float32),
        "blk.0.ffn_down.weight": np.zeros((size, inner), np.float32),
    }


def _head(tokens: list[str], size: int, context: int) -> dict[str, object]:
    kinds = [_UNKNOWN, _CONTROL, _CONTROL, _CONTROL, *[_BYTE] * 256]
    return {
        "general.architecture": "llama",
        "general.name": "motcua-tiny",
        "llama.context_length": context,
        "llama.embedding_length": size,
        "llama.block_count": 1,
        "llama.feed_forward_length": 32,
        "llama.attention.head_count": size // 64,
        "llama.attention.head_count_kv": size // 64,
        "llama.attention.layer_norm_rms_epsilon": 1e-6,
        "llama.rope.dimension_count": 64,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.scores": [0.0] * len(tokens),
        "tokenizer.ggml.token_type": kinds + [_NORMAL] * (len(tokens) - len(kinds)),
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.chat_template": _TEMPLATE,
    }


def _gguf(head: dict[str, object], tensors: dict[str, np.ndarray]) -> bytes:
    """The bytes of a GGUF file, version 3 (the format's own description: ggml/docs/gguf.md)."""
    out = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(head))
    for key, value in head.items():
        out += _text(key) + _value(value)
    at, parts = 0, []
    for name, tensor in tensors.items():
        out += _text(name) + struct.pack("<I", tensor.ndim)
        out += b"".join(struct.pack("<Q", n) for n in reversed(tensor.shape))
        out += struct.pack("<IQ", 0, at)  # 0: float32
        content = tensor.astype("<f4").tobytes()
        content += b"\0" * (-len(content) % _ALIGNED)
        parts.append(content)
        at += len(content)
    return out + b"\0" * (-len(out) % _ALIGNED) + b"".join(parts)


def _text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def _value(value: object) -> bytes:
    kind, content = _typed(value)
    return struct.pack("<I", kind) + content


def _typed(value: object) -> tuple[int, bytes]:
    if isinstance(value, str):
        return _STRING, _text(value)
    if isinstance(value, float):
        return _FLOAT32, struct.pack("<f", value)
    if isinstance(value, int):
        return _UINT32, struct.pack("<I", value)
    assert isinstance(value, list)
    if isinstance(value[0], str):
        return _ARRAY, struct.pack("<IQ", _STRING, len(value)) + b"".join(map(_text, value))
    kind, code = (_FLOAT32, "f") if isinstance(value[0], float) else (_INT32, "i")
    return _ARRAY, struct.pack(f"<IQ{len(value)}{code}", kind, len(value), *value)
