namespace Betar.X402.Protocol;

/// <summary>Under which name the messages travel over libp2p.</summary>
public static class StreamProtocol
{
    public const string Id = "/x402/libp2p/1.0.0";
}
