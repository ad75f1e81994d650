"""Reference values of Student's t and the normal distribution with 40 digits.

    python student.py > student.csv        (mpmath 1.4)

Columns: kind (quantile | cdf), p or t, degrees of freedom (empty: normal), value.
"""

from mpmath import betainc, erfc, erfinv, findroot, mp, mpf, sqrt

mp.dps = 40


def tail(t, df):
    """P(T > t) for t >= 0."""
    return betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def exact(x):
    """The float as it is read back, not the decimal it is written from."""
    return mpf(float(x))


def quantile(p, df, start):
    upper = min(p, 1 - p)
    t = findroot(lambda t: tail(t, df) - upper, start, tol=mpf(10) ** -60, maxsteps=200)
    return t if p > mpf(1) / 2 else -t


def normal_quantile(p):
    return sqrt(mpf(2)) * erfinv(2 * p - 1)


PS = ["0.975", "0.995", "0.6", "0.51", "0.9", "0.999", "0.025", "0.001", "1e-6"]
DFS = ["1", "2", "3", "7.3", "9", "28", "29", "99", "384", "999", "1000", "12345", "1e6", "5e6", "2.5e8"]
print("kind,argument,df,value")
for df in DFS:
    for p in PS:
        p_exact, df_exact = exact(p), exact(df)
        z = abs(normal_quantile(p_exact))
        start = z * (1 + (z * z + 1) / (4 * df_exact)) if df_exact > 5 else None
        if start is None:
            low, high = mpf(0), mpf(1)
            upper = min(p_exact, 1 - p_exact)
            while tail(high, df_exact) > upper:
                high *= 2
            for _ in range(140):
                mid = (low + high) / 2
                low, high = (mid, high) if tail(mid, df_exact) > upper else (low, mid)
            value = low if p_exact > mpf(1) / 2 else -low
        else:
            value = quantile(p_exact, df_exact, start)
        print(f"quantile,{p},{df},{mp.nstr(value, 20)}")
    for t in ["-8", "-3.7", "-1", "-0.05", "0.3", "1.4", "2.5", "6"]:
        t_exact, df_exact = exact(t), exact(df)
        upper = tail(abs(t_exact), df_exact)
        print(f"cdf,{t},{df},{mp.nstr(upper if t_exact < 0 else 1 - upper, 20)}")
for p in PS + ["1e-12", "0.3", "0.5001"]:
    print(f"quantile,{p},,{mp.nstr(normal_quantile(exact(p)), 20)}")
for x in ["-8", "-3.7", "-0.05", "0.3", "2.5"]:
    print(f"cdf,{x},,{mp.nstr(erfc(-exact(x) / sqrt(mpf(2))) / 2, 20)}")
