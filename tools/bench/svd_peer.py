"""The peer of svd.mjs: scikit-surprise's SVD or SVDpp with its default options.

The first argument is a folder with the files `train` and `test` (lines of user,item,rating), the second `svd` or
`svdpp`. Fits once for every line on standard input and answers each with one JSON line
{"cpuSeconds": number, "rmse": number}.
"""

import json
import os
import platform
import sys
import time

import numpy
import surprise


def main() -> None:
    folder, model = sys.argv[1:]
    reader = surprise.Reader(line_format="user item rating", sep=",", rating_scale=(1, 5))
    train = surprise.Dataset.load_from_file(os.path.join(folder, "train"), reader).build_full_trainset()
    test = surprise.Dataset.load_from_file(os.path.join(folder, "test"), reader).build_full_trainset().build_testset()
    about = f"scikit-surprise {surprise.__version__}, numpy {numpy.__version__}, Python {platform.python_version()}"
    print(json.dumps({"name": about}), flush=True)
    for _ in sys.stdin:
        algorithm = {"svd": surprise.SVD, "svdpp": surprise.SVDpp}[model]()
        before = time.process_time()
        algorithm.fit(train)
        seconds = time.process_time() - before
        rmse = surprise.accuracy.rmse(algorithm.test(test), verbose=False)
        print(json.dumps({"cpuSeconds": seconds, "rmse": rmse}), flush=True)


main()
