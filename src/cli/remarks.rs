//! What the owner of a project should know although nothing is wrong, on stderr.

use crate::gate::{Run, baseline};
use crate::project::Project;
use crate::report::visible::visible;
use crate::report::words::count;

/// How many entries of the baseline that found nothing are named.
const MOST_STALE: usize = 5;

/// Of a project: files that look like its configuration and are none.
pub(super) fn of_project(project: &Project) -> String {
    project.remarks.iter().map(|remark| note(remark)).collect()
}

/// Of a run: also named files that were left out, and known findings that are gone.
pub(super) fn of_run(run: &Run) -> String {
    let mut text = of_project(&run.project);
    for (file, why) in run.selection.excluded.iter().filter(|_| !run.selection.is_whole_project) {
        text.push_str(&note(&format!("`{file}` is excluded by {why}; `--no-exclude` checks it all the same")));
    }
    text.extend(stale(run).map(|stale| note(&stale)));
    text
}

fn stale(run: &Run) -> Option<String> {
    let some: Vec<String> = run.stale.iter().take(MOST_STALE).map(baseline::Entry::describe).collect();
    let more = match run.stale.len().saturating_sub(some.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if run.stale.len() == 1 { "occurs" } else { "occur" };
    let (known, file) = (count(run.stale.len(), "known finding"), baseline::FILE);
    let text = format!("{known} of {file} no longer {verb}, so run `kzcheck baseline`: {}{more}", some.join(", "));
    (!some.is_empty()).then_some(text)
}

fn note(text: &str) -> String {
    format!("note: {}\n", visible(text))
}
