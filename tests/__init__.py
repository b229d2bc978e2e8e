"""Tests. A package, lest one of the same name that somebody installed be taken for it."""
