//! What a process costs, from its start to its end: time by the clock, and its peak memory as the kernel counts it.
#![allow(unsafe_code, reason = "the peak memory of a finished child is only told by wait4")]

use std::fmt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Of several runs.
pub struct Cost {
    pub median: Duration,
    pub fastest: Duration,
    /// The median of the processor time of all threads, which other jobs of the machine disturb least.
    pub cpu: Duration,
    /// The largest resident set of any run, in bytes; zero where the system does not tell.
    pub peak: u64,
}

impl fmt::Display for Cost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, fastest, cpu] = [self.median, self.fastest, self.cpu].map(super::milliseconds);
        write!(formatter, "{median} ({fastest}; CPU {cpu}), {:.0} MB", self.peak as f64 / 1e6)
    }
}

/// Runs a command so many times, after once for the caches; its output is thrown away.
pub fn measure(runs: usize, command: impl Fn() -> Command) -> std::io::Result<Cost> {
    once(&mut command())?;
    let mut times = Vec::with_capacity(runs);
    let mut cpu = Vec::with_capacity(runs);
    let mut peak = 0;
    for _ in 0..runs {
        let (time, used) = once(&mut command())?;
        times.push(time);
        cpu.push(used.cpu);
        peak = peak.max(used.peak);
    }
    times.sort();
    cpu.sort();
    Ok(Cost { median: times[times.len() / 2], fastest: times[0], cpu: cpu[cpu.len() / 2], peak })
}

/// What the kernel has counted for one process.
#[derive(Default)]
struct Used {
    cpu: Duration,
    peak: u64,
}

fn once(command: &mut Command) -> std::io::Result<(Duration, Used)> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let child = command.spawn()?;
    let used = wait(child)?;
    Ok((start.elapsed(), used))
}

/// Waits for a child and says what it used.
#[cfg(unix)]
fn wait(child: std::process::Child) -> std::io::Result<Used> {
    // the standard library waits without asking what the child used
    let id = i32::try_from(child.id()).map_err(std::io::Error::other)?;
    let mut status = 0;
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: both pointers are valid for the call, and no one else waits for this child
    let waited = unsafe { libc::wait4(id, &raw mut status, 0, usage.as_mut_ptr()) };
    if waited != id {
        return Err(std::io::Error::last_os_error());
    }
    // SAFETY: zeroed is a valid value of it, and the call has filled it
    let usage = unsafe { usage.assume_init() };
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let time = |time: libc::timeval| {
        let [seconds, micros] = [time.tv_sec, time.tv_usec as _].map(|part: i64| u64::try_from(part).unwrap_or(0));
        Duration::from_secs(seconds) + Duration::from_micros(micros)
    };
    let peak = u64::try_from(usage.ru_maxrss).unwrap_or(0) * unit;
    Ok(Used { cpu: time(usage.ru_utime) + time(usage.ru_stime), peak })
}

#[cfg(not(unix))]
fn wait(mut child: std::process::Child) -> std::io::Result<Used> {
    child.wait().map(|_| Used::default())
}
