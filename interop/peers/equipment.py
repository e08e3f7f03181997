"""A secsgem equipment: passive, answers S2F25 with what it held. Usage: equipment.py PORT"""

import sys

import recording
import secsgem.common
import secsgem.gem
import secsgem.hsms

equipment = secsgem.gem.GemEquipmentHandler(
    recording.settings(
        secsgem.hsms.HsmsConnectMode.PASSIVE, secsgem.common.DeviceType.EQUIPMENT, int(sys.argv[1])
    )
)


def echo(handler, message):
    data = handler.settings.streams_functions.decode(message).get()
    return handler.stream_function(2, 26)(data)


equipment.register_stream_function(2, 25, echo)

recording.serve(
    equipment,
    {
        "s1f13": lambda: equipment.send_and_waitfor_response(
            equipment.stream_function(1, 13)(["secsgem", "0.3.0"])
        ),
    },
)
