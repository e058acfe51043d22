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
# # Step 1: contact points
#
# Where do customers and the organisation meet, how often, and what does that take? We open the example of a fictional
# municipality. Every number below comes from its YAML files; the column *Source* names file and line.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
project.inventory.name, len(project.inventory.touchpoints), "touchpoints", len(project.inventory.volumes), "volumes"

# %% [markdown]
# ## The touchpoints, those that take most staff time first
#
# Contacts are counted once: an inventoried volume goes before what the journeys bring. A dot means: not known.

# %%
overview = wb.overview(project)
overview["touchpoints"].head(12)

# %% [markdown]
# ## The same by channel
#
# Results are frames as well, so everything pandas can do is at hand.

# %%
frame = overview["touchpoints"].to_frame()
by_channel = frame.groupby("channel")[["contacts_per_year", "staff_h_per_year", "cost_per_year"]].sum()
by_channel.sort_values("cost_per_year", ascending=False).round()

# %% [markdown]
# ## What supports people at each touchpoint
#
# Which systems are used, which are missed, and whether the full customer picture is at hand.

# %%
overview["systems"].head(12)

# %% [markdown]
# ## How far these numbers can be trusted
#
# Each number has a grade: assumed, workshop, measured, validated or contradicted.

# %%
import pandas as pd

assumptions = list(project.inventory.assumptions())
pd.Series([one.grade for one in assumptions], name="numbers").value_counts().to_frame()

# %% [markdown]
# ## What is missing
#
# A half-empty model still computes. What is missing is listed by what depends on it.

# %%
wb.missing(project).head(10)
