"""The peer of lambdamart.mjs: LightGBM's lambdarank on one thread.

Reads one JSON line {folder, columns, params, trees}, which it answers with {}, then trains once for every further line
on standard input and answers each with one JSON line {"cpuSeconds": number}, binning included. Scores of the test rows
go to scores.f32 in the folder.
"""

import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import lightgbm  # noqa: E402
import numpy  # noqa: E402


def main() -> None:
    print(json.dumps({"name": f"lightgbm {lightgbm.__version__}, 1 thread"}), flush=True)
    setup = json.loads(sys.stdin.readline())

    def read(name: str, dtype: str) -> numpy.ndarray:
        return numpy.fromfile(os.path.join(setup["folder"], name), dtype=dtype)

    features = read("train.f32", "<f4").reshape(-1, setup["columns"])
    test = read("test.f32", "<f4").reshape(-1, setup["columns"])
    grades = read("grades.f32", "<f4")
    sizes = numpy.diff(read("groups.i32", "<i4"))
    print(json.dumps({}), flush=True)
    for _ in sys.stdin:
        before = time.process_time()
        data = lightgbm.Dataset(features, grades, group=sizes)
        model = lightgbm.train(setup["params"], data, num_boost_round=setup["trees"])
        seconds = time.process_time() - before
        model.predict(test).astype("<f4").tofile(os.path.join(setup["folder"], "scores.f32"))
        print(json.dumps({"cpuSeconds": seconds}), flush=True)


main()
