"""The peer of metrics.mjs: the same figures by ranx, scikit-learn, SciPy and statsmodels.

Reads the data as JSON from standard input and answers one JSON object {"versions", "figures", "cpuSeconds"}. Where a
peer divides by something else than Attune does, its value is converted by the ratio of the two divisors.
"""

import json
import os
import sys
import time
import warnings
from importlib.metadata import version

os.environ.setdefault("NUMBA_NUM_THREADS", "1")
warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
from ranx import Qrels, Run, evaluate  # noqa: E402
from scipy.stats import bootstrap, permutation_test, wilcoxon  # noqa: E402
from sklearn.calibration import calibration_curve  # noqa: E402
from sklearn.metrics import log_loss, mean_absolute_error, mean_squared_error, roc_auc_score  # noqa: E402
from statsmodels.stats.multitest import multipletests  # noqa: E402
from statsmodels.stats.proportion import proportion_confint  # noqa: E402

# Attune's name: ranx's name, and what to divide its value by instead of all that is wanted.
LIST_METRICS = {
    "hitRate": ("hit_rate", None),
    "precision": ("precision", None),
    "recall": ("recall", "most"),
    "recallOfAll": ("recall", None),
    "map": ("map", "most"),
    "mrr": ("mrr", None),
    "ndcg": ("ndcg", None),
}


def judgements(users, grade):
    return Qrels({f"u{u:06}": {id: grade(g) for id, g in user["grades"].items()} for u, user in enumerate(users)})


def run_of(lists):
    return Run({f"u{u:06}": {id: float(len(ids) - i) for i, id in enumerate(ids)} for u, ids in enumerate(lists)})


def list_figures(users, cuts):
    binary = judgements(users, lambda _: 1)
    shown = run_of([user["ids"] for user in users])
    full = run_of([[f"i{row}" for row in user["ranked"]] for user in users])
    wanted = np.array([len(user["grades"]) for user in users])
    names = sorted({f"{peer}@{k}" for peer, _ in LIST_METRICS.values() for k in cuts})
    evaluate(binary, shown, names)
    before = time.process_time()
    of_lists = evaluate(binary, shown, names, return_mean=False)
    cpu_seconds = time.process_time() - before
    of_all = evaluate(binary, full, names, return_mean=False)
    figures = {}
    for name, (peer, divisor) in LIST_METRICS.items():
        for k in cuts:
            ratio = wanted / np.minimum(k, wanted) if divisor == "most" else 1
            figures[f"{name}@{k}"] = of_lists[f"{peer}@{k}"] * ratio
            figures[f"{name}@{k}, full ranking"] = of_all[f"{peer}@{k}"] * ratio
    graded = evaluate(judgements(users, int), shown, [f"ndcg_burges@{k}" for k in cuts], return_mean=False)
    figures.update({f"graded NDCG@{k}": graded[f"ndcg_burges@{k}"] for k in cuts})
    figures["AUC by user, ties"] = [
        roc_auc_score([f"i{row}" in user["grades"] for row in range(len(user["ties"]))], user["ties"]) for user in users
    ]
    return figures, cpu_seconds


def click_figures(probabilities, coarse, labels):
    p, y = np.array(probabilities), np.array(labels)
    observed, predicted = calibration_curve(y, p, n_bins=10)
    counts = np.histogram(p, bins=10, range=(0, 1))[0]
    return {
        "AUC of clicks": [roc_auc_score(y, p), roc_auc_score(y, coarse)],
        "log loss": [log_loss(y, p)],
        "calibration error": [float(np.sum(counts * np.abs(observed - predicted)) / len(y))],
        "reliability bins": np.column_stack([predicted, observed]).ravel(),
    }


def statistics(data):
    before, after = np.array(data["pairs"]["before"]), np.array(data["pairs"]["after"])
    signed = wilcoxon(after, before, zero_method="wilcox", correction=False, method="asymptotic")
    draws = {"rng": np.random.default_rng(1)}
    chance = permutation_test(
        (after, before),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=20_000,
        **draws,
    )
    values = (np.array(data["ratings"]["predicted"]),)
    interval = bootstrap(values, np.mean, n_resamples=1000, method="percentile", **draws).confidence_interval
    shares = data["shares"]
    return {
        "Wilson intervals": [
            bound for i in (0, 2, 4) for bound in proportion_confint(shares[i], shares[i + 1], method="wilson")
        ],
        "signed-rank z without its sign, p": [abs(signed.zstatistic), signed.pvalue],
        "Holm": multipletests(data["p"], method="holm")[1],
        "randomization test p": [chance.pvalue],
        "bootstrap interval": [interval.low, interval.high],
    }


def main():
    data = json.load(sys.stdin)
    figures, cpu_seconds = list_figures(data["users"], data["cuts"])
    figures.update(click_figures(**data["clicks"]))
    actual, predicted = data["ratings"]["actual"], data["ratings"]["predicted"]
    figures["RMSE, MAE"] = [mean_squared_error(actual, predicted) ** 0.5, mean_absolute_error(actual, predicted)]
    figures.update(statistics(data))
    answer = {
        "versions": [f"{name} {version(name)}" for name in ("ranx", "scikit-learn", "scipy", "statsmodels")],
        "figures": {name: [float(value) for value in values] for name, values in figures.items()},
        "cpuSeconds": cpu_seconds,
    }
    print(json.dumps(answer))


main()
