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
# # Step 4: journeys, effort and moments of truth
#
# How do customers move through the contact points, where does it take them effort, and which single change would save
# most? First the map of one journey: phases across, below each step its channel, emotion, effort, pain and opportunity.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
wb.picture(project, "passport_renewal")

# %% [markdown]
# ## How journeys run
#
# An absorbing Markov chain: steps, ends, and the shares between them. *Times per journey* are the expected visits; the
# spread is the standard deviation of the number of steps. Personas have their own rows where the model gives them.

# %%
flow = wb.flow(project)
flow["flow"]

# %% [markdown]
# ## Which touchpoints carry the journeys
#
# If a touchpoint were gone and everyone who went there gave up, this share of the resolved journeys would be lost.

# %%
flow["removal"]

# %% [markdown]
# ## Where the effort is
#
# Customer hours a year per step, and per contact that no journey explains. Low and high are the 10th and 90th
# percentile of ten thousand draws of every uncertain number; *in the top 5* is the share of draws in which the step is
# among the five largest. A rank that holds in nearly all draws is worth acting on.

# %%
effort = wb.effort(project)
effort.head(10)

# %% [markdown]
# ## The best single improvements
#
# What it saves when a tenth of those who take a transition go on another way instead: exact for the finite change, and
# never by letting more people give up.

# %%
effort["improvements"].head(8)

# %% [markdown]
# ## What each share and each minute is worth
#
# The derivative of the yearly customer time in every share and every step's time.

# %%
effort["by_share"].head(8)

# %%
effort["by_time"].head(8)

# %% [markdown]
# ## Moments of truth
#
# Priority = importance to the customer × importance to the organisation × the gap between today and the ambition. Excel
# where a moment that matters shall be special, keep the rest easy, throttle back where more is given than is wanted.

# %%
moments = wb.moments(project)
moments["moments"]

# %%
moments["service_differentiation"]

# %% [markdown]
# ## Behind the line of visibility
#
# The service blueprint shows what happens out of sight, by whom, and in which system.

# %%
wb.picture(project, "move_house", "blueprint")

# %% [markdown]
# ## How different people feel along the way

# %%
wb.picture(project, "move_house", "emotion")

# %% [markdown]
# ## What these results rest on
#
# Every result carries its assumptions, with grade and place.

# %%
import pandas as pd

pd.DataFrame(
    [(one.name, one.estimate.text, one.grade, one.evidence.source, str(one.place)) for one in effort.assumptions],
    columns=["assumption", "value", "grade", "source", "place"],
).head(10)
