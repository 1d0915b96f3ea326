# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 问题主题
#
# 报告里反复提到的问题有哪些？这里先看编码本的编码，再看主题模型发现的主题，最后回到原句。
# “提及率”是某主题的条目占全部问题条目的比例，不是问题的发生率。

# %%
import os

from pipeline import load

a = load(os.environ.get("WENDUI_OUTPUTS", "../outputs"))

# %% [markdown]
# ## 编码

# %%
a.show_themes("问题", scheme="wendui")

# %%
a.figure("03_problem_codes")

# %% [markdown]
# ## 发现的主题
#
# 条目不足三十个时不拟合模型，下表为空。稳定性是换随机种子重拟合后主题词的平均重合度，低的主题要慎用。

# %%
a.show_themes("问题")

# %%
a.figure("08_problem_themes")

# %% [markdown]
# ## 不同组织之间

# %%
a.compare(by="org_type", side="问题").round(3)

# %% [markdown]
# ## 回到原句
#
# 任何一个数字都能追到句子。下面取提及最多的编码，列出可以直接引用的句子。

# %%
codes = a.show_themes("问题", scheme="wendui")
a.trace(codes["编号"].iloc[0])[["headline", "sentence", "source_id", "source_start"]] if len(codes) else codes

# %%
a.kwic("党员", window=15).head(10)
