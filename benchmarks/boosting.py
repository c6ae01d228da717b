"""LightGBM's trees, and the form in which newsdex reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.extraction import Row
from benchmarks.needed import needed

Booster = Any  # lightgbm's, which need not be installed


def boosted(table: np.ndarray, wanted: np.ndarray, weights: np.ndarray, parameters: Row, rounds: int) -> Booster:
    """Trees on these rows."""
    lightgbm = needed("lightgbm")
    return lightgbm.train(parameters, lightgbm.Dataset(table, wanted, weight=weights), rounds)


def stored(booster: Booster, features: list[str]) -> Row:
    """The trees in the form that bodymodel.py reads."""
    trees = [_nodes(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    used = sorted({int(node[0]) for tree in trees for node in tree if len(node) > 1})
    place = {old: new for new, old in enumerate(used)}
    trees = [[[place[int(node[0])], *node[1:]] if len(node) > 1 else node for node in tree] for tree in trees]
    return {"features": [features[index] for index in used], "trees": trees}


def _nodes(root: Row) -> list[list[float]]:
    nodes: list[list[float]] = []

    def add(node: Row) -> int:
        place = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[place] = [round(node["leaf_value"], 5)]
        else:
            left, right = add(node["left_child"]), add(node["right_child"])
            nodes[place] = [node["split_feature"], float(f"{node['threshold']:.9g}"), left, right]
        return place

    add(root)
    return nodes


def write_model(file: str, model: Row) -> None:
    """Write a model into the package, crawler.extraction."""
    folder = Path(__file__).resolve().parent.parent / "crawler" / "extraction"
    (folder / file).write_text(written(model), encoding="utf-8")


def written(model: Row) -> str:
    """The model as JSON with a tree a line."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in model["trees"])
    head = json.dumps({key: value for key, value in model.items() if key != "trees"}, indent=1)
    return f'{head[:-2]},\n "trees": [\n{trees}\n]\n}}\n'
