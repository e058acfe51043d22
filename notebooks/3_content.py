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
# # Step 3: knowledge and content
#
# Does the answer exist, does it still hold, can it be used on the channel where people ask, and can anyone find it?
#
# Each contact stands in one row only: the first thing that is wrong with its answer decides which. *No answer* comes
# before *only in someone's head*, then *unfit for this channel*, *expired*, *never reviewed*, *not to be found*.

# %%
import workbench as wb

project = wb.open("../examples/gemeente", lang="en")
content = wb.content(project)
content["content_coverage"]

# %% [markdown]
# ## What depends on the gaps
#
# *At stake* is what all contacts about the question cost at the touchpoints concerned. It is an upper bound, good for
# deciding where to begin, and not a saving: most of those contacts stay when the answer is right.

# %%
content["content_gaps"].head(10)

# %% [markdown]
# ## What writing an answer would open
#
# These are benefits: moves to another channel that wait for an answer, by the rules of channel steering. Where
# something else blocks them as well, writing alone is not enough. Begin with the rows in which nothing else does.

# %%
unblocks = content["content_unblocks"].to_frame()
unblocks[unblocks["other_gates"] == "nothing"].head(8).round()

# %% [markdown]
# ## Answers that still hold, but not for long
#
# Due for review within two months, or with nobody who keeps them right.

# %%
content["content_risks"]

# %% [markdown]
# ## What an agent would find
#
# Words count by their stem, in Dutch and English, and compounds are taken apart: *verhuisformulier* finds *formulier*
# and *verhuizing*. Rare words count more, and words in titles and search terms more than words in the text.

# %%
asked = wb.content(
    project,
    questions=[
        "Waar vind ik het verhuisformulier?",
        "Mijn paspoort is gestolen",
        "Mag mijn dakkapel zonder vergunning?",
    ],
)
asked["content_search"]

# %% [markdown]
# ## Questions that customers really asked
#
# Export them from the mailbox or the search box of the website, one per line; `workbench content PROJECT --questions
# FILE` does the same. E-mail addresses, numbers and post codes are left out before anything is looked up, nothing is
# kept, and only words that enough questions share are shown.

# %%
logged = (
    ["Waarom is de bibliotheek dicht?"] * 12 + ["Is mijn paspoort klaar?"] * 20 + ["Kapvergunning voor een eik"] * 2
)
wb.content(project, log=logged)["content_questions"]

# %% [markdown]
# ## The content calendar
#
# Who has to review what, and when. The hours tell how much work rests on it.

# %%
content["content_calendar"]

# %% [markdown]
# ## What it rests on
#
# Every row names the file and line of the volume and of the content; the numbers carry their grade.

# %%
{grade: sum(one.grade == grade for one in content.assumptions) for grade in ("assumed", "workshop", "measured")}
