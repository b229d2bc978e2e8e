"""Speed and memory on a simulated corpus, beside peers on the same text in the same run.

Machines are noisy: figures are ratios to one combined regex pass over the same text, measured in between.
Nothing here is a test. Imports every stage.
"""

from pipeline.bench.bench import run_bench

__all__ = ["run_bench"]
