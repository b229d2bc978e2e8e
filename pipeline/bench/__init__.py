"""Speed and memory on a simulated corpus, beside peers on the same text in the same run.

Machines are noisy: figures are ratios to one combined regex pass over the same text, measured in between.
``accuracy`` sets the peers beside the annotations, ``simulated`` tells how the job fares by kind of damage.
Nothing here is a test. Imports every stage.
"""

from pipeline.bench.bench import run_bench

__all__ = ["run_bench"]
