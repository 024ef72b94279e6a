#!/usr/bin/env python3
"""The alternating step of org.sparring.nets.Dcgan in PyTorch: the same layers, parameters, losses and updates.

    python3 pytorch_dcgan.py --nets 32,64,128 --batches 64,128,256 --modes amp,compile-graph
    python3 pytorch_dcgan.py --cpu --nets 32 --batches 8 --modes eager,amp --steps 4      # a check without a GPU

Prints a line of JSON for each measurement, as org.sparring.benchmarks.steps.StepTimer does, then a table.
Needs PyTorch 2.4 or newer and measuring.py beside it.

modes
  eager           float32, batch first, then channels, and no TensorFloat-32
  tf32            the same with TensorFloat-32
  channels_last   as tf32, channels last
  compile-float32 channels_last, both networks by torch.compile
  amp             channels last, autocast to bfloat16
  compile         amp, both networks by torch.compile
  compile-reduce  the same with mode reduce-overhead: CUDA graphs by torch.compile itself
  graph           amp, the whole step captured as one CUDA graph
  compile-graph   compile, the whole step captured as one CUDA graph

Of the fakes: as in Sparring, those of the discriminator's part serve in the generator's. Sparring does more in a
step, and that is timed with it: it gathers its batch in random order from the bytes of a data set, averages the
generator's weights, and reports losses and accuracies of every step. Here prepared batches alternate, and the
host waits for the device once in --sync steps.
"""
import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from contextlib import nullcontext

import torch
from torch import nn
from torch.nn import functional as F

from measuring import foreign_cores, foreign_ticks, spread

MODES = ["eager", "tf32", "channels_last", "compile-float32", "amp", "compile", "compile-reduce", "graph", "compile-graph"]
BASE, LATENT, WIDTH, BATCHES = 4, 100, 64, 8


def channels_of(side):
    return 3 if side > 32 else 1


def levels_of(side):
    return int(math.log2(side // BASE))


def numbers(option, text, parser, fits=lambda n: n >= 1, expected="whole numbers of at least 1"):
    """Those of a comma-separated list, before the first is measured."""
    words = text.split(",")
    if not all(word.isascii() and word.isdigit() and fits(int(word)) for word in words):
        parser.error(f"{option}: expected {expected}, found '{text}'")
    return [int(word) for word in words]


def is_side(side):
    return side > BASE and side == BASE << levels_of(side)


class Reshape(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(x.shape[0], *self.shape)


def generator(side, width):
    """(n, 100) → (n, c, side, side) in [−1, 1]."""
    levels = levels_of(side)
    maps = width << (levels - 1)
    layers = [nn.Linear(LATENT, maps * BASE * BASE, bias=False), Reshape(maps, BASE, BASE), nn.BatchNorm2d(maps), nn.ReLU()]
    for _ in range(levels - 1):
        layers += [nn.ConvTranspose2d(maps, maps // 2, 4, 2, 1, bias=False), nn.BatchNorm2d(maps // 2), nn.ReLU()]
        maps //= 2
    layers += [nn.ConvTranspose2d(maps, channels_of(side), 4, 2, 1), nn.Tanh()]
    return nn.Sequential(*layers).apply(start)


def discriminator(side, width):
    """(n, c, side, side) → (n, 1) logits."""
    maps = width
    layers = [nn.Conv2d(channels_of(side), maps, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for _ in range(levels_of(side) - 1):
        layers += [nn.Conv2d(maps, 2 * maps, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * maps), nn.LeakyReLU(0.2)]
        maps *= 2
    layers += [nn.Flatten(), nn.Linear(maps * BASE * BASE, 1)]
    return nn.Sequential(*layers).apply(start)


def start(layer):
    """Kernels from N(0, .02²), biases 0; normalisations are 1 and 0 as they are made."""
    if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(layer.weight, 0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)


def parameters(net):
    return sum(p.numel() for p in net.parameters())


def expected_parameters(side, width):
    """As org.sparring.benchmarks.timing.Work counts them: for side 32 and width 64, 1066881 and 661249."""
    levels, channels = levels_of(side), channels_of(side)
    maps = width << (levels - 1)
    g = LATENT * BASE * BASE * maps + 2 * maps
    d = 16 * channels * width + BASE * BASE * maps + 1
    for _ in range(levels - 1):
        g += 16 * maps * (maps // 2) + maps
        d += 16 * maps * (maps // 2) + 2 * maps
        maps //= 2
    return g + 16 * maps * channels + channels, d


def called_real(logits):
    return F.softplus(-logits.float()).mean()


def called_fake(logits):
    return F.softplus(logits.float()).mean()


class Step:
    """One discriminator step on a real batch and fakes, then one generator step on the same fakes."""

    def __init__(self, side, width, batch, mode, device):
        self.batch, self.mode, self.device = batch, mode, device
        torch.manual_seed(1)
        tf32 = mode != "eager"
        torch.backends.cuda.matmul.allow_tf32 = tf32
        torch.backends.cudnn.allow_tf32 = tf32
        torch.backends.cudnn.benchmark = True
        self.format = torch.contiguous_format if mode in ("eager", "tf32") else torch.channels_last
        self.generator = generator(side, width).to(device, memory_format=self.format)
        self.discriminator = discriminator(side, width).to(device, memory_format=self.format)
        found = (parameters(self.generator), parameters(self.discriminator))
        assert found == expected_parameters(side, width), found
        self.captured = None
        adam = dict(lr=2e-4, betas=(0.5, 0.999), fused=True)
        if "graph" in mode:
            adam["capturable"] = True
        self.adam_g = torch.optim.Adam(self.generator.parameters(), **adam)
        self.adam_d = torch.optim.Adam(self.discriminator.parameters(), **adam)
        self.g, self.d = self.generator, self.discriminator
        if mode.startswith("compile"):
            how = dict(mode="reduce-overhead") if mode == "compile-reduce" else {}
            self.g, self.d = torch.compile(self.g, **how), torch.compile(self.d, **how)
        self.reals = [self.picture(side).contiguous(memory_format=self.format) for _ in range(BATCHES)]
        self.real = self.reals[0].clone(memory_format=torch.preserve_format)
        self.made = 0

    def picture(self, side):
        """A batch of bright discs on black."""
        n = self.batch
        place = side * (0.25 + 0.5 * torch.rand(n, 2, 1, 1, device=self.device))
        radius = side * (0.1 + 0.15 * torch.rand(n, 1, 1, device=self.device))
        at = torch.arange(side, device=self.device, dtype=torch.float32)
        distance = ((at[None, :, None] - place[:, 0]) ** 2 + (at[None, None, :] - place[:, 1]) ** 2).sqrt()
        disc = (2 * (radius - distance + 0.5).clamp(0, 1) - 1)[:, None]
        return disc.expand(n, channels_of(side), side, side)

    def cast(self):
        if self.mode in ("eager", "tf32", "channels_last", "compile-float32"):
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16, cache_enabled="graph" not in self.mode)

    def play(self):
        z = torch.randn(self.batch, LATENT, device=self.device)
        self.adam_d.zero_grad(set_to_none=True)
        with self.cast():
            fake = self.g(z)
            d_loss = called_real(self.d(self.real)) + called_fake(self.d(fake.detach()))
        d_loss.backward()
        self.adam_d.step()

        self.adam_g.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(False)
        with self.cast():
            g_loss = called_real(self.d(fake))
        g_loss.backward()
        self.adam_g.step()
        self.discriminator.requires_grad_(True)
        return d_loss.detach(), g_loss.detach()

    def capture(self):
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(5):
                self.play()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            losses = self.play()
        self.captured = (graph, losses)

    def __call__(self):
        self.real.copy_(self.reals[self.made % BATCHES])
        self.made += 1
        if self.mode in ("graph", "compile-graph"):
            if self.captured is None:
                self.capture()
            self.captured[0].replay()
            return self.captured[1]
        if self.mode == "compile-reduce":
            torch.compiler.cudagraph_mark_step_begin()
        return self.play()

    def weights(self):
        return [sum(float(p.detach().double().square().sum()) for p in net.parameters())
                for net in (self.generator, self.discriminator)]


class Gpu:
    """How much of the time a kernel ran, as NVIDIA's own tool sees it."""

    def __init__(self):
        # line by line: what waits in a buffer is lost when the tool is ended
        command = ["stdbuf", "-oL", "nvidia-smi", "--id=0", "--query-gpu=utilization.gpu"]
        command += ["--format=csv,noheader,nounits", "--loop-ms=100"]
        self.samples = []
        try:
            self.tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        except FileNotFoundError:
            self.tool = None
            return
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.tool.stdout:
            if line.strip().isdigit():
                self.samples.append(int(line))

    def close(self):
        if self.tool is not None:
            self.tool.terminate()
            self.tool.wait()

    def busy(self):
        if self.tool is None:
            return None
        self.close()
        self.reader.join(2)
        return statistics.fmean(self.samples) / 100 if self.samples else None


def measured(side, batch, mode, device, options):
    cuda = device.type == "cuda"
    if cuda:
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    step = Step(side, options.width, batch, mode, device)
    before = step.weights()
    wait = torch.cuda.synchronize if cuda else (lambda: None)
    for _ in range(options.warm_up):
        step()
    wait()
    gpu = Gpu() if cuda else None
    times, losses = [], None
    try:
        ticks, began = foreign_ticks(), time.perf_counter()
        while len(times) * options.sync < options.steps or time.perf_counter() - began < options.seconds:
            start_of_run = time.perf_counter()
            for _ in range(options.sync):
                losses = step()
            wait()
            times.append((time.perf_counter() - start_of_run) * 1e3 / options.sync)
        wall, ticks_after = time.perf_counter() - began, foreign_ticks()
        busy = gpu.busy() if cuda else None  # of these steps alone
    finally:
        if cuda:  # steps that fail must not leave the tool running
            gpu.close()
    d_loss, g_loss = (float(x) for x in losses)
    finite = math.isfinite(d_loss) and math.isfinite(g_loss)
    moved = all(a != b for a, b in zip(before, step.weights()))
    if not (finite and moved):
        raise RuntimeError(f"expected finite losses and moved weights, found {d_loss}, {g_loss}, moved {moved}")
    line = {
        "engine": "pytorch-" + mode,
        "versions": {"pytorch": torch.__version__, "python": platform.python_version()},
        "work": {"side": side, "channels": channels_of(side), "width": options.width, "latent": LATENT, "batch": batch},
        "settings": {"device": device.type, "rule": "alternating", "steps_per_sync": str(options.sync)},
        "step_ms": spread(times),
        "foreign_cores": foreign_cores(ticks, ticks_after, wall),
        "check": {
            "generator_parameters": parameters(step.generator),
            "discriminator_parameters": parameters(step.discriminator),
            "discriminator_loss": d_loss,
            "generator_loss": g_loss,
            "finite": finite,
            "moved": moved,
        },
    }
    if cuda:
        peak = torch.cuda.max_memory_reserved() / 2**20
        line["gpu"] = {"name": torch.cuda.get_device_name(), "busy": -1 if busy is None else busy, "peak_mib": peak}
    return line


def table(lines):
    rows = ["| net | batch | mode | step, ms | images/s | GPU busy | memory, MiB |", "|---|---|---|---|---|---|---|"]
    for line in lines:
        median, gpu = line["step_ms"]["median"], line.get("gpu")
        rows.append("| dcgan-{} | {} | {} | {:.3f} | {:.0f} | {} | {} |".format(
            line["work"]["side"], line["work"]["batch"], line["engine"].removeprefix("pytorch-"), median,
            1e3 * line["work"]["batch"] / median,
            f"{gpu['busy']:.0%}" if gpu and gpu["busy"] >= 0 else "–",
            f"{gpu['peak_mib']:.0f}" if gpu else "–"))
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nets", default="32,64,128", help="sides of the images")
    parser.add_argument("--batches", default="64,128,256,512,1024")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--steps", type=int, default=320, help="timed, in runs of --sync")
    parser.add_argument("--seconds", type=float, default=4, help="that the timing takes at least")
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--sync", type=int, default=16, help="steps from one wait of the host for the device to the next")
    parser.add_argument("--cpu", action="store_true", help="to try the script where there is no GPU")
    options = parser.parse_args()
    modes = options.modes.split(",")
    for mode in modes:
        if mode not in MODES:
            parser.error(f"--modes: expected some of {','.join(MODES)}, found '{mode}'")
    nets = numbers("--nets", options.nets, parser, is_side, "8, 16, 32, …")
    batches = numbers("--batches", options.batches, parser)
    for option in ("width", "steps", "sync"):
        numbers("--" + option, str(getattr(options, option)), parser)
    if not options.cpu and not torch.cuda.is_available():
        raise SystemExit("pytorch_dcgan.py: PyTorch sees no GPU here; --cpu tries the script without one")
    device = torch.device("cpu" if options.cpu else "cuda")
    lines, failed = [], False
    for batch in batches:  # in the order of run.sh, whatever the time
        for side in nets:
            for mode in modes:
                if options.cpu and ("graph" in mode or "reduce" in mode):
                    print(f"{mode}: CUDA graphs need a GPU", file=sys.stderr)
                    continue
                try:
                    lines.append(measured(side, batch, mode, device, options))
                    print(json.dumps(lines[-1]), flush=True)
                except Exception as e:  # one mode that fails must not take the others with it
                    failed = True
                    print(f"dcgan-{side} batch {batch} {mode}: {type(e).__name__}: {e}", file=sys.stderr)
                torch.compiler.reset()
    print("\n" + table(lines))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
