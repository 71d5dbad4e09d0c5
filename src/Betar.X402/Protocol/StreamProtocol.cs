namespace Betar.X402.Protocol;

/// <summary>Under which name the messages travel over libp2p.</summary>
public static class StreamProtocol
{
    public const string Id = "/x402/libp2p/1.0.0";

    /// <summary>Ours: the same messages, with pieces of the answer before the answer. Who opens such a stream waits as long as they come.</summary>
    public const string PiecesId = "/betar/x402-pieces/1.0.0";
}
