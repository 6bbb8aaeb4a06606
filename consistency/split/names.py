"""Common first names that tell a pronoun's gender."""

from __future__ import annotations

from consistency.split.cues import words as word_set

MALE = word_set(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob "
    "gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander "
    "raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan "
    "jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe "
    "jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah "
    "louis bobby philip johnny barack mitt rick newt ted marco bernie mike tim jim tom bob bill steve dave dan ben "
    "sam matt chris greg jeff tony nick rob ron ken ed fred harry charlie simon ian neil graham stuart nigel colin "
    "martin alex vladimir sergei dmitri ivan mohammed muhammad mohamed ahmed ali hassan hussein omar abdullah "
    "khalid carlos luis miguel pedro jorge antonio francisco fernando diego pierre jean francois hans karl klaus "
    "wolfgang giovanni marco luca paolo"
)
FEMALE = word_set(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret "
    "ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura "
    "cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra "
    "rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly "
    "christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice "
    "ann kathryn abigail sophia frances jean alice judy isabella julia grace amber denise danielle marilyn beverly "
    "charlotte natalie theresa diana brittany doris kayla alexis hillary nancy condoleezza angelina lindsay tara "
    "fatima aisha zainab elena natalia olga svetlana ingrid anne jane kate claire sally jill megyn melania ivanka "
    "monica wendy anita theresa angela"
)
