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
# # Step 2: contacts and processes
#
# **What are contacts about, which of them should not exist, and which could go another way?**

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
overview = wb.overview(project)
overview["reasons"].head(10)

# %% [markdown]
# Few contacts can take much time (a complaint: almost an hour), many can take little (the tax bill). Both matter, and
# neither says yet whether the contact is *worth* having.
#
# ## Is the contact worth having?
#
# In a workshop each reason is judged twice: of value or an irritant, to the customer and to the organisation. That
# gives four fields: of value to both, *leverage* it; to the customer only, *automate* it; to the organisation only,
# *simplify* it; to neither, *eliminate* its cause.

# %%
matrix = wb.matrix(project)
wb.chart(matrix)

# %%
matrix["matrix"]

# %% [markdown]
# Most contacts are in *eliminate*: nobody wants them. They are also short: most of the hours are in *leverage*, where a
# person is worth the time. Reason by reason, those with most hours first:

# %%
matrix["matrix_reasons"].head(10)

# %% [markdown]
# ## How much is failure demand?
#
# Contacts that exist only because something went wrong before: a letter nobody understands, a promise not kept. The
# share is of all contacts whose reason was judged; low and high are a 95% (Wilson) interval.

# %%
matrix["failure_demand"]

# %% [markdown]
# ## How far is my case?
#
# Status questions vanish when customers can see for themselves how far their case is. This is what they take today:

# %%
overview["reasons"].where(status_question=True)

# %% [markdown]
# ## Which contacts could move, and what stands in the way?
#
# First the moves that somebody declared in a scenario. *Gross* is who tries the other way, *leaks back* is who returns
# and has to be helped after all, *net* is what remains.

# %%
steering = wb.steering(project)
steering["steering"]

# %% [markdown]
# Then the plan that is worth most within the bounds: capacity, budget, and the human floor (the share of contacts that
# must stay with people). Guardrails keep moments of truth, emotional and complex contacts where they are.

# %%
wb.chart(steering)

# %%
steering["steering_plan"].head(8)

# %% [markdown]
# And what is blocked, by which guardrail, and what opening it would be worth. *No answer in the content* is work for
# step 3.

# %%
steering["steering_blocked"].head(8)
