namespace Betar.Libp2p.Transports.Quic;

/// <summary>
/// Addresses in UDP can be forged. While many handshakes are under way, strangers have to prove first that they receive at theirs, by QUIC's retry, which
/// costs them a round trip and us nothing. The native library has this switch for the whole process only, and .NET has none.
/// </summary>
internal static class QuicRetry
{
    /// <summary>Handshakes under way in the process from which on a proof is asked for: a quarter of the half-open places that a host has by default.</summary>
    public const int Threshold = 16;

    private static readonly Lock Gate = new();
    private static int _underWay;

    public static void OnBegun() => Count(1);

    public static void OnEnded() => Count(-1);

    private static void Count(int change)
    {
        lock (Gate)
        {
            var asked = _underWay >= Threshold;
            _underWay += change;
            if (_underWay >= Threshold != asked)
                QuicLibrary.AskForProof(!asked);
        }
    }
}
