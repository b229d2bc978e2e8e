"""Local plans derived from a real directive by recorded operations: a corpus with known truth.

Everything here is simulated and says so: places carry invented names, and gold written beside the corpus
is marked ``simulated``. A plan depends on the seed and its own number alone, so a corpus of ten plans is
the beginning of one of a thousand. Imports ``annotations``, ``lexicon`` and ``records``.
"""

from pipeline.simulate.corpus import simulate
from pipeline.simulate.operations import Rates

__all__ = ["Rates", "simulate"]
