"""Plain text: from bytes in an encoding that nobody wrote down to characters."""

import logging
import re
from dataclasses import replace

import chardet

from pipeline.ingest.formats.content import Content, Report, refused
from pipeline.values import Reason, Status

log = logging.getLogger(__name__)

MEDIA_TYPE = "text/plain"
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be")) + (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经党建组织支部员基层，。、；："
    "這個國來時們對會發動產種後學經黨組織員層與開關進實務業無體應"
)
"""The most frequent characters of modern written Chinese and of this genre, in both scripts."""
N_SAMPLE = 20_000
"""Bytes from which an encoding is guessed."""
FEW_CHARACTERS = 12
"""Below so many characters chardet may err (LIBRARIES.md: right from 12 on)."""
MAX_BROKEN = 0.05
"""Share of broken characters up to which bytes still count as damaged UTF-8: GBK read as UTF-8 has over 0.4."""
MIN_BROKEN, FEW_WIDE = 3, 30
"""Broken characters that are always forgiven (a surrogate that was encoded is three), from so many wide ones on."""
MAX_REPLACED = 0.01
"""Share of U+FFFD above which a text is only part of itself (FAULTS contract 2)."""

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_FAMILIES = {"gb2312": "gb18030", "gbk": "gb18030", "hz-gb-2312": "hz", "cp936": "gb18030", "utf8": "utf-8"} | {
    "big5hkscs": "big5hkscs",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ascii": "utf-8",
}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_TEXT = "不是文本或编码无法识别，请用记事本另存为 UTF-8 / no text, or in an unknown encoding; save it as UTF-8"
_DAMAGED = "编码有损坏：{n} 处字节无法解码，已代以 U+FFFD / {n} undecodable places were replaced"


def decode(data: bytes) -> Content:
    """The characters of a text file.

    In this order: byte order mark, strict UTF-8, UTF-16 without a mark, damaged UTF-8, then chardet between GB18030,
    Big5 and others. What a file declares about itself does not count where its bytes say otherwise.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Content
        Its text holds no lone surrogate and no NUL. None if the bytes are no text.

    Examples
    --------
    >>> decode("柳溪县社区党建调研报告，全县有社区九个。".encode("gbk")).encoding
    'gb18030'
    """
    content = _marked(data) or _utf8(data) or _utf16(data) or _damaged_utf8(data) or _guessed(data)
    if content is None:
        return refused(Status.FAILED, Reason.ENCODING, _NO_TEXT)
    _log_conflict(data, content.encoding or "")
    return _storable(content)


def _marked(data: bytes) -> Content | None:
    """The text after a byte order mark."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    return None


def _utf8(data: bytes) -> Content | None:
    """The text, if the bytes are UTF-8 throughout or up to a character cut off at the end."""
    if b"\x00" in data[:N_SAMPLE] and (wide := _utf16(data)):
        return wide
    try:
        return Content(data.decode("utf-8"), MEDIA_TYPE, "utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
        if not is_cut or data[: error.start].isascii():
            return None
        return _cut(data[: error.start].decode("utf-8"), "utf-8")


def _cut(text: str, encoding: str) -> Content:
    """A text whose last character was cut off."""
    detail = "文件末尾的一个字被截断，已略去 / the file ends inside a character, which was left out"
    return Content(text, MEDIA_TYPE, encoding, (Report(Status.PARTIAL, Reason.CUT_CHARACTER, detail),))


def _utf16(data: bytes) -> Content | None:
    """The text, if the bytes read as UTF-16 are Chinese or, by their NULs, Latin."""
    sample = data[: N_SAMPLE // 2 * 2]
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
        n_nul = sample[high::2].count(0)
        if text and (_frequent_share(text) > 0.1 or n_nul > 0.7 * len(text)) and _is_plausible(text):
            return _decoded(data, encoding)
    return None


def _is_plausible(text: str) -> bool:
    """Whether most characters are Chinese or ASCII ones, and hardly any is a control."""
    n_known = sum("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or char >= "\uff00" for char in text)
    n_ascii = sum(" " <= char <= "~" or char in "\r\n\t" for char in text)
    return n_known + n_ascii > 0.9 * len(text)


def _frequent_share(text: str) -> float:
    """Share of a text's characters that are among the most frequent ones of Chinese."""
    return sum(char in FREQUENT for char in text) / len(text) if text else 0.0


def _damaged_utf8(data: bytes) -> Content | None:
    """The text, if the bytes are UTF-8 but for a few broken places."""
    text = data.decode("utf-8", errors="replace")
    n_wide, n_broken = sum(char > "\x7f" for char in text[:N_SAMPLE]), text[:N_SAMPLE].count("\ufffd")
    few = max(MAX_BROKEN * n_wide, MIN_BROKEN if n_wide >= FEW_WIDE else 0)
    return _with_damage(text, "utf-8") if n_wide and n_broken <= few else None


def _guessed(data: bytes) -> Content | None:
    """The text in the encoding that chardet finds, else in the East Asian one that gives the likeliest characters."""
    if data[:N_SAMPLE].count(0) > 0.01 * len(data[:N_SAMPLE]):
        return None
    found = chardet.detect(data[:N_SAMPLE])
    name = (found["encoding"] or "").lower()
    encoding = _FAMILIES.get(name, name)
    texts = {name: data[:N_SAMPLE].decode(name, errors="replace") for name in ("gb18030", "big5hkscs")}
    best = max(texts, key=lambda name: (_frequent_share(texts[name]) - 5 * _replaced_share(texts[name]), name))
    if encoding not in texts and _frequent_share(texts[best]) > 0.1:
        encoding = best
    n_wide = sum(char > "\x7f" for char in texts.get(encoding, texts[best]))
    is_sure = encoding == best and n_wide >= FEW_CHARACTERS and _frequent_share(texts[best]) > 0.1
    if encoding not in texts and not is_sure and _is_low(found["confidence"]):
        encoding = best
    content = _decoded(data, encoding)
    if content is None or content.text is None or _replaced_share(content.text) > 0.3:
        return None
    return content if is_sure else _with_report(content, _low_confidence(encoding))


def _is_low(confidence: float | None) -> bool:
    """Whether chardet itself is not sure."""
    return confidence is None or confidence < 0.8


def _low_confidence(encoding: str) -> Report:
    """That the encoding is a guess."""
    detail = f"编码不确定，按 {encoding} 读出，请核对或另存为 UTF-8 / encoding is a guess ({encoding}); check it"
    return Report(Status.PARTIAL, Reason.LOW_CONFIDENCE, detail)


def _replaced_share(text: str) -> float:
    """Share of a text's characters that stand for undecodable bytes."""
    return text.count("\ufffd") / len(text) if text else 0.0


def _decoded(data: bytes, encoding: str) -> Content | None:
    """The text in a given encoding; broken places are replaced and reported; None if there is no such encoding."""
    try:
        return Content(data.decode(encoding), MEDIA_TYPE, encoding)
    except LookupError:
        return None
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and ("incomplete" in error.reason or "truncated" in error.reason):
            return _cut(data[: error.start].decode(encoding), encoding)
        return _with_damage(data.decode(encoding, errors="replace"), encoding)


def _with_damage(text: str, encoding: str) -> Content:
    """A text in which undecodable bytes were replaced, with the report of it."""
    n, is_much = text.count("\ufffd"), _replaced_share(text) > MAX_REPLACED
    status = Status.PARTIAL if is_much else Status.OK
    return Content(text, MEDIA_TYPE, encoding, (Report(status, Reason.DAMAGED, _DAMAGED.format(n=n)),))


def _with_report(content: Content, report: Report) -> Content:
    """Content with one more report."""
    return replace(content, reports=(*content.reports, report))


def _storable(content: Content) -> Content:
    """The text without NULs and lone surrogates, which tables and spreadsheets cannot hold."""
    text = content.text or ""
    n_nul, n_lone = text.count("\x00"), len(_LONE_SURROGATE.findall(text))
    if not n_nul and not n_lone:
        return content
    detail = f"去掉 {n_nul} 个空字符、{n_lone} 个残缺代理字符 / {n_nul} NULs dropped, {n_lone} lone surrogates replaced"
    clean = _LONE_SURROGATE.sub("\ufffd", text.replace("\x00", ""))
    return _with_report(replace(content, text=clean), Report(Status.OK, Reason.CONTROLS, detail))


def _log_conflict(data: bytes, encoding: str) -> None:
    """Log that a file declares another encoding than its bytes are in."""
    found = _DECLARED.search(data[:1024])
    declared = found[1].decode("ascii").lower() if found else encoding
    if _FAMILIES.get(declared, declared) != _FAMILIES.get(encoding, encoding):
        log.info("a file declares %s but is in %s", declared, encoding)
