import { isInstance } from '../../check.js';
import { check } from '../check-values.js';
import type { EquipmentModel } from './equipment-model.js';

/** What `defineEquipment` gives. */
export function checkModel<M extends EquipmentModel>(model: M): M {
  const must = 'what defineEquipment gives';
  const { byVid, definition } = check.fields('model', check.object('model', model, must), [
    'byVid',
    'definition',
  ]);
  if (isInstance(byVid, Map) && isObject(definition)) return model;
  return check.refuse('model', must, model);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
