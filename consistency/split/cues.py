"""The words that mark reported speech, denial, doubt, condition and time to come."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set of words, written as one string."""
    return frozenset(text.split())


# Verbs that take what is said as a clause or as a quotation.
SPEECH = words(
    "say tell add announce report claim state declare insist argue note explain acknowledge admit confirm warn "
    "write tweet suggest assert allege maintain stress emphasize emphasise reiterate repeat recall reply respond "
    "conclude disclose reveal contend concede indicate predict testify estimate observe remark comment complain "
    "boast joke caution vow pledge promise swear declare mention affirm assure inform remind advise notify "
    "convince signal hint imply proclaim inform post quip retort shout whisper exclaim recount relate reckon opine "
    "lament charge counter retweet email text blog continue read cite rule find show learn hear deny dispute "
    "refute agree ask inquire demand urge recommend propose clarify speculate theorize guess muse posit sing quote "
    "accuse interject marvel crow gush tease echo caution stipulate determine discover understand realize decide "
    "forecast project calculate deem underline underscore highlight detail object protest specify rule interpret "
    "certify attest vouch bemoan brag chide scoff snap tout describe call answer begin"
)
# Verbs of thinking and wishing: their content is the holder's view.
THOUGHT = words(
    "think believe feel hope fear worry suspect expect assume consider want wish know see view regard prefer "
    "imagine anticipate foresee dream intend favor favour"
)
# Speech verbs that may stand after or inside what is said ("..., police said"); the others there are mostly no speech.
TAIL = (SPEECH | {"think", "believe"}) - {
    "find",
    "show",
    "learn",
    "understand",
    "decide",
    "see",
    "begin",
    "call",
    "describe",
    "agree",
    "rule",
    "cite",
    "hear",
    "post",
    "charge",
    "read",
    "ask",
    "quote",
    "demand",
    "urge",
    "project",
    "determine",
    "relate",
} | {"ask", "read", "learn", "find", "show", "agree", "rule", "post", "hear", "continue"}
# Verbs that report with "as": "As the paper reports, ...".
AS_TOLD = words("say report tell note explain write announce claim mention state observe detail suggest argue")
# Words that tie a sentence to the one before and carry nothing themselves.
LINKING = words("however moreover meanwhile furthermore still besides therefore thus nevertheless nonetheless yet")
# Verbs that tell more of a speaker after "said P, and ...".
SECOND_CUE = words("accuse criticize criticise praise condemn blame thank apologize vow refuse decline attack defend")
# Verbs that tell an addressee: "told reporters".
ADDRESSED = words("tell inform remind assure advise notify convince warn ask urge")
# Participles that carry on what the subject says: "adding that ...".
CONTINUING = SPEECH | words("believe think hope")

# What opens a heading that names whose text follows: "From the Daily Star:".
HEADING = words("from via per")
# Cues whose colon announces a block of text; after "tweeted:" an image may have been lost.
ANNOUNCING = words("said says wrote writes told tells added adds reported reports reads read stated states replied")
# "issued the following statement: ..."
ISSUING = words("issue release make give post publish send offer have")
ISSUED = words(
    "statement comment remark message announcement reply response appeal tweet explanation warning apology "
    "letter email note text memo"
)
# Verbs whose clause tells what should be ("demanded that it be released").
DEMANDING = words("demand urge recommend propose insist ask request order suggest")
# Verbs whose clause is what one would like: shown with them, never as what is.
WISHING = words("hope wish pray dream")
# Verbs whose clause is never told as a fact, whatever its form ("recommends that users update").
ORDERING = words("demand urge recommend propose request order")
# Nouns that sum up a clause that they stand beside: "X was at home, a claim repeated by Y".
SUMMING = words(
    "claim move decision allegation accusation charge assertion suggestion practice feat step process development "
    "reversal change increase decrease rise drop fall gain loss amount figure sum total number time day fact sign "
    "reference comparison contrast result pattern trend blow setback victory defeat"
)
# What one may deny in a word: "denied knowledge of the payments".
INVOLVEMENT = words("involvement role part knowledge link tie responsibility wrongdoing")

DENIAL = words("deny dismiss reject refute dispute rebut rubbish disavow repudiate debunk contradict disprove")
RUMOUR = words(
    "report claim allegation rumor rumour suggestion accusation story assertion reports speculation notion idea charge "
    "statement news belief theory insinuation talk contention assumption narrative account"
)
FALSE = words(
    "false untrue incorrect wrong baseless unfounded fake fabricated inaccurate groundless bogus ridiculous absurd "
    "misleading nonsense rubbish lie fabrication hoax fiction unsubstantiated mistaken"
)
HEDGES = words("reportedly allegedly supposedly purportedly apparently ostensibly rumoredly")
# What holds for all that is joined to the verb: "allegedly broke in and took cash".
DOUBTS = HEDGES | words("likely probably perhaps possibly presumably seemingly maybe")
WRONGLY = words("incorrectly falsely wrongly erroneously mistakenly inaccurately")
# The writer's own guess beside a verb of thinking: "he obviously thought P".
GUESSED = words("obviously apparently presumably clearly seemingly evidently plainly probably supposedly")
# Participles that tell what follows from an event, not what its subject says: ", suggesting that P".
IMPLYING = words("suggest indicate show mean imply signal prove reveal")
CONDITIONS = words("if unless until till once whether provided providing lest whenever")
WHENEVER = frozenset({"any time", "every time", "each time", "the moment", "no matter", "the more"})
LIMITS = words("until till once")
CONTRASTS = words("while whereas although though whilst")
ASSERTED = words("after because since as when")
CONSEQUENCES = words(
    "lead mean prompt cause force allow result trigger make fuel leave raise spark bring suggest reflect mark "
    "highlight underscore underline show indicate signal help"
)
# Verbs whose passive keeps an object: "given a choice".
GIVING = words(
    "give award name call offer grant hand send show teach tell deny pay allow assign lend owe ask elect appoint"
)
# Participles that tell what is, beside "is a ...": "is a town located in Ohio".
STATES = words(
    "locate situate base center centre know call name headquarter surround own populate position design dedicate "
    "mean intend devote make compose comprise connect attach relate"
)
# Participles that are as good as prepositions, or that comment: "considering the odds", "judging by the crowd".
NO_PARTICIPLE = words(
    "accord follow include exclude base compare give regard concern depend ask consider judge assume bar pend "
    "come start begin range involve pertain owe fail grant provide"
)
FUTURE = words("will 'll wo shall wilt")
FUTURE_VERBS = words("plan intend expect schedule aim slate set poise pledge promise vow")
OPINION_MODALS = words("should ought must")
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow morning afternoon evening "
    "night week month year january february march april may june july august september october november december "
    "day earlier later recently ago mon. tue. wed. thu. fri. sat. sun. hour weekend noon midnight"
)
