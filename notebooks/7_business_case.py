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
# # Step 7: what does it bring in, and what would we do better to find out first?
#
# Two futures of the municipality are laid over today's contacts. First a year at full effect: hours and money, before
# anybody discounts anything.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
case = wb.case(project)
case["case"]

# %% [markdown]
# ## No minute is saved twice
#
# Contacts vanish first, then some move, and what stays becomes shorter. Today's hours are all accounted for:
# eliminated + shifted + leaked + faster + remaining. What leaks comes back and is worked after all; what stays becomes
# heavier, and that is added.

# %%
case["minute_ledger"]

# %% [markdown]
# ## Over the months
#
# The effect grows over the ramp, investments come first, and money of later years counts for less. P10 and P90 come
# from ten thousand draws of every number in the model. *In money* counts only the hours that can be cashed; *with all
# hours* counts them all.

# %%
case["case_worth"]

# %%
from workbench.pictures.case_charts import fan, tornado
from workbench.pictures.picture import Picture

one = case.scenarios[0]
words = {"month": "months after the start", "money": "net present value so far"}
Picture((fan(one.worth, one.scenario.label("en"), words, case.language),))

# %% [markdown]
# The line never comes above zero in most draws: in money this scenario is not earned back within three years. That is
# an answer too. It may still be worth doing for the customers' time, and then one knows what that costs.
#
# ## Which number matters
#
# Each bar moves one number from its low to its high end and leaves all others alone.

# %%
from workbench.analysis.naming import name_of

named = [(swing, name_of(project.inventory, swing.assumption.name, case.language)) for swing in one.swings[:8]]
labels = {"money": "net present value", "low": "at the low end", "high": "at the high end"}
Picture((tornado(named, one.worth.npv, one.scenario.label("en"), labels, case.language),))

# %% [markdown]
# ## What to measure before choosing
#
# A number is worth measuring only when knowing it could change the choice, doing nothing included. That is often far
# less than people think, and it may be nothing.

# %%
case["choice"]

# %%
case["to_measure"]

# %% [markdown]
# ## Channel steering behind the case
#
# What could move, within the human floor; and what a missing answer costs because it blocks a move.

# %%
steering = wb.steering(project)
steering["steering_plan"].head(8)

# %%
steering["steering_blocked"].head(8)

# %% [markdown]
# ## What others claim
#
# Published figures stand beside the case, with their source and why they may not hold here. They count nowhere.

# %%
case["claims"]
