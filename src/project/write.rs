//! Writing a file whole or not at all.
//!
//! The text goes to a new file in the same folder, which then takes the name. So whoever reads the name finds the old
//! text or the new one and never a part, and a full disk leaves the old one in place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all. Through a link, the file that it leads to is written; a device or a pipe is
/// written directly, since it has no other text to keep.
///
/// # Errors
/// If the folder is missing or cannot be written, if the file is read-only, or if the disk is full.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // the real name, so that a link stays a link
    let target = match path.canonicalize() {
        Ok(real) => real,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        Err(error) => return Err(error),
    };
    match fs::metadata(&target) {
        Ok(existing) if existing.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(existing) if !existing.is_file() => OpenOptions::new().write(true).open(&target)?.write_all(text.as_bytes()),
        // renaming would replace it all the same
        Ok(existing) if existing.permissions().readonly() => {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"))
        }
        Ok(existing) => replace(&target, text, Some(existing.permissions())),
        Err(_) if path.is_symlink() => Err(io::Error::new(io::ErrorKind::NotFound, "the link leads nowhere")),
        Err(_) => replace(&target, text, None),
    }
}

fn replace(target: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let (temporary, file) = create_beside(target)?;
    let written = fill(file, text, permissions).and_then(|()| fs::rename(&temporary, target));
    if written.is_err() {
        // the error that matters is the first one
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn fill(mut file: File, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new file in the folder of `target`, with the permissions that any new file gets.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut number = 0_u32;
    loop {
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}-{number}.tmp", std::process::id()));
        let temporary = target.with_file_name(temporary);
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn writes_and_replaces_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        for text in ["a long first text", "كم", ""] {
            write_whole(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["report.md"]);
    }

    #[test]
    fn refuses_folders_missing_folders_and_read_only_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        for (path, kind) in [
            (path.clone(), io::ErrorKind::PermissionDenied),
            (folder.path().to_path_buf(), io::ErrorKind::IsADirectory),
            (folder.path().join("missing/report"), io::ErrorKind::NotFound),
        ] {
            assert_eq!(write_whole(&path, "new").unwrap_err().kind(), kind, "{}", path.display());
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["kept"]);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_links_permissions_and_devices() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        write_whole(&link, "new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        write_whole(Path::new("/dev/null"), "gone").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        let dangling = folder.path().join("dangling");
        symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(write_whole(&dangling, "new").is_err());
    }
}
