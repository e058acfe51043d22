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
# **Where do customers and the organisation meet, how often, and what does that take?**
#
# This notebook opens *Vliethaven*, a municipality that does not exist. All it knows stands in a few YAML files below
# `examples/gemeente`. Nothing is typed in here: each number is read from those files or worked out from them, and the
# column *Source* names the file and the line.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
project

# %% [markdown]
# `lang="nl"` gives everything in Dutch: headings, words, numbers and dates. Without it results speak the language of
# the project (at the end there is a table in Dutch).
#
# ## Which channels carry the contacts?
#
# Each contact counts once, also when a journey passes there.

# %%
overview = wb.overview(project)
wb.chart(overview)

# %% [markdown]
# The website is by far the largest. But a visit to a page takes nobody's time at the municipality. So look at the
# touchpoints by the hours of staff:
#
# ## Which touchpoints take the most staff time?
#
# A dot (·) means that the model does not know. *Customer view* says whether the full picture of the customer is at
# hand during the contact, *knowledge support* whether answers can be looked up.

# %%
overview["touchpoints"].head(12)

# %% [markdown]
# One phone line takes more hours than the next two together, and the agents there see the customer only in part. That
# line is where to begin.
#
# ## The same on one sheet
#
# Touchpoints with the systems they use (and, dashed, those they lack) and the team behind each; the darker, the more
# hours of staff.

# %%
wb.landscape(project, top=12)

# %% [markdown]
# ## How far can these numbers be trusted?
#
# Each number has a grade: *assumed* (somebody thinks so), *workshop* (people who do the work agreed on it), *measured*,
# *validated* (later data confirm it), or *contradicted*.

# %%
overview["evidence"]

# %% [markdown]
# Every result knows the numbers it rests on:

# %%
overview.assumptions

# %% [markdown]
# ## What is missing?
#
# A half-empty model is the normal case: what can be computed is, and the rest is listed by what depends on it. The
# first rows are the questions for the next workshop.

# %%
wb.missing(project).head(8)

# %% [markdown]
# ## On with the numbers
#
# A result is a pandas frame as well, with unrounded values.

# %%
frame = overview["touchpoints"].to_frame()
frame.groupby("channel")[["contacts_per_year", "staff_h_per_year", "cost_per_year"]].sum().round().nlargest(
    5, "cost_per_year"
)

# %% [markdown]
# And in Dutch:

# %%
wb.overview(wb.open("../examples/gemeente", lang="nl"))["touchpoints"].head(3)
