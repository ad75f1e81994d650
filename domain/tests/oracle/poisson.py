"""Tails of the Poisson distribution with 60 digits.

    python poisson.py > poisson.csv        (Python 3 alone)

Columns: count, mean (read as the float it is), P(X >= count).
"""

from decimal import Decimal, getcontext

getcontext().prec = 60


def tail(count, mean):
    """The terms from `count` on, added up until they change nothing."""
    term = (-mean).exp()
    for step in range(1, count + 1):
        term = term * mean / step
    total, step = Decimal(0), count
    while total + term != total or step < mean:
        total += term
        step += 1
        term = term * mean / step
    return total


MEANS = ["0.25", "0.3", "1", "2.7", "3.1", "3.2", "7.125", "15", "40.5", "333.3", "9000"]
COUNTS = [1, 2, 14, 15, 16, 30, 41, 100, 333, 334, 600, 9000, 9001, 9500, 10000]
print("count,mean,tail")
for mean in MEANS:
    for count in COUNTS:
        value = tail(count, Decimal(float(mean)))
        # Below, a float has no digits left.
        if value > Decimal("1e-290"):
            print(f"{count},{mean},{value:.19e}")
