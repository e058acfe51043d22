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
# **Which systems does each touchpoint need and lack, and what stands in the way of staff?**
#
# Contacts and hours below are those concerned; they are not a saving. What really goes belongs in a scenario (step 7),
# with a share.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
wb.landscape(project, top=14)

# %% [markdown]
# ## Which kinds of systems are there, and where are they missed?
#
# Six kinds support contact with customers, whatever their brand. Look for kinds that are missed at many touchpoints:
# one integration then helps many.

# %%
systems = wb.systems(project)
systems["system_kinds"]

# %% [markdown]
# ## What exactly lacks?
#
# A touchpoint lacks a system when it names it under `needs_systems` and not under `systems`, or when the answer to a
# question asked there draws on it.

# %%
systems["systems_lacking"].head(10)

# %% [markdown]
# ## Which questions would an integration take away?
#
# "How far is my case?" is asked of people because nobody can look it up. Connecting the system named takes the question
# away; the total below the table is the upper bound.

# %%
systems["status_questions"]

# %% [markdown]
# ## What stands in the way of staff?
#
# Not everything is a system: procedures and missing authorisations cost as much, and are cheaper to mend.

# %%
systems["obstacles"]

# %% [markdown]
# ## What do we ask of customers and never use?
#
# Each of these can go tomorrow.

# %%
systems["unused_data"]
