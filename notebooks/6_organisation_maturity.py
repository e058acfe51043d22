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
# # Step 6: organisation and culture · are we ready?
#
# **Does the organisation want this, can it, and does it hear itself?**
#
# Nine questions, answered on a scale from 1 to 5 by people who do the work, by aspect: reachability, speed, insight,
# knowledge, learning. A score is the mean of the answers given; what is not answered is told, not averaged.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
maturity = wb.maturity(project)
wb.chart(maturity)

# %% [markdown]
# *Learning* is the weakest: complaints are answered, and nobody takes away what causes them. Without it, the contacts
# that step 2 wants to eliminate come back.

# %%
maturity["maturity"]

# %% [markdown]
# ## In which order?
#
# First wanting, then organising, tools last. While vision or organisation score low, what a scenario buys is listed
# here: it would stand on soft ground.

# %%
maturity["maturity_order"] if maturity.tools else "vision and organisation are in order"

# %% [markdown]
# ## Is there a vision, and do people believe in it?

# %%
maturity["vision"]

# %% [markdown]
# ## Do customers hear the same everywhere?
#
# Touchpoints of different tone for the same question, and answers to one question on the same channel with different
# owners or language levels, or with one of them past its review date.

# %%
maturity["messages"].head(10)
