"""What pytorch_dcgan.py and tensorflow_dcgan.py share: quantiles, and the load by other processes."""


def foreign_ticks():
    """Clock ticks that other processes have used so far; None where the system does not say."""
    try:
        with open("/proc/stat") as machine, open("/proc/self/stat") as own:
            busy = machine.readline().split()
            mine = own.read().rsplit(")", 1)[1].split()
        return sum(int(busy[i]) for i in (1, 2, 3, 6, 7, 8)) - sum(int(mine[i]) for i in (11, 12, 13, 14))
    except OSError:
        return None


def foreign_cores(before, after, wall):
    """Processors that other processes used during `wall` seconds."""
    return None if before is None else max(0.0, (after - before) * 0.01 / wall)


def quantile(values, share):
    values = sorted(values)
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def spread(times):
    """Milliseconds as org.sparring.benchmarks.timing.Spread has them."""
    return {
        "count": len(times),
        "median": quantile(times, 0.5),
        "lower_quartile": quantile(times, 0.25),
        "upper_quartile": quantile(times, 0.75),
        "min": min(times),
        "max": max(times),
    }
