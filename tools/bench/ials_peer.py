"""The peer of ials.mjs: implicit's alternating least squares on one thread.

The argument is a file of int32: the users of all pairs, then their items. Every line on standard input,
{"dims", "cg", "iterations", "users"}, is a fit, answered with one JSON line
{"iterations": [CPU seconds of each], "foldIn": CPU seconds of one fold-in with the best ten items}.
"""

import json
import sys
import time

import implicit
import numpy as np
import scipy
from implicit.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits


def measured(pairs: csr_matrix, dims: int, cg: bool, iterations: int, users: int) -> dict:
    model = AlternatingLeastSquares(
        factors=dims,
        regularization=5,
        alpha=1,
        use_cg=cg,
        use_gpu=False,
        iterations=iterations,
        num_threads=1,
        random_state=42,
    )
    marks = [time.process_time()]
    model.fit(pairs, show_progress=False, callback=lambda *_: marks.append(time.process_time()))
    before = time.process_time()
    for user in range(users):
        row = user % pairs.shape[0]
        model.recommend(row, pairs[row], N=10, recalculate_user=True, filter_already_liked_items=False)
    fold_in = (time.process_time() - before) / users
    return {"iterations": [float(x) for x in np.diff(marks)], "foldIn": fold_in}


def main() -> None:
    users, items = np.fromfile(sys.argv[1], dtype=np.int32).reshape(2, -1)
    confidence = np.full(len(users), 2, dtype=np.float32)
    pairs = csr_matrix((confidence, (users, items)), shape=(users.max() + 1, items.max() + 1))
    versions = f"implicit {implicit.__version__}, numpy {np.__version__}, scipy {scipy.__version__}"
    print(json.dumps({"name": f"{versions}, 1 thread, 1 BLAS thread"}), flush=True)
    with threadpool_limits(1):
        for line in sys.stdin:
            print(json.dumps(measured(pairs, **json.loads(line))), flush=True)


main()
