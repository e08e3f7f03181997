"""A secsgem GEM host: calls its methods when asked, and tells what they gave and what it was told. Usage: gem_host.py PORT"""

import json
import os
import sys
import threading

import secsgem.common
import secsgem.gem
import secsgem.hsms

_output = threading.Lock()


def plain(value):
    """What can be written as JSON of a value, an item or a whole message of secsgem."""
    if not isinstance(value, dict) and hasattr(value, "get"):
        value = value.get()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def emit(kind, **fields):
    with _output:
        print(json.dumps({"kind": kind, **fields}, default=str), flush=True)


host = secsgem.gem.GemHostHandler(
    secsgem.hsms.HsmsSettings(
        address="127.0.0.1",
        port=int(sys.argv[1]),
        connect_mode=secsgem.hsms.HsmsConnectMode.ACTIVE,
        device_type=secsgem.common.DeviceType.HOST,
        session_id=0,
        t3=5,
        t5=1,
    )
)


class Communicating:
    def _on_event_enter(self, _):
        emit("communicating")


host.communication_state.communicating.events.targets += Communicating()


def on_event(data):
    emit("event", ceid=plain(data["ceid"]), rptid=plain(data["rptid"]), values=plain(data["values"]))


def on_alarm(data):
    emit("alarm", alid=plain(data["alid"]), code=plain(data["code"]), text=plain(data["text"]))


def on_terminal(data):
    emit("terminal", terminal=plain(data["terminal"]), text=plain(data["text"]))


host.events.collection_event_received += on_event
host.events.alarm_received += on_alarm
host.events.terminal_received += on_terminal


def call(name, arguments):
    if name == "ask":
        stream, function, *body = arguments
        message = host.send_and_waitfor_response(host.stream_function(stream, function)(*body))
        return plain(host.settings.streams_functions.decode(message))
    result = getattr(host, name)(*arguments)
    if hasattr(result, "header"):
        result = host.settings.streams_functions.decode(result)
    return plain(result)


def run(number, name, arguments):
    try:
        emit("result", number=number, value=call(name, arguments))
    except Exception as error:  # what secsgem raises is a result too
        emit("result", number=number, error=f"{type(error).__name__}: {error}")


host.enable()
emit("ready")
for line in sys.stdin:
    command = json.loads(line)
    threading.Thread(target=run, args=(command["number"], command["do"], command["with"]), daemon=True).start()

# secsgem's own disable() can wait for ever, and its threads keep the interpreter alive.
os._exit(0)
