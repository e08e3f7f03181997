"""A secsgem host (active) or equipment (passive). Usage: secsgem_peer.py host|equipment PORT"""

import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "peers"))

import recording
import secsgem.common
import secsgem.gem
import secsgem.hsms

ROUND_TRIPS = 1000

# As long as secsgem ever takes to get ready for a connection.
READY_SECONDS = 5


class PatientProtocol(recording.RecordingProtocol):
    """Reads nothing from a connection before its state machine knows that there is one.

    secsgem reads first: it would answer a Select.req that comes at once with status 0 and then fail to become selected.
    """

    def __init__(self, settings):
        super().__init__(settings)
        self._known = threading.Event()

    def _on_connected(self, data):
        super()._on_connected(data)
        self._known.set()

    def _on_disconnected(self, data):
        self._known.clear()
        super()._on_disconnected(data)

    def _on_connection_data_received(self, data):
        self._known.wait(READY_SECONDS)
        super()._on_connection_data_received(data)


class PatientSettings(recording.RecordingSettings):
    def create_protocol(self):
        return PatientProtocol(self)


def settings(connect_mode, device_type):
    return recording.settings(connect_mode, device_type, port, PatientSettings)


role, port = sys.argv[1], int(sys.argv[2])
if role == "host":
    model = []
    handler = secsgem.gem.GemHostHandler(
        settings(secsgem.hsms.HsmsConnectMode.ACTIVE, secsgem.common.DeviceType.HOST)
    )
else:
    model = ["secsgem", "0.3.0"]
    handler = secsgem.gem.GemEquipmentHandler(
        settings(secsgem.hsms.HsmsConnectMode.PASSIVE, secsgem.common.DeviceType.EQUIPMENT)
    )


def request(stream, function, *data):
    return handler.send_and_waitfor_response(handler.stream_function(stream, function)(*data))


def many():
    """The last reply, or None as soon as one does not come."""
    for _ in range(ROUND_TRIPS):
        reply = request(1, 1)
        if reply is None:
            break
    return reply


# A request that this peer never answers.
handler.register_stream_function(2, 17, lambda *_: None)

recording.serve(
    handler,
    {
        "s1f1": lambda: request(1, 1),
        "s1f13": lambda: request(1, 13, model) if model else request(1, 13),
        "many": many,
    },
)
