"""Fixtures for Cronbach's alpha, item-rest correlations, folds and the jackknife of STATISTICS 9.

    python reliability.py > reliability.json        (Python 3.11 alone)

Everything respondent by respondent with the statistics module: variances, and Pearson's r of an element with the sum of
the eight others. The jackknife leaves the rows of each fold out and computes r anew.
"""

import hashlib
import json
import random
import statistics
import uuid

SEED = 20260104
# R 4.2.2: sprintf("%.17g", qt(0.975, 19))
T19 = 2.0930240544083092


def respondents(chance, n, missing, quality):
    rows = []
    for _ in range(n):
        halo = chance.gauss(0, 1)
        digits = []
        for element in range(9):
            latent = quality + (0.9 - 0.08 * element) * halo + 0.8 * chance.gauss(0, 1)
            score = 1 + (latent > -1.6) + (latent > -0.7) + (latent > 0.6)
            digits.append(0 if chance.random() < missing else score)
        if any(digits):
            rows.append((uuid.UUID(int=chance.getrandbits(128), version=4), digits))
    return rows


def item_rest(rows, element):
    own = [digits[element] for digits in rows]
    rest = [sum(digits) - digits[element] for digits in rows]
    if len(set(own)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation(own, rest)


def alpha(rows):
    own = sum(statistics.variance([digits[element] for digits in rows]) for element in range(9))
    return 9 / 8 * (1 - own / statistics.variance([sum(digits) for digits in rows]))


def fold(identity):
    return int.from_bytes(hashlib.sha256(identity.bytes).digest()[:8], "big") % 20


def interval(complete, element):
    whole = item_rest([digits for _, digits in complete], element)
    squares = []
    for left_out in range(20):
        without = item_rest([digits for identity, digits in complete if fold(identity) != left_out], element)
        squares.append((without - whole) ** 2)
    half = T19 * (19 / 20 * sum(squares)) ** 0.5
    return [max(-1, whole - half), min(1, whole + half)]


def case(chance, n, missing, quality, constant):
    rows = respondents(chance, n, missing, quality)
    for _, digits in rows:
        if constant is not None:
            digits[constant] = 4
    complete = [(identity, digits) for identity, digits in rows if all(digits)]
    answers = [digits for _, digits in complete]
    correlations = [item_rest(answers, element) for element in range(9)]
    return {
        "rows": [[str(identity), "".join(map(str, digits)), fold(identity)] for identity, digits in rows],
        "n": len(complete),
        "alpha": alpha(answers),
        "item_rest": correlations,
        "intervals": [interval(complete, u) if r is not None else None for u, r in enumerate(correlations)],
        "nrr": [statistics.mean(digits[u] for _, digits in rows if digits[u]) for u in range(9)],
    }


chance = random.Random(SEED)
CASES = [(100, 0, 0.3, None), (260, 0.03, 0.6, None), (180, 0.02, 1.2, 3), (12, 0, 0.2, None), (400, 0.01, -0.5, None)]
print('{"cases":[')
print(",\n".join(json.dumps(case(chance, *arguments), separators=(",", ":")) for arguments in CASES))
print("]}")
