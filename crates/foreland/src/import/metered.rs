//! A file on its way in: counted, hashed, and stopped where one record never ends.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Reads on from `inner`, but no further than was allowed.
pub(super) struct Metered<R> {
    inner: R,
    /// Bytes read so far.
    bytes: u64,
    allowed: u64,
    hash: Sha256,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R) -> Self {
        Metered {
            inner,
            bytes: 0,
            allowed: 0,
            hash: Sha256::new(),
        }
    }

    /// Allows so many bytes more.
    pub(super) fn allow(&mut self, more: u64) {
        self.allowed = self.bytes.saturating_add(more);
    }

    /// Bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether reading stopped because no more was allowed.
    pub(super) fn is_spent(&self) -> bool {
        self.bytes >= self.allowed
    }

    /// SHA-256 of all bytes read, in hexadecimal.
    pub(super) fn sha256(&self) -> String {
        let hash = self.hash.clone().finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_spent() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "record too long",
            ));
        }
        let length = self.inner.read(buffer)?;
        self.hash.update(&buffer[..length]);
        self.bytes += length as u64;
        Ok(length)
    }
}
