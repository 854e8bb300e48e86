/** `tao stake auto set`. */
import type { CommandBody } from '../../cli/spec.ts';
import { changeAuto } from './change-auto.ts';

export const stakeAutoSet: CommandBody = {
  run: (context, raw) => changeAuto(context, raw, 'set'),
};
