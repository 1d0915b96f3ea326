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
# 这本笔记先看读到了什么：多少文件、多少文献，来自哪些组织、哪些年份，篇章是怎样组成的。
# 运行之前请先执行 `make analyze`（或 `wendui analyze 文件夹`）。

# %%
import os

from pipeline import load

a = load(os.environ.get("WENDUI_OUTPUTS", "../outputs"))

# %% [markdown]
# ## 读到的文件
#
# 每个文件都有一行账：正常、部分、略过或失败，失败的有代码可查。

# %%
a.sources.groupby(["status", "reason"], dropna=False).size().rename("文件数").reset_index()

# %% [markdown]
# ## 文献一览

# %%
a.documents[["doc_id", "title", "year", "org_type", "genre", "region", "n_chars"]].head(20)

# %%
a.figure("01_corpus")

# %% [markdown]
# ## 篇章结构
#
# 各角色（现状、问题、原因、对策……）的章节各占多少篇幅。“未定”是看不出角色的章节，不猜。

# %%
a.figure("02_roles")

# %% [markdown]
# ## 抽出的条目
#
# 明示的条目在本角色的章节里，或有引导词；隐含的条目只凭措辞看出，引用前请核对原文。

# %%
points = a.statements[a.statements["parent_id"].isna()]
points.groupby(["role", "explicit"]).size().rename("条目数").unstack(fill_value=0)

# %% [markdown]
# ## 核对一篇
#
# 先看一篇的提纲、条目、关联与清洗，再决定信不信其余各篇。

# %%
a.show(a.documents["doc_id"].iloc[0])
