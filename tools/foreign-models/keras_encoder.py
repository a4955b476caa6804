"""Exports a small user encoder from TensorFlow, as the guide docs/guides/import-a-model.md imports it.

A recurrent network: the items of a history go through a GRU, and its last state is compared with the items' embeddings.
Its weights are random: what counts is that the numbers are the same on both sides.

    python keras_encoder.py items.txt OUT      (pip install tensorflow-cpu tf2onnx)

writes OUT/gru-encoder.onnx, OUT/gru-encoder.vectors.npy (the embeddings, row 0 is the padding) and
OUT/gru-encoder.examples.json, inputs with the outputs that TensorFlow gave.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf
import tf2onnx

LENGTH = 12
DIMS = 16


def main(items_file: str, out: Path) -> None:
    items = len(Path(items_file).read_text().split())
    tf.keras.utils.set_random_seed(7)
    history = tf.keras.Input((LENGTH,), dtype="int32", name="history")
    embedding = tf.keras.layers.Embedding(items + 1, DIMS)
    state = tf.keras.layers.GRU(DIMS, name="gru")(embedding(history))
    model = tf.keras.Model(history, tf.keras.layers.Dense(DIMS, name="user")(state))
    signature = [tf.TensorSpec((None, LENGTH), tf.int32, name="history")]

    @tf.function(input_signature=signature)
    def encode(history):
        return {"user_vector": model(history, training=False)}

    proto, _ = tf2onnx.convert.from_function(encode, input_signature=signature, opset=17)
    (out / "gru-encoder.onnx").write_bytes(proto.SerializeToString())
    np.save(out / "gru-encoder.vectors.npy", embedding.get_weights()[0].astype("float32"))
    chance = np.random.default_rng(3)
    examples = []
    for known in [1, 5, LENGTH]:
        rows = np.zeros((1, LENGTH), "int32")
        rows[0, LENGTH - known :] = 1 + chance.choice(items, known, replace=False)
        outputs = {"user_vector": encode(rows)["user_vector"].numpy().tolist()}
        examples.append({"inputs": {"history": rows.tolist()}, "outputs": outputs})
    (out / "gru-encoder.examples.json").write_text(json.dumps(examples) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
