import type { EquipmentDefinition } from '../../src/gem';

/** A small etcher: one of everything. */
export const etcherDefinition = {
  model: 'ETCHER',
  softwareRevision: '1.0',
  variables: {
    ChamberPressure: { id: 2001, format: 'F8', units: 'Pa', min: 0, max: 1000, initial: 5, limits: {} },
    SlotMap: { id: 2002, format: 'U1', array: true, initial: [0, 1, 1] },
    Recipe: { id: 2003, format: 'A', initial: '' },
    Total: { id: 2004, format: 'U8', initial: 7 },
    WaferId: { id: 2101, format: 'A', class: 'DV' },
    Slot: { id: 2102, format: 'U1', class: 'DV' },
  },
  constants: {
    Temperature: {
      id: 101,
      format: 'F4',
      units: 'degC',
      default: 20,
      min: 0,
      max: 400,
      affectsProcessing: true,
    },
    Mode: { id: 102, format: 'A', default: 'normal', values: ['normal', 'test'] },
    Lamp: { id: 103, format: 'BOOLEAN', default: true },
  },
  events: {
    WaferStarted: { id: 100, values: ['WaferId', 'Slot'] },
    WaferDone: { id: 101, values: ['WaferId'] },
    DoorOpened: { id: 110 },
    Stopped: { id: 111 },
  },
  alarms: {
    ChamberHot: { id: 1, text: 'Chamber too hot', category: 'equipmentSafety' },
    DoorOpen: { id: 2, text: 'Door open', category: 'personalSafety', setEvent: 501, clearEvent: 502 },
  },
  commands: {
    START: {
      parameters: { PPID: { format: 'A' }, Slots: { format: 'U1', array: true, optional: true } },
      completion: 'ProcessingCompleted',
    },
    STOP: { completion: 'Stopped' },
    PURGE: { parameters: { Seconds: { format: 'U2', min: 1, max: 600 } } },
    LOAD: { kind: 'movesMaterial' },
  },
  processPrograms: { formatted: { ETCH: { parameters: [{ name: 'seconds', format: 'U2' }] } }, large: true },
  spool: { maxMessages: 100 },
  terminals: 1,
} as const satisfies EquipmentDefinition;

/** An object without some of its keys. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}
