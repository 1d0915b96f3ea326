"""Boosted trees, fitted, as the arrays that `pipeline.trees` reads."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.trees import N_LEAVES

N_FORESTS = 3
PENALTY = 5.0


def arrays_of(machine):
    """The trees of a fitted machine as `pipeline.trees` takes them."""
    trees = [tree.nodes for turn in machine._predictors for tree in turn]
    rows, values = [], np.zeros((len(trees), N_LEAVES), dtype=np.float32)
    for number, nodes in enumerate(trees):
        leaves = 0

        def walk(at, number=number, nodes=nodes):
            """The leaves below a node, a bit each; notes what the node rules out."""
            nonlocal leaves
            node = nodes[at]
            if node["is_leaf"]:
                values[number, leaves] = node["value"]
                leaves += 1
                return 1 << (leaves - 1)
            left, right = walk(int(node["left"])), walk(int(node["right"]))
            rows.append((int(node["feature_idx"]), below(node["num_threshold"]), number, 0xFFFF & ~left))
            return left | right

        walk(0)
    feature, threshold, tree, kept = zip(*rows, strict=True)
    return {
        "feature": np.array(feature, dtype=np.int16),
        "threshold": np.array(threshold, dtype=np.float32),
        "tree": np.array(tree, dtype=np.int16),
        "kept": np.array(kept, dtype=np.uint16),
        "value": values,
        "bias": np.ravel(machine._baseline_prediction).astype(float),
    }


def below(threshold):
    """The largest number of single precision that is not above a threshold."""
    single = np.float32(threshold)
    return np.nextafter(single, np.float32(-np.inf)) if single > threshold else single


def fitted(rows, classes, weights, options):
    """The arrays of boosted trees: several forests, each of other draws, whose log odds are averaged."""
    forests = [
        arrays_of(
            HistGradientBoostingClassifier(l2_regularization=PENALTY, random_state=seed, **options).fit(
                rows, classes, sample_weight=weights
            )
        )
        for seed in range(N_FORESTS)
    ]
    n_trees = len(forests[0]["value"])
    several = {name: np.concatenate([forest[name] for forest in forests]) for name in ("feature", "threshold", "kept")}
    numbers = [forest["tree"] + n * n_trees for n, forest in enumerate(forests)]
    several["tree"] = np.concatenate(numbers).astype(np.int16)
    several["value"] = np.concatenate([forest["value"] for forest in forests]) / np.float32(N_FORESTS)
    several["bias"] = np.mean([forest["bias"] for forest in forests], axis=0)
    return several
