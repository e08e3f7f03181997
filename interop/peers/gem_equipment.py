"""A secsgem GemEquipmentHandler that waits for a host on a port of 127.0.0.1; each line of its input is something that is done at it: an event, an alarm, a switch."""

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
ACTIONS = {
    "event": lambda ceid=50: tool.trigger_collection_events([int(ceid)]),
    "alarm": lambda alid=25: tool.set_alarm(int(alid)),
    "clear": lambda alid=25: tool.clear_alarm(int(alid)),
    "offline": tool.control_switch_offline,
    "online": tool.control_switch_online,
    "local": tool.control_switch_online_local,
    "remote": tool.control_switch_online_remote,
}
for line in sys.stdin:
    word = line.strip()
    try:
        name, *ids = word.split()
        ACTIONS[name](*ids)
        print("done " + word, flush=True)
    except Exception as error:  # what it cannot do now is told too
        print(f"failed {word}: {error}", flush=True)
tool.disable()
