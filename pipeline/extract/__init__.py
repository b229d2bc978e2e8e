"""Provision to facts: references, deadlines, and the bodies that are put in charge.

Imports ``records``, ``lexicon`` and ``segment``; pure functions over clean text.
"""
