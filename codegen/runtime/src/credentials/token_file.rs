//! Files with a token.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::CredentialsError;

/// More than the longest token that AWS STS takes (20,000 characters).
const MAX_SIZE: u64 = 64 * 1024;

/// Reads the token in a file, on a thread that may block.
pub(super) async fn read(path: PathBuf) -> Result<Zeroizing<String>, CredentialsError> {
    let shown = path.display().to_string();
    let text = tokio::task::spawn_blocking(move || text(&path)).await;
    let text = text.unwrap_or_else(|error| Err(io::Error::other(error)));
    text.map_err(|error| {
        CredentialsError::new(format!("the token file {shown} cannot be read: {error}"))
    })
}

fn text(path: &Path) -> io::Result<Zeroizing<String>> {
    let metadata = fs::metadata(path)?;
    // A FIFO would be waited for, for as long as nobody writes to it.
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let too_long = || io::Error::other(format!("it is longer than {MAX_SIZE} bytes"));
    let size = usize::try_from(metadata.len().min(MAX_SIZE)).map_err(|_| too_long())?;
    // A string that grows leaves its old place behind unwiped.
    let mut text = Zeroizing::new(String::with_capacity(size + 1));
    File::open(path)?
        .take(MAX_SIZE + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > MAX_SIZE {
        return Err(too_long());
    }
    Ok(text)
}
