"""``make train-words``: the words that are used as the codebook's phrases are, from our own texts.

From the clean texts of the sample's development split and of the further reports, and the coded headlines and statements
of the lexicon; of the validation set and the test split nothing is learnt. The same inputs and versions give the same bytes.
"""

from pathlib import Path

import numpy as np

from pipeline import lexicon
from pipeline.evaluate.gold import read_gold
from pipeline.statements.wordlearning import learn_words
from tests.train.annotated import SAMPLE, is_learnt

LEXICON = Path(__file__).parents[2] / "pipeline" / "lexicon"


def own_texts():
    """The texts that are learnt from."""
    files = read_gold([SAMPLE / "gold" / "dev.json", SAMPLE / "further" / "gold.json"])
    found = [entry.clean for entry in files if is_learnt(entry.file)]
    found += [row["headline"] for row in lexicon.rows("coded_headlines.csv")]
    return found + [f"{row['headline']}。{row['body']}" for row in lexicon.rows("coded_statements.csv")]


def main():
    """Learn, and write ``relatives.npz``."""
    phrases = {row["phrase"] for row in lexicon.rows("codebook_phrases.csv")}
    found = learn_words(own_texts(), phrases)
    np.savez_compressed(LEXICON / "relatives.npz", **found)
    size = (LEXICON / "relatives.npz").stat().st_size
    print(f"{len(found['words'])} relatives of {len(set(found['phrases'].tolist()))} phrases, {size} bytes")


if __name__ == "__main__":
    main()
