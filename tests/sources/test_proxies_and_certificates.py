"""The network as the system has it: its proxy for https, its certificates, and this machine without either."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.builders.synced_home import QUICK
from tests.service import publication_server
from tests.service.publication_server import PublicationServer, took_at_most
from tests.service.tls import HOST, Authority, TunnelProxy, encrypt

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.sources.fetch import Fetcher
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.task import Task, TaskCancelled

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
BODY = b'{"figures": [1, 2, 3]}'


@dataclass
class Network:
    """An encrypted server behind a proxy, and the authority that vouches for it."""

    server: PublicationServer
    port: int
    proxy: TunnelProxy
    authority: Path

    def fetch(self, host: str = HOST, *, task: Task | None = None) -> bytes:
        fetcher = Fetcher(f"https://{host}", task=task or Task(), limits=QUICK, ends_at=time.monotonic() + 20)
        try:
            answer = fetcher.get("figures.json", most_bytes=1_000_000)
        finally:
            fetcher.close()
        assert answer is not None
        return answer.body


@pytest.fixture(scope="module")
def network_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    folder = tmp_path_factory.mktemp("network")
    (folder / "web").mkdir()
    (folder / "web" / "figures.json").write_bytes(BODY)
    authority = Authority(folder)
    with PublicationServer(folder / "web") as server:
        port = encrypt(server, authority.server_context(folder))
        with TunnelProxy(port) as proxy:
            yield Network(server, port, proxy, authority.file)


@pytest.fixture
def network(network_of_module: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    for name in (*PROXIES, *CERTIFICATES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(network_of_module.authority))
    network_of_module.proxy.asked.clear()
    yield network_of_module
    network_of_module.server.forget()


def test_https_goes_through_the_proxy_of_the_system(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    assert network.fetch() == BODY
    assert network.proxy.asked == [f"{HOST}:443"]


def test_a_service_goes_through_the_proxy_and_its_key_only_through_the_tunnel(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    client = ServiceClient(
        f"https://{HOST}", task=Task(), limits=QUICK, ends_at=time.monotonic() + 20, key="canary-key-2"
    )
    assert client.get("figures.json", most_bytes=1000) == BODY
    client.close()
    assert network.server.headers[-1]["Authorization"] == "Bearer canary-key-2"
    assert "canary" not in "".join(network.proxy.asked)


def test_this_machine_is_never_asked_through_a_proxy(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    monkeypatch.setenv("ALL_PROXY", network.proxy.address)
    assert network.fetch(f"127.0.0.1:{network.port}") == BODY
    assert network.proxy.asked == []


def test_hosts_named_in_no_proxy_are_asked_directly(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    monkeypatch.setenv("NO_PROXY", "example.test")
    with pytest.raises(SourceUnreachable):
        network.fetch()
    assert network.proxy.asked == []


def test_a_certificate_that_the_system_does_not_know_is_not_trusted(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    network.server.requests.clear()
    with pytest.raises(SourceUnreachable, match="could not prove who it is"):
        network.fetch(f"127.0.0.1:{network.port}")
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    with pytest.raises(SourceUnreachable, match="could not prove who it is"):
        network.fetch()
    assert network.server.requests == []


def test_a_proxy_that_is_gone_is_told_with_its_remedy(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(SourceUnreachable, match="cannot be reached"):
        network.fetch()


@pytest.mark.parametrize("fault", [publication_server.silent, publication_server.stalled])
def test_a_fetch_through_a_proxy_is_cancelled_within_half_a_second(
    network: Network, monkeypatch: pytest.MonkeyPatch, fault: publication_server.Fault
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", network.proxy.address)
    network.server.faults["*"] = fault
    task = Task()
    timer = threading.Timer(0.2, task.cancel)
    timer.start()
    with took_at_most(0.2 + 0.5), pytest.raises(TaskCancelled):
        network.fetch(task=task)
    timer.join()
