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
# # Do the reporting dates add up?
#
# Each level should have its reports before it must report itself. Later bars above earlier ones are trouble.

# %%
import os

import altair as alt

from pipeline import read_tables

tables = read_tables(os.environ.get("DOICHIEU_OUT", "../outputs"))
deadlines = tables["deadlines"].merge(tables["documents"][["doc_id", "level", "province"]], on="doc_id")
yearly = deadlines[deadlines["rrule"].fillna("").str.contains("BYMONTHDAY")].copy()
day = yearly["rrule"].str.extract(r"BYMONTH=(?P<month>\d+);BYMONTHDAY=(?P<day>\d+)")
yearly["due"] = "2001-" + day["month"].str.zfill(2) + "-" + day["day"].str.zfill(2)

# %%
alt.Chart(yearly).mark_point(size=160, filled=True).encode(
    x=alt.X("due:T", title="day of the year", axis=alt.Axis(format="%d/%m")),
    y=alt.Y("doc_id:N", title=None),
    color=alt.Color("level:N", sort=["central", "province", "commune"]),
    tooltip=["doc_id", "text", "recipient", "provision_path"],
)

# %%
yearly.sort_values(["due", "doc_id"])[["level", "doc_id", "provision_path", "text", "recipient"]]

# %% [markdown]
# ## Items with a deadline that a locality left open

# %%
drift = tables["drift"]
drift[(drift["type"] == "deadline") & drift["to"].isna()][["local_doc_id", "parent_path", "from"]]

# %% [markdown]
# **What to do.** Where a lower level reports on or after the day of its superior, the superior cannot keep
# its own date (Decree 09/2019/NĐ-CP, article 8: at least a working day lies between).
