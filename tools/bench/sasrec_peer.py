"""The peer of sasrec.mjs: SASRec in PyTorch, with the same parts as ours.

The argument is how many threads it may take. Every line on standard input, {"items", "window", "dims", "blocks",
"heads", "dropout", "folder", "lessons": [{"lengths", "rate"}]}, is a fit of one step a lesson, answered with one JSON line
{"cpu": [CPU ms of each step], "wall": [ms], "losses"}. The folder has the parameters it begins with, `start.f32`, and
what step i learns from, `i.i32`: items, their positions, the places that are asked about, and what belongs there.
"""

import json
import math
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, dims: int, heads: int, dropout: float, mask: torch.Tensor) -> None:
        super().__init__()
        self.heads, self.dropout, self.mask = heads, dropout, mask
        self.attention_norm = nn.LayerNorm(dims)
        self.queries = nn.Linear(dims, 3 * dims)
        self.attended = nn.Linear(dims, dims)
        self.forward_norm = nn.LayerNorm(dims)
        self.wide = nn.Linear(dims, dims)
        self.narrow = nn.Linear(dims, dims)

    def dropped(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, self.dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        windows, places, dims = x.shape
        three = self.queries(self.attention_norm(x)).view(windows, places, 3, self.heads, dims // self.heads)
        queries, keys, values = three.permute(2, 0, 3, 1, 4)
        scores = queries @ keys.transpose(-1, -2) / math.sqrt(dims // self.heads) + self.mask
        # One mask for all windows, as ours: a tenth faster than scaled_dot_product_attention, which draws one for each.
        weights = F.softmax(scores, -1) * self.dropped(torch.ones(1, self.heads, places, places))
        seen = weights @ values
        x = x + self.dropped(self.attended(seen.transpose(1, 2).reshape(windows, places, dims)))
        return x + self.dropped(self.narrow(self.dropped(F.gelu(self.wide(self.forward_norm(x))))))


class SasRec(nn.Module):
    def __init__(self, items: int, window: int, dims: int, blocks: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.window, self.dims, self.dropout = window, dims, dropout
        self.table = nn.Embedding(items, dims)
        self.places = nn.Embedding(window, dims)
        mask = torch.full((window, window), -math.inf).triu(1)
        self.blocks = nn.ModuleList(Block(dims, heads, dropout, mask) for _ in range(blocks))
        self.last = nn.LayerNorm(dims)

    def loss(self, items, positions, rows, targets) -> torch.Tensor:
        x = self.table(items) * (math.sqrt(self.dims) / 2) + self.places(positions)
        x = F.dropout(x, self.dropout).view(-1, self.window, self.dims)
        for block in self.blocks:
            x = block(x)
        asked = self.last(x).view(-1, self.dims)[rows]
        return F.cross_entropy(asked @ self.table.weight.T, targets)

    def load(self, flat: torch.Tensor) -> None:
        """Our parameters, in our order: weights of linear layers are [inputs, outputs] there."""
        linear = {id(module.weight) for module in self.modules() if isinstance(module, nn.Linear)}
        at = 0
        for parameter in self.parameters():
            part = flat[at : at + parameter.numel()]
            at += parameter.numel()
            turned = id(parameter) in linear
            parameter.data.copy_(part.view(parameter.shape[::-1]).T if turned else part.view_as(parameter))
        assert at == flat.numel()


def fit(folder: str, lessons: list, **shape) -> dict:
    model = SasRec(**shape)
    model.load(torch.from_numpy(np.fromfile(os.path.join(folder, "start.f32"), dtype="<f4")))
    adam = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98), eps=1e-8, fused=True)
    answer = {"cpu": [], "wall": [], "losses": []}
    for step, lesson in enumerate(lessons):
        numbers = torch.from_numpy(np.fromfile(os.path.join(folder, f"{step}.i32"), dtype="<i4")).long()
        parts = numbers.split(lesson["lengths"])
        for group in adam.param_groups:
            group["lr"] = lesson["rate"]
        cpu, wall = time.process_time(), time.perf_counter()
        adam.zero_grad()
        loss = model.loss(*parts)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5)
        adam.step()
        answer["losses"].append(loss.item())
        answer["cpu"].append(1000 * (time.process_time() - cpu))
        answer["wall"].append(1000 * (time.perf_counter() - wall))
    return answer


def main() -> None:
    torch.manual_seed(42)
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps({"name": f"torch {torch.__version__}, numpy {np.__version__}"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(fit(**json.loads(line))), flush=True)


main()
