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
# # Step 7: business case
#
# **What does it bring in, can we believe it, and what had we better find out first?**
#
# Two futures of the municipality are laid over today's contacts: first give good answers, or first move contacts to
# digital channels. First a year at full effect, in hours and money.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
case = wb.case(project)
case["case"]

# %% [markdown]
# *Answers first* saves more and costs less. But "saved" is not yet money: of the hours saved only the cashable share
# becomes money, and what it costs once has to be earned back.
#
# ## No minute is saved twice
#
# Contacts vanish first, then some move, and what stays becomes shorter. Today's hours are all accounted for:
# eliminated + shifted + leaked + faster + remaining. What leaks comes back and is worked after all; what stays becomes
# heavier on average, and that is added. (The axis of the chart does not begin at zero; the table below has all parts.)

# %%
wb.chart(case, "steps", of="answers_first")

# %%
case["minute_ledger"]

# %% [markdown]
# ## When is it earned back?
#
# The effect grows over the ramp, investments come first, and money of later years counts for less. The band runs from
# P10 to P90 of ten thousand draws of every number in the model.

# %%
wb.chart(case, "fan", of="answers_first")

# %% [markdown]
# In the middle of the draws the line does not come above zero: *in money*, which counts only the hours that can be
# cashed, this scenario is not earned back within three years. That is an answer too. It may still be worth doing for
# the customers' time, and then one knows what that costs. *With all hours* counts every hour saved:

# %%
case["case_worth"]

# %% [markdown]
# ## Which number matters?
#
# Each bar moves one number from its low to its high end and leaves all others alone.

# %%
wb.chart(case, "tornado", of="answers_first")

# %% [markdown]
# ## What should we choose, and what had we better measure before?
#
# Doing nothing is one of the choices. A number is worth measuring only when knowing it could change the choice. That is
# often far less than people think, and it may be nothing.

# %%
case["choice"]

# %%
case["to_measure"].head(6)

# %% [markdown]
# ## How many people is that?
#
# Queues do not scale: half the calls need more than half the people. So hours are put through the queues of step 6.

# %%
case["case_people"]

# %% [markdown]
# ## What is not money, and what do others claim?
#
# Soft effects stand apart and are part of no sum. Published figures stand beside the case with their source and why
# they may not hold here; they count nowhere.

# %%
case["soft_effects"]

# %%
case["claims"]
