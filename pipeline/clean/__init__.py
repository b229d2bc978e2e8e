"""Clean text out of raw text, with a ledger of repairs and offsets both ways (làm sạch văn bản)."""

from pipeline.clean.cleaning import CleanText, clean_text, explain
from pipeline.clean.suspicions import Suspicion

__all__ = ["CleanText", "Suspicion", "clean_text", "explain"]
