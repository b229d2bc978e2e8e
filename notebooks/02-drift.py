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
# # What drifted on the way down?
#
# A kept task may still change: another body in charge, another date or legal reference, a narrower scope.

# %%
import os

import altair as alt

from pipeline import read_tables

tables = read_tables(os.environ.get("DOICHIEU_OUT", "../outputs"))
drift = tables["drift"]

# %%
alt.Chart(drift).mark_bar().encode(
    x=alt.X("count():Q", title="differences"),
    y=alt.Y("local_doc_id:N", title=None),
    color=alt.Color("type:N").scale(scheme="tableau10"),
    tooltip=["local_doc_id", "type", "count()"],
)

# %% [markdown]
# ## Deadlines that moved

# %%
drift[drift["type"] == "deadline"][["local_doc_id", "parent_path", "local_path", "from", "to"]]

# %% [markdown]
# ## Bodies that took another's place

# %%
drift[(drift["type"] == "body") & drift["from"].notna() & drift["to"].notna()][
    ["local_doc_id", "parent_path", "from", "to"]
]

# %% [markdown]
# ## Legal references replaced, added or left out

# %%
drift[drift["type"] == "reference"][["local_doc_id", "parent_path", "from", "to"]]

# %% [markdown]
# **What to do.** A body of the locality in place of one of the ministry is how it should be; a date that
# falls after the superior's own date, or a reference that vanished, is a question to the locality.
