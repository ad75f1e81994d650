"""Fixtures for the chart of STATISTICS 10.

    python ewma.py > ewma.json        (Python 3.11 alone)

Means and deviations as exact fractions of the answers themselves. The average is not carried on from day to day but
summed up over all days since the last signal: E_t = sum of 0.2 * 0.8^(t-i) * x_i.
"""

import json
import math
import random
from fractions import Fraction

SEED = 20260105


def response(chance, quality):
    while True:
        halo = chance.gauss(0, 0.6)
        digits = []
        for _ in range(9):
            latent = quality + halo + 0.8 * chance.gauss(0, 1)
            score = 1 + (latent > -1.6) + (latent > -0.7) + (latent > 0.6)
            digits.append(0 if chance.random() < 0.05 else score)
        if any(digits):
            return digits


def points(digits):
    given = [digit for digit in digits if digit]
    return Fraction(25 * sum(given), len(given))


def steps(days, mean, deviation):
    shown, since = [], []
    for day in days:
        if not day:
            shown.append(None)
            continue
        average = sum(map(points, day)) / len(day)
        since.append(float(average - mean) * math.sqrt(len(day)) / deviation)
        t = len(since)
        value = sum(0.2 * 0.8 ** (t - i) * x for i, x in enumerate(since, 1))
        limit = 3.5 * math.sqrt(0.2 / 1.8 * (1 - 0.8 ** (2 * t)))
        signal = None if abs(value) <= limit else "above" if value > 0 else "below"
        shown.append({"value": value, "limit": limit, "signal": signal})
        if signal:
            since = []
    return shown


def text(rows):
    return ["".join(map(str, digits)) for digits in rows]


def case(chance, shift):
    former = [response(chance, 0.5) for _ in range(340)]
    values = [points(digits) for digits in former]
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    days = []
    for day in range(40):
        quality = 0.5 + (shift if day >= 15 else 0)
        days.append([response(chance, quality) for _ in range(chance.choice([0, 1, 3, 8, 15]))])
    shown = steps(days, mean, deviation)
    return {
        "former": text(former),
        "mean": float(mean),
        "deviation": deviation,
        "days": [text(day) for day in days],
        "steps": shown,
    }


chance = random.Random(SEED)
print('{"cases":[')
print(",\n".join(json.dumps(case(chance, shift), separators=(",", ":")) for shift in [0, -0.6, 0.8]))
print("]}")
