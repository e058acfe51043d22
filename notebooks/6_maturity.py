# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Step 6: promises and maturity
#
# Do we keep what we promise, and is the organisation ready to do better?

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
targets = wb.targets(project)
targets["targets"]

# %% [markdown]
# ## What it would take
#
# The model that says a promise is not kept is turned round: how many people more, or how much less time per contact, or
# how many contacts fewer would do, each by itself. `workbench targets` holds promises against the contact log as well,
# when the project has one.

# %%
targets["targets_take"]

# %%
targets["reachability"]

# %% [markdown]
# ## The scan
#
# Nine questions in three parts. A score is the mean of the answers given; what is not answered is told, not averaged.

# %%
maturity = wb.maturity(project)
maturity["maturity_aspects"]

# %%
from IPython.display import SVG

from workbench.pictures.radar import radar

SVG(radar(maturity))

# %%
maturity["maturity"]

# %% [markdown]
# ## Tools last
#
# First wanting, then organising, tools last: while vision or organisation score low, what a scenario buys is listed.

# %%
maturity["maturity_order"] if maturity.tools else "vision and organisation are in order"

# %% [markdown]
# ## The vision

# %%
maturity["vision"]

# %% [markdown]
# ## Do customers hear the same everywhere?
#
# Touchpoints of different tone for the same question, and items on the same channel that answer one question with
# different owners or language levels, or with one of them past its review date.

# %%
maturity["messages"].head(12)
