using Betar.X402.Pieces;

namespace Betar.X402.Serving;

/// <summary>Who called, and when the frame was complete.</summary>
public sealed record X402Call(string Peer, DateTimeOffset ReceivedAt)
{
    /// <summary>Takes pieces of the answer as they are made; null: the caller did not ask for any, and does not wait longer than the original.</summary>
    public IPieceSink? Pieces { get; init; }
}
