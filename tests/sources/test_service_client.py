"""Questions to a service: the key stays in its header, faults are told, and a cancel is felt at once."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.builders.jobindsats_reading import QUICK, client_of
from tests.service import jobindsats_service as service_faults
from tests.service import publication_server
from tests.service.jobindsats_service import BOM, JobindsatsService
from tests.service.publication_server import Fault, took_at_most

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError, InputRefused, SourceUnreachable
from jobcentre_desk.sources.service_client import Digits, ServiceClient, ServiceRefused, service_address
from jobcentre_desk.task import Task, TaskCancelled

CANARY = "canary/4711+key=="
PATH = "tables?format=json"
MOST = 1_000_000


@pytest.fixture
def service() -> Iterator[JobindsatsService]:
    with JobindsatsService.of(None, key=CANARY) as started:
        yield started


def ask(service: JobindsatsService, *, most_bytes: int = MOST, task: Task | None = None) -> bytes:
    with client_of(service, task=task) as client:
        return client.get(PATH, most_bytes=most_bytes)


def refusal(service: JobindsatsService, fault: Fault | None = None, *, most_bytes: int = MOST) -> DeskError:
    """What a person is told; the key is nowhere in it, nor in the errors behind it."""
    if fault is not None:
        service.faults = {"*": fault}
    with pytest.raises(DeskError) as caught:
        ask(service, most_bytes=most_bytes)
    everything = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert CANARY not in everything
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def told(body: bytes, status: int = 422) -> Fault:
    return lambda handler, _content: handler.answer(status, body)


def test_the_key_goes_in_the_header_and_not_in_the_address(service: JobindsatsService) -> None:
    with client_of(service) as client:
        body = client.get(PATH, most_bytes=MOST)
        assert client.bytes_fetched == len(body) > 1000
        assert CANARY not in repr(client)
    assert service.headers[0]["Authorization"] == f"Bearer {CANARY}"
    assert service.headers[0]["Accept-Encoding"] == "identity"
    assert all(CANARY not in path for path, _status in service.requests)


def test_a_question_can_be_posted_as_json(service: JobindsatsService) -> None:
    with client_of(service) as client:
        body = client.post("echo", {"table": "FOLK1A", "område": "*"}, most_bytes=MOST)
        assert json.loads(body) == {"table": "FOLK1A", "område": "*"}
    assert service.headers[0]["Content-Type"] == "application/json; charset=utf-8"


def test_a_posted_question_is_never_sent_on(service: JobindsatsService) -> None:
    service.faults = {"echo": publication_server.redirect("/v3/tables")}
    with client_of(service) as client, pytest.raises(SourceUnreachable, match="points to another address"):
        client.post("echo", {}, most_bytes=MOST)
    assert len(service.requests) == 1


def test_a_key_that_is_not_accepted_is_told_with_what_to_do(service: JobindsatsService) -> None:
    service.key = "another-key"
    with client_of(service, key=CANARY) as client, pytest.raises(ServiceRefused) as caught:
        client.get(PATH, most_bytes=MOST)
    assert caught.value.status == 401
    assert "key was not accepted" in caught.value.message
    assert "Enter the key again" in caught.value.hint
    assert len(service.requests) == 1


def test_a_missing_key_is_asked_for(service: JobindsatsService) -> None:
    client = ServiceClient(service.base, task=Task(), limits=QUICK, ends_at=time.monotonic() + 9)
    with pytest.raises(ServiceRefused, match="asks for a key"):
        client.get(PATH, most_bytes=MOST)
    client.close()


def test_a_passing_403_in_plain_text_is_tried_again(service: JobindsatsService) -> None:
    service.faults, service.times = {"*": service_faults.forbidden_in_plain_text}, {"*": 1}
    assert ask(service)
    assert [status for _path, status in service.requests] == [403, 200]


def test_a_403_that_stays_is_told(service: JobindsatsService) -> None:
    error = refusal(service, service_faults.forbidden_in_plain_text)
    assert isinstance(error, SourceUnreachable)
    assert "for the moment" in error.message
    assert len(service.requests) == QUICK.tries


def test_a_403_that_says_so_in_json_is_about_the_key(service: JobindsatsService) -> None:
    error = refusal(service, told(b'{"code": 403, "cause": "No access"}', 403))
    assert isinstance(error, ServiceRefused)
    assert "key was not accepted" in error.message


def test_the_cause_of_a_422_stands_in_the_sentence(service: JobindsatsService) -> None:
    error = refusal(service, service_faults.refused("Unknown hierarchies: ['_omrade']"))
    assert isinstance(error, ServiceRefused)
    assert (error.status, error.cause) == (422, "Unknown hierarchies: ['_omrade']")
    assert "Unknown hierarchies: ['_omrade']" in error.message
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        f'{{"cause": "Bad token {CANARY} used"}}'.encode(),
        json.dumps({"cause": f"Bad token {CANARY}"}).replace("/", "\\/").encode(),
        f"no json, but {CANARY}".encode(),
        b'{"cause": "' + b"x" * 299 + CANARY.encode() + b'"}',
    ],
)
def test_a_service_that_repeats_the_key_is_not_quoted_with_it(service: JobindsatsService, body: bytes) -> None:
    error = refusal(service, told(body))
    assert CANARY[:8] not in error.message
    assert len(error.message) < 500


def test_a_cause_is_shown_as_one_line_of_plain_text(service: JobindsatsService) -> None:
    error = refusal(service, told(b'{"cause": "a\\u0000b\\n\\u202ec <b>d</b>"}'))
    assert "a b c <b>d</b>" in error.message


@pytest.mark.parametrize("form", [CANARY, CANARY.replace("/", "\\/"), "canary%2F4711%2Bkey%3D%3D"])
def test_an_answer_that_repeats_the_key_is_refused(service: JobindsatsService, form: str) -> None:
    service.bodies = {"tables": f'{{"columns": ["{form}"], "rows": []}}'.encode()}
    assert "repeats the key" in refusal(service).message


def test_retry_after_is_waited_for(service: JobindsatsService) -> None:
    service.faults, service.times = {"*": service_faults.too_many(1)}, {"*": 1}
    started = time.monotonic()
    assert ask(service)
    assert time.monotonic() - started >= 1


def twenty_minutes_from_now() -> str:
    return text.moment(dt.datetime.now().astimezone() + dt.timedelta(minutes=20)).replace("\xa0", " ")


def test_a_pause_nobody_waits_for_is_told_at_once_and_kept_to(service: JobindsatsService) -> None:
    service.faults = {"*": service_faults.too_many(1200)}
    earliest = twenty_minutes_from_now()
    with client_of(service) as client:
        with took_at_most(0.5), pytest.raises(SourceUnreachable, match="asks not to be asked again before") as caught:
            client.get(PATH, most_bytes=MOST)
        with pytest.raises(SourceUnreachable) as again:
            client.get("subjects", most_bytes=MOST)
    assert len(service.requests) == 1
    assert str(again.value) == str(caught.value)
    told_at = caught.value.message.partition("not to be asked again before ")[2].rstrip(".")
    assert told_at in {earliest, twenty_minutes_from_now()}


def test_a_pause_beyond_all_calendars_is_told_too(service: JobindsatsService) -> None:
    assert "asks not to be asked again before" in refusal(service, service_faults.too_many(10**30)).message


def test_too_many_questions_is_told(service: JobindsatsService) -> None:
    assert "too many questions" in refusal(service, service_faults.too_many(0)).message


def test_a_slow_answer_within_the_minute_is_waited_for(service: JobindsatsService) -> None:
    service.faults = {"*": service_faults.late(1.2)}
    assert ask(service)


def test_a_text_about_the_key_is_not_taken_for_data(service: JobindsatsService) -> None:
    service.faults = {"*": service_faults.bad_key_text}
    with client_of(service) as client, pytest.raises(ServiceRefused, match="a text instead of data: “Invalid API key"):
        client.read_json(client.get(PATH, most_bytes=MOST))


def test_data_that_break_off_are_told_as_such(service: JobindsatsService) -> None:
    service.faults = {"*": publication_server.shortened}
    with client_of(service) as client, pytest.raises(ServiceRefused, match="breaks off or is damaged"):
        client.read_json(client.get(PATH, most_bytes=MOST))


@pytest.mark.parametrize("text", ["[NaN]", "[" * 5000, '{"a":', "\xff\xfe", ""])
def test_what_is_no_json_is_refused(service: JobindsatsService, text: str) -> None:
    with client_of(service) as client, pytest.raises(ServiceRefused):
        client.read_json(text.encode("latin-1"))


def test_more_parts_than_any_answer_has_are_refused_before_they_are_read(service: JobindsatsService) -> None:
    with client_of(service) as client, pytest.raises(ServiceRefused, match="longer than"):
        client.read_json(b"[" + b"[]," * 500_000 + b"0]")


def test_numbers_keep_their_digits_and_a_byte_order_mark_is_accepted(service: JobindsatsService) -> None:
    with client_of(service) as client:
        told_numbers = client.read_json(BOM + b'[1.10, 100000000000000000000001, -0.0, "1.10", null]')
    assert told_numbers == ["1.10", "100000000000000000000001", "-0.0", "1.10", None]
    assert isinstance(told_numbers, list)
    assert [isinstance(number, Digits) for number in told_numbers] == [True, True, True, False, False]


BROKEN: dict[str, Fault] = {
    "truncated": publication_server.truncated,
    "reset": publication_server.reset,
    "stalled": publication_server.stalled,
    "silent": publication_server.silent,
    "endless": publication_server.endless,
    "over_declared": publication_server.over_declared,
    "huge_header": publication_server.huge_header,
    "unavailable": publication_server.status(503, Retry_After="0"),
    "missing": publication_server.status(404),
    "other_host": publication_server.redirect("https://example.org/v3/tables"),
    "other_port": publication_server.redirect("http://127.0.0.1:1/v3/tables"),
    "loop": publication_server.redirect("/v3/tables"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_server_is_told_in_a_sentence(service: JobindsatsService, name: str) -> None:
    limits = replace(QUICK, silence=0.4, service_silence=0.4, tries=2)
    service.faults = {"*": BROKEN[name]}
    with took_at_most(6), client_of(service, limits=limits) as client, pytest.raises(DeskError) as caught:
        client.get(PATH, most_bytes=MOST)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_the_key_never_goes_to_another_server(service: JobindsatsService) -> None:
    with JobindsatsService.of(None) as other:
        refusal(service, publication_server.redirect(f"{other.base}/tables"))
        assert other.requests == []


def test_an_answer_longer_than_expected_is_refused(service: JobindsatsService) -> None:
    assert "longer than 100 bytes" in refusal(service, most_bytes=100).message


@pytest.mark.parametrize("fault", [publication_server.silent, publication_server.stalled, publication_server.drip])
def test_a_cancel_is_felt_within_half_a_second(service: JobindsatsService, fault: Fault) -> None:
    service.faults = {"*": fault}
    task = Task()
    threading.Timer(0.3, task.cancel).start()
    started = time.monotonic()
    with pytest.raises(TaskCancelled):
        ask(service, task=task)
    assert time.monotonic() - started < 0.8


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "dash – key", "\x00", "é"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ServiceRefused) as caught:
        ServiceClient("https://api.example.org/v3", task=Task(), limits=QUICK, ends_at=0, key=key)
    assert key not in caught.value.message


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.org/v3", "http://localhost:8000/v3", "ftp://127.0.0.1/", "https://", "", "api.example.org",
        "https://user:secret@api.example.org/v3", "https://api.example.org/v3?key=secret", "https://api.example.org/#x",
        "http://127.0.0.1.example.org/v3", "https://[::1", "http://127.0.0.1:port/v3",
    ],
)  # fmt: skip
def test_a_base_address_is_encrypted_or_on_this_machine(address: str) -> None:
    with pytest.raises(InputRefused):
        service_address(address)


def test_a_good_base_address_loses_its_last_slash() -> None:
    assert service_address(" https://api.example.org/v3/ ") == "https://api.example.org/v3"
    assert service_address("http://127.0.0.1:8931/v3") == "http://127.0.0.1:8931/v3"
