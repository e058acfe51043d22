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
# # Step 4: desired process and success criteria
#
# **How do customers go through it today, where does it take them effort, which moments must be good, and do we keep
# what we promise?**
#
# First the map of one journey: phases across; below each step its channel, emotion, effort, pain and opportunity.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
wb.picture(project, "passport_renewal")

# %% [markdown]
# ## How do journeys run, and how do they end?
#
# From the shares on the map follow the expected number of contacts, the customer's time, and who gives up. *Spread* is
# the standard deviation of the number of steps. Personas have rows of their own where the model tells them apart.

# %%
flow = wb.flow(project)
flow["flow"]

# %% [markdown]
# The building permit stands out: four hours of the applicant's time, and more than a third gives up.
#
# Which touchpoints carry a journey? If one were gone and everyone who went there gave up, this share of the customers
# who are helped today would be lost:

# %%
flow["removal"].head(8)

# %% [markdown]
# ## Where is the effort?
#
# Waiting, being handled, time of one's own and friction (each switch of channel, hand-off and repeat), in customer
# hours a year.

# %%
effort = wb.effort(project)
wb.chart(effort)

# %% [markdown]
# Low and high are the 10th and 90th percentile of ten thousand draws of every uncertain number. *In the top 5* is the
# share of draws in which the step is among the five largest. A rank that holds in nearly all draws is worth acting on;
# one that holds in half of them is worth measuring first.

# %%
effort.head(8)

# %% [markdown]
# ## Which single change would save most?
#
# What it saves when a tenth of those who take a transition go on another way instead. Worked out exactly for the finite
# change, and never by letting more people give up.

# %%
effort["improvements"].head(8)

# %% [markdown]
# And what a minute less at each step would bring in a year:

# %%
effort["by_time"].head(6)

# %% [markdown]
# ## Which moments must be good?
#
# Moments of truth: priority = importance to the customer × importance to the organisation × the gap between today and
# the ambition.

# %%
moments = wb.moments(project)
moments["moments"]

# %% [markdown]
# Not every phase has to be special. Excel where it matters, keep the rest easy, and throttle back where more is given
# than anyone wants:

# %%
moments["service_differentiation"]

# %% [markdown]
# How people feel along the way, by persona:

# %%
wb.picture(project, "move_house", "emotion")

# %% [markdown]
# What happens out of the customer's sight, by whom, and in which system (the service blueprint):

# %%
wb.picture(project, "move_house", "blueprint")

# %% [markdown]
# ## Success criteria: do we keep what we promise?
#
# Each promise of the model (`targets`) against what the model itself says will happen. `wb.targets(project, log=…)`
# holds it against the contact log as well.

# %%
targets = wb.targets(project)
targets["targets"]

# %% [markdown]
# Where a promise is not kept, the model is turned round: how many people more, *or* how much less time per contact,
# *or* how many contacts fewer would do. Each way by itself.

# %%
targets["targets_take"]

# %% [markdown]
# ## What does all this rest on?

# %%
effort.assumptions
