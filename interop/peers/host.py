"""A secsgem host: active, sends S2F25 when asked. Usage: host.py PORT"""

import sys

import recording
import secsgem.common
import secsgem.gem
import secsgem.hsms

ECHOED = bytes(i % 256 for i in range(5000))

host = secsgem.gem.GemHostHandler(
    recording.settings(secsgem.hsms.HsmsConnectMode.ACTIVE, secsgem.common.DeviceType.HOST, int(sys.argv[1]))
)

recording.serve(
    host,
    {
        "s1f13": lambda: host.send_and_waitfor_response(host.stream_function(1, 13)()),
        "s2f25": lambda: host.send_and_waitfor_response(host.stream_function(2, 25)(ECHOED)),
    },
)
