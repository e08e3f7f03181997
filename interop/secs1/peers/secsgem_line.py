"""A secsgem host or equipment on SECS-I: tells on standard output, one JSON object a line, which primaries it got, and
does what a JSON line on standard input asks for. Usage: secsgem_line.py host|equipment dial|listen|serial PORT|PATH"""

import json
import os
import sys
import threading

import secsgem.common
import secsgem.gem
import secsgem.secsi
import secsgem.secsitcp

_output = threading.Lock()


def tell(**fields):
    with _output:
        print(json.dumps(fields), flush=True)


role, transport, where = sys.argv[1:]
equipment = role == "equipment"
shared = {
    "device_type": secsgem.common.DeviceType.EQUIPMENT if equipment else secsgem.common.DeviceType.HOST,
    "session_id": 10,
}
if transport == "serial":
    settings = secsgem.secsi.SecsISettings(port=where, speed=9600, **shared)
else:
    modes = secsgem.secsitcp.SecsITcpConnectMode
    settings = secsgem.secsitcp.SecsITcpSettings(
        connect_mode=modes.CLIENT if transport == "dial" else modes.SERVER,
        address="127.0.0.1",
        port=int(where),
        **shared,
    )
handler = (secsgem.gem.GemEquipmentHandler if equipment else secsgem.gem.GemHostHandler)(settings)


def got(message):
    tell(kind="got", stream=message.header.stream, function=message.header.function, length=len(message.data))


def on_s07f03(_, message):
    got(message)
    return handler.stream_function(7, 4)(0)


def on_s01f01(_, message):
    got(message)
    return handler.stream_function(1, 2)([])


handler.register_stream_function(7, 3, on_s07f03)
handler.register_stream_function(1, 1, on_s01f01)


def big(count):
    data = {"PPID": "recipe", "PPBODY": bytes(count)}
    return handler.send_and_waitfor_response(handler.stream_function(7, 3)(data))


commands = {
    "s1f1": lambda _: handler.send_and_waitfor_response(handler.stream_function(1, 1)()),
    "big": big,
}


def run(name, count):
    reply = commands[name](count)
    if reply is None:
        tell(kind="result", name=name, error="no reply")
    else:
        tell(kind="result", name=name, function=reply.header.function)


# On a serial port this does not return.
threading.Thread(target=handler.enable, daemon=True).start()
tell(kind="ready")
for line in sys.stdin:
    command = json.loads(line)
    threading.Thread(target=run, args=(command["do"], command.get("bytes", 0)), daemon=True).start()
os._exit(0)
