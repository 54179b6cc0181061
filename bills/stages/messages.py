"""The messages that tell how a bill stands: whole headlines and sentences with named places, in English.

bills/stages/words.py picks among them; a translation renders each as it stands.
"""

HEADLINES = {
    "introduced": "Introduced",
    "introduced_on": "Introduced on %(day)s",
    "nothing_on_record": "Our source lists no actions for this bill",
    "nothing_on_record_over": "Our source lists no actions for this bill, and its session ended on %(ended)s",
    "in_committee": "In the %(committee)s since %(day)s",
    "in_some_committee": "In committee since %(day)s",
    "laid_over": "Laid over in the %(committee)s since %(day)s",
    "laid_over_somewhere": "Laid over in committee since %(day)s",
    "defeated": "Defeated in the %(committee)s on %(noted)s",
    "held": "Held in the %(committee)s since %(noted)s",
    "on_floor": "On the %(chamber)s floor calendar since %(day)s",
    "passed": "Passed the %(passed)s on %(day)s",
    "passed_to_committee": "Passed the %(passed)s on %(day)s; now in the %(committee)s",
    "passed_one": "Passed the %(chamber)s on %(day)s, not yet the %(other)s",
    "passed_both": "Passed both houses, the %(chamber)s on %(day)s; not yet delivered to the Governor",
    "passed_both_over": (
        "Passed both houses, the %(chamber)s on %(day)s; our source does not show what came next"
    ),
    "passed_both_chambers": "Passed both the House and the Senate, the %(passed)s on %(day)s",
    "passed_amendment": "Constitutional amendment passed by both houses, the %(chamber)s on %(day)s",
    "delivered": "Delivered to the Governor on %(day)s",
    "delivered_over": "Delivered to the Governor on %(day)s; our source does not show what the Governor did",
    "recalled_from_governor": "Called back from the Governor on %(noted)s",
    "signed": "Signed into law on %(ended)s (chapter %(chapter)s)",
    "signed_plain": "Signed into law on %(ended)s",
    "signed_us": "Signed into law on %(ended)s (Public Law %(chapter)s)",
    "law_without_signature": "Became law without the Governor's signature on %(ended)s (chapter %(chapter)s)",
    "law_without_signature_nyc": "Became law without the Mayor's signature on %(ended)s",
    "enacted": "Became law on %(ended)s",
    "enacted_us": "Became law on %(ended)s (Public Law %(chapter)s)",
    "vetoed_ny": "Vetoed by the Governor on %(ended)s",
    "vetoed_nyc": "Vetoed by the Mayor on %(ended)s",
    "vetoed_us": "Vetoed by the President on %(ended)s",
    "veto_overridden_ny": "Became law over the Governor's veto on %(ended)s",
    "veto_overridden_nyc": "Became law over the Mayor's veto on %(ended)s",
    "veto_overridden_us": "Became law over the President's veto on %(ended)s",
    "adopted": "Adopted on %(ended)s",
    "stricken": "Withdrawn on %(ended)s: its enacting clause was struck out",
    "lost": "Voted down in the %(chamber)s on %(ended)s",
    "lost_somewhere": "Voted down on %(ended)s",
    "withdrawn": "Withdrawn on %(ended)s",
    "filed_end_of_session": "Filed at the end of the session, on %(ended)s",
    "filed": "Filed on %(ended)s, which ended it",
    "died_in_committee": "Died in the %(committee)s when the session ended on %(ended)s",
    "died_in_some_committee": "Died in committee when the session ended on %(ended)s",
    "died_on_floor": "Died on the %(chamber)s floor calendar when the session ended on %(ended)s",
    "died_passed": "Died after passing the %(passed)s: the session ended on %(ended)s",
    "died": "Died when the session ended on %(ended)s",
    "approved_by_committee": "Approved by the %(committee)s on %(day)s",
    "approved_by_some_committee": "Approved by committee on %(day)s",
    "approved_by_council": "Approved by the Council on %(day)s",
    "approved_by_council_over": "Approved by the Council on %(day)s; our source does not show what came next",
    "mayors_desk": "With the Mayor since %(day)s",
    "mayors_desk_over": "Sent to the Mayor on %(day)s; our source does not show what the Mayor did",
    "reported": "Reported by committee on %(day)s",
    "to_president": "Presented to the President on %(day)s",
    "to_president_over": (
        "Presented to the President on %(day)s; our source does not show what the President did"
    ),
    "substituted": "Replaced by %(via)s on %(ended)s",
    "substituted_unnamed": "Replaced by another bill on %(ended)s",
    "substituted_signed": "Replaced by %(via)s, which was signed into law on %(via_ended)s",
    "substituted_signed_chapter": (
        "Replaced by %(via)s, which was signed into law on %(via_ended)s (chapter %(via_chapter)s)"
    ),
    "substituted_law": "Replaced by %(via)s, which became law on %(via_ended)s",
    "substituted_vetoed": "Replaced by %(via)s, which was vetoed on %(via_ended)s",
    "substituted_adopted": "Replaced by %(via)s, which was adopted on %(via_ended)s",
    "substituted_died": "Replaced by %(via)s, which died when the session ended on %(via_ended)s",
    "substituted_ended": "Replaced by %(via)s, which has ended without becoming law",
}

SENTENCES = {
    "committee": "A committee must send it on before the whole %(chamber)s can vote on it.",
    "held": "The committee took it up on %(noted)s and held it, which usually stops a bill for that year.",
    "defeated": "The committee voted it down on %(noted)s.",
    "reference_changed": "The record also says that on %(noted)s its reference was changed to %(place)s.",
    "attorney_general": (
        "It would amend the State Constitution, and on %(noted)s went to the Attorney General for an opinion."
    ),
    "recalled": "It was called back from the %(place)s on %(noted)s.",
    "died_in_house": (
        "It died in the %(place)s on %(noted)s, at the turn of the year, and goes back to its own house."
    ),
    "floor": "It waits for a vote of the whole %(chamber)s (calendar number %(calendar)s).",
    "other_house": "To become law it must also pass the %(other)s.",
    "to_governor": "It must now be delivered to the Governor, which can take months.",
    "governor_time": "The Governor can sign it or veto it, and in some cases it becomes law unsigned.",
    "governor_time_over": (
        "The session is over, but the Governor can still sign or veto what was delivered before its end."
    ),
    "no_answer": "Look at the official page for what came of it.",
    "lines_vetoed": "The Governor struck out some of its items when signing it.",
    "memo": "The Governor's reasons are in veto memo %(memo)s.",
    "not_law": "It is not law.",
    "override_none": "The record shows no vote to override the veto.",
    "furthest": "Its furthest point so far was on %(far)s: %(rung)s. It has gone back since.",
    "furthest_dead": "Its furthest point was on %(far)s: %(rung)s.",
    "had_passed": "It had passed the %(other)s.",
    "amendment_next": (
        "To change the State Constitution, two Legislatures in a row must pass it and the voters approve it."
    ),
    "follow": "What happens to the proposal is on the record of %(via)s.",
    "again": "To go further it must be introduced again in a new session, with a new number.",
    "resolution": "A resolution states a view and changes no law.",
    "mayor_time": "The Mayor has 30 days to sign or veto it; after that it is law without a signature.",
}

RUNG_IN_WORDS = {
    "IN_SENATE_COMM": "in a Senate committee",
    "IN_ASSEMBLY_COMM": "in an Assembly committee",
    "SENATE_FLOOR": "on the Senate floor calendar",
    "ASSEMBLY_FLOOR": "on the Assembly floor calendar",
    "PASSED_SENATE": "passed the Senate",
    "PASSED_ASSEMBLY": "passed the Assembly",
    "DELIVERED_TO_GOV": "delivered to the Governor",
    "IN_COMMITTEE": "in committee",
    "APPROVED_BY_COMMITTEE": "approved by committee",
    "APPROVED_BY_COUNCIL": "approved by the Council",
    "MAYORS_DESK": "with the Mayor",
}
