"""Provision to facts: references, deadlines, and the bodies that are put in charge.

Imports ``records``, ``lexicon`` and ``segment``'s records only; pure functions over clean text.
"""
