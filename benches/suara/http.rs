//! As much of HTTP/1.1 as a load generator needs: one request at a time on a connection that is kept alive.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

/// A connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// Where the parts of an answer lie in the buffer.
struct Answer {
    status: u16,
    head: usize,
    length: usize,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 1 << 14], filled: 0 })
    }

    /// Sends a request, reads the whole answer and returns its status.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<u16> {
        self.send(request).await?;
        self.filled = 0;
        loop {
            if let Some(answer) = parse(&self.buffer[..self.filled])?
                && self.filled >= answer.head + answer.length
            {
                return Ok(answer.status);
            }
            self.receive().await?;
        }
    }

    /// The bytes of the last answer.
    pub fn last_answer(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    async fn send(&mut self, mut request: &[u8]) -> io::Result<()> {
        while !request.is_empty() {
            match self.stream.try_write(request) {
                Ok(written) => request = &request[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.stream.writable().await?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn receive(&mut self) -> io::Result<()> {
        if self.filled == self.buffer.len() {
            return Err(io::Error::other("the answer is too long"));
        }
        loop {
            self.stream.readable().await?;
            match self.stream.try_read(&mut self.buffer[self.filled..]) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => {
                    self.filled += read;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The head of an answer, once all of it has arrived.
fn parse(bytes: &[u8]) -> io::Result<Option<Answer>> {
    let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let wrong = || io::Error::other("the answer is not HTTP/1.1 with a content-length");
    let status = bytes.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    let mut length = None;
    for line in bytes[..head].split(|byte| *byte == b'\n') {
        if let Some((name, value)) = line.split_at_checked(15)
            && name.eq_ignore_ascii_case(b"content-length:")
        {
            length = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
        }
    }
    Ok(Some(Answer { status: status.ok_or_else(wrong)?, head: head + 4, length: length.ok_or_else(wrong)? }))
}
