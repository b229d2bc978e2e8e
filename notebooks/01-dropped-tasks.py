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
# # Which tasks did localities drop?
#
# One row per item of the directive, one column per locality. Dark means kept, light means dropped.

# %%
import os

import altair as alt

from pipeline import read_tables

tables = read_tables(os.environ.get("DOICHIEU_OUT", "../outputs"))
coverage = tables["coverage"]
coverage = coverage[coverage["applicable"].ne(False)]
order = ["verbatim", "adapted", "partial", "dropped"]

# %%
alt.Chart(coverage).mark_rect(stroke="white").encode(
    x=alt.X("local_doc_id:N", title=None),
    y=alt.Y("parent_path:N", title="item of the directive", sort=None),
    color=alt.Color("status:N", sort=order).scale(
        domain=order, range=["#1b4965", "#5fa8d3", "#f2c14e", "#f4f1ec"]
    ),
    tooltip=["parent_path", "local_doc_id", "status", "score", "nearest_path"],
)

# %% [markdown]
# ## The items that most localities dropped, in their own words

# %%
dropped = coverage[coverage["status"] == "dropped"]
items = tables["provisions"][["doc_id", "path", "text"]]
named = dropped.merge(items, left_on=["parent_doc_id", "parent_path"], right_on=["doc_id", "path"])
named.groupby(["parent_path", "text"]).size().rename("localities").reset_index().sort_values(
    ["localities", "parent_path"], ascending=[False, True]
).head(10)

# %% [markdown]
# ## What is nearest to each dropped item
#
# A dropped item with a high nearest score is the first to check by hand.

# %%
nearest = named.merge(
    items.rename(columns={"doc_id": "local_doc_id", "path": "nearest_path", "text": "nearest"}),
    on=["local_doc_id", "nearest_path"],
    how="left",
)
nearest.sort_values("nearest_score", ascending=False)[
    ["local_doc_id", "parent_path", "text", "nearest_path", "nearest_score", "nearest"]
].head(10)

# %% [markdown]
# **What to do.** Open the report at the cells above, read both texts side by side, and ask the localities
# about what is truly missing.
