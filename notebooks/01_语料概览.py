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
# # 语料概览
#
# 动手分析之前，先弄清手里有什么：读成了多少文献，来自哪些组织、哪些年份，篇章怎样组成，抽出了多少条目，
# 以及这批语料能回答哪些问题、不能回答哪些。
#
# 运行之前请先执行 `make analyze`（或 `wendui analyze 文件夹`）。每一格都可以改动、重跑；不会动到语料和结果。

# %%
import os

from pipeline import load

a = load(os.environ.get("WENDUI_OUTPUTS", "../outputs"))

# %% [markdown]
# ## 读到的文件
#
# 每个文件都有一行账：`ok` 正常，`partial` 只读出部分，`skipped` 略过（设置、说明之类），`failed` 失败。
# 失败与部分的原因有代码，详见结果文件夹里的 `failures.csv`。

# %%
a.sources.groupby(["status", "reason"], dropna=False).size().rename("文件数").reset_index()

# %% [markdown]
# ## 文献一览
#
# 题目、年份、组织类型、文种、地区都是从文中找到的；找不到就留空，不猜。
# 要补要改，写在 `metadata.csv` 或 `corrections.csv` 里。

# %%
a.documents[["doc_id", "title", "year", "org_type", "genre", "region", "n_chars"]].head(20)

# %% [markdown]
# 有多少文献说得出年份、组织类型？空得多的列，不宜拿来比较。

# %%
a.documents[["title", "year", "org_type", "genre", "region"]].notna().mean().rename("有值的比例").round(2).to_frame()

# %%
a.figure("01_corpus")

# %% [markdown]
# ## 篇章结构
#
# 各角色（现状、问题、原因、对策……）的章节各占多少篇幅。“未定”是看不出角色的章节。

# %%
a.figure("02_roles")

# %% [markdown]
# ## 抽出的条目
#
# *明示*的条目在本角色的章节里，或有引导词（“究其原因”“建议”）；*隐含*的条目只凭措辞看出，引用之前请核对原文。

# %%
points = a.statements[a.statements["parent_id"].isna()]
kinds = points["explicit"].map({True: "明示", False: "隐含"}).rename("方式")
points.groupby(["role", kinds]).size().rename("条目数").unstack(fill_value=0)

# %% [markdown]
# ## 清洗动了多少
#
# 每处改动都是一条可以撤销的编辑。改动特别多、残损率高的文献，先看一眼再用。

# %%
edits = a.documents.assign(清洗处数=a.documents["edits"].map(len))
edits.sort_values("清洗处数", ascending=False)[["doc_id", "title", "清洗处数", "damage"]].head(8)

# %% [markdown]
# ## 核对一篇
#
# 先看一篇的提纲、条目、关联与清洗，再决定信不信其余各篇。左为提纲，右为条目，数字是在清洗后文本中的起止。

# %%
a.show(a.documents["doc_id"].iloc[0])
