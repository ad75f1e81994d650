"""Ranks with their uncertainty by drawing, from the shrunken estimates of metafor in comparison.json (STATISTICS 7).

    python ranks.py > ranks.json        (Python 3.11, its standard library alone)

All ranks of every MPP are kept and sorted, as the definition says; the quantile is that of Python's statistics module.
"""

import json
import math
import pathlib
from statistics import NormalDist

DRAWS = 10_000
MASK = (1 << 64) - 1


def split_mix(state):
    """SplitMix64, numbers of 64 bits without end."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        yield bits ^ (bits >> 31)


def ranks(mpps):
    """Code, median, both ends of the interval, share of draws among the best tenth."""
    mpps = sorted(mpps, key=lambda mpp: mpp["code"])
    random, normal = split_mix(20260101), NormalDist()
    seen = [[] for _ in mpps]
    for _ in range(DRAWS):
        drawn = []
        for mpp in mpps:
            share = ((next(random) >> 11) + 0.5) * 2.0**-53
            drawn.append(mpp["shrunken"] + mpp["shrunken_se"] * normal.inv_cdf(share))
        order = sorted(range(len(mpps)), key=lambda place: (-drawn[place], mpps[place]["code"]))
        for rank, place in enumerate(order, start=1):
            seen[place].append(rank)
    best = math.ceil(len(mpps) / 10)
    for mpp, own in zip(mpps, seen):
        own.sort()
        top = sum(rank <= best for rank in own) / DRAWS
        yield [mpp["code"], own[4_999], own[499], own[9_500], top]


here = pathlib.Path(__file__).parent
nations = json.loads((here / "comparison.json").read_text())["nations"]
found = [list(ranks(nation["mpps"])) if nation["tau2"] else None for nation in nations]
print("[" + ",\n".join(json.dumps(nation) for nation in found) + "]")
