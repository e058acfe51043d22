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
# # Step 6: are there people enough?
#
# What is promised (80% of the calls within a minute, e-mail within 24 working hours), what comes in, and who is there.
# Calls and visits queue; e-mails and letters are a backlog against their deadline.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
staffing = wb.staffing(project)
staffing["staffing"]

# %% [markdown]
# The need is a band. *Low*: callers out of patience hang up (Erlang A) and written work is done between calls. *High*:
# everybody waits (Erlang C) and written work has people of its own.
#
# ## The week of the contact centre
#
# In each field the people needed; orange is too few, blue is spare.

# %%
from workbench.pictures.picture import Picture
from workbench.pictures.week_map import week_map

Picture((week_map(staffing, "kcc"),))

# %% [markdown]
# ## What customers meet
#
# Now, on average over the week, with the people there are; then the busiest half hour with the people needed.

# %%
staffing["staffing_now"]

# %%
staffing["staffing_queues"]

# %%
staffing["staffing_written"]

# %% [markdown]
# ## Why one agent more matters so much
#
# Ten calls at a time, three minutes each. From eleven agents on the queue is stable; the thirteenth and fourteenth
# decide whether 80% is answered within 20 seconds.

# %%
import pandas as pd

from workbench.analysis.staffing.erlang import erlang_a, erlang_c

agents = list(range(11, 18))
wait, hang_up = erlang_c(10 / 180, 180, agents, 20), erlang_a(10 / 180, 180, agents, 180, 20)
pd.DataFrame(
    {
        "agents": agents,
        "in 20 s, all wait": wait.service_level.round(3),
        "in 20 s, some hang up": hang_up.service_level.round(3),
        "hang up": hang_up.abandoned.round(3),
        "mean wait, all wait [s]": wait.wait_s.round(1),
    }
)

# %% [markdown]
# ## From agents to people
#
# Fourteen agents with 30% leave, illness and training are twenty full-time people, not 18.2: who stands in for others
# is away as often.

# %%
from workbench.analysis.staffing.need import full_time

full_time(14, 0.30)

# %% [markdown]
# ## Together or apart
#
# What it would bring if people answered more than one queue, or wrote between calls.

# %%
staffing["staffing_pools"]

# %% [markdown]
# ## Which assumption matters
#
# Each number at its low and high end, all others as they are. What moves the need most is worth measuring first.

# %%
staffing["staffing_levers"].to_frame().head(8)

# %% [markdown]
# ## What a measure saves in people
#
# A fifth fewer calls about passports' status and a tenth off all handling on the phone: in whole people, beside what a
# spreadsheet would say.

# %%
from workbench.analysis.staffing.effect import people_effect

volumes = {(one.touchpoint, one.reason): one for one in project.inventory.volumes.values()}
changed = {
    key: (one.contacts.point * (0.8 if key[1] == "passport_status" else 1.0), one.handling_time.point * 0.9)
    for key, one in volumes.items()
    if key[0] == "kcc_phone" and one.contacts and one.handling_time
}
pd.DataFrame([people_effect(project, changed)["kcc"]]).round(2)

# %% [markdown]
# ## Rule of thumb, and what lacks

# %%
staffing["staffing_rule"]

# %%
staffing["staffing_findings"]
