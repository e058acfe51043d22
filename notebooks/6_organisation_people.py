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
# # Step 6: organisation · are there people enough?
#
# **What do we promise, what comes in, and can those who are there keep up?**
#
# Calls, chats and visits queue; e-mails and letters are a backlog against their deadline. The promises are the
# `targets` of step 4.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
staffing = wb.staffing(project)
staffing["staffing"]

# %% [markdown]
# The need is a band, for nobody knows how patient callers are. *Low*: callers out of patience hang up (Erlang A) and
# written work is done between calls. *High*: everybody waits (Erlang C) and written work has people of its own. A team
# that is short at both ends is short.
#
# ## When is it tight?
#
# In each field the people needed; orange is too few, blue is spare.

# %%
wb.chart(staffing, of="kcc")

# %% [markdown]
# ## What do customers meet?
#
# On average over the week with the people there are:

# %%
staffing["staffing_now"]

# %% [markdown]
# In the busiest half hour, with the people needed:

# %%
staffing["staffing_queues"]

# %% [markdown]
# And written work, against the time that was promised:

# %%
staffing["staffing_written"]

# %% [markdown]
# ## Why does one agent more matter so much?
#
# Ten calls at a time, three minutes each. From eleven agents on the queue is stable, but with eleven callers wait for
# minutes. The thirteenth and fourteenth decide whether 80% is answered within 20 seconds.

# %%
import pandas as pd

agents = list(range(11, 18))
wait = wb.erlang_c(10 / 180, 180, agents, 20)
hang_up = wb.erlang_a(10 / 180, 180, agents, 180, 20)
pd.DataFrame(
    {
        "agents": agents,
        "in 20 s, all wait": wait.service_level.round(3),
        "in 20 s, some hang up": hang_up.service_level.round(3),
        "hang up": hang_up.abandoned.round(3),
        "mean wait, all wait [s]": wait.wait_s.round(1),
    }
).set_index("agents")

# %% [markdown]
# Fourteen agents with 30% leave, illness and training are twenty full-time people and not 18.2: who stands in for
# others is away as often.

# %%
wb.full_time(14, 0.30)

# %% [markdown]
# ## Together or apart?
#
# What it would bring if people answered more than one queue, or wrote between calls.

# %%
staffing["staffing_pools"]

# %% [markdown]
# ## Which assumption matters?
#
# Each number at its low and its high end, all others as they are. What moves the need most is worth measuring first.

# %%
staffing["staffing_levers"].head(8)

# %% [markdown]
# ## What cannot be kept up, or is not known

# %%
staffing["staffing_findings"]
