"""Every column of every table: name, type, what it means and its unit. `pipeline.tables` makes the schemas of it."""

import pyarrow as pa

Column = tuple[str, pa.DataType, bool, str, str]

TEXT, WHOLE, NUMBER, TRUTH = pa.string(), pa.int64(), pa.float64(), pa.bool_()
TEXTS = pa.list_(TEXT)
SPANS = pa.list_(pa.struct([("start", WHOLE), ("end", WHOLE)]))
EDITS = pa.list_(
    pa.struct(
        [("start", WHOLE), ("end", WHOLE), ("before", TEXT), ("after", TEXT), ("rule", TEXT)]
        + [("confidence", NUMBER), ("alternatives", TEXTS)]
    )
)
FINDINGS = pa.list_(pa.struct([("field", TEXT), ("basis", TEXT), ("quote", TEXT), ("confidence", NUMBER)]))


def _column(name: str, kind: pa.DataType, meaning: str, unit: str = "–", *, null: bool = False) -> Column:
    """One column: name, Arrow type, whether it may be null, its meaning and its unit."""
    return name, kind, null, meaning, unit


_SOURCE = _column("source_id", TEXT, "the file: its path below the corpus root")
_DOC = _column("doc_id", TEXT, "the document: source_id#number")
_STATEMENT = _column("statement_id", TEXT, "the point: doc_id/p and its headline_start")
_SIDE = _column("side", TEXT, "问题, 原因 or 对策")
_SCHEME = _column("scheme", TEXT, "the codebook's name, or discovered")
_THEME = _column("theme_id", TEXT, "the theme: side/scheme/code or rank")
_START = _column("start", WHOLE, "where it starts in documents.text, included", "code points")
_END = _column("end", WHOLE, "where it ends in documents.text, excluded", "code points")
_CONFIDENCE = _column("confidence", NUMBER, "how sure Wendui is", "probability")
_STATUS = _column("status", TEXT, "ok, partial, skipped or failed")
_REASON = _column("reason", TEXT, "code of the reason, from the closed list", null=True)
_SHARES = [
    _column("share", NUMBER, "提及率: its weight over the weight of all points of its side", "share", null=True),
    _column("share_low", NUMBER, "lower end of the share's 95 % bootstrap interval", "share", null=True),
    _column("share_high", NUMBER, "upper end of the share's 95 % bootstrap interval", "share", null=True),
]
_FILE = [
    _SOURCE,
    _column("sha256", TEXT, "digest of the file's bytes; null if they could not be read", "hex", null=True),
    _column("media_type", TEXT, "what the content is, told from the bytes", "MIME type", null=True),
    _column("encoding", TEXT, "character encoding found", null=True),
    _column("n_bytes", WHOLE, "size of the file", "bytes"),
]

DECLARED: dict[str, list[Column]] = {
    "decoded": [
        *_FILE,
        _column("text", TEXT, "the text as decoded or extracted; null if not read", null=True),
        _column("pages", SPANS, "where each page lies in text; empty if the format has none", "code points"),
        _STATUS,
        _REASON,
    ],
    "notices": [
        _SOURCE,
        _column("doc_id", TEXT, "the document; null: the notice is about the file", null=True),
        _column("stage", TEXT, "the stage that reports"),
        _STATUS,
        _column("reason", TEXT, "code of the reason, from the closed list"),
        _column("detail", TEXT, "what was seen and what to do, Chinese first"),
    ],
    "sources": [
        *_FILE,
        _column("n_chars", WHOLE, "length of the decoded text; null if not read", "code points", null=True),
        _column("n_documents", WHOLE, "reports found in the file", "documents"),
        _STATUS,
        _REASON,
    ],
    "documents": [
        _DOC,
        _SOURCE,
        _column("title", TEXT, "the main title line", null=True),
        _column("date", TEXT, "full date of the report", "ISO 8601", null=True),
        _column("year", WHOLE, "year that the report speaks from", "year", null=True),
        _column("genre", TEXT, "文种", null=True),
        _column("org_type", TEXT, "type of the organisation studied", null=True),
        _column("author_org", TEXT, "the author's organisation", null=True),
        _column("region", TEXT, "province-level division, in short: 浙江, 内蒙古", null=True),
        _column("script", TEXT, "简体, 繁体 or 混合, as found"),
        _column("marking", TEXT, "秘密, 内部资料 … as found", null=True),
        _column("text", TEXT, "the cleaned text, frozen"),
        _column("text_sha256", TEXT, "digest of text in UTF-8", "hex"),
        _column("n_chars", WHOLE, "length of text", "code points"),
        _column("source_start", WHOLE, "where the document starts in decoded.text", "code points"),
        _column("source_end", WHOLE, "where the document ends in decoded.text, excluded", "code points"),
        _column("edits", EDITS, "what cleaning changed, in coordinates of text; before restores the source"),
        _column("damage", NUMBER, "share of characters that could not be restored", "share"),
        _column(
            "parse_coverage",
            NUMBER,
            "share of the source's non-blank characters that text keeps; the rest was wrapping",
            "share",
        ),
        _column("findings", FINDINGS, "what title, date, year and the like rest on"),
    ],
    "sections": [
        _column("section_id", TEXT, "doc_id/s and its start; the root's is doc_id/s"),
        _DOC,
        _column("parent_id", TEXT, "the section around it; null: the root", null=True),
        _column("level", WHOLE, "depth; the root is 0", "levels"),
        _column("marker", TEXT, "numbering as found, e.g. 一、", null=True),
        _column("heading", TEXT, "verbatim with its marker, without closing 。：; the root's is empty"),
        _column("role", TEXT, "what the section does in the report; null: cannot be told", null=True),
        _column("role_basis", TEXT, "heading, position, content or correction", null=True),
        _CONFIDENCE,
        _START,
        _END,
        _column("body_start", WHOLE, "where the text under the heading starts", "code points"),
    ],
    "statements": [
        _STATEMENT,
        _DOC,
        _column("section_id", TEXT, "the deepest section that holds headline_start"),
        _column("parent_id", TEXT, "a sub-point's point; null: a point", null=True),
        _column("role", TEXT, "问题 原因 对策, or 做法 成效 经验"),
        _column("headline", TEXT, "the claim, verbatim"),
        _START,
        _END,
        _column("headline_start", WHOLE, "where the headline starts", "code points"),
        _column("headline_end", WHOLE, "where the headline ends, excluded", "code points"),
        _column("explicit", TRUTH, "in a section of its role, or opened by a cue of it"),
        _CONFIDENCE,
        _column("cue", TEXT, "the words that opened it", null=True),
        _column("actor", TEXT, "who is to act (对策)", null=True),
        _column("modality", TEXT, "应 要 建议 必须 … (对策)", null=True),
        _column("kind", TEXT, "建议, 打算 or 部署 (对策)", null=True),
        _column("deadline", TEXT, "by when, as written (对策)", null=True),
    ],
    "tokens": [
        _STATEMENT,
        _DOC,
        _column("role", TEXT, "the point's role"),
        _column("terms", TEXTS, "the point's terms in order"),
    ],
    "codes": [
        _STATEMENT,
        _DOC,
        _SCHEME,
        _column("code", TEXT, "the code in its codebook"),
        _column("label", TEXT, "its name for people; null after a correction", null=True),
        _column("parent", TEXT, "the code or field that it is a part of", null=True),
        _column("definition", TEXT, "what the codebook says that it means; null after a correction", null=True),
        _column("rank", WHOLE, "1 is the primary code", "rank"),
        _CONFIDENCE,
        _column("deciding", TEXTS, "the words that decided; ≈ is put before one that is related to them"),
    ],
    "links": [
        _column("link_id", TEXT, "from_id>to_id, with the kind"),
        _DOC,
        _column("kind", TEXT, "问题→对策, 问题→原因 or 原因→对策"),
        _column("from_id", TEXT, "the point that the link starts at"),
        _column("to_id", TEXT, "the point that the link leads to"),
        _column("methods", TEXTS, "the kinds of evidence that carry it"),
        _column("score", NUMBER, "calibrated probability that a careful reader agrees", "probability"),
        _column("score_without_codes", NUMBER, "the same from all other evidence than codes", "probability"),
    ],
    "duplicates": [
        _column("kind", TEXT, "document or passage"),
        _DOC,
        _START,
        _END,
        _column("other_id", TEXT, "the other document"),
        _column("other_start", WHOLE, "where the copy starts in the other document", "code points"),
        _column("other_end", WHOLE, "where the copy ends in the other document, excluded", "code points"),
        _column("similarity", NUMBER, "Jaccard index of character 5-shingles", "share"),
    ],
    "clusters": [
        _DOC,
        _column("statement_id", TEXT, "the point; null: the document's own cluster", null=True),
        _column("cluster_id", TEXT, "smallest id in the cluster"),
        _column("size", WHOLE, "members of the cluster", "documents or points"),
    ],
    "themes": [
        _SCHEME,
        _SIDE,
        _THEME,
        _column("parent_id", TEXT, "the theme above it", null=True),
        _column("label", TEXT, "name for people"),
        _column("definition", TEXT, "what the codebook says that it means; null for discovered", null=True),
        _column("terms", TEXTS, "leading terms, strongest first"),
        _column("n_statements", WHOLE, "points assigned to it", "points"),
        _column("n_documents", WHOLE, "documents with such a point", "documents"),
        *_SHARES,
        _column("coherence", NUMBER, "mean NPMI of the leading terms; null for codebooks", "NPMI", null=True),
        _column("stability", NUMBER, "mean best overlap over refits; null for codebooks", "share", null=True),
        _column("exemplar_ids", TEXTS, "points that show it best"),
    ],
    "theme_terms": [
        _SCHEME,
        _SIDE,
        _THEME,
        _column("term", TEXT, "the term"),
        _column("weight", NUMBER, "its weight in the theme", "share"),
        _column("rank", WHOLE, "1 is the strongest", "rank"),
    ],
    "statement_themes": [
        _STATEMENT,
        _SCHEME,
        _SIDE,
        _THEME,
        _column("weight", NUMBER, "the point's weight on the theme", "share"),
        _column("primary", TRUTH, "whether it is the point's theme in counts"),
    ],
    "comparisons": [
        _column("cell_id", TEXT, "table/by/group/row/counting, each percent-encoded"),
        _column("table", TEXT, "the table or figure that shows the cell"),
        _column("by", TEXT, "the variable that is compared by"),
        _column("group", TEXT, "its value"),
        _column("row", TEXT, "theme_id, else side or measure"),
        _column("side", TEXT, "问题, 原因 or 对策", null=True),
        _column("scheme", TEXT, "the codebook's name, or discovered", null=True),
        _column("theme_id", TEXT, "the theme", null=True),
        _column("counting", TEXT, "raw, dedup or vote"),
        _column("n_points", WHOLE, "points of the cell", "points"),
        _column("n_documents", WHOLE, "documents with such a point", "documents"),
        _column("n_votes", NUMBER, "weight of the cell's points", "votes"),
        *_SHARES,
        _column(
            "effect",
            NUMBER,
            "difference of the share from the share elsewhere; of who answers whom: from chance within documents",
            "share",
            null=True,
        ),
        _column("p", NUMBER, "permutation p-value of the effect", "probability", null=True),
        _column("q", NUMBER, "p after Benjamini–Hochberg within its table", "probability", null=True),
    ],
    "evidence": [
        _column("cell_id", TEXT, "the cell, without its counting"),
        _column("statement_id", TEXT, "a point of its numerator; null: the whole document", null=True),
        _DOC,
    ],
    "metadata": [
        _DOC,
        _column("key", TEXT, "the researcher's column"),
        _column("value", TEXT, "its value"),
    ],
}
