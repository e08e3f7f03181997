"""A secsgem GemEquipmentHandler that waits for a host on a port of 127.0.0.1; each line of its input raises an event or sets an alarm."""

import sys

import secsgem.gem
import secsgem.hsms
import secsgem.secs.variables
import secsgem.common


class Tool(secsgem.gem.GemEquipmentHandler):
    """One status variable, one event, one alarm of its own."""

    def __init__(self, settings):
        super().__init__(settings)
        self.status_variables.update(
            {10: secsgem.gem.StatusVariable(10, "Pressure", "Pa", secsgem.secs.variables.U4)}
        )
        self.status_variables[10].value = 7
        self.collection_events.update({50: secsgem.gem.CollectionEvent(50, "Done", [])})
        self.alarms.update(
            {25: secsgem.gem.Alarm(25, "Hot", "Too hot", secsgem.secs.data_items.ALCD.PARAMETER_CONTROL_ERROR, 100025, 200025)}
        )
        self.collection_events.update(
            {
                100025: secsgem.gem.CollectionEvent(100025, "HotSet", []),
                200025: secsgem.gem.CollectionEvent(200025, "HotCleared", []),
            }
        )


settings = secsgem.hsms.HsmsSettings(
    address="127.0.0.1",
    port=int(sys.argv[1]),
    connect_mode=secsgem.hsms.HsmsConnectMode.PASSIVE,
    device_type=secsgem.common.DeviceType.EQUIPMENT,
    session_id=0,
    t3=5,
    establish_communication_timeout=2,
)
tool = Tool(settings)
tool.enable()
print("ready", flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "event":
        tool.trigger_collection_events([50])
    elif word == "alarm":
        tool.set_alarm(25)
    elif word == "clear":
        tool.clear_alarm(25)
tool.disable()
