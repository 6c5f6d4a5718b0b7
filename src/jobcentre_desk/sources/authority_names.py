"""What the name of a column says, in Danish or English."""

from __future__ import annotations

import re
from functools import cache

from jobcentre_desk.model.imports import Target

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_JOB_WITH = r"((job|(ordinaert )?ansat|ansaettelse|employed|with|i|hos|paa) )*"
_KNOWN: tuple[tuple[Target, str], ...] = (
    (Target.JOB_ELSEWHERE, r"job (elsewhere|(et )?andet steds?|andetsteds|and(en|re) (virksomhed|arbejdsgiver)e?r?)"),
    (Target.JOB_ELSEWHERE, r"(job )?(with )?(an)?other (employer|company)|(i )?anden virksomhed|anden arbejdsgiver"),
    (Target.JOB_SAME_BRANCH, r"(job |anden virksomhed |i )*(same branch|same industry|samme branche)"),
    (Target.JOB_OTHER_BRANCH, r"(job |anden virksomhed |i )*((an)?other branch|(an)?other industry|anden branche)"),
    (Target.JOB_SAME_EMPLOYER, rf"{_JOB_WITH}(same (employer|company)|samme (virksomhed|arbejdsgiver|sted))"),
    (Target.SOLE_PROPRIETOR, r"(er )?(enkeltmand|enkeltmandsvirksomhed|personligt ejet|personlig virksomhed)"),
    (Target.SOLE_PROPRIETOR, r"(is )?sole proprietor(ship)?"),
    (Target.ADVERTISING_PROTECTED, r"(er )?reklame ?beskytte(t|lse)|(is )?advertising protect(ed|ion)"),
    (Target.SIZE_BAND, r"(virksomheds)?stoerrelse(sgruppe|sklasse)?|antal ansatte|ansatte|size( band| group)?"),
    (Target.CVR, r"(virksomhedens? )?cvr( ?(nr|nummer|no|number))?"),
    (Target.PERIOD, r"periode|kvartal|period|quarter|maaned|month|(slut|afslutnings|opgoerelses)?dato|(end )?date"),
    (Target.PERIOD, r"(aar|year) ?(kvartal|maaned|quarter|month)|tid"),
    (
        Target.MUNICIPALITY,
        r"(arbejdssteds?|beliggenheds|arbejdsstedets )?kommune ?(kode|nr|nummer|navn)?|municipality( code| name)?",
    ),
    (Target.BRANCH, r"(hoved)?branche ?(kode|nr)?( ?db ?25)?|db ?25( kode)?|branch( code)?|industry( code)?|nace"),
    (Target.OCCUPATION, r"stilling(sbetegnelse|skode|s)? ?(kode)?|disco( ?08)?( kode)?|occupation( code)?"),
    (Target.BENEFIT_GROUP, r"ydelse(sgruppe|stype|r)?|maalgruppe|benefit( group)?"),
    (Target.PROGRAMME, r"ordning|tilbud(stype)?|redskab|foranstaltning|programme?"),
    (Target.STARTED, r"(antal )?(paabegyndte?|startede?|igangsatte?|opstartede?|started)( forloeb)?"),
    (Target.COMPLETED, r"(antal )?(afsluttede?|gennemfoerte?|completed|ended)( forloeb| praktikker)?"),
    (Target.NAME, r"(virksomheds?|firma|arbejdsgiver)?navn|virksomhed(ens navn)?|arbejdsgiver|firma"),
    (Target.NAME, r"name|(employer|company)( name)?"),
)


@cache
def target_by_name(name: str) -> Target:
    """What a column of that name is; NOTHING where the name says nothing we know.

    The names of the format itself (`job_same_employer`) are known, and those in use in Danish and English; capitals,
    signs and the spelling of æ, ø and å make no difference.
    """
    plain = _NO_LETTER.sub(" ", name.casefold().translate(_LETTERS)).strip()
    if not plain:
        return Target.NOTHING
    for target in Target:
        if plain == target.value.replace("_", " "):
            return target
    return next((target for target, pattern in _KNOWN if re.fullmatch(pattern, plain)), Target.NOTHING)
