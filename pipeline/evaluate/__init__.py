"""The tables against the annotations: figures per layer, every miss by name, floors that may not fall.

``scoring`` counts, ``keys`` says when two facts are the same, ``evaluation`` compares tables with gold,
``agreement`` two annotators with each other, ``training`` fits the models of alignment and holds documents
out, ``floors`` keeps what was reached. Imports ``annotations``, ``align`` and ``tables``.
"""

from pipeline.evaluate.evaluation import Evaluation, Figure, evaluate, render

__all__ = ["Evaluation", "Figure", "evaluate", "render"]
