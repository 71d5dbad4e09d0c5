namespace Betar.X402.Serving;

/// <summary>Who called, and when the frame was complete.</summary>
public sealed record X402Call(string Peer, DateTimeOffset ReceivedAt);
