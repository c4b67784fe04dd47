//! The elements of a JSON list, one at a time, whatever the length of the list.

use std::io::{BufReader, Read};

use super::metered::Metered;

/// Longest element: a service with all its schedules for half a year stays far below.
const ELEMENT_BYTES: u64 = 16 << 20;

/// Cuts a list, or a single object, into its elements.
pub(super) struct Elements<R: Read> {
    input: BufReader<Metered<R>>,
    line: u64,
    /// Inside the list; none before its first byte.
    in_list: Option<bool>,
}

/// What is wrong with the list.
pub(super) enum Cut {
    Io(std::io::Error),
    /// Line and sentence.
    Wrong(u64, &'static str),
}

impl<R: Read> Elements<R> {
    pub(super) fn new(input: Metered<R>) -> Self {
        Elements {
            input: BufReader::new(input),
            line: 1,
            in_list: None,
        }
    }

    pub(super) fn metered(&self) -> &Metered<R> {
        self.input.get_ref()
    }

    /// The next element with its first line; none at the end.
    ///
    /// # Errors
    ///
    /// What stands there that is no element, or ends too early or never.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Vec<u8>)>, Cut> {
        self.input.get_mut().allow(ELEMENT_BYTES);
        loop {
            let Some(byte) = self.byte()? else {
                return match self.in_list {
                    Some(true) => Err(Cut::Wrong(self.line, "the list is not closed")),
                    _ => Ok(None),
                };
            };
            match (byte, self.in_list) {
                (b' ' | b'\t' | b'\r' | b'\n', _) => {}
                (b'[', None) => self.in_list = Some(true),
                (b',', Some(true)) => {}
                (b']', Some(true)) => self.in_list = Some(false),
                (b'{', None | Some(true)) => {
                    // A single object stands for a list of one.
                    self.in_list.get_or_insert(false);
                    return self.object().map(Some);
                }
                _ => {
                    return Err(Cut::Wrong(
                        self.line,
                        "neither an object nor the end of the list",
                    ));
                }
            }
        }
    }

    /// An object whose opening brace was read.
    fn object(&mut self) -> Result<(u64, Vec<u8>), Cut> {
        let line = self.line;
        let mut bytes = vec![b'{'];
        let (mut depth, mut in_text, mut escaped) = (1, false, false);
        while depth > 0 {
            let Some(byte) = self.byte()? else {
                return Err(Cut::Wrong(line, "an object begins here that is not closed"));
            };
            bytes.push(byte);
            if bytes.len() as u64 > ELEMENT_BYTES {
                return Err(Cut::Wrong(
                    line,
                    "an object begins here that is longer than 16 MiB",
                ));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' if !in_text => depth -= 1,
                _ => {}
            }
        }
        Ok((line, bytes))
    }

    fn byte(&mut self) -> Result<Option<u8>, Cut> {
        let mut byte = [0];
        match self.input.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => {
                self.line += u64::from(byte[0] == b'\n');
                Ok(Some(byte[0]))
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => self.byte(),
            Err(error) => Err(Cut::Io(error)),
        }
    }
}
