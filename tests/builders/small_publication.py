"""A small invented authority publication, as the input folder of `publish`: every table has a few rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from jobcentre_desk.model.publication import TABLE_COLUMNS

FACTS: dict[str, object] = {
    "publisher": "north-jutland",
    "publisher_name": "Nordjylland, opdigtet",
    "released": "2026-04-15",
    "next_release": "2026-07-15",
    "stale_after": "2026-09-01",
    "definitions_version": "1",
    "outcomes_known_through": "2025Q04",
    "access": "authority",
}

CVR = ("10000009", "10000017", "10000025", "10000033")

_CARD = (
    "c1,employer_contact,Kort,Card,Tema,Theme,Fordi,Because,y30r21.rank,peers,10,"
    '"Et?\nTo?\nTre?","One?\nTwo?\nThree?",Sådan,So,Se på,Look at,1 time,Egne ord,2026-01-01'
)

TABLES: dict[str, tuple[str, ...]] = {
    "areas": (
        "000,country,Hele landet,All Denmark,,,,,",
        "081,region,Region Nordjylland,North Denmark Region,000,,,,",
        "851,municipality,Aalborg,Aalborg,081,Storbykommuner,5,1,860;820",
        "860,municipality,Hjørring,Hjørring,081,Provinsbykommuner,5,0,851",
        "820,municipality,Vesthimmerlands,Vesthimmerland,081,,4,1,851",
        "fund-12,fund,HK,HK,,,,,",
    ),
    "branches": (
        "G,,1,Handel,Trade",
        "47,G,2,Detailhandel,Retail",
        '47.1,47,3,"Butikker, blandet",Shops',
        "47.11,47.1,4,Supermarkeder,Supermarkets",
        "H,,1,Transport,Transport",
    ),
    "occupations": ("5,,1,Service,Service", "52,5,2,Salg,Sales", "522,52,3,Butik,Shop", "5223,522,4,Ekspedient,Clerk"),
    "benefit_groups": (
        "cash_benefit,Kontanthjælp,Cash benefit",
        "unemployment_benefit,A-dagpenge,Unemployment benefit",
    ),
    "programmes": ("traineeship,Virksomhedspraktik,Traineeship", "wage_subsidy,Løntilskud,Wage subsidy"),
    "employers": (
        f"{CVR[0]},Nørre Brød A/S,47.11,851,1-4,false,false",
        f'{CVR[1]},"Østergård, Hansen & Søn I/S",47.1,860,5-9,true,false',
        f"{CVR[2]},Ålborg Fragt ApS,H,851,,false,true",
        f"{CVR[3]},Łódź Import,47.11,820,1-4,false,false",
    ),
    "outcomes": (
        f"2025Q03,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,3,4,1,1,0",
        f"2025Q03,{CVR[1]},860,47.1,522,unemployment_benefit,traineeship,1,0,0,0,0",
        f"2025Q04,{CVR[0]},851,47.11,5223,cash_benefit,wage_subsidy,2,5,2,0,1",
        f"2025Q04,{CVR[2]},851,H,5223,cash_benefit,traineeship,0,,,,",
        f"2026Q01,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,1,2,,,",
    ),
    "measures": (
        "y30r21.rank,Rang,Rank,Rang i landet,Rank in the country,,,place,low_is_good,,STAR,2020,1,,,STAR,2027",
    ),
    "figures": (
        "y30r21.rank,851,2022QMAT04,all,57,,,known",
        "y30r21.rank,860,2022QMAT04,cash_benefit,,,,hidden",
    ),
    "evidence": (
        "e1,traineeship,cash_benefit,job,1,RCT,DK,1,1,1,1,0.5,0.07,points,2,2019,Nielsen 2019,https://example.org/e1",
    ),
    "practices": ("p1,851,Fast kontakt,To gange om ugen,traineeship,cash_benefit,positive,2026-01-31",),
    "cards": (_CARD,),
}


def write_small_input(folder: Path, *, without: tuple[str, ...] = (), **facts: object) -> Path:
    """Write the input folder but for the tables named; keywords change publication.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, lines in TABLES.items():
        if table not in without:
            write_table(folder, table, *lines)
    write_facts(folder, FACTS | facts)
    return folder


def write_facts(folder: Path, facts: Mapping[str, object]) -> None:
    """Write publication.json."""
    (folder / "publication.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def write_table(folder: Path, table: str, *lines: str) -> None:
    """Write one table of the input, header first."""
    (folder / f"{table}.csv").write_bytes(table_csv(table, *lines))


def table_csv(table: str, *lines: str) -> bytes:
    """The CSV of one table from its lines."""
    return "".join(f"{line}\n" for line in (",".join(TABLE_COLUMNS[table]), *lines)).encode()
