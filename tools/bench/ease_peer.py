"""The peer of ease.mjs: EASE in numpy and scipy, float32, as its paper writes it down.

Every line on standard input, {"folder", "users", "items", "penalty"}, is a fit of the binary matrix whose rows are in
the folder (`indptr.i32`, `indices.i32`) by each of two ways to invert, answered with one JSON line of their CPU ms,
{"inverse", "cholesky"}. Weights go to `inverse.f32` and `cholesky.f32` there.
"""

import json
import os
import sys
import time

import numpy as np
import scipy
from scipy.linalg import lapack


def cholesky(gram: np.ndarray) -> np.ndarray:
    """By the faster way for what is symmetric and positive definite, which numpy does not offer."""
    factor, failed = lapack.spotrf(gram.T, lower=True, overwrite_a=True)
    assert failed == 0
    half, failed = lapack.spotri(factor, lower=True, overwrite_c=True)
    assert failed == 0
    lower = np.tril(half)
    return lower + np.tril(half, -1).T


def weights(rows: scipy.sparse.csr_matrix, penalty: float, invert) -> np.ndarray:
    gram = (rows.T @ rows).toarray()
    gram[np.diag_indices_from(gram)] += penalty
    inverse = invert(gram)
    inverse /= -np.diag(inverse)
    np.fill_diagonal(inverse, 0)
    return inverse


def measured(folder: str, users: int, items: int, penalty: float) -> dict:
    def read(name: str) -> np.ndarray:
        return np.fromfile(os.path.join(folder, name), dtype="<i4")

    indices = read("indices.i32")
    data = np.ones(len(indices), dtype=np.float32)
    rows = scipy.sparse.csr_matrix((data, indices, read("indptr.i32")), shape=(users, items))
    answer = {}
    for name, invert in {"inverse": np.linalg.inv, "cholesky": cholesky}.items():
        before = time.process_time()
        found = weights(rows, penalty, invert)
        answer[name] = 1000 * (time.process_time() - before)
        found.astype("<f4").tofile(os.path.join(folder, f"{name}.f32"))
    return answer


def main() -> None:
    print(json.dumps({"name": f"numpy {np.__version__}, scipy {scipy.__version__}"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(measured(**json.loads(line))), flush=True)


main()
