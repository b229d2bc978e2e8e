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
# # How good is the machine, and where is it unsure?
#
# The tables against the annotations, and the scores against the truth.

# %%
import os
from pathlib import Path

import altair as alt
import pandas as pd

from pipeline import read_tables
from pipeline.evaluate import evaluate, render

out = Path(os.environ.get("DOICHIEU_OUT", "../outputs"))
gold = Path(os.environ.get("DOICHIEU_GOLD", "../annotations"))
evaluation = evaluate(gold, out)

# %%
figures = pd.DataFrame([(figure.name, figure.value, figure.n) for figure in evaluation.figures])
figures.columns = ["layer", "value", "n"]
alt.Chart(figures).mark_bar().encode(
    x=alt.X("value:Q").scale(domain=[0, 1]),
    y=alt.Y("layer:N", sort=None, title=None),
    tooltip=["layer", "value", "n"],
)

# %% [markdown]
# Five documents of one policy line are a development set and not a proof: `n` belongs to every figure.

# %%
print(render(evaluation))

# %% [markdown]
# ## Where it is unsure
#
# Links whose score lies in the middle, and dropped items with a near candidate, deserve a second look.

# %%
tables = read_tables(out)
alt.Chart(tables["alignments"]).mark_bar().encode(
    x=alt.X("score:Q", bin=alt.Bin(step=0.05)), y="count()", color="relation:N"
)

# %%
unsure = tables["coverage"].assign(distance=(tables["coverage"]["score"] - 0.5).abs())
unsure.sort_values("distance")[["local_doc_id", "parent_path", "status", "score", "nearest_path"]].head(10)

# %% [markdown]
# **What to do.** Read the misses above by name; correct the rows that are wrong, and they stay corrected.
