"""Asks Wikidata's API and query service, as its rules of use want it: batched, with a contact, waiting when told to.

Nothing here runs unless somebody asks for it (`khabar gazetteer update`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import urllib3

from kg import __version__
from kg.errors import ServiceError

API = "https://www.wikidata.org/w/api.php"
QUERY_SERVICE = "https://query.wikidata.org/sparql"
BATCH = 50  # ids a call of wbgetentities takes from clients without higher limits
MAXLAG = 5  # seconds of replication lag above which the API shall refuse (mediawiki.org, Manual:Maxlag parameter)
_TRIES = 5
_LONGEST_WAIT = 120.0


@dataclass
class Client:
    """One user of Wikidata. `contact` (an address or page) goes into the User-Agent, as Wikimedia's policy asks.

    Answers about items are kept in `cache`, a file an item, and used again for `fresh`.
    """

    contact: str
    cache: Path
    api: str = API
    query_service: str = QUERY_SERVICE
    fresh: timedelta = timedelta(days=7)
    pause: float = 1.0  # seconds before trying again where the server names none
    _http: urllib3.PoolManager = field(init=False)

    def __post_init__(self) -> None:
        retry = urllib3.Retry(
            total=_TRIES,
            status_forcelist=(429, 500, 502, 503, 504),
            backoff_factor=self.pause,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        agent = f"khabar/{__version__} ({self.contact}) urllib3"
        self._http = urllib3.PoolManager(headers={"User-Agent": agent}, retries=retry, timeout=urllib3.Timeout(60))

    def entities(self, items: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each item asked for with its JSON entity, from the cache or in batches; `{"missing": ""}` where it is gone.

        A merged item comes with the entity it was merged into, which names both under `redirects`. Raises
        `ServiceError` when the API refuses, or does not answer after several tries.
        """
        wanted = list(dict.fromkeys(items))
        unknown = []
        for item in wanted:
            kept = self._kept(item)
            if kept is None:
                unknown.append(item)
            else:
                yield item, kept
        for start in range(0, len(unknown), BATCH):
            batch = unknown[start : start + BATCH]
            found = self._ask(batch)
            for item in batch:
                entity = found.get(item, {"missing": ""})
                self._keep(item, entity)
                yield item, entity

    def select(self, query: str) -> list[str]:
        """The items that a SELECT binds to `?item`. Raises `ServiceError` as above."""
        fields = {"query": query, "format": "json"}
        answer = self._json(self.query_service, fields, {"Accept": "application/sparql-results+json"})
        rows = answer.get("results", {}).get("bindings", [])
        return [row["item"]["value"].rsplit("/", 1)[-1] for row in rows if "item" in row]

    def _ask(self, batch: list[str]) -> dict[str, dict[str, Any]]:
        fields = {
            "action": "wbgetentities",
            "ids": "|".join(batch),
            "props": "labels|aliases|claims|info",
            "languages": "ar|en",
            "redirects": "yes",
            "maxlag": str(MAXLAG),
            "format": "json",
        }
        entities: dict[str, dict[str, Any]] = self._json(self.api, fields, {}).get("entities", {})
        return {(entity.get("redirects") or {}).get("from", asked): entity for asked, entity in entities.items()}

    def _json(self, url: str, fields: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
        for _ in range(_TRIES):
            answer = self._get(url, fields, headers)
            body = _parsed(url, answer)
            error = body.get("error") if isinstance(body, dict) else None
            if not isinstance(body, dict) or (error and error.get("code") != "maxlag"):
                raise ServiceError(f"{url}: {error['info'] if error else 'its answer is no JSON object'}")
            if not error:
                return body
            time.sleep(min(_LONGEST_WAIT, float(answer.headers.get("Retry-After", self.pause))))
        raise ServiceError(f"{url}: its databases lag behind; try again later")

    def _get(self, url: str, fields: dict[str, str], headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            answer = self._http.request("GET", url, fields=fields, headers={**self._http.headers, **headers})
        except urllib3.exceptions.HTTPError as error:
            raise ServiceError(f"{url}: {error}") from error
        if answer.status != 200:
            raise ServiceError(f"{url}: answers {answer.status}")
        return answer

    def _kept(self, item: str) -> dict[str, Any] | None:
        path = self.cache / f"{item}.json"
        if not path.is_file():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        age = datetime.now(UTC) - datetime.fromisoformat(kept["fetched"])
        return dict(kept["entity"]) if age < self.fresh else None

    def _keep(self, item: str, entity: dict[str, Any]) -> None:
        self.cache.mkdir(parents=True, exist_ok=True)
        kept = {"fetched": datetime.now(UTC).isoformat(timespec="seconds"), "entity": entity}
        (self.cache / f"{item}.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _parsed(url: str, answer: urllib3.BaseHTTPResponse) -> Any:
    try:
        return json.loads(answer.data)
    except ValueError as error:
        raise ServiceError(f"{url}: its answer is no JSON ({error})") from error
