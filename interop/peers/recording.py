"""What both secsgem peers share: they tell on standard output, one JSON object a line, what secsgem receives, sends
and becomes, and do what a JSON line on standard input asks for."""

import json
import os
import sys
import threading

import secsgem.common
import secsgem.hsms

_output = threading.Lock()


def emit(kind, **fields):
    with _output:
        print(json.dumps({"kind": kind, **fields}), flush=True)


def frame(message):
    """The header bytes as they are on the wire: secsgem splits byte 2 into W-bit and stream, of control messages too."""
    header = message.header
    return {
        "sessionId": header.session_id,
        "byte2": header.stream | (0x80 if header.require_response else 0),
        "byte3": header.function,
        "pType": header.p_type,
        "sType": header.s_type.value,
        "systemBytes": header.system,
        "body": bytes(message.data).hex(),
    }


class RecordingProtocol(secsgem.hsms.HsmsProtocol):
    """Tells of each message before secsgem acts on it, so that the lines are in the order of the wire."""

    def _on_connection_message_received(self, source, message):
        emit("received", **frame(message))
        super()._on_connection_message_received(source, message)

    def send_message(self, message):
        emit("sent", **frame(message))
        return super().send_message(message)


class RecordingSettings(secsgem.hsms.HsmsSettings):
    def create_protocol(self):
        return RecordingProtocol(self)


class _StateTarget:
    """A target, not a handler: secsgem calls targets first, also when one of its own handlers then raises."""

    def __init__(self, kind, name):
        self._kind = kind
        self._name = name

    def _on_event_enter(self, _):
        emit(self._kind, name=self._name)


def _record_states(kind, machine, names):
    for name in names:
        getattr(machine, name).events.targets += _StateTarget(kind, name.upper())


def settings(connect_mode, device_type, port, make=RecordingSettings):
    return make(
        address="127.0.0.1",
        port=port,
        connect_mode=connect_mode,
        device_type=device_type,
        session_id=10,
        t5=1,
        t6=2,
    )


def serve(handler, commands):
    """Enables `handler` and runs commands until standard input ends, which it does when the suite is gone."""
    protocol = handler.protocol
    _record_states(
        "state", protocol.connection_state, ["not_connected", "connected_not_selected", "connected_selected"]
    )
    _record_states("gem", handler.communication_state, ["wait_cra", "communicating"])
    # Fired once secsgem can take a message: the state above is entered earlier.
    protocol.events.connected += lambda _: emit("tcp", name="connected")
    protocol.events.disconnected += lambda _: emit("tcp", name="disconnected")

    commands = {
        "linktest": protocol.send_linktest_req,
        "select": protocol.send_select_req,
        "deselect": protocol.send_deselect_req,
        **commands,
    }

    def run(name):
        reply = commands[name]()
        emit("result", name=name, reply=None if reply is None else frame(reply))

    handler.enable()
    emit("ready")
    for line in sys.stdin:
        name = json.loads(line)["do"]
        if name == "separate":
            protocol.send_separate_req()
        else:
            threading.Thread(target=run, args=(name,), daemon=True).start()

    # secsgem's own disable() can wait for ever, and its threads keep the interpreter alive.
    os._exit(0)
