# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How do I start a corpus of my own?
#
# Put the files into a folder, run `make align CORPUS=folder OUT=folder-out`, and look. This notebook does
# that with a directive and a plan of three lines.

# %%
import subprocess
import sys
import tempfile
from pathlib import Path

import altair as alt

from pipeline import read_tables

folder = Path(tempfile.mkdtemp())
corpus, out = folder / "corpus", folder / "outputs"
corpus.mkdir()
(corpus / "directive.txt").write_text(
    """CHỈ THỊ
Về tăng cường bảo vệ rừng
Bộ trưởng Bộ Nông nghiệp và Môi trường yêu cầu:
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Rà soát, lập hồ sơ quản lý từng lô rừng theo quy định; cập nhật diễn biến rừng hằng năm.
3. Báo cáo kết quả thực hiện về Bộ Nông nghiệp và Môi trường trước ngày 15/11 hằng năm.
""",
    encoding="utf-8",
)
(corpus / "plan.txt").write_text(
    """KẾ HOẠCH
Thực hiện Chỉ thị số 05/CT-BNNMT ngày 02/6/2025 của Bộ Nông nghiệp và Môi trường
1. Tổ chức tuyên truyền, phổ biến pháp luật về bảo vệ và phát triển rừng đến từng hộ gia đình.
2. Các xã báo cáo kết quả về Sở Nông nghiệp và Môi trường trước ngày 30/10 hằng năm.
""",
    encoding="utf-8",
)
(corpus / "manifest.csv").write_text(
    "doc_id,level,number,issued_on\ndirective,central,05/CT-BNNMT,2025-06-02\nplan,province,,\n",
    encoding="utf-8",
)

# %%
command = [sys.executable, "-m", "pipeline", "align", "--corpus", corpus, "--out", out]
print(subprocess.run(command, check=True, capture_output=True, text=True).stderr)

# %%
tables = read_tables(out)
alt.Chart(tables["coverage"]).mark_rect().encode(
    x=alt.X("local_doc_id:N", title=None), y="parent_path:N", color="status:N"
)

# %%
tables["drift"][["parent_path", "local_path", "type", "from", "to"]]

# %% [markdown]
# ## What did cleaning repair, and what could not be read?

# %%
tables["repairs"].head(), tables["rejects"]

# %% [markdown]
# **What to do.** Replace the three-line files by your own; say in `manifest.csv` what the texts do not; look
# at `rejects` first.
