//! What a process costs, from its start to its end: time by the clock, and its peak memory as the kernel counts it.
#![allow(unsafe_code, reason = "the peak memory of a finished child is only told by wait4")]

use std::fmt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Of several runs.
pub struct Cost {
    pub median: Duration,
    pub fastest: Duration,
    /// The largest resident set of any run, in bytes; zero where the system does not tell.
    pub peak: u64,
}

impl fmt::Display for Cost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (median, fastest) = (super::milliseconds(self.median), super::milliseconds(self.fastest));
        write!(formatter, "{median} ({fastest}), {:.0} MB", self.peak as f64 / 1e6)
    }
}

/// Runs a command so many times, after once for the caches; its output is thrown away.
pub fn measure(runs: usize, command: impl Fn() -> Command) -> std::io::Result<Cost> {
    once(&mut command())?;
    let mut times = Vec::with_capacity(runs);
    let mut peak = 0;
    for _ in 0..runs {
        let (time, memory) = once(&mut command())?;
        times.push(time);
        peak = peak.max(memory);
    }
    times.sort();
    Ok(Cost { median: times[times.len() / 2], fastest: times[0], peak })
}

fn once(command: &mut Command) -> std::io::Result<(Duration, u64)> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let child = command.spawn()?;
    let peak = wait(child)?;
    Ok((start.elapsed(), peak))
}

/// Waits for a child and says its peak memory.
#[cfg(unix)]
fn wait(child: std::process::Child) -> std::io::Result<u64> {
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
    Ok(u64::try_from(usage.ru_maxrss).unwrap_or(0) * unit)
}

#[cfg(not(unix))]
fn wait(mut child: std::process::Child) -> std::io::Result<u64> {
    child.wait().map(|_| 0)
}
