/** `tao stake auto clear`. */
import type { CommandBody } from '../../cli/spec.ts';
import { changeAuto } from './change-auto.ts';

export const stakeAutoClear: CommandBody = {
  run: (context, raw) => changeAuto(context, raw, 'clear'),
};
