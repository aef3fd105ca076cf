// Loaded with `--import` before anything else, in each thread: a queue of many days is filled in some seconds.
const milliseconds = Number(process.env['KHOP_BENCH_DAYS_AGO'] ?? 0) * 86_400_000;
const now = Date.now;
Date.now = () => now() - milliseconds;

export {};
