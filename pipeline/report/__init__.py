"""Tables to what an analyst opens: an HTML report and a workbook.

Reads the tables alone, through ``pipeline.tables``; no stage before them is imported. The templates, the
style sheet, the script and the words of the two languages stand beside the code that fills them.
"""

from pipeline.report.site import write_report

__all__ = ["write_report"]
