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
# What are contacts about, which of them should not exist, and what comes of them?

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
overview = wb.overview(project)
overview["reasons"].head(12)

# %% [markdown]
# ## The value matrix
#
# A contact is of value or an irritant, to the customer and to the organisation. Of value to both: leverage it. To the
# customer only: automate. To the organisation only: simplify. To neither: eliminate its cause. What was not judged is
# undecided.

# %%
matrix = wb.matrix(project)
matrix["matrix"]

# %%
matrix["matrix_reasons"].head(12)

# %% [markdown]
# ## Failure demand
#
# Contacts that exist only because something went wrong before, as a share of all contacts whose reason was judged, with
# the Wilson 95% interval.

# %%
matrix["failure_demand"]

# %% [markdown]
# ## Status questions
#
# These vanish when customers can see how far their case is.

# %%
reasons = overview["reasons"].to_frame()
status = reasons[reasons["status_question"].eq(True)]
status[["reason", "contacts_per_year", "staff_h_per_year", "place"]].round()

# %% [markdown]
# ## Which contacts could move, and what blocks them
#
# Shifts that the scenarios declare: gross, what leaks back, net, and what it brings. *What blocks it* names the
# guardrails: moments of truth, emotion, complexity, identification, content, human fallback.

# %%
steering = wb.steering(project)
steering["steering"]

# %%
steering["steering_candidates"].head(10)
