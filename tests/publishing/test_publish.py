"""Publishing from a folder: what is written, what stays, what is refused, and that a reader agrees."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import minisign
import pytest
from tests.builders.small_publication import CVR, FACTS, TABLES, table_csv, write_facts, write_small_input, write_table

from jobcentre_desk.errors import DeskError, FileUnwritable, InputRefused, PublicationRefused
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, TABLE_COLUMNS, Publication
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import content_hash
from jobcentre_desk.publishing.publisher_input import find_input
from jobcentre_desk.publishing.read_back import read_back
from jobcentre_desk.publishing.row_problems import RowsRefused
from jobcentre_desk.publishing.traineeships import COLUMNS
from jobcentre_desk.publishing.verify import check_resource
from jobcentre_desk.publishing.writer import publish
from jobcentre_desk.task import Task, TaskCancelled


@pytest.fixture(scope="module")
def secret_key() -> trust.SecretKey:
    return minisign.KeyPair.generate().secret_key


Publish = Callable[..., Publication]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return write_small_input(tmp_path / "input")


@pytest.fixture
def publish_again(given: Path, out: Path, secret_key: trust.SecretKey) -> Publish:
    def once(**options: int) -> Publication:
        return publish(given, out, secret_key=secret_key, task=Task(), **options)

    return once


def content(out: Path, publication: Publication, name: str) -> bytes:
    resource = next(resource for resource in publication.resources if resource.name == name)
    return check_resource(resource, (out / resource.path).read_bytes())


def records(out: Path, publication: Publication, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(out, publication, name).decode())))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_publication_holds_every_table_signed_and_readable(
    publish_again: Publish, out: Path, secret_key: trust.SecretKey
) -> None:
    publication = publish_again()
    assert [resource.name for resource in publication.resources] == [
        "areas", "branches", "occupations", "benefit_groups", "programmes", "employers",
        "outcomes-2025q03", "outcomes-2025q04", "outcomes-2026q01", "measures", "figures-y30r21.rank",
        "evidence", "practices", "cards",
    ]  # fmt: skip
    assert read_back(out, key_line=trust.public_key_of(secret_key), task=Task()) == publication
    assert set(files(out)) == {DESCRIPTION, SIGNATURE, *(resource.path for resource in publication.resources)}


def test_each_table_says_what_was_given(publish_again: Publish, out: Path) -> None:
    publication = publish_again()
    for table in TABLE_COLUMNS.keys() - {"outcomes", "figures"}:
        assert content(out, publication, table) == table_csv(table, *TABLES[table])
    assert content(out, publication, "outcomes-2025q03") == table_csv("outcomes", *TABLES["outcomes"][:2])
    assert content(out, publication, "figures-y30r21.rank") == table_csv("figures", *TABLES["figures"])


def test_the_sequence_grows_by_one(publish_again: Publish) -> None:
    assert [publish_again().sequence for _ in range(3)] == [1, 2, 3]


def test_a_lost_folder_goes_on_where_the_sequence_is_said(publish_again: Publish, out: Path) -> None:
    assert publish_again(sequence=41).sequence == 41
    shutil.rmtree(out)
    assert publish_again(sequence=42).sequence == 42
    assert publish_again().sequence == 43


def test_a_sequence_never_falls(publish_again: Publish, out: Path) -> None:
    publish_again(sequence=5)
    before = files(out)
    for asked in (5, 4, 0, -1):
        with pytest.raises(InputRefused, match="only grows"):
            publish_again(sequence=asked)
    assert files(out) == before


def test_a_damaged_description_asks_for_the_sequence(publish_again: Publish, out: Path) -> None:
    publish_again()
    (out / DESCRIPTION).write_bytes(b"{")
    with pytest.raises(InputRefused, match="--sequence"):
        publish_again()
    assert publish_again(sequence=2).sequence == 2


def test_the_folder_of_another_publisher_is_left_alone(publish_again: Publish, out: Path, given: Path) -> None:
    publish_again()
    before = files(out)
    write_facts(given, FACTS | {"publisher": "south"})
    with pytest.raises(InputRefused, match="north-jutland"):
        publish_again()
    assert files(out) == before


def test_the_same_input_gives_the_same_bytes(given: Path, tmp_path: Path, secret_key: trust.SecretKey) -> None:
    for name in ("one", "two"):
        publish(given, tmp_path / name, secret_key=secret_key, task=Task())
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_unchanged_tables_keep_their_file_untouched(publish_again: Publish, out: Path, given: Path) -> None:
    first = publish_again()
    times = {resource.path: (out / resource.path).stat().st_mtime_ns for resource in first.resources}
    changed = TABLES["outcomes"][0].replace(",3,4,1,1,0", ",3,5,1,1,0")
    write_table(given, "outcomes", changed, *TABLES["outcomes"][1:])
    second = publish_again()
    assert {new.name for new in set(second.resources) - set(first.resources)} == {"outcomes-2025q03"}
    for resource in set(second.resources) & set(first.resources):
        assert (out / resource.path).stat().st_mtime_ns == times[resource.path]


def test_a_file_of_other_compression_is_kept_while_its_table_is_the_same(publish_again: Publish, out: Path) -> None:
    first = publish_again()
    areas = first.resources[0]
    assert areas.hash == content_hash((out / areas.path).read_bytes())
    (out / areas.path).write_bytes(b"damaged")
    second = publish_again()
    assert second.resources[0] == areas
    assert content_hash((out / areas.path).read_bytes()) == areas.hash


def test_files_of_the_former_release_stay_and_older_ones_go(publish_again: Publish, out: Path, given: Path) -> None:
    paths = []
    for started in (3, 4, 5):
        row = TABLES["outcomes"][0].replace(",3,4,", f",{started},4,")
        write_table(given, "outcomes", row)
        paths.append(publish_again().resources[6].path)
    assert [(out / path).exists() for path in paths] == [False, True, True]


def test_input_may_be_compressed_and_come_from_excel(publish_again: Publish, out: Path, given: Path) -> None:
    plain = publish_again()
    for table in TABLE_COLUMNS:
        path = given / f"{table}.csv"
        text = path.read_bytes()
        if table != "cards":
            text = text.replace(b"\n", b"\r\n")
        (given / f"{table}.csv.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + text))
        path.unlink()
    again = publish_again()
    assert [r.content_hash for r in again.resources] == [r.content_hash for r in plain.resources]


def test_text_is_cleaned_on_the_way_in(publish_again: Publish, out: Path, given: Path) -> None:
    write_table(given, "programmes", "traineeship,  Praktik\u202e\t i   dag ,e\u0301", TABLES["programmes"][1])
    first = records(out, publish_again(), "programmes")[0]
    assert (first["title_da"], first["title_en"]) == ("Praktik i dag", "é")


def test_wrong_rows_refuse_the_whole_release_and_the_former_stays(
    publish_again: Publish, out: Path, given: Path
) -> None:
    publish_again()
    description = (out / DESCRIPTION).read_bytes()
    write_table(
        given, "outcomes", *TABLES["outcomes"], f"2025Q04,{CVR[0]},851,47.12,5223,cash_benefit,traineeship,1,1,1,1,1"
    )
    write_table(given, "programmes", *TABLES["programmes"], "bad code,X,X")
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("programmes.csv", 4, "code")]
    assert (out / DESCRIPTION).read_bytes() == description
    write_table(given, "programmes", *TABLES["programmes"])
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("outcomes.csv", 7, "branch")]
    assert (out / DESCRIPTION).read_bytes() == description


def test_rows_of_outcomes_are_told_by_their_place_in_the_file_of_all_quarters(
    publish_again: Publish, given: Path
) -> None:
    rows = list(TABLES["outcomes"])
    rows[1] = rows[1].replace(",1,0,0,0,0", ",x,0,0,0,0")
    rows[4] = rows[4].replace(",1,2,,,", ",1,2,0,0,0")
    write_table(given, "outcomes", *rows)
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [(p.row, p.column) for p in refused.value.problems] == [
        (3, "started"), (6, "job_same_employer"), (6, "job_same_branch"), (6, "job_other_branch"),
    ]  # fmt: skip


@pytest.mark.parametrize("quarter", ["2025Q3", "", "x", "2025q03"])
def test_a_row_of_no_quarter_is_refused(quarter: str, publish_again: Publish, given: Path) -> None:
    write_table(given, "outcomes", *TABLES["outcomes"], quarter + TABLES["outcomes"][0][7:])
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [(p.row, p.column) for p in refused.value.problems] == [(7, "quarter")]


def test_outcomes_of_another_header_are_refused(publish_again: Publish, given: Path) -> None:
    (given / "outcomes.csv").write_bytes(b"quarter,cvr\n")
    with pytest.raises(RowsRefused):
        publish_again()


@pytest.mark.parametrize("tables", [("employers",), ("outcomes",), ("employers", "outcomes"), ()])
def test_public_access_refuses_employers_and_outcomes(
    tables: tuple[str, ...], tmp_path: Path, out: Path, secret_key: trust.SecretKey
) -> None:
    without = tuple({"employers", "outcomes"} - set(tables))
    given = write_small_input(tmp_path / "public", without=without, access="public")
    if tables:
        with pytest.raises(PublicationRefused, match="public"):
            publish(given, out, secret_key=secret_key, task=Task())
        assert not (out / DESCRIPTION).exists()
    else:
        publish(given, out, secret_key=secret_key, task=Task())


def test_public_access_refuses_traineeships_too(tmp_path: Path, out: Path, secret_key: trust.SecretKey) -> None:
    given = write_small_input(tmp_path / "public", without=("employers", "outcomes"), access="public")
    (given / "traineeships.csv").write_text(",".join(COLUMNS) + "\n")
    with pytest.raises(PublicationRefused, match="traineeships"):
        publish(given, out, secret_key=secret_key, task=Task())


TRAINEESHIPS = (
    f"{CVR[0]},851,47.11,5223,cash_benefit,traineeship,2025-07-01,2025-09-30,job_same_employer",
    f"{CVR[0]},851,47.11,5223,cash_benefit,traineeship,2025-07-01,2025-09-30,no_job",
    f"{CVR[0]},851,47.11,5223,cash_benefit,traineeship,2025-12-01,2026-02-15,",
)


def test_traineeships_are_counted_and_never_copied(publish_again: Publish, out: Path, given: Path) -> None:
    (given / "outcomes.csv").unlink()
    (given / "traineeships.csv").write_text("\n".join([",".join(COLUMNS), *TRAINEESHIPS, ""]))
    publication = publish_again()
    key = f"{CVR[0]},851,47.11,5223,cash_benefit,traineeship"
    assert content(out, publication, "outcomes-2025q03") == table_csv("outcomes", f"2025Q03,{key},2,2,1,0,0")
    assert content(out, publication, "outcomes-2025q04") == table_csv("outcomes", f"2025Q04,{key},1,0,0,0,0")
    assert content(out, publication, "outcomes-2026q01") == table_csv("outcomes", f"2026Q01,{key},0,1,,,")
    for packed in (out / "tables").iterdir():
        assert b"2025-09-30" not in gzip.decompress(packed.read_bytes())
        assert "traineeships" not in packed.name


def test_traineeships_beside_outcomes_are_refused(publish_again: Publish, given: Path) -> None:
    (given / "traineeships.csv").write_text("")
    with pytest.raises(InputRefused, match="both"):
        publish_again()


def year_of_outcomes(given: Path) -> None:
    quarters = ("2024Q04", "2025Q01", "2025Q02", "2025Q03", "2025Q04", "2026Q01")
    rows = [
        f"{q},{CVR[0]},851,47.11,{o},cash_benefit,traineeship,2,3,2,0,0" for q in quarters[:-1] for o in (522, 5223)
    ]
    rows += [f"2025Q02,{CVR[1]},860,47.1,522,cash_benefit,wage_subsidy,1,2,1,0,0"]
    rows += [f"2026Q01,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,2,3,,,"]
    write_table(given, "outcomes", *rows)


def test_a_masked_publication_shows_whole_years_and_no_small_count(
    publish_again: Publish, out: Path, given: Path
) -> None:
    year_of_outcomes(given)
    publication = publish_again(minimum_count=5)
    assert (publication.minimum_count, publication.outcome_window) == (5, 4)
    assert [r.name for r in publication.resources if r.table == "outcomes"] == ["outcomes-2025q04"]
    assert content(out, publication, "outcomes-2025q04") == table_csv(
        "outcomes",
        f"2025Q04,{CVR[0]},851,47.11,all,all,all,16,24,16,0,0",
        f"2025Q04,{CVR[1]},860,47.1,all,all,all,,,,,",
    )
    for table in ("occupations", "benefit_groups", "programmes"):
        assert [row["title_da"] for row in records(out, publication, table) if row["code"] == "all"] == ["Alle"]
    assert all(row["code"] != "all" for row in records(out, publication, "branches"))


def test_publication_json_alone_may_ask_for_masking(publish_again: Publish, given: Path) -> None:
    year_of_outcomes(given)
    write_facts(given, FACTS | {"minimum_count": 3})
    assert publish_again().outcome_window == 4


def test_masking_counts_back_from_a_known_quarter_and_needs_one(publish_again: Publish, given: Path) -> None:
    write_facts(given, FACTS | {"outcomes_known_through": None})
    with pytest.raises(InputRefused, match="outcomes_known_through"):
        publish_again(minimum_count=5)


def test_traineeships_are_masked_as_outcomes_are(publish_again: Publish, out: Path, given: Path) -> None:
    (given / "outcomes.csv").unlink()
    earlier = [row.replace("2025-07-01,2025-09-30", "2025-01-15,2025-02-01") for row in TRAINEESHIPS[:2]]
    (given / "traineeships.csv").write_text("\n".join([",".join(COLUMNS), *earlier, *TRAINEESHIPS, ""]))
    publication = publish_again(minimum_count=2)
    key = f"{CVR[0]},851,47.11,all,all,all"
    assert content(out, publication, "outcomes-2025q04") == table_csv("outcomes", f"2025Q04,{key},5,4,2,0,0")


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(text)

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (remove("publication.json"), "publication.json"),
        (write("publication.json", "{"), "JSON"),
        (write("publication.json", json.dumps(FACTS | {"access": "all"})), "access"),
        (write("publication.json", json.dumps(FACTS | {"publisher": "A B"})), "publisher"),
        (write("publication.json", json.dumps(FACTS | {"next_key": "x"})), "next_key"),
        (write("outcome.csv", ""), "outcome.csv"),
        (write("areas.csv.gz", "x"), "twice"),
        (remove("employers.csv"), "employers"),
        (remove("benefit_groups.csv"), "benefit_groups"),
        (shutil.rmtree, "cannot be read"),
    ],
)
def test_wrong_input_is_told_in_a_sentence_and_nothing_is_published(
    change: Callable[[Path], None], said: str, publish_again: Publish, given: Path, out: Path
) -> None:
    change(given)
    with pytest.raises((InputRefused, PublicationRefused)) as refused:
        publish_again()
    assert said in refused.value.message
    assert refused.value.hint
    assert not (out / DESCRIPTION).exists()


def test_a_damaged_compressed_table_is_told(publish_again: Publish, given: Path) -> None:
    (given / "areas.csv").unlink()
    for broken in (b"no gzip", gzip.compress(b"code\n" * 1000)[:-20]):
        (given / "areas.csv.gz").write_bytes(broken)
        with pytest.raises(InputRefused, match="areas"):
            publish_again()


def test_an_output_that_cannot_be_written_is_told(given: Path, tmp_path: Path, secret_key: trust.SecretKey) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileUnwritable):
        publish(given, tmp_path / "file" / "out", secret_key=secret_key, task=Task())


def test_a_cancelled_publication_leaves_the_former_release(
    publish_again: Publish, given: Path, out: Path, secret_key: trust.SecretKey
) -> None:
    publish_again()
    before = (out / DESCRIPTION).read_bytes()
    task = Task()
    task.cancel()
    with pytest.raises(TaskCancelled):
        publish(given, out, secret_key=secret_key, task=task)
    assert (out / DESCRIPTION).read_bytes() == before
    assert publish_again().sequence == 2


def test_the_next_key_is_carried(publish_again: Publish, given: Path) -> None:
    line = trust.public_key_of(minisign.KeyPair.generate().secret_key)
    write_facts(given, FACTS | {"next_key": line})
    assert publish_again().next_key == line


def test_the_demonstration_key_publishes_demonstrations_alone(given: Path, out: Path) -> None:
    with pytest.raises(PublicationRefused, match="demonstration"):
        publish(given, out, secret_key=trust.demonstration_secret_key(), task=Task())
    assert not (out / DESCRIPTION).exists()
    write_facts(given, FACTS | {"demonstration": True})
    assert publish(given, out, secret_key=trust.demonstration_secret_key(), task=Task()).demonstration


@pytest.mark.parametrize("table", ["employers", "outcomes-2025q03", "cards", "areas"])
def test_reading_back_notices_each_altered_or_missing_file(
    table: str, publish_again: Publish, out: Path, secret_key: trust.SecretKey
) -> None:
    publication = publish_again()
    path = out / next(resource.path for resource in publication.resources if resource.name == table)
    packed = path.read_bytes()
    path.write_bytes(packed[:-1] + bytes([packed[-1] ^ 1]))
    with pytest.raises(PublicationRefused, match="hash"):
        read_back(out, key_line=trust.public_key_of(secret_key), task=Task())
    path.unlink()
    with pytest.raises(DeskError, match="cannot be read"):
        read_back(out, key_line=trust.public_key_of(secret_key), task=Task())


def test_outcomes_with_quotation_marks_are_the_same_outcomes(publish_again: Publish, given: Path) -> None:
    plain = publish_again()
    lines = (given / "outcomes.csv").read_text().splitlines()
    quoted = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in lines)
    (given / "outcomes.csv").write_text(quoted, newline="")
    assert publish_again().resources == plain.resources
    (given / "outcomes.csv").write_text(quoted + '"2025Q03', newline="")
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [problem.row for problem in refused.value.problems] == [7]


def test_a_hundred_rows_of_no_quarter_are_enough(publish_again: Publish, given: Path) -> None:
    write_table(given, "outcomes", *["x,"] * 200)
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert [problem.row for problem in refused.value.problems] == list(range(2, 102))


def test_wrong_employers_are_told_beside_wrong_rows_of_other_tables(publish_again: Publish, given: Path) -> None:
    write_table(given, "programmes", "bad code,X,X")
    write_table(given, "employers", *TABLES["employers"], "1,N,H,851,,false,false")
    with pytest.raises(RowsRefused) as refused:
        publish_again()
    assert {problem.file for problem in refused.value.problems} == {"programmes.csv", "employers.csv"}


def test_a_disk_that_is_full_is_not_blamed_on_the_input(given: Path) -> None:
    with pytest.raises(OSError, match="full"), find_input(given).open("areas"):
        raise OSError(errno.ENOSPC, "full")
