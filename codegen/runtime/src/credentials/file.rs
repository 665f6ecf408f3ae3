//! Files with tokens and cached credentials.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::CredentialsError;

/// More than the longest token that AWS STS accepts (20,000 characters).
const MAX_SIZE: u64 = 64 * 1024;

/// Reads the token in a file.
pub(super) async fn token(path: &Path) -> Result<Zeroizing<String>, CredentialsError> {
    read(path.to_owned()).await.map_err(|error| {
        let path = path.display();
        CredentialsError::new(format!("the token file {path} cannot be read: {error}"))
    })
}

/// Reads a file, on a thread that may block.
pub(super) async fn read(path: PathBuf) -> io::Result<Zeroizing<String>> {
    on_blocking_thread(move || text(&path)).await
}

/// Writes a file that only its owner may read, on a thread that may block. Concurrent readers get
/// either the old or the new content.
pub(super) async fn write(path: PathBuf, text: Zeroizing<String>) -> io::Result<()> {
    on_blocking_thread(move || replace(&path, &text)).await
}

async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let outcome = tokio::task::spawn_blocking(work).await;
    outcome.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn text(path: &Path) -> io::Result<Zeroizing<String>> {
    let metadata = fs::metadata(path)?;
    // Opening a FIFO would block until another process writes to it.
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let too_long = || io::Error::other(format!("it is longer than {MAX_SIZE} bytes"));
    let size = usize::try_from(metadata.len().min(MAX_SIZE)).map_err(|_| too_long())?;
    // A string that grows leaves copies in memory that are not erased.
    let mut text = Zeroizing::new(String::with_capacity(size + 1));
    File::open(path)?
        .take(MAX_SIZE + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > MAX_SIZE {
        return Err(too_long());
    }
    Ok(text)
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A unique name, because other processes may write the same file.
    let new = path.with_extension(format!("{}.tmp", uuid::Uuid::new_v4()));
    let written = create(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let outcome = written.and_then(|()| fs::rename(&new, path));
    if outcome.is_err() {
        // The first error is the relevant one.
        let _ = fs::remove_file(&new);
    }
    outcome
}

/// Creates a file that only its owner may read. On Windows, this is the default in the home
/// directory.
fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Two threads stand in for two processes: they share only the path.
    #[test]
    fn readers_get_a_whole_text_while_others_write_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
        fs::create_dir(&folder).unwrap();
        let path = folder.join("token.json");
        let texts = ["a".repeat(10_000), "b".repeat(20_000)];
        replace(&path, &texts[0]).unwrap();
        thread::scope(|scope| {
            for written in &texts {
                scope.spawn(|| (0..100).for_each(|_| replace(&path, written).unwrap()));
            }
            for _ in 0..200 {
                let read = text(&path).unwrap();
                assert!(texts.contains(&read), "{} bytes", read.len());
            }
        });
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_private_even_if_the_one_before_was_not() {
        use std::os::unix::fs::PermissionsExt as _;

        let path = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
        fs::write(&path, "old").unwrap();
        replace(&path, "new").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::remove_file(path).unwrap();
    }
}
