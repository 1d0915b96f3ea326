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
# 报告里反复提到的问题有哪些，哪些得到了回应？这里先看编码本的编码，再看主题模型发现的主题，
# 然后比较、配对，最后回到原句。
#
# “提及率”是某主题的条目占全部问题条目的比例，**不是问题的发生率**：报告多写了什么，不等于实际多发生了什么。

# %%
import os

from pipeline import load

a = load(os.environ.get("WENDUI_OUTPUTS", "../outputs"))

# %% [markdown]
# ## 编码
#
# 下限、上限是按文献重抽样的 95% 自助法区间。区间重叠的编码，不要争谁多谁少。

# %%
a.show_themes("问题", scheme="wendui").round(3)

# %%
a.figure("03_problem_codes")

# %% [markdown]
# ## 发现的主题
#
# 不借编码本，让条目自己聚拢。条目不足三十个时不拟合模型，下表为空。
# 稳定性是换随机种子重拟合后主题词的平均重合度：低的主题要慎用，先读它的条目，再决定叫什么名字。

# %%
a.show_themes("问题").round(3)

# %%
a.figure("08_problem_themes")

# %% [markdown]
# ## 不同组织之间
#
# 先看数，再看检验：`q` 是置换检验的 p 经多重校正之后的值，大于 0.05 的差别不能说成差别。

# %%
a.compare(by="org_type", side="问题").round(3)

# %%
cells = a.comparisons[(a.comparisons["table"] == "codes") & (a.comparisons["counting"] == "raw")]
cells.nsmallest(8, "q")[["by", "group", "row", "n_points", "share", "effect", "p", "q"]].round(3)

# %% [markdown]
# ## 问题与对策
#
# 台账一行一对：问题、原因、对策、责任主体、时限；没有回应的问题和不对应问题的对策也各占一行。

# %%
ledger = a.ledger()
ledger["状态"].value_counts().rename("行数").to_frame()

# %%
ledger[["状态", "问题", "原因", "对策", "责任主体", "时限", "文献"]].head(8)

# %%
a.figure("05_response_matrix")

# %% [markdown]
# 供需错位：比率与同篇之内随机调换所得相比。“线索”未过多重校正，只供细读，不宜写进文章。

# %%
a.mismatches()[["类型", "判断", "比较", "组", "编码", "条目数", "比率", "同篇随机期望", "q"]].round(3).head(10)

# %% [markdown]
# ## 回到原句
#
# 任何一个数字都能追到句子。下面取提及最多的编码，列出可以直接引用的句子。

# %%
top = a.show_themes("问题", scheme="wendui")["编号"].str.rpartition("/")[2].head(1).tolist()
a.quotes(code=top[0])[["headline", "sentence", "citation"]].head(8) if top else top

# %%
a.kwic("党员", window=15).head(10)
