// Loaded into a process before its program: prints, when the process ends, the most memory it had.
process.on('exit', () => {
  process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
});
