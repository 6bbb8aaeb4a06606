"""The words that mark reported speech, denial, doubt, condition and time to come."""
from __future__ import annotations

# Verbs that take what is said as a clause or as a quotation.
SPEECH = frozenset(
    "say tell add announce report claim state declare insist argue note explain acknowledge admit confirm warn write tweet "
    "suggest assert allege maintain stress emphasize emphasise reiterate repeat recall reply respond conclude disclose "
    "reveal contend concede indicate predict testify estimate observe remark comment complain boast joke caution vow pledge "
    "promise swear declare mention affirm assure inform remind advise notify convince signal hint imply proclaim inform "
    "post quip retort shout whisper exclaim recount relate reckon opine lament charge counter retweet email text blog "
    "continue read cite rule find show learn hear deny dispute refute agree ask inquire demand urge recommend propose "
    "clarify speculate theorize guess muse posit sing quote accuse interject marvel crow gush tease echo caution stipulate "
    "determine discover understand realize decide forecast project calculate deem underline underscore highlight detail "
    "object protest specify rule interpret certify attest vouch bemoan brag chide scoff snap tout describe call answer begin".split()
)
# Verbs of thinking and wishing: their content is the holder's view.
THOUGHT = frozenset(
    "think believe feel hope fear worry suspect doubt expect assume consider want wish know see view regard prefer imagine "
    "anticipate foresee dream intend favor favour doubt".split()
)
# Speech verbs that may stand after or inside what is said ("..., police said"); the others there are mostly no speech.
TAIL = (SPEECH | {"think", "believe"}) - {
    "find", "show", "learn", "understand", "decide", "see", "begin", "call", "describe", "agree", "rule", "cite",
    "hear", "post", "charge", "read", "ask", "quote", "demand", "urge", "project", "determine", "relate",
} | {"ask", "read", "learn", "find", "show", "agree", "rule", "post", "hear", "continue"}
# Verbs that report with "as": "As the paper reports, ...".
AS_TOLD = frozenset("say report tell note explain write announce claim mention state observe detail suggest argue".split())
# Words that tie a sentence to the one before and carry nothing themselves.
LINKING = frozenset("however moreover meanwhile furthermore still besides therefore thus nevertheless nonetheless yet".split())
# Verbs that tell more of a speaker after "said P, and ...".
SECOND_CUE = frozenset(
    "accuse criticize criticise praise condemn blame thank apologize vow refuse decline attack defend".split()
)
# Verbs that tell an addressee: "told reporters".
ADDRESSED = frozenset("tell inform remind assure advise notify convince warn ask urge".split())
# Participles that carry on what the subject says: "adding that ...".
CONTINUING = SPEECH | frozenset("believe think hope".split())

DENIAL = frozenset("deny dismiss reject refute dispute rebut rubbish disavow repudiate debunk contradict disprove".split())
RUMOUR = frozenset(
    "report claim allegation rumor rumour suggestion accusation story assertion reports speculation notion idea charge "
    "statement news belief theory insinuation talk contention assumption narrative account".split()
)
FALSE = frozenset(
    "false untrue incorrect wrong baseless unfounded fake fabricated inaccurate groundless bogus ridiculous absurd "
    "misleading nonsense rubbish lie fabrication hoax fiction unsubstantiated mistaken".split()
)
HEDGES = frozenset("reportedly allegedly supposedly purportedly apparently ostensibly rumoredly".split())
CONDITIONS = frozenset("if unless until till once whether provided providing lest whenever".split())
CONTRASTS = frozenset("while whereas although though whilst".split())
ASSERTED = frozenset("after because since as when".split())
FUTURE = frozenset("will 'll wo shall wilt".split())
FUTURE_VERBS = frozenset("plan intend expect schedule aim slate set poise pledge promise vow".split())
OPINION_MODALS = frozenset("should ought must".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow morning afternoon evening night week "
    "month year january february march april may june july august september october november december day earlier later "
    "recently ago mon. tue. wed. thu. fri. sat. sun. hour weekend noon midnight".split()
)
