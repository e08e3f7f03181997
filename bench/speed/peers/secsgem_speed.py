"""secsgem on both sides of the benchmark: the same messages as rxsecs.ts, by its own interface."""

import gc
import json
import logging
import os
import sys
import threading
import time

import secsgem.common
import secsgem.hsms
import secsgem.secs
from secsgem.secs.variables import F8, U4, Binary, String

logging.disable(logging.CRITICAL)

HOST = "127.0.0.1"
MODEL = "MDLN"
REVISION = "1.0.0"
STATE = "ABCDEFGHIJKLMNOP"
VALUES = 20
READY_SECONDS = 5

functions = secsgem.secs.functions


class Event(functions.SecsS06F11):
    _is_reply_required = False


class Program(functions.SecsS07F03):
    _is_reply_required = False


class PatientProtocol(secsgem.hsms.HsmsProtocol):
    """Reads nothing from a connection before its state machine knows that there is one: see interop/sessions."""

    def __init__(self, settings):
        super().__init__(settings)
        self._known = threading.Event()

    def _on_connected(self, data):
        super()._on_connected(data)
        self._known.set()

    def _on_connection_data_received(self, data):
        self._known.wait(READY_SECONDS)
        super()._on_connection_data_received(data)


class PatientSettings(secsgem.hsms.HsmsSettings):
    def create_protocol(self):
        return PatientProtocol(self)


class Tally:
    def __init__(self):
        self._changed = threading.Condition()
        self._count = 0
        self._sum = 0
        self._last = 0

    def add(self, value):
        with self._changed:
            self._count += 1
            self._sum += value
            self._last = time.time() * 1000
            self._changed.notify()

    def receive(self, count):
        with self._changed:
            self._changed.wait_for(lambda: self._count >= count)
            result = {"end": self._last, "sum": self._sum}
            self._count = self._sum = 0
            return result


events = Tally()
programs = Tally()
hosts = []
tools = []


def make(port, mode, device_type, on_message):
    settings = PatientSettings(
        address=HOST, port=port, connect_mode=mode, device_type=device_type, session_id=1
    )
    protocol = settings.create_protocol()
    protocol.events.message_received += on_message
    return protocol


def decoded(protocol, message):
    return protocol._settings.streams_functions.decode(message).get()


def on_tool_message(event):
    protocol, message = event["connection"], event["message"]
    if message.header.stream == 1:
        protocol.send_response(functions.SecsS01F02([MODEL, REVISION]), message.header.system)
    elif message.header.stream == 7:
        body = decoded(protocol, message)["PPBODY"]
        programs.add(len(body) + body[-1])


def on_host_message(event):
    protocol, message = event["connection"], event["message"]
    events.add(sum_of(decoded(protocol, message)))
    if message.header.require_response:
        protocol.send_response(functions.SecsS06F12(0), message.header.system)


def listen(first, count):
    for i in range(count):
        tool = make(
            first + i, secsgem.hsms.HsmsConnectMode.PASSIVE, secsgem.common.DeviceType.EQUIPMENT, on_tool_message
        )
        tools.append(tool)
        tool.enable()
    # It listens from a thread of its own and does not tell when.
    time.sleep(1)


def connect(first, count):
    begin = time.monotonic()
    selected = threading.Semaphore(0)
    for i in range(count):
        host = make(first + i, secsgem.hsms.HsmsConnectMode.ACTIVE, secsgem.common.DeviceType.HOST, on_host_message)
        host.events.communicating += lambda _: selected.release()
        hosts.append(host)
        host.enable()
    for _ in range(count):
        selected.acquire()
    return time.monotonic() - begin


def round_trips(in_flight, milliseconds):
    begin = time.monotonic()
    end = begin + milliseconds / 1000
    samples = []
    errors = []

    def loop():
        now = time.monotonic()
        while now < end:
            reply = hosts[0].send_and_waitfor_response(functions.SecsS01F01())
            values = None if reply is None else decoded(hosts[0], reply)
            if values != {"MDLN": MODEL, "SOFTREV": REVISION} and values != [MODEL, REVISION]:
                errors.append(f"wrong reply: {values}")
                return
            before, now = now, time.monotonic()
            samples.append(now - before)

    threads = [threading.Thread(target=loop) for _ in range(in_flight)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise RuntimeError(errors[0])
    seconds = time.monotonic() - begin
    samples.sort()
    return {
        "count": len(samples),
        "seconds": seconds,
        "p50": samples[int(len(samples) * 0.5)] * 1e6,
        "p99": samples[int(len(samples) * 0.99)] * 1e6,
    }


def event(n):
    values = [
        U4(n + 1000 * k) if k % 3 == 0 else F8(n / 2 + 1.5 * k) if k % 3 == 1 else String(STATE)
        for k in range(VALUES)
    ]
    return {"DATAID": U4(n), "CEID": U4(1001), "RPT": [{"RPTID": U4(2001), "V": values}]}


def sum_of(values):
    total = values["DATAID"] + values["CEID"]
    for report in values["RPT"]:
        total += report["RPTID"]
        for value in report["V"]:
            total += len(value) + ord(value[0]) if isinstance(value, str) else value
    return total


def send_events(count):
    begin = time.time() * 1000
    for n in range(count):
        if not tools[0].send_stream_function(Event(event(n))):
            raise RuntimeError("an event was not sent")
    return {"begin": begin}


def send_programs(count, size):
    body = b"\1" * size
    begin = time.time() * 1000
    for _ in range(count):
        if not hosts[0].send_stream_function(Program({"PPID": "RECIPE-01", "PPBODY": Binary(body)})):
            raise RuntimeError("a program was not sent")
    return {"begin": begin}


def events_of_all(milliseconds):
    begin = time.monotonic()
    end = begin + milliseconds / 1000
    counts = [0] * len(tools)

    def loop(index):
        while time.monotonic() < end:
            reply = tools[index].send_and_waitfor_response(functions.SecsS06F11(event(counts[index])))
            if reply is None:
                return
            counts[index] += 1

    threads = [threading.Thread(target=loop, args=(index,)) for index in range(len(tools))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"counts": counts, "seconds": time.monotonic() - begin}


answers = {
    "listen": listen,
    "connect": connect,
    "roundTrips": round_trips,
    "sendEvents": send_events,
    "receiveEvents": events.receive,
    "sendPrograms": send_programs,
    "receivePrograms": programs.receive,
    "eventsOfAll": events_of_all,
    "collect": lambda: gc.collect(),
}
output = threading.Lock()


def answer(question):
    result = {"id": question["id"]}
    try:
        result["value"] = answers[question["name"]](*question["values"])
    except Exception as error:
        result["error"] = f"{type(error).__name__}: {error}"
    with output:
        print(json.dumps(result), flush=True)


for line in sys.stdin:
    threading.Thread(target=answer, args=(json.loads(line),), daemon=True).start()

# secsgem's own threads keep the interpreter alive.
os._exit(0)
