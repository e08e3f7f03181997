// What an equipment must do, written down anew from the requirements (G-10 to G-92), in as few words as possible: no table of
// transitions, no queue, no time. Each step happens at once and comes to rest before the next one.

export const SPOOL_SIZE = 5;

/** What the host asks, of which only an equipment takes notice that is communicating and ON-LINE. */
export type AskedStep =
  | { readonly do: 'S1F15' | 'define' | 'undefine' | 'link' | 'unlink' }
  | { readonly do: 'enableAlarms' | 'enableEvents'; readonly on: boolean }
  | { readonly do: 'S6F23'; readonly purge: boolean }
  | { readonly do: 'S2F43'; readonly streams: readonly number[] };

/** What host, operator, link and power do otherwise. */
type OtherStep =
  | {
      readonly do:
        'cut' | 'heal' | 'power' | 'wait' | 'hostMessage' | 'hostEstablishes' | 'enable' | 'disable';
    }
  | { readonly do: 'onLine' | 'offLine' | 'local' | 'remote' | 'S1F17' | 'raise' }
  | { readonly do: 'alarm'; readonly set: boolean }
  | { readonly do: 'S1F13 answer' | 'S1F1 answer'; readonly accept: boolean }
  | { readonly do: 'EnableSpooling' | 'OverWriteSpool'; readonly on: boolean }
  | { readonly do: 'MaxSpoolTransmit'; readonly count: number };

export type Step = AskedStep | OtherStep;

const ASKED: readonly string[] = [
  ...['S1F15', 'define', 'undefine', 'link', 'unlink', 'enableAlarms', 'enableEvents', 'S6F23', 'S2F43'],
];

export const isAsked = (step: Step): step is AskedStep => ASKED.includes(step.do);

export class Oracle {
  communication = 'NO LINK';
  control = 'ATTEMPT ON-LINE';
  /** What the host has got since it was last looked at. */
  sent: string[] = [];
  spool: string[] = [];
  spoolActive = false;
  spoolTotal = 0;
  #link = false;
  #acceptsS1F13 = true;
  #acceptsS1F1 = true;
  #switch = 'REMOTE';
  #full = false;
  #enableSpooling = false;
  #overwrite = false;
  #most = 0;
  #streams: readonly number[] = [5, 6, 10];
  #events = new Set<string>();
  #alarms = false;
  #alarmSet = false;
  #defined = false;
  #linked = false;
  #wafer = 0;

  get wafer(): number {
    return this.#wafer;
  }

  get isServed(): boolean {
    return this.communication === 'COMMUNICATING' && this.#isOnline;
  }

  get hasLink(): boolean {
    return this.#link;
  }

  /** What the host gets as an answer to its request, or undefined where it asks nothing in this step. */
  step(step: Step): string | undefined {
    if (isAsked(step)) return this.#asked(step);
    switch (step.do) {
      case 'cut':
        this.#link = false;
        if (this.communication === 'DISABLED') return undefined;
        if (this.communication === 'COMMUNICATING') this.#failure();
        this.communication = 'NO LINK';
        return undefined;
      case 'heal':
        this.#link = true;
        if (this.communication === 'NO LINK') this.#establish();
        return undefined;
      case 'power':
        return this.#power();
      case 'wait':
      case 'hostMessage':
        if (this.communication === 'WAIT DELAY') this.#establish();
        return undefined;
      case 'hostEstablishes':
        if (this.communication === 'WAIT DELAY') this.#communicating();
        return this.communication === 'DISABLED' ? 'nothing' : '0';
      case 'enable':
        if (this.communication !== 'DISABLED') return undefined;
        if (this.#link) this.#establish();
        else this.communication = 'NO LINK';
        return undefined;
      case 'disable':
        this.communication = 'DISABLED';
        return undefined;
      case 'S1F13 answer':
        this.#acceptsS1F13 = step.accept;
        return undefined;
      case 'S1F1 answer':
        this.#acceptsS1F1 = step.accept;
        return undefined;
      case 'raise':
        this.#raise(`101${this.#linked ? ` W${++this.#wafer}` : (this.#wafer++, '')}`, '101');
        return undefined;
      case 'alarm':
        return this.#alarm(step.set);
      case 'EnableSpooling':
        this.#enableSpooling = step.on;
        return undefined;
      case 'OverWriteSpool':
        this.#overwrite = step.on;
        return undefined;
      case 'MaxSpoolTransmit':
        this.#most = step.count;
        return undefined;
      case 'onLine':
      case 'offLine':
      case 'local':
      case 'remote':
        return this.#operator(step.do);
      case 'S1F17':
        return this.#requestOnline();
    }
  }

  get #isOnline(): boolean {
    return this.control === 'LOCAL' || this.control === 'REMOTE';
  }

  #establish(): void {
    if (this.#acceptsS1F13) this.#communicating();
    else {
      this.communication = 'WAIT DELAY';
      this.#failure();
    }
  }

  #communicating(): void {
    this.communication = 'COMMUNICATING';
    if (this.spoolActive && this.spool.length === 0) this.#endSpool();
    if (this.control === 'ATTEMPT ON-LINE') this.#attempt();
  }

  /** G-85, 1: the spool begins, with the event of its beginning. */
  #failure(): void {
    if (this.spoolActive || !this.#enableSpooling || !this.#isOnline) return;
    this.spoolActive = true;
    this.#full = false;
    this.spoolTotal = 0;
    if (this.#events.has('15') && this.#streams.includes(6)) this.#intoSpool('15');
  }

  #attempt(): void {
    if (this.#acceptsS1F1) this.#online();
    else this.control = 'HOST OFF-LINE';
  }

  #online(): void {
    this.control = this.#switch;
    this.#tell(this.#switch === 'LOCAL' ? '2' : '3');
  }

  #tell(ceid: string): void {
    this.#raise(ceid, ceid);
  }

  #raise(line: string, ceid: string): void {
    if (this.#isOnline && this.#events.has(ceid)) this.#post(line, 6);
  }

  #post(line: string, stream: number): void {
    if (this.spoolActive) {
      if (this.#streams.includes(stream)) this.#intoSpool(line);
      else this.spoolTotal++;
    } else if (this.communication === 'COMMUNICATING') this.sent.push(line);
  }

  #intoSpool(line: string): void {
    this.spoolTotal++;
    if (this.#full && !this.#overwrite) return;
    if (this.spool.length === SPOOL_SIZE) {
      this.#full = true;
      if (!this.#overwrite) return;
      this.spool.shift();
    }
    this.spool.push(line);
  }

  #endSpool(): void {
    this.spoolActive = false;
    this.#full = false;
    this.#tell('16');
  }

  #operator(what: 'onLine' | 'offLine' | 'local' | 'remote'): undefined {
    if (what === 'local' || what === 'remote') {
      const position = what.toUpperCase();
      this.#switch = position;
      if (this.#isOnline && this.control !== position) this.#online();
    } else if (what === 'onLine') {
      if (this.control !== 'EQUIPMENT OFF-LINE') return undefined;
      this.control = 'ATTEMPT ON-LINE';
      if (this.communication === 'COMMUNICATING') this.#attempt();
    } else this.#goOffline('EQUIPMENT OFF-LINE');
    return undefined;
  }

  #goOffline(to: string): void {
    this.#tell('1');
    this.control = to;
  }

  #requestOnline(): string {
    if (this.communication !== 'COMMUNICATING') return 'nothing';
    if (this.#isOnline) return '2';
    if (this.control !== 'HOST OFF-LINE') return '1';
    this.#online();
    return '0';
  }

  /** What only an equipment serves that is communicating and ON-LINE. */
  #asked(step: AskedStep): string {
    if (this.communication !== 'COMMUNICATING') return 'nothing';
    if (!this.#isOnline) return 'aborted';
    switch (step.do) {
      case 'S1F15':
        this.#goOffline('HOST OFF-LINE');
        return '0';
      case 'enableEvents':
        for (const ceid of ['1', '2', '3', '15', '16', '101', '10002', '10003']) {
          if (step.on) this.#events.add(ceid);
          else this.#events.delete(ceid);
        }
        return '0';
      case 'enableAlarms':
        this.#alarms = step.on;
        return '0';
      case 'define':
        if (this.#defined) return '3';
        this.#defined = true;
        return '0';
      case 'undefine':
        this.#defined = this.#linked = false;
        return '0';
      case 'link':
        if (!this.#defined) return '5';
        if (this.#linked) return '3';
        this.#linked = true;
        this.#events.delete('101');
        return '0';
      case 'unlink':
        this.#linked = false;
        return '0';
      case 'S2F43':
        this.#streams = step.streams;
        return '0';
      case 'S6F23':
        return this.#unload(step.purge);
    }
  }

  #unload(purge: boolean): string {
    if (!this.spoolActive) return '2';
    if (purge) this.spool = [];
    else {
      const sent = this.spool.splice(0, this.#most === 0 ? Infinity : this.#most);
      this.sent.push(...sent);
      if (this.#most > 0 && sent.length === this.#most) return '0';
    }
    this.#endSpool();
    return '0';
  }

  #alarm(set: boolean): undefined {
    if (this.#alarmSet === set) return undefined;
    this.#alarmSet = set;
    if (this.#alarms && this.#isOnline) this.#post(`S5F1 ${set ? 'set' : 'cleared'}`, 5);
    this.#tell(set ? '10002' : '10003');
    return undefined;
  }

  /** All is as it was but what power-off takes: state models begin anew, alarms are clear, and FULL comes from what is kept. */
  #power(): undefined {
    this.#alarmSet = false;
    this.control = 'ATTEMPT ON-LINE';
    this.#link = true;
    this.#establish();
    return undefined;
  }
}
