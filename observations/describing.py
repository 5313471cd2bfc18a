"""Words that judge, in what people write: notes are nudged to describe, and look-fors cannot be ratings."""

import re

JUDGING = re.compile(
    r"""\b(
    good(?!\ (?:morning|afternoon|day)) | great | excellent | amazing | awesome | wonderful | perfect | nice | nicely |
    lovely | impressive | bad | poor | poorly | weak | weaker | weakest | strong | stronger | strongest | better |
    best | worse | worst | should | shouldn['’]t | ought | needs?\ to | fail(?:s|ed)? | failure | boring | lazy |
    messy | chaotic | effective | effectively | ineffective | successful | unsuccessful | disappointing | mediocre |
    adequate | inadequate | terrible | awful | sloppy | unprepared | well[ -](?:done|managed|planned|run)
    )\b""",
    re.I | re.X,
)
RATING = re.compile(
    r"""\b(?:
    rat(?:e|es|ed|ing|ings) | scor(?:e|es|ed|ing) | rank(?:s|ed|ing)? | rubrics? | stars? | scales? | evaluat\w* |
    apprais\w* | proficien\w* | unsatisfactory | distinguished | (?:in)?effective(?:ness|ly)? |
    how\ (?:good|well|strong|weak|bad|effective)\w* | out\ of\ (?:\d+|four|five|ten) |
    (?:grade|mark|judge|assess)\ (?:(?:the|your|a|each|this|every)\ )?(?:teacher|host|colleague|lesson|teaching)
    )\b
    | \b[01]\s*(?:-|–|—|to|through|\.\.\.?)\s*(?:4|5|6|7|10|100)\b
    | \b\d+\s*/\s*(?:4|5|6|10|100)\b""",
    re.I | re.X,
)
QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
MOST = 4


def judging_words(*texts):
    """The words of the texts that judge rather than describe, each once, at most four. What is quoted was said."""
    found = [word.lower() for text in texts for word in JUDGING.findall(QUOTED.sub(" ", text))]
    return list(dict.fromkeys(found))[:MOST]


def nudge(*texts):
    """A gentle sentence for a note that judges, or an empty text. It blocks nothing."""
    words = [f"“{word}”" for word in judging_words(*texts)]
    if not words:
        return ""
    said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    verb = "is a verdict" if len(words) == 1 else "are verdicts"
    return f"{said} {verb}. What did you see or hear that made you think so? Change it if you like: it is saved."


def is_rating(label):
    """Whether a look-for asks for a rating of somebody instead of what is seen, heard, counted, asked or wondered."""
    return bool(RATING.search(label))
