"""The coefficients of the polynomials in Runtime/Autodiff/Lowering: python3 minimax.py (needs mpmath).

Remez exchange for f(x) ~ p(x) on [low, high] with weight w, p of a given degree, in 60 digits; the largest weighted error is
printed as a power of two, with coefficients rounded to the format. Leading coefficients that must be exact are given.
"""
import struct
from mpmath import mp, mpf, matrix, lu_solve, log, exp, sin, cos, tan, atan, asin, atanh, sinh, tanh, sqrt, pi, cos as mpcos

mp.dps = 60


def to_float(x):
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0])


def to_double(x):
    return mpf(float(x))


def remez(f, weight, low, high, powers, iterations=12):
    """Coefficients of the powers that minimise max |weight (f - p)|, and that error."""
    n = len(powers)
    mid, half = (low + high) / 2, (high - low) / 2
    # Uneven on purpose: where p is forced to vanish (x = 0) no node may lie.
    nodes = [mid - half * mpcos(pi * (k + mpf(1) / 7) / (n + mpf(1) / 3)) for k in range(n + 1)]
    grid = [mid - half * mpcos(pi * k / (24 * n)) for k in range(24 * n + 1)]
    samples = [(x, f(x), weight(x)) for x in grid]
    for _ in range(iterations):
        a, b = matrix(n + 1, n + 1), matrix(n + 1, 1)
        for i, x in enumerate(nodes):
            for j, power in enumerate(powers):
                a[i, j] = x ** power
            a[i, n] = (-1) ** i / weight(x)
            b[i] = f(x)
        solution = lu_solve(a, b)
        c = [solution[j] for j in range(n)]
        errors = [w * (y - sum(cj * x ** p for cj, p in zip(c, powers))) for x, y, w in samples]
        # One extremum of each run of equal sign; of too many runs those with the largest errors stay.
        runs = []
        floor = max(abs(e) for e in errors) * mpf(10) ** -9
        for k, e in enumerate(errors):
            if abs(e) < floor:
                continue  # noise where p is forced to vanish
            if runs and (errors[runs[-1]] > 0) == (e > 0):
                if abs(e) > abs(errors[runs[-1]]):
                    runs[-1] = k
            else:
                runs.append(k)
        while len(runs) > n + 1:
            runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
        if len(runs) < n + 1:
            break
        nodes = [grid[k] for k in runs]
    return c, max(abs(e) for e in errors)


def fit(name, f, weight, low, high, degree, rounding, fixed=()):
    """Prints the coefficients of x^0 .. x^degree; the first ones may be given.

    Where an odd number of them is, the rest changes its sign at 0, and so must the weight.
    """
    low, high = mpf(low), mpf(high)
    known = [mpf(c) for c in fixed]
    rest = lambda x: f(x) - sum(c * x ** k for k, c in enumerate(known))
    c, _ = remez(rest, weight, low, high, list(range(len(known), degree + 1)))
    fitted = known + [rounding(ck) for ck in c]
    points = [low + (high - low) * k / 997 for k in range(998)]
    error = max(abs(weight(x) * (f(x) - sum(c * x ** k for k, c in enumerate(fitted)))) for x in points)
    print(f"{name}, degree {degree}: error 2^{float(log(error, 2)):.1f}")
    for c in fitted[len(fixed):]:
        print(f"    {float(c)!r},")


def parts(name, value, bits):
    """value as a sum of numbers with so many bits each, the last with all that its format has."""
    print(name)
    rest = value
    for count in bits:
        scale = mpf(2) ** (count - 1 - int(mp.floor(log(abs(rest), 2))))
        part = mp.nint(rest * scale) / scale
        print(f"    {float(part)!r},")
        rest -= part
    print(f"    left over: 2^{float(log(abs(rest), 2)):.1f}")


def near_zero(f, limit, below=mpf(10) ** -15):
    """f, with its limit at 0 where the formula is 0 / 0 or cancels."""
    return lambda x: mpf(limit) if abs(x) < below else f(x)


def odd(f, third):
    """g(z) in f(x) = x + x z g(z), z = x^2; third is the limit g(0)."""
    return near_zero(lambda z: (f(sqrt(z)) / sqrt(z) - 1) / z, third)


def main():
    half_ln2 = log(mpf(2)) / 2 * mpf("1.0001")
    for rounding, exp_degree, expm1_degree in ((to_float, 5, 6), (to_double, 11, 11)):
        fit("exp x = 1 + x + ...", exp, lambda x: exp(-x), -half_ln2, half_ln2, exp_degree, rounding, (1, 1))
        fit("expm1 x = x + ...", lambda x: exp(x) - 1, near_zero(lambda x: 1 / abs(exp(x) - 1), 0), -half_ln2, half_ln2, expm1_degree, rounding, (0, 1))
    parts("log 2", log(mpf(2)), (15, 24))
    parts("log 2", log(mpf(2)), (42, 53))
    s2 = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
    for rounding, degree in ((to_float, 2), (to_double, 6)):
        fit("log((1+s)/(1-s)) = 2s + s z (...)", near_zero(lambda z: 2 * (atanh(sqrt(z)) / sqrt(z) - 1) / z, mpf(2) / 3), lambda z: z / 2, 0, s2, degree, rounding)
    octant = (pi / 4) ** 2 * mpf("1.0001")
    for rounding, degree in ((to_float, 2), (to_double, 5)):
        fit("sin x = x + x z (...)", odd(sin, mpf(-1) / 6), lambda z: z, 0, octant, degree, rounding)
        fit("cos x = 1 - z/2 + z^2 (...)", near_zero(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, mpf(1) / 24), lambda z: z ** 2 / cos(sqrt(z)), 0, octant, degree, rounding)
    for rounding, degree in ((to_float, 5), (to_double, 13)):
        fit("tan x = x + x z (...)", odd(tan, mpf(1) / 3), lambda z: z * sqrt(z) / tan(sqrt(z)) if z else mpf(0), 0, octant, degree, rounding)
    parts("pi/2", pi / 2, (12, 12, 12, 24))
    parts("pi/2", pi / 2, (36, 36, 53))
    for rounding, degree in ((to_float, 3), (to_double, 10)):
        fit("atan x = x + x z (...)", odd(atan, mpf(-1) / 3), lambda z: z, 0, (sqrt(mpf(2)) - 1) ** 2 * mpf("1.0001"), degree, rounding)
    for rounding, degree in ((to_float, 4), (to_double, 11)):
        fit("asin x = x + x z (...)", odd(asin, mpf(1) / 6), lambda z: z, 0, mpf("0.25"), degree, rounding)
    for rounding, degree in ((to_float, 2), (to_double, 6)):
        fit("sinh x = x + x z (...)", odd(sinh, mpf(1) / 6), lambda z: z, 0, 1, degree, rounding)
    for rounding, degree in ((to_float, 3), (to_double, 9)):
        fit("tanh x = x + x z (...)", odd(tanh, mpf(-1) / 3), lambda z: z, 0, mpf("0.55") ** 2, degree, rounding)
    for rounding, artanh_degree, exp_degree in ((to_float, 2, 5), (to_double, 6, 11)):
        fit("3 artanh(s) / s = 3 + z + z^2 (...)", near_zero(lambda z: (3 * atanh(sqrt(z)) / sqrt(z) - 3 - z) / z ** 2, mpf(3) / 5), lambda z: z ** 2 / 3, 0, s2, artanh_degree, rounding)
        fit("2^x = 1 + ...", lambda x: mpf(2) ** x, lambda x: mp.sign(x) * mpf(2) ** -x, mpf("-0.5001"), mpf("0.5001"), exp_degree, rounding, (1,))
    parts("2 / (3 log 2)", 2 / (3 * log(mpf(2))), (12, 24))
    parts("2 / (3 log 2)", 2 / (3 * log(mpf(2))), (26, 53))
    parts("pi/2", pi / 2, (24, 24))
    parts("pi/2", pi / 2, (53, 53))


if __name__ == "__main__":
    main()
