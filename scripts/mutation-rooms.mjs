// Whatever reads SML is noticed by the specs of reading it.
const readingSml = ['^secs2/sml/(item/|message/|corpus|parse|source|templates)'];

// What is mutated, by room, and which specs must notice: `specs` are patterns of paths below spec/. `without` leaves out
// tests, by name, that take long and measure growth; `runs` caps what a property runs. `ignoreStatic`: what runs only while
// the modules load (tables of constants) is not counted, because each such mutant costs a run of every test; what runs then
// and in tests as well is. `hooks`: the specs prepare each row of a table by hooks. `own`: files with specs of their own, by
// name; those alone must notice, which is both stricter and faster.
export const rooms = {
  wire: {
    mutate: ['src/hsms/wire/**/*.ts'],
    specs: ['^hsms/wire/'],
  },
  // The pure function of the E37 procedures.
  procedures: {
    mutate: ['src/hsms/procedures/procedures*.ts'],
    specs: ['^conformance/'],
  },
  session: {
    mutate: [
      'src/session/**/*.ts',
      'src/hsms/session/*.ts',
      'src/hsms/procedures/linktest-{policy,spread}.ts',
      'src/reactive/{next-event,buffered-iterator}.ts',
    ],
    specs: ['^hsms/session/(active|session|general)', '^session/transactions/watch'],
    without: '10,000|ten thousand',
    hooks: true,
    own: {
      'control-error': ['^session/errors'],
      deadlines: ['^session/transactions/deadlines'],
      'entity-registry': ['^hsms/session/entity-registry'],
      'general-session': ['^hsms/session/general-session', '^session/transactions/watch'],
      'linktest-policy': ['^hsms/procedures/linktest'],
      'linktest-spread': ['^hsms/procedures/linktest'],
      'next-event': ['^reactive/next-event'],
      'buffered-iterator': ['^reactive/buffered-iterator'],
      'session-core': ['^hsms/session/(session|active|general)', '^session/transactions/watch'],
      errors: ['^session/errors'],
      'session-settings': ['^hsms/session/session-settings'],
      'system-bytes': ['^session/transactions/system-bytes'],
      'transaction-table': ['^session/transactions/transaction'],
      transactions: ['^session/transactions/transaction'],
      watch: ['^session/transactions/watch'],
    },
  },
  secs2: {
    mutate: ['src/secs2/*.ts', 'src/secs2/items/*.ts', 'src/secs2/codec/*.ts', 'src/secs2/json/*.ts'],
    specs: ['^secs2/(?!sml/|docs)', '^secs2/sml/round-trip'],
    without: 'refuses too many|as many values|any depth|long arrays',
    runs: 30,
    ignoreStatic: true,
    own: {
      equality: ['^secs2/items/equality'],
      build: ['^secs2/(items/(item|factories)|json/)'],
      errors: ['^secs2/(errors|items/item|json/|message)'],
      factories: ['^secs2/items/(item|factories)'],
      'float-item': ['^secs2/(items/float-item|json/)'],
      'float-text': ['^secs2/json/float-text'],
      formats: ['^secs2/(items/(item|factories)|json/)'],
      item: ['^secs2/(items/item|text/sent-text-cache)'],
      'json-read': ['^secs2/json/'],
      'json-write': ['^secs2/json/'],
      'lazy-item': ['^secs2/message'],
      match: ['^secs2/items/match'],
      message: ['^secs2/message'],
      'nan-bits': ['^secs2/json/'],
      'number-factories': ['^secs2/items/(item|factories)'],
      numbers: ['^secs2/items/numbers'],
      'store-numbers': ['^secs2/items/numbers'],
      'decoded-bytes': ['^secs2/(items/item|json/)'],
      'stored-values': ['^secs2/(items/item|codec/encode|message|text/sent-text-cache)'],
      'length-bytes': ['^secs2/json/'],
    },
  },
  sml: {
    mutate: ['', '/item', '/message', '/print'].map((folder) => `src/secs2/sml${folder}/*.ts`),
    specs: ['^secs2/sml/'],
    without: 'any depth|refuses too many|as many values',
    runs: 30,
    ignoreStatic: true,
    own: {
      canonical: ['^secs2/sml/item/canonical'],
      inspect: ['^secs2/(sml/print/inspect|items/item|message)'],
      'item-head': readingSml,
      parse: readingSml,
      'parse-item': readingSml,
      'parse-message': readingSml,
      'parse-numbers': readingSml,
      'parse-text': readingSml,
      'plain-numbers': ['^secs2/sml/item/plain-numbers'],
      source: readingSml,
      'print-canonical': ['^secs2/sml/print/print-canonical'],
      print: ['^secs2/sml/(corpus|round-trip|print/)'],
      'print-options': ['^secs2/sml/(corpus|round-trip|print/)'],
      'print-text': ['^secs2/sml/(corpus|round-trip|print/)'],
    },
  },
  text: {
    mutate: ['src/secs2/text/*.ts'],
    specs: ['^secs2/text/', '^secs2/(items/item|codec/codec)'],
    without: 'refuses too many|any depth',
    runs: 30,
    ignoreStatic: true,
  },
};
