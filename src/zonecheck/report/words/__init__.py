"""What is said, in Japanese and English: one module a family of codes, `sentences` for them all."""

from zonecheck.report.words.sentences import all_words, phrase, say, wording

__all__ = ["all_words", "phrase", "say", "wording"]
