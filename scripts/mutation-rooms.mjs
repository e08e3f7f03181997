// What is mutated, by room, and which specs must notice: `specs` are patterns of paths below spec/. `without` leaves out
// tests, by name, that take long and measure growth; `runs` caps what a property
// runs. `ignoreStatic`: what runs only while the modules load (tables of constants) is not counted, because each such mutant
// costs a run of every test; what runs then and in tests as well is. `hooks`:
// the specs prepare each row of a table by hooks.
export const rooms = {
  wire: {
    mutate: ['src/hsms/wire/**/*.ts'],
    specs: ['^hsms/wire/'],
  },
  // The pure function of the E37 procedures.
  procedures: {
    mutate: ['src/hsms/session/procedures*.ts'],
    specs: ['^conformance/'],
  },
  session: {
    mutate: ['src/hsms/session/**/*.ts', '!src/hsms/session/procedures*.ts'],
    specs: ['^hsms/session/'],
    without: '10,000|ten thousand|bounded number',
    hooks: true,
  },
  secs2: {
    mutate: ['src/secs2/*.ts'],
    specs: ['^secs2/(?!sml/|docs)', '^secs2/sml/round-trip'],
    without: 'refuses too many|as many values|any depth|long arrays',
    runs: 30,
    ignoreStatic: true,
  },
  sml: {
    mutate: ['src/secs2/sml/*.ts'],
    specs: ['^secs2/sml/', '^secs2/(item|message)'],
    without: 'grows with the length|any depth|refuses too many|as many values',
    runs: 30,
    ignoreStatic: true,
  },
  text: {
    mutate: ['src/secs2/text/*.ts'],
    specs: ['^secs2/text/', '^secs2/(item|codec)'],
    without: 'refuses too many|any depth',
    runs: 30,
    ignoreStatic: true,
  },
};
