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
# # Step 5: system support
#
# Which systems does each touchpoint need and lack, and what stands in the way of staff?
#
# Contacts and hours are those concerned; they are not a saving. What really goes belongs in a scenario, with a share.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
systems = wb.systems(project)
systems["system_kinds"]

# %% [markdown]
# ## What lacks
#
# A touchpoint lacks a system when it names it under `needs_systems` and not under `systems`, or when the answer to a
# question asked there draws on it.

# %%
systems["systems_lacking"].head(10)

# %% [markdown]
# ## Status questions
#
# "How far is my case?" is asked of people because nobody can look it up. Connecting the system named takes the question
# away; the total below the table is the upper bound.

# %%
systems["status_questions"]

# %% [markdown]
# ## Obstacles: procedure, system, authorisation

# %%
systems["obstacles"]

# %% [markdown]
# ## Data that is asked for and not used

# %%
systems["unused_data"]

# %% [markdown]
# ## Everything per touchpoint

# %%
systems["systems"]
