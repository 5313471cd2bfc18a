"""Topics as people type them: separated by commas, semicolons, bars or new lines."""

import re

MOST = 40
LONGEST = 60


def split_topics(text):
    """The topics in the text, in order; of two that differ only in case, the first."""
    found = {}
    for part in re.split(r"[,;|\n]", text or ""):
        topic = " ".join(part.split())
        if topic:
            found.setdefault(topic.casefold(), topic)
    return list(found.values())


def trouble_with(topics):
    """What is wrong with a list of topics, in a sentence; empty when nothing is."""
    if len(topics) > MOST:
        return f"These are {len(topics)} topics. Keep the {MOST} that matter most."
    too_long = next((topic for topic in topics if len(topic) > LONGEST), None)
    if too_long:
        start = f"“{too_long[:30]}…” is longer than {LONGEST} characters."
        return f"{start} Say it in fewer words, or put commas between topics."
    return ""
