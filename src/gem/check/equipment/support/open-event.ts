import { needs } from '../../rule.js';
import type { ToolProbe } from './tool-probe.js';

/** Has the tool report an event, which is left unanswered. SKIP where none comes that wants a reply. */
export async function tellsOff(tool: ToolProbe): Promise<void> {
  await tool.enable();
  tool.forget();
  await tool.goOffLine();
  await tool.all('S6F11');
  tool.on('S6F11', 'silence');
  await tool.goOnLine();
  const event = await tool.next('S6F11');
  needs(event !== undefined, 'no event tells of ON-LINE');
  needs(event.message.wBit, 'S6F11 wants no reply');
}
