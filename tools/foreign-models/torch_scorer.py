"""Exports a small scorer from PyTorch, as the guide docs/guides/import-a-model.md imports it.

A click model: embeddings of the item, of the mean of the history, and of the country, with the price and the weekday,
through two layers. Its weights are random: what counts is that the numbers are the same on both sides.

    python torch_scorer.py items.txt OUT      (pip install torch onnx onnxscript numpy)

writes OUT/click-scorer.onnx and OUT/click-scorer.examples.json, inputs with the outputs that PyTorch gave.
"""

import json
import sys
from pathlib import Path

import onnx
import torch

LENGTH = 10
COUNTRIES = 3  # and one row for all others


class ClickScorer(torch.nn.Module):
    def __init__(self, items: int) -> None:
        super().__init__()
        self.items = torch.nn.Embedding(items + 1, 8)  # row 0 is the padding
        self.countries = torch.nn.Embedding(COUNTRIES + 1, 4)
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(8 * 3 + 4 + 2, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1)
        )

    def forward(self, history, item, country, price, weekday):
        known = (history > 0).float().unsqueeze(2)
        mean = (self.items(history) * known).sum(1) / known.sum(1).clamp(min=1)
        own = self.items(item)
        dense = torch.stack([torch.log1p(price), weekday / 6], 1)
        features = torch.cat([mean, own, mean * own, self.countries(country), dense], 1)
        return torch.sigmoid(self.layers(features)).squeeze(1)


def request(items: int, candidates: int, seed: int) -> dict:
    """What one request asks: a user with a history of some items, and candidates with a price each."""
    chance = torch.Generator().manual_seed(seed)

    def draw(most: int) -> int:
        return int(torch.randint(0, most, (1,), generator=chance))

    shuffled = torch.randperm(items, generator=chance) + 1
    history = torch.zeros(LENGTH, dtype=torch.int64)
    known = 1 + draw(LENGTH)
    history[:known] = shuffled[:known]
    return {
        "history": history.repeat(candidates, 1),
        "item": shuffled[known : known + candidates],
        "country": torch.full((candidates,), draw(COUNTRIES + 1)),
        "price": torch.randint(1, 2000, (candidates,), generator=chance) / 100,
        "weekday": torch.full((candidates,), float(draw(7))),
    }


def main(items_file: str, out: Path) -> None:
    items = len(Path(items_file).read_text().split())
    torch.manual_seed(7)
    model = ClickScorer(items).eval()
    sample = request(items, 4, seed=1)
    rows = torch.export.Dim("rows")
    program = torch.onnx.export(
        model,
        tuple(sample.values()),
        input_names=list(sample),
        output_names=["click"],
        dynamic_shapes=tuple({0: rows} for _ in sample),
        dynamo=True,
    )
    proto = program.model_proto
    # Where in the source a node came from is most of the file, and nobody's business.
    for node in proto.graph.node:
        del node.metadata_props[:]
        node.ClearField("doc_string")
    for value in [*proto.graph.input, *proto.graph.output, *proto.graph.value_info, *proto.graph.initializer]:
        del value.metadata_props[:]
    onnx.save(proto, out / "click-scorer.onnx")
    examples = []
    for candidates, seed in [(1, 2), (6, 3)]:
        inputs = request(items, candidates, seed)
        with torch.no_grad():
            outputs = {"click": model(**inputs).tolist()}
        examples.append({"inputs": {name: value.tolist() for name, value in inputs.items()}, "outputs": outputs})
    (out / "click-scorer.examples.json").write_text(json.dumps(examples) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
