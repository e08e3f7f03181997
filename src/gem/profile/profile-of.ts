import type { EquipmentDefinition } from '../model/definition.js';
import type { EquipmentModel, ModelVariable } from '../model/equipment-model.js';
import { isInstance } from '../../check.js';
import { check } from '../check-values.js';
import { checkModel } from '../model/check-model.js';
import { valueOf } from '../model/value.js';
import type { ProfileSource } from './types.js';
import type {
  ProfileAlarm,
  ProfileCommand,
  ProfileConstant,
  ProfileEvent,
  ProfileValue,
  ProfileVariable,
  ToolProfile,
} from './tool-profile.js';

/**
 * The profile of an equipment of which the model is known: what `discover` would read out of it, with formats, commands and
 * completions, which no message tells.
 *
 * @example
 * ```ts
 * import { defineEquipment, profileOf } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * console.log(profileOf(etcher).variables);
 * ```
 */
export function profileOf<D extends EquipmentDefinition>(model: EquipmentModel<D>): ToolProfile {
  checkModel(model);
  const variables: Record<string, ProfileVariable> = {};
  for (const variable of model.variables.values()) {
    if (variable.class === 'EC') continue;
    variables[variable.name] = { ...valueEntry(variable), class: variable.class };
  }
  const constants: Record<string, ProfileConstant> = {};
  for (const constant of model.constants.values()) {
    constants[constant.name] = {
      ...valueEntry(constant),
      default: valueOf(constant.default, constant.shape.array) as NonNullable<ProfileConstant['default']>,
      ...(constant.values === undefined ? {} : { values: constant.values }),
    };
  }
  const events: Record<string, ProfileEvent> = {};
  for (const { name, id, values, description } of model.events.values()) {
    events[name] = { id, values: values.map((value) => value.name), ...described(description) };
  }
  const alarms: Record<string, ProfileAlarm> = {};
  for (const { name, id, text, category } of model.alarms.values()) alarms[name] = { id, text, category };
  const commands: Record<string, ProfileCommand> = {};
  for (const { name, parameters, completion, description } of model.commands.values()) {
    commands[name] = {
      parameters: Object.fromEntries(parameters),
      ...(completion === undefined ? {} : { completion: completion.name }),
      ...described(description),
    };
  }
  return {
    model: model.model,
    softwareRevision: model.softwareRevision,
    variables,
    constants,
    events,
    alarms,
    commands,
    idFormats: model.idFormats,
  };
}

const described = (description: string): { description?: string } =>
  description === '' ? {} : { description };

function valueEntry({ id, shape, units, min, max, description }: ModelVariable): ProfileValue {
  return {
    id,
    format: shape.format,
    ...(shape.array === true ? { array: true } : {}),
    ...(units === '' ? {} : { units }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...described(description),
  };
}

/** The profile behind what a host is made with. */
export function profileFrom(source: ProfileSource): ToolProfile {
  return isModel(source) ? profileOf(source) : source;
}

function isModel(source: ProfileSource): source is EquipmentModel {
  const { byVid } = check.fields('profile', source as Partial<EquipmentModel>, ['byVid']);
  return isInstance(byVid, Map);
}
