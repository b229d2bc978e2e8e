"""Known documents, rendered to every format in which documents arrive, and read back.

The clean text of the corpus is rendered to Word (with automatic numbering), PDF, RTF, a web page, a scan
and a bad scan; the main job runs on each, and its tables are compared with the same annotations as those of
plain text. A bench, not part of the main job: it needs LibreOffice for rendering.
"""
