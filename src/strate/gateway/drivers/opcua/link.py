"""One connection to one OPC UA server, used until it is doubted, then thrown away and built anew."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from asyncua import Client, Node, ua
from asyncua.common.subscription import Subscription

from strate.gateway.drivers.opcua.profile import Profile, Source, Steps, qualified

log = logging.getLogger(__name__)

QUEUE = 200
CHUNK = 500
KEEPALIVE_S = 1.0
Heard = Callable[[Source, ua.DataValue, datetime | None], None]


class BatchSubscription(Subscription):
    """Hands over a whole publish response at once; the library makes one task per value and may lose some."""

    sources: dict[int, Source]
    heard: Heard
    doubt: Callable[[str], None]
    turn: asyncio.Lock
    heard_at: float = 0.0
    ended: bool = False

    async def publish_callback(self, publish_result: ua.PublishResult) -> None:
        self.last_publish_at = self.heard_at = time.monotonic()
        message = publish_result.NotificationMessage
        if not message.NotificationData:
            return
        async with self.turn:
            number, before = int(message.SequenceNumber), self.last_sequence_number
            if number and before is not None:
                if number <= before:
                    return
                try:
                    await self._ask_again(before + 1, number - 1)
                except (OSError, TimeoutError):
                    self.doubt(f"publish {before + 1} to {number - 1} missing")
            self._hand_over(message, message.PublishTime)

    def _hand_over(self, message: ua.NotificationMessage, published: datetime | None) -> None:
        if message.SequenceNumber:
            self.last_sequence_number = int(message.SequenceNumber)
        for part in message.NotificationData:
            if isinstance(part, ua.DataChangeNotification):
                for item in part.MonitoredItems or ():
                    if (source := self.sources.get(int(item.ClientHandle))) is not None:
                        self.heard(source, item.Value, published)
            elif isinstance(part, ua.StatusChangeNotification):
                self.ended = True

    async def _ask_again(self, first: int, last: int) -> None:
        """What was published into a broken line is asked for by its number; what is gone for good is doubted."""
        assert self.subscription_id is not None
        for number in range(first, last + 1):
            try:
                message = await self.server.republish(self.subscription_id, number)
            except ua.UaError:
                message = ua.NotificationMessage()
            if not message.NotificationData:
                self.doubt(f"publish {number} to {last} missing")
                return
            self._hand_over(message, None)

    async def _republish_gaps(self, available: list[int]) -> bool:
        """Called by the library once the session is taken up on a new line; its own way never comes to an end
        with a server that answers an unknown number with nothing instead of a refusal."""
        async with self.turn:
            try:
                await self._ask_again((self.last_sequence_number or 0) + 1, max(available, default=0))
            except (OSError, TimeoutError) as no:
                log.info("the line broke again, its publishes are asked for on the next one: %r", no)
        return True

    async def recreate(self) -> None:
        """Called by the library to start over; we end the link instead and build a whole new one.

        When the line breaks in the middle of its attempt, the library comes back with a subscription that
        holds no item at all: alive by its keep-alives, and silent for ever.
        """
        self.ended = True


class Link:
    """Client, resolved nodes and subscriptions of one attempt."""

    def __init__(
        self,
        *,
        endpoint: str,
        machine: str,
        profile: Profile,
        answers_within_s: float,
        heard: Heard,
        doubt: Callable[[str], None],
    ) -> None:
        self.machine, self.profile = machine, profile
        self.heard, self.doubt = heard, doubt
        self.client = Client(
            endpoint, timeout=answers_within_s, watchdog_intervall=answers_within_s / 2, auto_reconnect=True
        )
        self.client._reconnect_request_timeout = 10.0
        self.client._reconnect_max_delay = 5.0
        self.client.session_timeout = 600_000
        # The watchdog on the data stands outside, in the driver; the library's own only recreates.
        self.client._stale_check_margin = 1e9
        self.present: list[str] = []
        self.subscriptions: list[BatchSubscription] = []
        self.unresolved: dict[str, str] = {}

    async def open(self) -> None:
        await self.client.connect()
        self.present = list(await self.client.get_namespace_array())
        for fast in (True, False):
            wanted = [one for one in self.profile.sources if one.fast is fast]
            await self._subscribe(wanted, 100.0 if fast else 500.0)

    async def node(self, steps: Steps) -> Node:
        names = qualified(
            (*self.profile.machine, *steps), self.profile.namespaces, self.present, self.machine
        )
        return await self.client.nodes.objects.get_child(names)

    async def _subscribe(self, wanted: Sequence[Source], interval_ms: float) -> None:
        asks = ua.CreateSubscriptionParameters()
        asks.RequestedPublishingInterval = interval_ms
        asks.RequestedMaxKeepAliveCount = max(1, round(KEEPALIVE_S * 1000 / interval_ms))
        asks.RequestedLifetimeCount = round(600_000 / interval_ms)
        asks.MaxNotificationsPerPublish = 10_000
        asks.PublishingEnabled = True
        subscription = BatchSubscription(self.client.uaclient.session, asks, handler=_Nobody())
        subscription.sources, subscription.heard, subscription.doubt = {}, self.heard, self.doubt
        subscription.turn = asyncio.Lock()
        subscription.heard_at = time.monotonic()
        await subscription.init()
        # The library restores on reactivation only what it finds in this list.
        self.client._subscriptions.append(subscription)
        self.subscriptions.append(subscription)
        await self._watch(subscription, wanted, interval_ms)

    async def _watch(
        self, subscription: BatchSubscription, wanted: Sequence[Source], interval_ms: float
    ) -> None:
        """One node that cannot be found or watched is noted and tried again later; the others go on."""
        asks: list[tuple[Source, ua.MonitoredItemCreateRequest]] = []
        for source in wanted:
            try:
                node = await self.node(source.path)
            except (LookupError, ua.UaError) as no:
                self.unresolved[source.name] = str(no)
                continue
            ask = subscription._make_monitored_item_request(
                node,
                ua.AttributeIds.Value,
                None,
                QUEUE,
                ua.MonitoringMode.Reporting,
                0.0 if source.fast else interval_ms,
            )
            subscription.sources[int(ask.RequestedParameters.ClientHandle)] = source
            asks.append((source, ask))
        for start in range(0, len(asks), CHUNK):
            part = asks[start : start + CHUNK]
            results = await subscription.create_monitored_items([ask for _, ask in part])
            for (source, ask), result in zip(part, results, strict=True):
                if isinstance(result, ua.StatusCode):
                    self.unresolved[source.name] = result.name
                    subscription.sources.pop(int(ask.RequestedParameters.ClientHandle), None)
                else:
                    self.unresolved.pop(source.name, None)

    async def retry_unresolved(self) -> None:
        for subscription, fast in zip(self.subscriptions, (True, False), strict=False):
            wanted = [one for one in self.profile.sources if one.name in self.unresolved and one.fast is fast]
            if wanted:
                await self._watch(subscription, wanted, 100.0 if fast else 500.0)

    @property
    def silent_s(self) -> float:
        """Since when the quieter of the two subscriptions has not even sent a keep-alive."""
        return time.monotonic() - min(one.heard_at for one in self.subscriptions)

    @property
    def ended(self) -> bool:
        return any(one.ended or (one.sources and not one._monitored_items) for one in self.subscriptions)

    async def close(self) -> None:
        """Whatever the other end does, nothing of this connection speaks or retries any more."""
        for subscription in self.subscriptions:
            subscription.sources.clear()
        try:
            await asyncio.wait_for(self.client.disconnect(), 3.0)
        except Exception as no:  # the other end may be half dead: whatever it throws, we are leaving
            log.info("%s: closing a doubted connection: %r", self.machine, no)
        finally:
            publishing = self.client.uaclient._publish_task
            if publishing is not None:
                publishing.cancel()
            if self.client.uaclient.has_transport:
                self.client.disconnect_socket()


class _Nobody:
    """The library insists on a handler or a queue; values go another way here."""

    def datachange_notification(self, node: Node, value: Any, data: Any) -> None:
        log.error("a value came by the wrong door: %s", node)


def aware(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)
