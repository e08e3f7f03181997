"""A secsgem GemEquipmentHandler that waits for a host on a port of 127.0.0.1; each line of its input raises an event or sets an alarm."""

import sys

import secsgem.gem
import secsgem.hsms
import secsgem.secs.variables
import secsgem.common


class Tool(secsgem.gem.GemEquipmentHandler):
    """One status variable, some events, two alarms of its own; START tells of one wafer and of its end."""

    def __init__(self, settings):
        super().__init__(settings)
        self.status_variables.update(
            {10: secsgem.gem.StatusVariable(10, "Pressure", "Pa", secsgem.secs.variables.U4)}
        )
        self.status_variables[10].value = 7
        # What examples/gem-host.ts knows of its etcher.
        self.data_values.update(
            {
                2101: secsgem.gem.DataValue(2101, "WaferId", secsgem.secs.variables.String, False),
                2102: secsgem.gem.DataValue(2102, "Slot", secsgem.secs.variables.U1, False),
            }
        )
        self.data_values[2101].value = "W-001"
        self.data_values[2102].value = 1
        self.collection_events.update(
            {
                50: secsgem.gem.CollectionEvent(50, "Done", []),
                100: secsgem.gem.CollectionEvent(100, "WaferStarted", [2101, 2102]),
                7: secsgem.gem.CollectionEvent(7, "ProcessingCompleted", []),
            }
        )
        self.remote_commands["START"] = secsgem.gem.RemoteCommand("START", "Start", [], 7)
        self.alarms.update(
            {2: secsgem.gem.Alarm(2, "Door", "Door open", secsgem.secs.data_items.ALCD.PERSONAL_SAFETY, 100025, 200025)}
        )
        self.alarms.update(
            {25: secsgem.gem.Alarm(25, "Hot", "Too hot", secsgem.secs.data_items.ALCD.PARAMETER_CONTROL_ERROR, 100025, 200025)}
        )
        self.collection_events.update(
            {
                100025: secsgem.gem.CollectionEvent(100025, "HotSet", []),
                200025: secsgem.gem.CollectionEvent(200025, "HotCleared", []),
            }
        )

    def _on_rcmd_START(self):
        self.trigger_collection_events([100])


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
